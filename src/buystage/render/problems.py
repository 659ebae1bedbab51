"""Errors in words: the place, what is wrong, the line with a caret, the way out."""

from collections.abc import Iterator

from rich.cells import cell_len

from buystage.errors import MOST_SHOWN, BuystageError, Location, Problem, hint_text, problem_text
from buystage.language import Language, say
from buystage.terminal.console import drawn, literal, printable, without_commands

MOST_CHARACTERS = 76  # of a source line


def error_text(error: BuystageError, language: Language, columns: int | None = None) -> str:
    """Return the problems of an error as they stand on stderr, each with its place, its source line and its hint.

    On a terminal of so many `columns` sentences break between words; elsewhere each is one line.
    """
    lines = [line for problem in error.problems[:MOST_SHOWN] for line in _lines(problem, language, columns)]
    if hidden := len(error.problems[MOST_SHOWN:]) + error.more:
        lines.append(say("more_problems", language, count=hidden))
    return "\n".join(lines) + "\n"


def _lines(problem: Problem, language: Language, columns: int | None) -> Iterator[str]:
    place = problem.location
    where = f"{literal(place.file)}:{place.line}:{place.column}: " if place else ""
    rule = f" [{problem.rule}]" if problem.rule else ""
    yield _wrapped(f"{say('error', language)}{where}{literal(problem_text(problem, language))}{rule}", columns)
    if place and place.source_line.strip():
        yield from _excerpt(place, columns or MOST_CHARACTERS)
    if hint := hint_text(problem, language):
        yield _wrapped(f"{say('hint', language)}{literal(hint)}", columns)
    if problem.block:
        yield from ("", *map(_to_paste, problem.block.split("\n")), "")


def _wrapped(text: str, columns: int | None) -> str:
    if columns is None:
        return text
    from buystage.terminal.wrapping import Text

    return drawn(Text(text), columns=columns, color=False).rstrip("\n")


def _excerpt(place: Location, columns: int) -> Iterator[str]:
    """Return the source line with a caret under the place; of a long line the part around it."""
    margin = f"  {place.line} | "
    room = min(MOST_CHARACTERS, columns - len(margin))
    if cell_len(place.source_line) > len(place.source_line):
        room //= 2  # wide characters take two columns
    start = max(0, place.column - 1 - room // 2) if len(place.source_line) > room else 0
    shown = place.source_line[start : start + room].replace("\t", " ")
    before = shown[: place.column - 1 - start]
    yield margin + _kept(shown).rstrip()
    yield " " * (len(margin) + cell_len(_kept(before))) + "^"


def _kept(text: str) -> str:
    """Return text without what acts on a screen or in a log, but with its spaces, so that the caret stays in place."""
    return without_commands("".join(each if each == " " else printable(each) or " " for each in text))


def _to_paste(line: str) -> str:
    """Return a line of YAML that means the same where it is pasted and does nothing where it is read: see `_kept`."""
    if without_commands(line) == line:
        return _kept(line)
    return _kept(line.replace("##", "#\\u0023").replace("::", ":\\u003a"))
