"""Saving to a deal file: a log entry is appended whole or not at all, whoever else is writing, whatever kills us."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from buystage.entry import entry_block, with_entry
from buystage.errors import InputError, Problem
from buystage.observation import Observation
from buystage.source import Source, decoded, read_bytes

LOCK = ".buystage.lock"  # one per folder, hidden; `deal new` tells git to ignore it
PATIENCE = 30.0  # seconds to wait for other writers; each needs milliseconds
BOM = b"\xef\xbb\xbf"


def append_entry(path: str, entry: Observation) -> None:
    """Append a log entry to a deal file; every byte that was there is still there, `[]` behind the key excepted.

    The new file is written beside the old one, read again and put in its place in one step. Links are followed and
    permissions kept. Raises InputError, with the entry to paste, where that can't be done; then the old file is whole.
    """
    try:
        target = Path(path).resolve(strict=True)
        with FileLock(target.parent / LOCK, timeout=PATIENCE):
            _append(path, target, entry)
    except Timeout as error:
        raise _unsaved("save_locked", path, entry, seconds=int(PATIENCE)) from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links
        reason = getattr(error, "strerror", None) or str(error)
        raise _unsaved("unwritable", path, entry, reason=reason) from error


def _append(path: str, target: Path, entry: Observation) -> None:
    old = read_bytes(str(target))
    text = with_entry(Source(path, decoded(path, old)), entry)
    new = (BOM if old.startswith(BOM) else b"") + text.encode("utf-8")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    temporary = target.with_name(
        f".{target.name}.saving"
    )  # one name: what a kill leaves behind goes with the next save
    try:
        _write(temporary, new, target.stat().st_mode & 0o777)
        if read_bytes(str(target)) != old:
            raise _unsaved("save_changed", path, entry)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _write(temporary: Path, data: bytes, mode: int) -> None:
    """Write a new file down to the disk and read it again. Raises OSError where it is not what was written."""
    with suppress(FileNotFoundError):
        temporary.unlink()
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.chmod(mode)
    if temporary.read_bytes() != data:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _unsaved(code: str, path: str, entry: Observation, **parameters: object) -> InputError:
    problem = Problem(code, {"file": path, **parameters}, hint="paste_hint", block=entry_block(entry))
    return InputError(problem)
