"""What may be opened for reading: the one rule for links, for pipes and devices, and for private files.

A link that a person names, on the command line or in settings, is followed, and so are those of their own settings
and folders. One that is met, in a folder or beside a file, is not: a folder may come from anybody, and what a link in
it leads to is not theirs to show. What is met is read only where it is an ordinary file: a pipe may never end. A
private file is read beside its deal alone, so that no command cites it. (`writing` has the rule for what is written.)

What was opened is what is checked: a path may lead elsewhere a moment later.
"""

import errno
import os
import stat
from collections.abc import Callable
from typing import BinaryIO

from buystage.errors import InputError, Problem

PRIVATE = ".private.yaml"  # behind a deal's name: the file beside it that git ignores
Opener = Callable[[str], BinaryIO]

READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
NOT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
A_FOLDER = getattr(os, "O_DIRECTORY", 0)


def is_private(path: str) -> bool:
    """Return whether a name is that of a private file: in any case, and with `.yml` too, where it is a slip."""
    return path.casefold().endswith((PRIVATE, ".private.yml"))


def private_file(path: str) -> str:
    """Return where the private file of the deal file at `path` is."""
    return f"{path.removesuffix('.yaml').removesuffix('.yml')}{PRIVATE}"


def open_named(path: str) -> BinaryIO:
    """Open what a person names: links are followed, pipes and devices are read as they come.

    Raises InputError for a private file, by whatever name, OSError and ValueError where it can't be opened.
    """
    refuse_private(path)
    descriptor = os.open(path, READ)
    try:
        if os.path.islink(path):
            refuse_private(path, os.path.realpath(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def open_own(path: str) -> BinaryIO:
    """Open an ordinary file that is the person's own, such as their settings: links are followed. Raises OSError."""
    return _ordinary(os.open(path, READ | NOT_WAITING))


def open_met(path: str, below: str | None = None) -> BinaryIO:
    """Open an ordinary file that nobody named, such as one in a folder.

    `below`: the folder that was named; no part of the path behind it may be a link. Raises InputError for a link and
    for a private file, OSError where it can't be opened.
    """
    refuse_private(path)
    return _met(path, below)


def open_private(path: str) -> BinaryIO:
    """Open the private file beside a deal: for those who cite nothing of it. Raises as `open_met`."""
    return _met(path, None)


def refuse_private(path: str, name: str | None = None) -> None:
    """Raise InputError where `path`, or the `name` that it leads to, is that of a private file."""
    if is_private(name or path):
        raise InputError(Problem("private_named", {"file": path}, hint="private_named_hint"))


def _met(path: str, below: str | None) -> BinaryIO:
    flags = READ | NOT_WAITING | NO_LINK
    try:
        if below is None or os.open not in os.supports_dir_fd:
            return _ordinary(os.open(path, flags))
        return _ordinary(_opened_below(below, path[len(below) :].strip(os.sep).split(os.sep), flags))
    except OSError as error:
        if os.path.islink(path):
            raise InputError(Problem("met_link", {"file": path}, hint="met_link_hint")) from error
        raise


def _opened_below(folder: str, parts: list[str], flags: int) -> int:
    """Open a file from folder to folder, so that none of them can turn into a link on the way."""
    at = os.open(folder, READ | A_FOLDER)
    try:
        for part in parts[:-1]:
            inner = os.open(part, READ | A_FOLDER | NO_LINK, dir_fd=at)
            os.close(at)
            at = inner
        return os.open(parts[-1], flags, dir_fd=at)
    finally:
        os.close(at)


def _ordinary(descriptor: int) -> BinaryIO:
    """Return an open file. Raises OSError, and closes it, where it is none that ends."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "no ordinary file")
    return os.fdopen(descriptor, "rb")
