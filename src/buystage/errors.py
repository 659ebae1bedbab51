"""What can go wrong, as codes with parameters. The words for them live in `buystage.language`, loaded on use."""

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from buystage.language import Language

MOST_SHOWN = 10  # problems of one file
FROM_THE_FILE = ("got", "key", "id", "name", "tag")  # parameters of problems that may hold its text
SLIP = 2  # characters by which a word may be longer than the one that was meant


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


def problem_text(problem: Problem, language: "Language") -> str:
    """Return what is wrong, without the place and the hint."""
    from buystage.language import error_words

    return error_words(problem.code, language, problem.params)


def hint_text(problem: Problem, language: "Language") -> str | None:
    """Return the way out of a problem, or None where there is none to name."""
    from buystage.language import error_words

    return error_words(problem.hint, language, problem.params) if problem.hint else None


def plain_error(problem: Problem, language: "Language") -> str:
    """Return a problem without a place as it stands on stderr; it takes nothing that is not loaded by then."""
    from buystage.language import say

    lines = [say("error", language) + problem_text(problem, language)]
    if hint := hint_text(problem, language):
        lines.append(say("hint", language) + hint)
    return "".join(f"{line}\n" for line in lines)


class BuystageError(Exception):
    """A failure the user can do something about: its problems in file order, and how many more there are."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, *problems: Problem, more: int = 0) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems
        self.more = more

    def __str__(self) -> str:
        """Return what is wrong in English, a line a problem with its place, for those who call this as a library."""
        from buystage.language import Language

        lines = [f"{_in_front(problem)}{problem_text(problem, Language.EN)}" for problem in self.problems]
        return "\n".join([*lines, *([f"and {self.more} more"] if self.more else [])])

    def __reduce__(self) -> tuple[Callable[..., "BuystageError"], tuple[object, ...]]:
        """Say how to make the same error in another process."""
        return _remade, (type(self), self.problems, self.more)


def _in_front(problem: Problem) -> str:
    place = problem.location
    return f"{place.file}:{place.line}:{place.column}: " if place else ""


def _remade(kind: type[BuystageError], problems: tuple[Problem, ...], more: int) -> BuystageError:
    return kind(*problems, more=more)


class InputError(BuystageError):
    """A file or stream that is missing, unreadable or invalid, or output that can't be written."""

    exit_code = ExitCode.INPUT


class InvalidContentError(InputError):
    """A file that was read but whose content is wrong: what a `check` command is there to find."""


def discreet(error: InvalidContentError) -> InvalidContentError:
    """Return an error without the text of the file: errors are shown, piped and pasted."""
    return InvalidContentError(*map(discreet_problem, error.problems), more=error.more)


def discreet_problem(problem: Problem) -> Problem:
    """Return a problem without the text of its file; of a word, only what is a slip of the one that was meant."""
    place = problem.location._replace(source_line="") if problem.location else None
    guess = str(problem.params.get("guess") or "")
    words = {name: str(problem.params[name]) for name in FROM_THE_FILE if name in problem.params}
    hidden = {name: "…" for name, word in words.items() if not guess or len(word) > len(guess) + SLIP}
    return problem._replace(params={**problem.params, **hidden}, location=place)


class UsageError(BuystageError):
    """The command line asks for something that can't be done as asked."""

    exit_code = ExitCode.USAGE


class WorkerLostError(BuystageError):
    """A process that did part of the work was ended before that was done, most often for want of memory."""

    exit_code = ExitCode.INPUT
