"""What ships with the program, by file name: light enough to be asked on every press of the TAB key."""

import re
from pathlib import Path

from buystage.settings.values import DEFAULT_PLAYBOOKS

SIGNALS_FILE = "signals.yaml"

_PACKAGE = Path(__file__).resolve().parents[1]
_SIGNAL = re.compile(r"^  ([a-z][a-z0-9_]*):$", re.MULTILINE)


def builtin_folder() -> Path:
    """Return the folder of built-in playbooks: inside the package, or beside src/ in a checkout."""
    packaged = _PACKAGE / "playbooks"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "playbooks"


def builtin_names() -> list[str]:
    """Return the names of the built-in playbooks, the default ones first."""
    names = {path.stem for path in builtin_folder().glob("*.yaml") if path.name != SIGNALS_FILE}
    shown = [name for name in DEFAULT_PLAYBOOKS if name in names]
    return [*shown, *sorted(names - set(shown))]


def builtin_signals() -> list[str]:
    """Return the ids of the built-in signals, in the order of their file, without parsing it."""
    text = (builtin_folder() / SIGNALS_FILE).read_text("utf-8")
    return _SIGNAL.findall(text.partition("\nsignals:\n")[2])
