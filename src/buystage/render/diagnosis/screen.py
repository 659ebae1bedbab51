"""The screen of a diagnosis: the conclusion first, in about 25 lines at 80 columns."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.table import Table

from buystage.language import Language, say
from buystage.render.diagnosis.sections import View
from buystage.render.diagnosis.stages import Strip
from buystage.render.diagnosis.strips import strip_in_a_line, whole_strip
from buystage.render.words import sentences
from buystage.terminal.console import width
from buystage.terminal.wrapping import Marked, Text

SECTIONS = ("why", "jobs", "risks", "people", "ask", "do", "not_now", "what_if")
MOST_DONE, MOST_AVOIDED, MOST_RISKS, MOST_GAPS = 3, 2, 2, 2  # what the screen has room for; Markdown has all
MOST_LABEL = 16  # columns of a model's name beside its stages, more on wide screens
GAP = 3  # columns between the labels at the top and what they label
SIGN_STYLES = {"+": "green", "−": "red", "!": "yellow", "·": "dim"}


def screen(view: View, language: Language) -> RenderableType:
    """Return the whole screen of a diagnosis, or what matters for a talk with the one person asked for."""
    sections = _for_one_person if view.with_person else _sections
    return Group(*_with_gaps(_head(view, language), *sections(view, language)))


def _with_gaps(*parts: RenderableType) -> Iterator[RenderableType]:
    for index, part in enumerate(parts):
        if index:
            yield Text("")
        yield part


# --- the top ---------------------------------------------------------------------------------------------------


def _head(view: View, language: Language) -> RenderableType:
    title = _title(Text(view.name, style="bold"), Text(view.days, style="dim"))
    facts = _grid(2, gap=GAP)
    for label, row in _stages(view.strips, language):
        facts.add_row(label, row)
    models = (("model", text) for text in view.shadows)
    for key, text in (*models, ("crm", view.claim), ("sure", view.sure), *view.dates):
        if text:
            facts.add_row(_label(say(key, language)), Text(text))
    since = [Text(view.since, style="dim")] if view.since else []
    return Group(title, *since, Text(view.headline, style="bold"), facts)


def _title(name: Text, days: Text) -> RenderableType:
    """Return the name with the days at the right, or below it where both don't fit in a line."""
    if name.cell_len + days.cell_len + 2 > width():
        return Group(name, days)
    title = Table.grid(expand=True)
    title.add_column(ratio=1)
    title.add_column(justify="right")
    title.add_row(name, days)
    return title


def _stages(strips: Sequence[Strip], language: Language) -> Iterator[tuple[Text, Text]]:
    """Yield the stages of the one linear playbook, or a line for each of several."""
    if len(strips) == 1:
        yield _label(say("stage", language)), whole_strip(strips[0])
        return
    labels = [_label(strip.model) for strip in strips]
    for label in labels:
        label.truncate(max(MOST_LABEL, width() // 4), overflow="ellipsis")
    room = width() - max((label.cell_len for label in labels), default=0) - GAP
    for label, strip in zip(labels, strips, strict=True):
        yield label, strip_in_a_line(strip, room, language)


def _label(text: str) -> Text:
    return Text(f"  {text}", style="dim")


# --- the sections ----------------------------------------------------------------------------------------------


def _for_one_person(view: View, language: Language) -> Iterator[RenderableType]:
    if view.reopened:
        yield _reopened(view, language)
    yield _stacked([("with", _lines(view.with_person))], language)
    if advice := [row for row in _advice(view) if row[0] != "do"]:
        yield _stacked(advice, language)


def _sections(view: View, language: Language) -> Iterator[RenderableType]:
    if view.reasons:
        yield _stacked([("why", _reasons(view, language))], language)
    if view.reopened:
        yield _reopened(view, language)
    if view.jobs:
        yield _stacked([("jobs", _lines(view.jobs))], language)
    if view.risks:
        yield _stacked([("risks", _risks(view, language))], language)
    if view.people:
        yield _stacked([("people", _lines((*view.people, *view.group_size)[:MOST_GAPS]))], language)
    if advice := [*_advice(view)]:
        yield _stacked(advice, language)
    if view.what_if:
        yield _stacked([("what_if", _lines(view.what_if))], language)


def _reasons(view: View, language: Language) -> RenderableType:
    room = max(cell_len(reason.day) for reason in view.reasons) + 2
    marks = (
        Text().append(f"{reason.sign} ", SIGN_STYLES[reason.sign]).append(set_cell_size(reason.day, room), "dim")
        for reason in view.reasons
    )
    return Group(*(Marked(mark, Text(reason.line(language))) for mark, reason in zip(marks, view.reasons, strict=True)))


def _risks(view: View, language: Language) -> RenderableType:
    stop = "。" if language is Language.ZH else "."
    lines = [sentences((f"{mark} {why.rstrip('.。')}{stop}", what), language) for mark, why, what in view.risks]
    more = [say("more_risks", language, count=len(lines) - MOST_RISKS)] if len(lines) > MOST_RISKS else []
    return _lines((*lines[:MOST_RISKS], *more))


def _reopened(view: View, language: Language) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    titles = (Text(say(key, language), style="dim") for key in ("since_label", "settled_when"))
    table.add_row(Text(say("open_again", language), style="bold yellow"), *titles)
    for job in view.reopened:
        table.add_row(Text(f"  {job.job}"), Text(job.since), Text(job.settled_when))
        if job.cause:
            table.add_row("", "", Text(say("because", language, cause=job.cause), style="dim"))
    return table


def _advice(view: View) -> Iterator[tuple[str, RenderableType]]:
    if view.ask:
        yield "ask", Group(*map(Text, view.ask_note), _numbered(view.ask))
    if view.do:
        yield "do", _numbered(tuple((do, "") for do, _ in view.do[:MOST_DONE]))
    if view.avoid:
        room = MOST_AVOIDED - 1 if view.dates else MOST_AVOIDED
        yield "not_now", _lines(view.avoid[:room])


def _numbered(items: tuple[tuple[str, str], ...]) -> RenderableType:
    lines = (Text(text).append(note, style="dim") for text, note in items)
    return Group(*(Marked(f"{number}. ", line) for number, line in enumerate(lines, start=1)))


def _lines(texts: tuple[str, ...]) -> RenderableType:
    return Group(*map(Text, texts))


def _stacked(rows: list[tuple[str, RenderableType]], language: Language) -> RenderableType:
    """Return sections under each other, their bodies starting in the same column all over the screen."""
    room = max(cell_len(say(key, language)) for key in SECTIONS) + 2
    return Group(*(Marked(set_cell_size(say(key, language), room), body, "bold") for key, body in rows))


def _grid(columns: int, gap: int = 1) -> Table:
    """Return a grid whose last column wraps; the others keep their width."""
    grid = Table.grid(padding=(0, gap, 0, 0))
    for _ in range(columns - 1):
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    return grid
