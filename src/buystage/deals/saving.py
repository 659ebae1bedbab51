"""Saving to a deal file: a log entry is appended whole or not at all, whoever else is writing, whatever kills us."""

import errno
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from buystage.deals.entry_text import entry_block, with_entry
from buystage.errors import BuystageError, InputError, Problem
from buystage.files.opening import open_met
from buystage.files.source import MAX_BYTES, Source, decoded, read_bytes
from buystage.files.writing import beside, create, leftovers, may_lock
from buystage.model.observation import Observation

LOCK = ".buystage.lock"  # one per folder
PATIENCE = 30.0  # seconds to wait for other writers; each needs milliseconds
BOM = b"\xef\xbb\xbf"


def append_entries(path: str, *entries: Observation) -> None:
    """Append log entries to a deal file; every byte that was there is still there, `[]` behind the key excepted.

    The new file is written beside the old one, read again and put in its place in one step. A link to the deal is
    followed, and permissions are kept. Raises InputError, with the entries to paste, where that can't be done: the old
    file is whole.
    """
    try:
        target = Path(path).resolve(strict=True)
        if not target.is_file():
            raise _unsaved("no_file", path, entries)
        lock = target.parent / LOCK
        if not may_lock(lock):
            raise _unsaved("bad_lock", str(lock), entries)
        mode = target.stat().st_mode & 0o666 | 0o600  # who may write the deal may lock, and we in any case
        with FileLock(lock, timeout=PATIENCE, mode=mode):
            _append(path, target, entries)
    except BuystageError as error:
        kept = error.problems[0]._replace(hint="paste_hint", block=entry_block(*entries))
        raise InputError(kept, *error.problems[1:], more=error.more) from error
    except Timeout as error:
        raise _unsaved("save_locked", path, entries, seconds=int(PATIENCE)) from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links
        reason = getattr(error, "strerror", None) or str(error)
        raise _unsaved("unwritable", path, entries, reason=reason) from error


def _append(path: str, target: Path, entries: Sequence[Observation]) -> None:
    lock = _identity(target.parent / LOCK)
    for each in leftovers(target):  # of this deal alone: another's may be at work under a lock that was lost
        with suppress(OSError):
            each.unlink()
    old = read_bytes(str(target), open_met)
    text = decoded(path, old)
    for entry in entries:
        text = with_entry(Source(path, text), entry)
    new = (BOM if old.startswith(BOM) else b"") + text.encode("utf-8")
    if len(new) > MAX_BYTES:
        raise _unsaved("too_large", path, entries, limit=MAX_BYTES // 1_000_000)
    with beside(target) as temporary:
        _write(temporary, new, target.stat())
        is_changed = read_bytes(str(target), open_met) != old
        if is_changed or lock is None or lock != _identity(target.parent / LOCK):  # somebody may have removed it
            raise _unsaved("save_changed", path, entries)
        temporary.replace(target)


def _identity(lock: Path) -> tuple[int, int] | None:
    """Return what tells the lock in its place from another one; None where somebody has removed it."""
    try:
        status = lock.lstat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _write(temporary: Path, data: bytes, like: os.stat_result) -> None:
    """Write a new file down to the disk, with the permissions of another, and read it again.

    Raises OSError where it is not what was written, or can't belong to the same group.
    """
    create(temporary, [data], sync=True)
    _give_to(temporary, like)
    temporary.chmod(stat.S_IMODE(like.st_mode))
    if temporary.read_bytes() != data:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _give_to(temporary: Path, like: os.stat_result) -> None:
    """Keep owner and group. Only root may give a file away; without the group, colleagues would be locked out."""
    mine = temporary.stat()
    if mine.st_gid != like.st_gid:
        os.chown(temporary, -1, like.st_gid)
    if mine.st_uid != like.st_uid:
        with suppress(PermissionError):
            os.chown(temporary, like.st_uid, -1)


def _unsaved(code: str, path: str, entries: Sequence[Observation], **parameters: object) -> InputError:
    problem = Problem(code, {"file": path, **parameters}, hint="paste_hint", block=entry_block(*entries))
    return InputError(problem)
