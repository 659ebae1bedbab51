"""Where finished text goes: standard output, or a file that is written whole or not at all."""

import errno
import os
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from buystage.errors import InputError, Problem

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

    Links are followed and permissions kept; what is no ordinary file, a device or a pipe, is written to as it is.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(texts)
        else:
            _replace(path.resolve(), texts)
    except OSError as error:
        raise _unwritable(str(path), error.strerror) from error


def _replace(target: Path, texts: Iterable[str]) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    name = f"tmp{os.urandom(8).hex()}"
    temporary = target.with_name(name)  # named before it is there, so that nothing leaves it behind
    try:
        with open(temporary, "xb", opener=_private) as file:
            file.writelines(text.encode("utf-8", "replace") for text in texts)
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(name: str, reason: str | None) -> InputError:
    return InputError(Problem("unwritable", {"file": name, "reason": reason or "?"}))
