"""Answers not saved yet, kept in the user's state folder so that a broken-off interview loses nothing.

Each running interview has a file of its own and holds a lock on it; one that nobody holds can be taken up. A process id
would not do: in a container the next program has the same.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_state_path

from buystage.errors import InputError
from buystage.files.opening import open_met
from buystage.files.source import read_bytes
from buystage.files.writing import leftovers, may_lock, write_whole
from buystage.model.observation import Observation

Entries = tuple[Observation, ...]


def new_draft(deal: str | None, kind: str) -> tuple[Path, FileLock]:
    """Return where this interview about a deal file, or without one, keeps its draft, and the lock to hold."""
    path = _folder() / f"{_name(deal, kind)}-{secrets.token_hex(4)}.json"
    return path, _lock(path)


def abandoned_draft(deal: str | None, kind: str) -> tuple[Path, Entries] | None:
    """Return the newest draft for this deal that no running interview holds, None where there is none."""
    paths = [path for path in _files(f"{_name(deal, kind)}-*.json") if not _is_held(path)]
    drafts = [(path, entries) for path in paths if (entries := load_draft(path))]
    return max(drafts, key=lambda draft: draft[0].stat().st_mtime, default=None)


def load_draft(path: Path) -> Entries:
    """Return the entries of a draft; none where there are none, or none that can be read."""
    try:
        read = json.loads(read_bytes(str(path), open_met))
        entries = tuple(Observation.model_validate(each) for each in read)
    except (InputError, ValueError, TypeError, RecursionError):
        return ()
    return tuple(entry for entry in entries if entry.answers)


def keep_draft(path: Path, entries: Sequence[Observation]) -> None:
    """Write a draft, whole or not at all. Raises OSError where it can't be written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps([entry.model_dump(mode="json", exclude_none=True) for entry in entries])
    write_whole(path, [text.encode()], 0o600)


def drop_draft(path: Path) -> None:
    """Remove a draft, where there is one. Raises OSError where it can't be removed."""
    for each in (path, Path(_lock(path).lock_file), *leftovers(path)):
        with suppress(FileNotFoundError):
            each.unlink()


def _lock(path: Path) -> FileLock:
    return FileLock(path.with_suffix(".lock"))


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


def _is_held(path: Path) -> bool:
    lock = _lock(path)
    if not may_lock(Path(lock.lock_file)):
        return True
    try:
        with lock.acquire(timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # a folder that takes no lock: nobody holds one
        return False
