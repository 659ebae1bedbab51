"""A playbook of a team's own: a commented starter with a signal of its own, or a copy of another playbook."""

import os
import re
from importlib.resources import files

from buystage.errors import InputError, Problem, UsageError
from buystage.files.new_file import create_file, refuse_existing
from buystage.files.source import Source
from buystage.files.strict_yaml import parse
from buystage.language import Language
from buystage.library.discovery import is_strangers, playbook_path, team_folders
from buystage.library.playbooks import read_playbook, refuse_other_name, source_of
from buystage.library.shipped import SIGNALS_FILE
from buystage.library.signal_files import load_catalogue
from buystage.model.catalogue import Catalogue

OWN_SIGNAL = "security_cleared"  # of the starter; where a team has signals already it goes without
NOT_NAMES = {"signals", "buystage", "null", "true", "false", "yes", "no", "on", "off"}  # they mean something else
_NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")


def create_playbook(name: str, base: str | None, language: Language) -> list[str]:
    """Write a playbook called `name`, or at the path `name`, and return the files written.

    `base`: the name or path of a playbook to copy; without one, a starter in `language`. Raises UsageError for a name
    that can't be one and for an unknown base, InputError where a file is there already, can't be written, or would not
    be a good playbook.
    """
    path = _path(name)
    called = os.path.splitext(os.path.basename(path))[0]
    if not _NAME.fullmatch(called) or called in NOT_NAMES:
        raise UsageError(Problem("malformed_name", {"got": called}))
    refuse_existing(path)
    catalogue = load_catalogue([os.path.dirname(path)])
    if base is not None:
        text = _copied(source_of(base), called)
        _refuse_bad(Source(path, text), catalogue)
        create_file(path, text)
        return [path]
    signals = os.path.join(os.path.dirname(path), SIGNALS_FILE)
    with_own = not os.path.lexists(signals) and OWN_SIGNAL not in catalogue.signals
    create_file(path, _starter(called, language, with_own=with_own))
    if with_own:
        try:
            create_file(signals, _template("signals", language))
        except InputError:
            os.unlink(path)  # half of it would not pass its own check
            raise
    return [path, *([signals] if with_own else ())]


def _refuse_bad(source: Source, catalogue: Catalogue) -> None:
    """Raise InvalidContentError where a copy would not be a playbook with its own name and signals that are known."""
    data = parse(source)
    refuse_other_name(read_playbook(source, data, catalogue), data, source)


def is_found(name: str) -> bool:
    """Return whether a playbook just written is the one that its name finds."""
    path = _path(name)
    found = playbook_path(os.path.splitext(os.path.basename(path))[0])
    return found is not None and os.path.realpath(found) == os.path.realpath(path)


def _path(name: str) -> str:
    if name.endswith((".yaml", ".yml")) or os.sep in name:
        return name if name.endswith((".yaml", ".yml")) else f"{name}.yaml"
    folder = next(iter(team_folders()), os.curdir)
    if is_strangers(folder):
        raise UsageError(Problem("folder_abroad", {"folder": folder}, hint="folder_abroad_hint"))
    return os.path.normpath(os.path.join(os.path.relpath(folder), f"{name}.yaml"))


def _starter(name: str, language: Language, *, with_own: bool) -> str:
    lines = _template("playbook", language).replace("{name}", name).splitlines(keepends=True)
    mine = (line for line in lines if with_own or OWN_SIGNAL not in line)
    return "".join(re.sub(rf"\s+# {OWN_SIGNAL}$", "", line) for line in mine)


def _template(kind: str, language: Language) -> str:
    return files("buystage").joinpath(f"authoring/templates/{kind}.{language.value}.yaml").read_text("utf-8")


def _copied(base: Source, name: str) -> str:
    """Return the text of a playbook under another name, as its first version."""
    lines = base.text.splitlines(keepends=True)
    kept = (line for line in lines if not line.startswith("# yaml-language-server"))
    text = re.sub(r"\A(?:#?[ \t]*\n)+", "", "".join(kept))
    text = re.sub(r"^name:.*$", f"name: {name}", text, count=1, flags=re.MULTILINE)
    return re.sub(r"^version:.*$", "version: 1", text, count=1, flags=re.MULTILINE)
