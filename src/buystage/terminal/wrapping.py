"""Text that wraps as Chinese is set: between any two characters, but no closing mark at the start of a line."""

import io
import re
from collections.abc import Iterator
from functools import cache
from textwrap import wrap

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, OverflowMethod, RenderableType, RenderResult
from rich.containers import Lines
from rich.segment import Segment
from rich.text import Text as RichText

NEVER_FIRST = "，。；：！？、）》】”’…%)]"
NEVER_LAST = "（《【“‘"


class Text(RichText):
    """A text of one paragraph. Without wide characters it wraps between words, as rich does."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Return the lines of the text, each at most `width` columns wide."""
        if no_wrap or cell_len(self.plain) == len(self.plain):
            return super().wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap)
        lines = self.divide(_breaks(self.plain, width))
        for line in lines:
            line.rstrip()
        return lines


def _breaks(text: str, width: int) -> Iterator[int]:
    """Yield the places before which a line begins, the first line excepted."""
    start = allowed = 0
    columns = 0
    for place, character in enumerate(text):
        columns += cell_len(character)
        if columns > width and character != " " and place > start:
            start = allowed if allowed > start else _forced(text, place, start)
            columns = cell_len(text[start : place + 1])
            yield start
        if _may_break(character, text[place + 1 : place + 2]):
            allowed = place + 1


def _forced(text: str, place: int, start: int) -> int:
    """Return where a word longer than the line is broken: before `place`, but so that no mark begins a line."""
    return place - 1 if text[place] in NEVER_FIRST and place - 1 > start else place


def _may_break(before: str, after: str) -> bool:
    if before == " " or not after:
        return True
    wide = cell_len(before) == 2 or cell_len(after) == 2
    return wide and after not in NEVER_FIRST and after != " " and before not in NEVER_LAST


class Marked:
    """Something behind a mark or label, its further lines under its first word."""

    def __init__(self, mark: RichText | str, body: RenderableType, style: str = "") -> None:
        self.mark = RichText().append(mark, style) if isinstance(mark, str) else mark
        self.body = body

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines: a table would set them alike, but measures all of it first, and what is in it again."""
        margin = [*self.mark.render(console)]
        room = options.update(width=max(1, options.max_width - self.mark.cell_len), overflow="fold")
        for line in console.render_lines(self.body, room, pad=False):
            yield from (*margin, *line, Segment.line())
            margin = [Segment(" " * self.mark.cell_len)]


def paragraph(text: str) -> RenderableType:
    """Return a line of text whose further lines begin under its first word, or behind a label and two spaces."""
    label = re.match(r" *(\S+ {2,})?", text)
    margin = label.group() if label else ""
    return Marked(margin, Text(text[len(margin) :])) if margin else Text(text)


def hanging(text: str, columns: int, indent: int) -> list[str]:
    """Return the lines of a text behind a margin of so many columns, without the margin of the first."""
    room = columns - indent
    # wrap is quicker than rich by far, which a review of a whole pipeline feels
    lines = (wrap(text, room, break_on_hyphens=False) or [""]) if text.isascii() else wrapped(text, room)
    return [lines[0], *(" " * indent + line for line in lines[1:])]


def wrapped(text: str, columns: int) -> list[str]:
    """Return the lines of a text, each at most `columns` wide."""
    lines = Text(text).wrap(_console(), columns)
    return [line.plain.rstrip() for line in lines]


@cache
def _console() -> Console:
    """Return a console that measures and shows nothing."""
    return Console(file=io.StringIO())
