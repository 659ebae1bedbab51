"""XML as text."""

from xml.etree import ElementTree


def xml_text(root: ElementTree.Element, *, ascii_only: bool = False) -> str:
    """Return a tree as indented XML text with its declaration, in plain ASCII where nothing else can be shown."""
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="us-ascii" if ascii_only else "utf-8").decode()
    quiet = text.replace("##", "#&#35;")  # two of them may begin a command in the log of a build server
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{quiet}\n'
