"""Which files a command has read: output never takes their place, for what a person wrote is not to be lost."""

import os

_read: set[str] = set()


def remember(path: str) -> None:
    """Remember that a file was read."""
    _read.add(path)


def was_read(path: str) -> bool:
    """Return whether a file was read since the command began, under whatever name."""
    return os.path.realpath(path) in map(os.path.realpath, _read)


def forget() -> None:
    """Begin a command, with nothing read yet."""
    _read.clear()
