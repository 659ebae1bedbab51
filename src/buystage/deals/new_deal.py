"""A new deal file, commented and ready to fill, beside a .gitignore that keeps private files out of git."""

import errno
import os
import re
import shlex
from datetime import date
from importlib.resources import files
from pathlib import Path

from buystage.deals.entry_text import quoted
from buystage.errors import InputError, Problem, UsageError
from buystage.files.new_file import create_file, refuse_existing, told
from buystage.files.opening import PRIVATE, is_private, open_met, private_file
from buystage.files.source import read_bytes
from buystage.files.writing import beside, create, default_mode
from buystage.language import Language
from buystage.library.discovery import CONFIG_FILE
from buystage.model.days import later

GITIGNORE = ".gitignore"
IGNORED = (f"*{PRIVATE}", ".buystage.*")


def create_deal(path: str, language: Language, today: date, name: str | None = None) -> None:
    """See to it that git ignores private files beside a deal file at `path`, and write that, whole or not at all.

    Raises UsageError for a name that is not a deal's, InputError where something is there already or it can't be
    written.
    """
    target = Path(path)
    is_settings = target.name.casefold() == CONFIG_FILE
    if target.suffix not in (".yaml", ".yml") or is_settings or is_private(path) or not target.name.isprintable():
        raise UsageError(Problem("no_deal_name", {"got": path}))
    refuse_existing(path)
    if not target.parent.is_dir():
        raise InputError(Problem("unwritable", {"file": path, "reason": os.strerror(errno.ENOENT)}))
    with told(str(target.parent / GITIGNORE)):
        _ignore(target.parent / GITIGNORE)
    create_file(path, _filled(target, language, today, name))


def _filled(target: Path, language: Language, today: date, name: str | None) -> str:
    text = files("buystage").joinpath(f"deals/templates/deal.{language.value}.yaml").read_text("utf-8")
    called = target.stem.replace("-", " ").replace("_", " ").strip() or target.stem
    words = {
        "name": quoted(name or called),
        "file": shlex.quote(target.name),
        "private": private_file(target.name),
        "today": today.isoformat(),
        "next": later(today, 14).isoformat(),
        "close": later(today, 90).isoformat(),
    }
    return re.sub(f"{{({'|'.join(words)})}}", lambda found: words[found.group(1)], text)


def _ignore(gitignore: Path) -> None:
    """Append what is missing to a .gitignore. The last line on a pattern counts, as git reads it."""
    there = _content(gitignore)
    lines = [line.removesuffix("\r") for line in (there or b"").decode("utf-8", "replace").split("\n")]
    missing = [each for each in IGNORED if [line for line in lines if line in (each, f"!{each}")][-1:] != [each]]
    if not missing:
        return
    joint = b"" if not there or there.endswith(b"\n") else b"\n"
    added = joint + "".join(f"{line}\n" for line in missing).encode()
    with beside(gitignore) as temporary:
        create(temporary, [there or b"", added], default_mode() if there is None else gitignore.stat().st_mode & 0o777)
        if _content(gitignore) == there:
            temporary.replace(gitignore)
            return
    _ignore(gitignore)  # somebody wrote to it meanwhile


def _content(path: Path) -> bytes | None:
    return read_bytes(str(path), open_met) if os.path.lexists(path) else None
