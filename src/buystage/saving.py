"""Saving to a deal file: a log entry is appended whole or not at all, whoever else is writing, whatever kills us."""

import errno
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from buystage.entry import entry_block, with_entry
from buystage.errors import BuystageError, InputError, Problem
from buystage.observation import Observation
from buystage.source import MAX_BYTES, Source, decoded, read_bytes

LOCK = ".buystage.lock"  # one per folder
TEMPORARY = ".buystage.saving"  # one per folder too: what a kill leaves behind goes with the next save
PATIENCE = 30.0  # seconds to wait for other writers; each needs milliseconds
BOM = b"\xef\xbb\xbf"


def append_entries(path: str, *entries: Observation) -> None:
    """Append log entries to a deal file; every byte that was there is still there, `[]` behind the key excepted.

    The new file is written beside the old one, read again and put in its place in one step. Links are followed and
    permissions kept. Raises InputError, with the entries to paste, where that can't be done: the old file is whole.
    """
    try:
        target = Path(path).resolve(strict=True)
        if not target.is_file():
            raise _unsaved("no_file", path, entries)
        lock = target.parent / LOCK
        with FileLock(lock, timeout=PATIENCE, mode=target.stat().st_mode & 0o666):  # who may write the deal may lock
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
    old = read_bytes(str(target))
    text = decoded(path, old)
    for entry in entries:
        text = with_entry(Source(path, text), entry)
    new = (BOM if old.startswith(BOM) else b"") + text.encode("utf-8")
    if len(new) > MAX_BYTES:
        raise _unsaved("too_large", path, entries, limit=MAX_BYTES // 1_000_000)
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    temporary = target.with_name(TEMPORARY)
    try:
        _write(temporary, new, target.stat())
        if read_bytes(str(target)) != old:
            raise _unsaved("save_changed", path, entries)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _write(temporary: Path, data: bytes, like: os.stat_result) -> None:
    """Write a new file down to the disk, with the permissions of another, and read it again.

    Raises OSError where it is not what was written, or can't belong to the same group.
    """
    with suppress(FileNotFoundError):
        temporary.unlink()
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
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
