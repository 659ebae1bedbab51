"""Which characters show nothing, or act on a terminal or on the text around them."""

import re

UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]+"
)
"""Control characters, and those that reorder or hide text."""


def is_plain_text(text: str) -> bool:
    """Return whether a text is ASCII to be printed as it is: most is, and this is quicker to see than all else."""
    return text.isascii() and text.isprintable()


def is_visible(text: str) -> bool:
    """Return whether anything of a text can be seen."""
    return bool((text if is_plain_text(text) else UNPRINTABLE.sub("", text)).strip())
