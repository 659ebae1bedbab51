"""A new deal file, commented and ready to fill, beside a .gitignore that keeps private files out of git."""

import json
from contextlib import suppress
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from buystage.deal import PRIVATE, private_file
from buystage.errors import InputError, Problem
from buystage.language import Language
from buystage.saving import LOCK

IGNORED = (f"*{PRIVATE}", LOCK)


def create_deal(path: str, language: Language, today: date) -> None:
    """Write a new deal file at `path`, and see to it that git ignores private files beside it.

    Raises InputError where something is there already or it can't be written.
    """
    target = Path(path)
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(_filled(target, language, today))
        _ignore(target.parent)
    except FileExistsError as error:
        raise InputError(Problem("exists", {"file": path}, hint="exists_hint")) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(Problem("unwritable", {"file": path, "reason": reason})) from error


def _filled(target: Path, language: Language, today: date) -> str:
    text = files("buystage").joinpath(f"templates/deal.{language.value}.yaml").read_text("utf-8")
    words = {
        "name": json.dumps(target.stem.replace("-", " ").replace("_", " "), ensure_ascii=False),
        "file": target.name,
        "private": private_file(target.name),
        "today": today.isoformat(),
        "next": (today + timedelta(days=14)).isoformat(),
        "close": (today + timedelta(days=90)).isoformat(),
    }
    for word, value in words.items():
        text = text.replace(f"{{{word}}}", value)
    return text


def _ignore(folder: Path) -> None:
    """Append what is missing to the folder's .gitignore."""
    gitignore = folder / ".gitignore"
    there = ""
    with suppress(FileNotFoundError):
        there = gitignore.read_text("utf-8")
    missing = [line for line in IGNORED if line not in there.splitlines()]
    if missing:
        joint = "" if not there or there.endswith("\n") else "\n"
        with gitignore.open("a", encoding="utf-8") as file:
            file.write(joint + "".join(f"{line}\n" for line in missing))
