"""The one way to call git. It runs nothing that a repository or its settings name, fetches nothing and asks nobody.

It is asked what a commit holds (rev-parse, ls-tree, cat-file), and no more: what looks at the work tree or the index,
such as diff and status, runs filters, hooks and watchers.
"""

import errno
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from shutil import which
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
from threading import Event, Timer
from typing import IO, NamedTuple

from buystage.errors import InputError, Problem

TIME_LIMIT = 60.0  # seconds; the files of a commit are listed in one
MOST_BYTES = 100_000_000  # of an answer: the names of a million files
MOST_SAID = 10_000  # bytes of why git could not
CHUNK = 1_000_000

SETTINGS = {  # over those of the repository
    "safe.bareRepository": "explicit",  # a folder that looks like a repository may be a trap that was cloned
    "core.fsmonitor": "",  # "false" is a command to old gits
    "core.hooksPath": os.devnull,
    "core.sshCommand": "false",
    "core.askPass": "",
    "credential.helper": "",
}
SURROUNDINGS = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",  # of the files that a partial clone has left out
    "GIT_ALLOW_PROTOCOL": "-",  # that is none: gits before 2.45 don't know the line above
}
# Nothing else that is set for git counts: in a hook it says where its things are, seen from another folder than ours.
# The user's own settings hold, such as safe.directory; what they can't say either is overruled by ours.
KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES")


class GitReply(NamedTuple):
    """What git answered: its exit code, what it wrote, and why it could not where it couldn't."""

    code: int
    output: bytes
    reason: str


def work_tree(path: str) -> str:
    """Return the folder of the work tree that a path is in, or would be: it may be gone by now.

    That is the nearest folder with `.git` in it. git, left to look for itself, would take a folder below it that looks
    like a bare repository. Raises InputError where there is none.
    """
    start = _nearest_folder(path)
    for folder in _upwards(start):
        if os.path.lexists(os.path.join(folder, ".git")):
            return folder
    raise InputError(Problem("no_repository", {"folder": start}))


def ask_git(root: str, *question: str, given: bytes = b"", most: int = MOST_BYTES) -> GitReply:
    """Return what git answers in the work tree `root`, with `given` on its standard input.

    Raises InputError where git can't be run, takes too long, or writes more than `most` bytes.
    """
    git = which("git")
    if git is None or not os.path.isabs(git):  # some systems look in the current folder first, which may be anybody's
        raise InputError(Problem("no_git", {"reason": os.strerror(errno.ENOENT)}))
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    try:
        return _answer([git, "-C", root, "--no-pager", *settings, *question], given, most)
    except (OSError, RuntimeError) as error:  # RuntimeError: no thread can be started
        raise InputError(Problem("no_git", {"reason": getattr(error, "strerror", None) or str(error)})) from None


def _answer(command: list[str], given: bytes, most: int) -> GitReply:
    with TemporaryFile() as stdin, TemporaryFile() as stderr:
        stdin.write(given)
        stdin.seek(0)
        with Popen(
            command,
            stdin=stdin,
            stdout=PIPE,
            stderr=stderr,
            env=_environment(),
            start_new_session=True,  # without a terminal to ask on, and to be ended as a whole
        ) as process:
            output = _output(process, most)
        stderr.seek(0)
        return GitReply(process.returncode, output, _reason(stderr.read(MOST_SAID)))


def _output(process: "Popen[bytes]", most: int) -> bytes:
    """Return what a process writes until it ends. Raises InputError where it is too much, or late."""
    late = Event()

    def end() -> None:
        late.set()
        _end(process)

    timer = Timer(TIME_LIMIT, end)
    timer.daemon = True
    try:
        timer.start()
        output = _within(process.stdout, most) if process.stdout else b""
        process.wait()
    finally:
        timer.cancel()
        _end(process)
    if late.is_set():
        raise InputError(Problem("git_late", {"limit": round(TIME_LIMIT)}))
    return output


def _within(stream: IO[bytes], most: int) -> bytes:
    output = bytearray()
    while chunk := stream.read(CHUNK):
        output += chunk
        if len(output) > most:
            raise InputError(Problem("git_too_much", {"limit": most // 1_000_000}))
    return bytes(output)


def _end(process: "Popen[bytes]") -> None:
    """End a process that has not been waited for, and all that it has started where the system can."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):  # it has ended by itself
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(KEPT)}
    return {**own, **SURROUNDINGS}


def _reason(said: bytes) -> str:
    """Return the line that says why: the last that git calls fatal, else the last."""
    lines = said.decode("utf-8", "replace").strip().splitlines() or ["?"]
    return next((line for line in reversed(lines) if line.startswith("fatal: ")), lines[-1]).removeprefix("fatal: ")


def _nearest_folder(path: str) -> str:
    """Return the folder a path is in, or the nearest one above it that is there, without links."""
    folder = os.path.abspath(path)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return os.path.realpath(folder)


def _upwards(folder: str) -> Iterator[str]:
    """Yield a folder and those above it, as far as git would look."""
    ends = os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep)
    ceilings = {os.path.realpath(end) for end in ends if os.path.isabs(end)}
    yield folder
    while (above := os.path.dirname(folder)) != folder and above not in ceilings:
        yield above
        folder = above
