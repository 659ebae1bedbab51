"""Answers not saved yet, kept in the user's state folder so that a broken-off interview loses nothing.

Each running interview has a file of its own; one whose program is gone is a draft that can be taken up.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from platformdirs import user_state_path

from buystage.observation import Observation

Entries = tuple[Observation, ...]


def draft_path(deal: str | None, kind: str) -> Path:
    """Return where this program keeps the draft of an interview about a deal file, or without one."""
    return _folder() / f"{_name(deal, kind)}-{os.getpid()}.json"


def abandoned_draft(deal: str | None, kind: str) -> tuple[Path, Entries] | None:
    """Return the newest draft that a program which is gone has left for this deal, None where there is none."""
    paths = [path for path in _files(f"{_name(deal, kind)}-*.json") if not _is_running(path.stem.rpartition("-")[2])]
    drafts = [(path, entries) for path in paths if (entries := load_draft(path))]
    return max(drafts, key=lambda draft: draft[0].stat().st_mtime, default=None)


def load_draft(path: Path) -> Entries:
    """Return the entries of a draft; none where there are none, or none that can be read."""
    try:
        if not path.is_file():
            return ()
        entries = tuple(Observation.model_validate(each) for each in json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return ()
    return tuple(entry for entry in entries if entry.answers)


def keep_draft(path: Path, entries: Sequence[Observation]) -> None:
    """Write a draft, whole or not at all. Raises OSError where it can't be written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    with suppress(FileNotFoundError):
        temporary.unlink()
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([entry.model_dump(mode="json", exclude_none=True) for entry in entries], file)
    temporary.replace(path)


def drop_draft(path: Path) -> None:
    """Remove a draft, where there is one. Raises OSError where it can't be removed."""
    with suppress(FileNotFoundError):
        path.unlink()


def _folder() -> Path:
    return user_state_path("buystage") / "drafts"


def _name(deal: str | None, kind: str) -> str:
    key = hashlib.sha256(os.path.realpath(deal).encode("utf-8", "replace")).hexdigest()[:16] if deal else "new"
    return f"{kind}-{key}"


def _files(pattern: str) -> list[Path]:
    try:
        return list(_folder().glob(pattern))
    except OSError:
        return []


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
