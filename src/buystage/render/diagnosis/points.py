"""The arithmetic behind a diagnosis (`--explain`): every point of every answer, to be added up by hand."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from buystage.diagnosis.result import DealDiagnosis, LinearDiagnosis, TrackReading
from buystage.diagnosis.sums import TopicSum, sums
from buystage.language import Language, say
from buystage.library.playbooks import Shelf
from buystage.model.answer import Answer
from buystage.model.playbook import Playbook, Track
from buystage.model.rows import JOB_STATES
from buystage.render.words import joined, short_name
from buystage.terminal.console import literal
from buystage.terminal.wrapping import Text


def points(result: DealDiagnosis, shelf: Shelf, language: Language) -> RenderableType:
    """Return a table per track: what each answer costs each state, and how the evidence makes the margin."""
    parts: list[RenderableType] = []
    for book, diagnosis in zip(shelf.playbooks, result.diagnoses, strict=True):
        single = isinstance(diagnosis, LinearDiagnosis)
        readings = (
            [diagnosis.reading] if isinstance(diagnosis, LinearDiagnosis) else [j.reading for j in diagnosis.jobs]
        )
        for track, reading in zip(book.tracks, readings, strict=True):
            title = book.title if single else book.jobs[track.id].title
            parts += [Text(""), Text(say("points_title", language, title=literal(title[language])), style="bold")]
            names = _state_names(book, track, language)
            lines = sums(track, result.known, shelf.catalogue)
            parts += _track(lines, reading, names, shelf, language) if lines else [Text(say("points_none", language))]
    return Group(*parts, Text(""), Text(say("points_legend", language), style="dim"))


def _state_names(book: Playbook, track: Track, language: Language) -> dict[str, str]:
    if track.is_job:
        return {state: say(state, language) for state in JOB_STATES}
    return {name: short_name(book.stages[name], language) for name in track.states}


def _track(
    lines: Sequence[TopicSum], reading: TrackReading, names: Mapping[str, str], shelf: Shelf, language: Language
) -> Iterator[RenderableType]:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("", overflow="fold")
    for name in names.values():
        table.add_column(Text(name), justify="right", overflow="fold")
    for line in lines:
        _add_topic(table, line, shelf, language)
    table.add_row(
        Text(say("points_total", language), style="bold"),
        *(Text(number(s.cost_db), style="bold") for s in reading.states),
    )
    table.add_row(Text(say("points_share", language)), *(Text(f"{s.probability:.0%}") for s in reading.states))
    yield table
    if reading.verdict == "insufficient":
        first, last = names[reading.range[0]], names[reading.range[-1]]
        yield Text(say("points_insufficient", language, first=first, last=last))
    yield _margin(reading, names, language)
    for change in reading.would_change:
        yield Text(
            "  " + say("points_change", language, signal=change.signal, answer=change.answer, state=names[change.state])
        )


def _add_topic(table: Table, line: TopicSum, shelf: Shelf, language: Language) -> None:
    for signal in line.signals:
        name = Text(f"{signal.answer.signal} = {signal.answer.value}")
        name.append(_remark(signal.answer, language), style="dim")
        words = [f"{say(word, language)} {number(each)}" for word, each in zip(signal.row, signal.costs, strict=True)]
        table.add_row(name, *map(Text, words))
    topic = literal(shelf.catalogue.topics[line.topic][language])
    key = "points_topic_held" if line.held else "points_topic"
    label = Text(say(key, language, topic=topic, most=number(line.most)), style="dim")
    table.add_row(label, *(Text(number(points), style="dim") for points in line.costs))


def _remark(known: Answer, language: Language) -> str:
    remarks = [say("points_implied", language)] if known.implied_by else []
    remarks += [say("points_weight", language, weight=number(known.weight))] if known.weight != 1 else []
    return say("points_remarks", language, remarks=joined(remarks, language)) if remarks else ""


def _margin(reading: TrackReading, names: Mapping[str, str], language: Language) -> RenderableType:
    if not reading.evidence:
        return Text(say("points_level", language))
    best, runner_up = names[reading.best], names[reading.runner_up]
    title = say("points_margin", language, best=best, runner_up=runner_up, margin=number(reading.margin_db))
    lines = [Text(title)]
    for line in reading.evidence:
        members = ", ".join(f"{s} = {a}" for s, a in zip(line.signals, line.answers, strict=True))
        lines.append(Text(f"  {signed(line.db)}  {members}"))
    return Group(*lines)


def number(value: float) -> str:
    """Return decibels or a weight without needless zeros, with all the digits that adding up needs."""
    return f"{value:.10g}"


def signed(value: float) -> str:
    """Return decibels with their sign."""
    return f"{'+' if value > 0 else '−'}{number(abs(value))}"
