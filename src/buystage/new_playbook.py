"""A playbook of a team's own: a commented starter with a signal of its own, or a copy of another playbook."""

import os
import re
from importlib.resources import files

from buystage.builtin import SIGNALS_FILE
from buystage.discovery import playbook_path, team_folders
from buystage.errors import Problem, UsageError
from buystage.language import Language
from buystage.library import path_of
from buystage.new_file import create_file, refuse_existing
from buystage.source import read_source

OWN_SIGNAL = "security_cleared"  # of the starter; where a team has signals already it goes without
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def create_playbook(name: str, base: str | None, language: Language) -> list[str]:
    """Write a playbook called `name`, or at the path `name`, and return the files written.

    `base`: the name or path of a playbook to copy; without one, a starter in `language`. Raises UsageError for a name
    that can't be one and for an unknown base, InputError where a file is there already or can't be written.
    """
    path = _path(name)
    called = os.path.splitext(os.path.basename(path))[0]
    if not _NAME.fullmatch(called):
        raise UsageError(Problem("malformed_name", {"got": called}))
    refuse_existing(path)
    if base is not None:
        create_file(path, _copied(path_of(base), called))
        return [path]
    signals = os.path.join(os.path.dirname(path), SIGNALS_FILE)
    with_own = not os.path.lexists(signals)
    create_file(path, _starter(called, language, with_own=with_own))
    if with_own:
        create_file(signals, _template("signals", language))
    return [path, *([signals] if with_own else ())]


def is_found(name: str) -> bool:
    """Return whether a playbook just written is the one that its name finds."""
    path = _path(name)
    found = playbook_path(os.path.splitext(os.path.basename(path))[0])
    return found is not None and os.path.realpath(found) == os.path.realpath(path)


def _path(name: str) -> str:
    if name.endswith((".yaml", ".yml")) or os.sep in name:
        return name if name.endswith((".yaml", ".yml")) else f"{name}.yaml"
    folder = next(iter(team_folders()), os.curdir)
    return os.path.normpath(os.path.join(os.path.relpath(folder), f"{name}.yaml"))


def _starter(name: str, language: Language, *, with_own: bool) -> str:
    lines = _template("playbook", language).replace("{name}", name).splitlines(keepends=True)
    mine = (line for line in lines if with_own or OWN_SIGNAL not in line)
    return "".join(re.sub(rf"\s+# {OWN_SIGNAL}$", "", line) for line in mine)


def _template(kind: str, language: Language) -> str:
    return files("buystage").joinpath(f"templates/{kind}.{language.value}.yaml").read_text("utf-8")


def _copied(base: str, name: str) -> str:
    """Return the text of a playbook under another name, as its first version."""
    lines = read_source(base).text.splitlines(keepends=True)
    kept = (line for line in lines if not line.startswith("# yaml-language-server"))
    text = re.sub(r"\A(?:#?[ \t]*\n)+", "", "".join(kept))
    text = re.sub(r"^name:.*$", f"name: {name}", text, count=1, flags=re.MULTILINE)
    return re.sub(r"^version:.*$", "version: 1", text, count=1, flags=re.MULTILINE)
