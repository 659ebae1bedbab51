"""What can go wrong, as codes with parameters. The words for them live in `buystage.language`."""

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import NamedTuple

MOST_SHOWN = 10  # problems of one file


class ExitCode(IntEnum):
    """What the shell gets back. A number never means two things."""

    DONE = 0
    CHECK_FAILED = 1
    USAGE = 2
    INPUT = 3
    INTERNAL = 4
    INTERRUPTED = 130


class Location(NamedTuple):
    """A place in a file. Line and column count from 1, in characters."""

    file: str
    line: int
    column: int
    source_line: str


class Problem(NamedTuple):
    """One thing that is wrong: a message code, its parameters, where it is, the code of a hint, a text to paste.

    `rule`: the id of the rule that found it, where one did; `buystage explain` knows it.
    """

    code: str
    params: Mapping[str, object] = {}
    location: Location | None = None
    hint: str | None = None
    block: str | None = None
    rule: str | None = None


class BuystageError(Exception):
    """A failure the user can do something about: its problems in file order, and how many more there are."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, *problems: Problem, more: int = 0) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems
        self.more = more

    def __reduce__(self) -> tuple[Callable[..., "BuystageError"], tuple[object, ...]]:
        """Say how to make the same error in another process."""
        return _remade, (type(self), self.problems, self.more)


def _remade(kind: type[BuystageError], problems: tuple[Problem, ...], more: int) -> BuystageError:
    return kind(*problems, more=more)


class InputError(BuystageError):
    """A file or stream that is missing, unreadable or invalid, or output that can't be written."""

    exit_code = ExitCode.INPUT


class InvalidContentError(InputError):
    """A file that was read but whose content is wrong: what a `check` command is there to find."""


def discreet(error: InvalidContentError) -> InvalidContentError:
    """Return an error without the text of the file: errors are shown, piped and pasted."""
    return InvalidContentError(*map(_discreet, error.problems), more=error.more)


def _discreet(problem: Problem) -> Problem:
    place = problem.location._replace(source_line="") if problem.location else None
    hidden = {name: "…" for name in ("got", "key") if name in problem.params and not problem.params.get("guess")}
    return problem._replace(params={**problem.params, **hidden}, location=place)


class UsageError(BuystageError):
    """The command line asks for something that can't be done as asked."""

    exit_code = ExitCode.USAGE


class WorkerLostError(BuystageError):
    """A process that did part of the work was ended before that was done, most often for want of memory."""

    exit_code = ExitCode.INPUT
