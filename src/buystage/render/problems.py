"""Errors in words: the place, what is wrong, the line with a caret, the way out."""

from collections.abc import Iterator

from rich.cells import cell_len

from buystage.errors import MOST_SHOWN, BuystageError, Location, Problem
from buystage.language import Language, hint_text, problem_text, say
from buystage.terminal import literal

MOST_CHARACTERS = 76  # of a source line


def error_text(error: BuystageError, language: Language) -> str:
    """Return the problems of an error as they stand on stderr, each with its place, its source line and its hint."""
    lines = [line for problem in error.problems[:MOST_SHOWN] for line in _lines(problem, language)]
    if hidden := len(error.problems[MOST_SHOWN:]) + error.more:
        lines.append(say("more_problems", language, count=hidden))
    return "\n".join(lines) + "\n"


def _lines(problem: Problem, language: Language) -> Iterator[str]:
    place = problem.location
    where = f"{literal(place.file)}:{place.line}:{place.column}: " if place else ""
    yield f"{say('error', language)}{where}{literal(problem_text(problem, language))}"
    if place and place.source_line.strip():
        yield from _excerpt(place)
    if hint := hint_text(problem, language):
        yield f"{say('hint', language)}{literal(hint)}"
    if problem.block:
        yield from ("", *(_kept(line) for line in problem.block.split("\n")), "")


def _excerpt(place: Location) -> Iterator[str]:
    """Return the source line with a caret under the place; of a long line the part around it."""
    start = max(0, place.column - 1 - MOST_CHARACTERS // 2) if len(place.source_line) > MOST_CHARACTERS else 0
    shown = place.source_line[start : start + MOST_CHARACTERS].replace("\t", " ")
    before = shown[: place.column - 1 - start]
    margin = f"  {place.line} | "
    yield margin + _kept(shown).rstrip()
    yield " " * (len(margin) + cell_len(_kept(before))) + "^"


def _kept(text: str) -> str:
    """Return text without what acts on a terminal, but with its spaces, so that the caret stays in place."""
    return "".join(character if character == " " else literal(character) or " " for character in text)
