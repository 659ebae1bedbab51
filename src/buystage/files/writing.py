"""Writing a file whole or not at all: beside its place, under a name of its own, then put there in one step.

No link is written through, whoever put it there: a new name is one that nothing has, and putting a file in its place
replaces what is there. A name that begins with a dot and ours keeps what a kill leaves behind out of git.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import accumulate
from pathlib import Path

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
TEMPORARY = ".buystage.new-"  # then whose place it is to take, then what no other has


def write_whole(target: Path, chunks: Iterable[bytes], mode: int) -> None:
    """Write a file in the place of another one or of none. Raises OSError: then what was there is there."""
    with beside(target) as temporary:
        create(temporary, chunks, mode)
        temporary.replace(target)


def write_new(target: Path, chunks: Iterable[bytes]) -> None:
    """Write a file where there is none. Raises FileExistsError where there is something, OSError where it can't be."""
    with beside(target) as temporary:
        create(temporary, chunks, default_mode())
        try:
            os.link(temporary, target)
        except FileExistsError:
            raise
        except OSError:  # some file systems give a file no second name
            if os.path.lexists(target):
                raise FileExistsError from None
            temporary.replace(target)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give the path of a temporary file to create for `target`; it is gone afterwards, if it has not been moved.

    Raises PermissionError where the file that is there may not be written to.
    """
    if os.path.lexists(target) and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    temporary = target.with_name(_start(target) + os.urandom(8).hex())
    try:
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink()


def create(path: Path, chunks: Iterable[bytes], mode: int = 0o600, *, sync: bool = False) -> None:
    """Write a file that is not there yet; with `sync` down to the disk. Raises OSError.

    Nobody else can read it before it is whole.
    """
    with os.fdopen(os.open(path, NEW, 0o600), "wb") as file:
        file.writelines(chunks)
        file.flush()
        os.chmod(file.fileno() if os.chmod in os.supports_fd else path, mode)
        if sync:
            os.fsync(file.fileno())


def linked_part(path: str) -> str | None:
    """Return the first part of a path that is a link, None where none is; of an absolute path the last part counts.

    What stands below the current folder may have come with a repository, and lead anywhere.
    """
    parts = [path] if os.path.isabs(path) else list(accumulate(Path(path).parts, os.path.join))
    return next((part for part in parts if os.path.islink(part)), None)


def leftovers(target: Path) -> list[Path]:
    """Return the temporary files for `target`: those of writers that were killed, and of any that are at work."""
    try:
        with os.scandir(target.parent) as entries:
            return [Path(entry.path) for entry in entries if entry.name.startswith(_start(target))]
    except FileNotFoundError:
        return []


def default_mode() -> int:
    """Return the permissions that a new file gets."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def may_lock(path: Path) -> bool:
    """Return whether there may be a lock at `path`: there is an ordinary file or nothing, and no link."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return True


def _start(target: Path) -> str:
    """Return how the names of the temporary files for `target` begin, and those of no other file beside it."""
    from hashlib import sha256

    return f"{TEMPORARY}{sha256(os.fsencode(target.name)).hexdigest()[:16]}-"
