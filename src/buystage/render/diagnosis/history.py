"""The course of a deal: a line a day, what opened again, and a strip per job that reads at a glance."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from buystage.diagnosis.history import Flip, History, Loop, StageOn, Turn
from buystage.language import Language, say
from buystage.library.playbooks import Shelf
from buystage.model.deal import Deal
from buystage.model.playbook import Playbook
from buystage.model.rows import JobState
from buystage.render.diagnosis.json import json_text
from buystage.render.words import certainty, day_text, fact_text, left_out, short_name
from buystage.terminal.console import literal
from buystage.terminal.wrapping import Text

MARKS: dict[JobState, str] = {"not_started": "·", "active": "o", "satisfied": "#", "reopened": "!"}
MOST_FLIPS = 3  # told per day; the JSON has all
STRIP_MARGIN = 24  # columns that the names of the jobs and the edges may take
LEAST_ROOM = 24  # columns for what is told beside a day; with less it stands below
INDENT = 4

Row = tuple[Sequence[Text], ...]
"""The cells of a row, each with its lines; the last holds what may be long."""


def history_screen(
    course: History, deal: Deal, shelf: Shelf, language: Language, *, today: date, columns: int
) -> RenderableType:
    """Return the course of a deal up to a day as it stands on a screen of so many columns."""
    speaker = _Speaker(shelf, language, today, columns)
    parts: list[RenderableType] = [Text(literal(deal.name), style="bold")]
    if later := left_out(deal.left_out(today), language):
        parts.append(Text(later, style="dim"))
    if not course.turns:
        return Group(*parts, Text(say("no_news", language)))
    parts += [Text(""), speaker.days(course.turns)]
    if course.loops:
        parts += [Text(""), speaker.loops(course.loops)]
    for book in shelf.playbooks:
        if book.kind == "jobs":
            parts += [Text(""), speaker.strips(book, course.turns)]
    return Group(*parts)


class _Speaker:
    """Holds the texts, the language, the day and the columns there are while the course is put in words."""

    def __init__(self, shelf: Shelf, language: Language, today: date, columns: int) -> None:
        self.shelf, self.language, self.today, self.columns = shelf, language, today, columns

    def _say(self, key: str, **parameters: object) -> str:
        return say(key, self.language, **parameters)

    def _day(self, day: date) -> str:
        return day_text(day, self.language, today=self.today)

    # --- a line a day ----------------------------------------------------------------------------------------

    def days(self, turns: Sequence[Turn]) -> RenderableType:
        """Return a line per entry: its day, the stage with its certainty, where it comes from and what turned."""
        return _rows([self._row(turn) for turn in turns], self.columns)

    def _row(self, turn: Turn) -> Row:
        stages = [(self.shelf.playbook(book), stage) for book, stage in turn.stages.items()]
        names = [self._stage(*each) for each in stages] or [("", "")]
        notes = [self._of_model(book, note) for book, on in stages for note in self._moved(book, on)]
        told = [literal(turn.source or ""), *notes, *self._flips(turn)]
        columns = [self._day(turn.day)], [name for name, _ in names], [sure for _, sure in names], filter(None, told)
        return tuple([*map(Text, each)] for each in columns)

    def _stage(self, book: Playbook, stage: StageOn) -> tuple[str, str]:
        if stage.stage is None:
            return self._of_model(book, self._say("unnamed_state")), ""
        sure = self._say(certainty(stage.confidence)).rstrip(".。").lower()
        return self._of_model(book, short_name(book.stages[stage.stage], self.language)), sure

    def _of_model(self, book: Playbook, text: str) -> str:
        """Return a text with the name of its model before it, where there are several."""
        several = sum(each.kind == "linear" for each in self.shelf.playbooks) > 1
        model = literal((book.short or book.title)[self.language])
        return self._say("label", label=model, text=text) if several else text

    def _moved(self, book: Playbook, stage: StageOn) -> Iterator[str]:
        if stage.back_from:
            yield self._say("back_from", stage=short_name(book.stages[stage.back_from], self.language))
        if stage.leaning:
            yield self._say("leaning", now=short_name(book.stages[stage.leaning], self.language))

    def _flips(self, turn: Turn) -> Iterator[str]:
        for flip in turn.flips[:MOST_FLIPS]:
            yield self._flip(flip)
        if hidden := len(turn.flips[MOST_FLIPS:]):
            yield self._say("more_flips", count=hidden)

    def _flip(self, flip: Flip) -> str:
        now = fact_text(self.shelf, flip.after.signal, flip.after.value, self.language)
        return self._say("flipped", now=now, day=self._day(flip.before.date), before=self._say(flip.before.value))

    # --- loops -----------------------------------------------------------------------------------------------

    def loops(self, loops: Sequence[Loop]) -> RenderableType:
        title: Row = [Text(self._say("loops", count=len(loops)), style="bold yellow")], [], []
        return _rows([title, *(self._loop(loop, loops) for loop in loops)], self.columns)

    def _loop(self, loop: Loop, loops: Sequence[Loop]) -> Row:
        times = sum(each.job == loop.job and each.playbook == loop.playbook for each in loops)
        name = short_name(self.shelf.playbook(loop.playbook).jobs[loop.job], self.language)
        name = self._say("times", job=name, count=times) if times > 1 else name
        end = self._day(loop.until) if loop.until else self._say("still_open")
        span = self._say("span", since=self._day(loop.since), until=end)
        cause = [Text(self._say("because", cause=literal(loop.cause)))] if loop.cause else []
        return [Text(f"  {name}")], [Text(span)], cause

    # --- strips ----------------------------------------------------------------------------------------------

    def strips(self, book: Playbook, turns: Sequence[Turn]) -> RenderableType:
        grid = _grid(2)
        span = self._say("span", since=self._day(turns[0].day), until=self._day(turns[-1].day))
        grid.add_row(Text(self._say("jobs"), style="bold"), Text(span, style="dim"))
        for job, parts in book.jobs.items():
            states = list({turn.day: turn.jobs[book.name][job] for turn in turns}.values())
            grid.add_row(
                Text(f"  {short_name(parts, self.language)}"),
                Text(_strip(states, self.columns - STRIP_MARGIN), no_wrap=True),
            )
        legend = self._say("semicolon").join(f"{mark} {self._say(state)}" for state, mark in MARKS.items())
        return Group(grid, Text(legend, style="dim"))


def _strip(states: Sequence[JobState], columns: int) -> str:
    """Return a mark per day; of too many days a mark for each run of them, open again where it was so on any day."""
    gap = " " if 2 * len(states) <= columns else ""
    count = min(len(states), columns)
    runs = [states[at * len(states) // count : (at + 1) * len(states) // count] for at in range(count)]
    return gap.join(MARKS["reopened" if "reopened" in run else run[-1]] for run in runs)


def _rows(rows: Sequence[Row], columns: int) -> RenderableType:
    """Return rows as a table, or with the last cell of each below the others where little room is left beside them."""
    *short, _ = zip(*rows, strict=True)
    taken = sum(max(line.cell_len for cell in cells for line in cell) + 2 for cells in short)
    if columns - taken < LEAST_ROOM:
        return Group(*(line for row in rows for line in _stacked(row)))
    grid = _grid(len(rows[0]))
    for row in rows:
        grid.add_row(*(Group(*cell) for cell in row))
    return grid


def _stacked(row: Row) -> Iterator[RenderableType]:
    *short, told = row
    for cells in zip_longest(*short, fillvalue=Text("")):
        first, *rest = cells
        line = Text().append_text(first)
        for cell in rest:
            line.append("  ").append_text(cell)
        yield line
    for text in told:
        yield Padding(text, (0, 0, 0, INDENT))


def _grid(columns: int) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(columns - 1):
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


# --- JSON ------------------------------------------------------------------------------------------------------


def history_json(course: History, name: str, file: str, *, ascii_only: bool) -> str:
    """Return the course of a deal as JSON: ids rather than words, every entry and every turn of an answer."""
    document = {
        "schema": "buystage.history/v1",
        "deal": {"name": name, "file": file},
        "observations": [_turn(turn) for turn in course.turns],
        "loops": [
            {
                "playbook": loop.playbook,
                "job": loop.job,
                "since": loop.since.isoformat(),
                "until": loop.until.isoformat() if loop.until else None,
                "cause": loop.cause,
            }
            for loop in course.loops
        ],
    }
    return json_text(document, ascii_only=ascii_only)


def _turn(turn: Turn) -> dict[str, object]:
    return {
        "date": turn.day.isoformat(),
        "source": turn.source,
        "stages": {
            book: {
                "stage": on.stage,
                "confidence": round(on.confidence, 6),
                "back_from": on.back_from,
                "leaning": on.leaning,
            }
            for book, on in turn.stages.items()
        },
        "jobs": {book: dict(states) for book, states in turn.jobs.items()},
        "turned": [
            {
                "signal": flip.after.signal,
                "from": flip.before.value,
                "from_implied": flip.before.implied_by is not None,
                "from_date": flip.before.date.isoformat(),
                "to": flip.after.value,
                "to_date": flip.after.date.isoformat(),
            }
            for flip in turn.flips
        ],
    }
