"""Where finished text goes: standard output, or a file that is written whole or not at all."""

import errno
import os
import signal
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from buystage.errors import InputError, Problem
from buystage.files.writing import default_mode, linked_part, write_whole

STDOUT = "-"


def write_stdout(text: str) -> None:
    """Write to standard output. Raises BrokenPipeError where the reader is gone, InputError where it can't be."""
    if sys.stdout is None:  # the shell closed it
        raise _unwritable(STDOUT, "closed")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_stdout()
        raise _unwritable(STDOUT, error.strerror) from error


def end_in_order() -> None:
    """Let whatever ends the program from outside end it through its `finally` clauses: no half file, no process left.

    A reader that leaves is then an error where it is written to, and only there.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)


def _stop(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def stdout_is_unicode() -> bool:
    """Return whether standard output can show every character."""
    return (getattr(sys.stdout, "encoding", None) or "ascii").lower().startswith("utf")


def abandon_stdout() -> None:
    """Keep the interpreter from complaining about what is left unwritten when it flushes at exit."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(path: Path, texts: Iterable[str]) -> None:
    """Write a file so that a failure leaves the old one or none. Raises InputError where that can't be done.

    Permissions are kept. A device or a pipe, and what the shell has opened, is written to as it is; a link is not.
    """
    chunks = (text.encode("utf-8", "replace") for text in texts)
    try:
        if is_link(path):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        if _is_stream(path):
            with _stream(path) as file:
                file.writelines(chunks)
        else:
            mode = path.lstat().st_mode & 0o777 if os.path.lexists(path) else default_mode()
            write_whole(path, chunks, mode)
    except (OSError, OverflowError) as error:
        raise _unwritable(str(path), getattr(error, "strerror", None)) from error


def is_link(path: Path) -> bool:
    """Return whether a link is in the place of an output or on the way: what it leads to is not named, and may be lost.

    One to a device or a pipe can lose nothing, and `/dev/stdout` is no more than a name.
    """
    return linked_part(str(path)) is not None and descriptor(path) is None and not _takes_as_it_comes(path)


def descriptor(path: Path) -> int | None:
    """Return the number of what the shell has opened where `path` is a name for it, else None."""
    if str(path.parent) in ("/dev/fd", "/proc/self/fd") and path.name.isdecimal():
        return int(path.name)
    return {"/dev/stdout": 1, "/dev/stderr": 2}.get(str(path))


def _is_stream(path: Path) -> bool:
    return descriptor(path) is not None or (path.exists() and not path.is_file())


def _stream(path: Path) -> BinaryIO:
    """Open what is no ordinary file for writing. Raises OSError where it has become one meanwhile."""
    number = descriptor(path)
    opened = os.open(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0)) if number is None else os.dup(number)
    if number is None and stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return os.fdopen(opened, "wb")


def _takes_as_it_comes(path: Path) -> bool:
    try:
        return any(is_kind(path.stat().st_mode) for is_kind in (stat.S_ISCHR, stat.S_ISFIFO, stat.S_ISSOCK))
    except OSError:
        return False


def _unwritable(name: str, reason: str | None) -> InputError:
    return InputError(Problem("unwritable", {"file": name, "reason": reason or "?"}))
