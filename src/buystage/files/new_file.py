"""Writing a file that must not be there yet, whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from buystage.errors import InputError, Problem
from buystage.files.writing import linked_part, write_new


def create_file(path: str, text: str) -> None:
    """Write a new file. Raises InputError where something is there already, or where it can't be written."""
    refuse_existing(path)
    if not os.path.isdir(os.path.dirname(path) or os.curdir):
        raise InputError(Problem("unwritable", {"file": path, "reason": os.strerror(errno.ENOENT)}))
    with told(path):
        write_new(Path(path), [text.encode()])


def refuse_existing(path: str) -> None:
    """Raise InputError where there is something at `path`, a dangling link too, or a link on the way to it."""
    if os.path.lexists(path):
        raise _exists(path)
    if linked := linked_part(path):
        raise InputError(Problem("output_is_link", {"file": linked}, hint="output_is_link_hint"))


@contextmanager
def told(path: str) -> Iterator[None]:
    """Put what goes wrong with a file in our words."""
    try:
        yield
    except FileExistsError as error:
        raise _exists(path) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(Problem("unwritable", {"file": path, "reason": reason})) from error


def _exists(path: str) -> InputError:
    return InputError(Problem("exists", {"file": path}, hint="exists_hint"))
