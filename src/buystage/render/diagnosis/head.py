"""The top of a diagnosis in words: where they are, how that compares with the CRM, and how sure it is."""

from collections.abc import Iterator, Sequence
from datetime import date

from buystage.diagnosis.answers import OLD_DAYS
from buystage.diagnosis.result import Date, DealDiagnosis, JobsDiagnosis, LinearDiagnosis, Since, Standing
from buystage.language import Language, say
from buystage.library.playbooks import Shelf
from buystage.model.answer import Answer
from buystage.model.playbook import Playbook
from buystage.render.diagnosis.stages import linear_reads
from buystage.render.words import certainty, clause, day_text, fact_text, joined, sentences, short_name
from buystage.terminal.console import literal

STEP_BY = {"customer": "by_customer", "us": "by_us", "both": "by_both"}
MOST_NEW = 2  # facts told where neither the stage nor a job has moved
MANY_ANSWERS = 5  # from here on it is not a lack of answers that keeps a stage from being named


def headline(result: Standing, shelf: Shelf, language: Language) -> str:
    """Return the conclusion: the stage of the first linear playbook and the jobs open again, else the jobs at work."""
    book, read = next(linear_reads(result, shelf), (None, None))
    if book and read and read.stage:
        named = _named(book, read, read.stage, result, language)
        said = [named, *_jobs_said(result, shelf, ("reopened",), language)]
    else:
        said = [*_unnamed(result, book, read, language), *_jobs_at_work(result, shelf, language)]
    nothing = "headline_not_begun" if result.known else "headline_nothing"
    return sentences(said or [say(nothing, language)], language)


def _unnamed(result: Standing, book: Playbook | None, read: LinearDiagnosis | None, language: Language) -> list[str]:
    """Return why a linear playbook names no stage, where one was asked and something is known."""
    if not (book and read and result.known):
        return []
    rows = book.tracks[0].rows
    given = sum(not known.implied_by and name in rows for name, known in result.known.items())
    key = "headline_torn" if given >= MANY_ANSWERS else "headline_range"
    return [say(key, language, **_ends(book, read, language))]


def _jobs_at_work(result: Standing, shelf: Shelf, language: Language) -> list[str]:
    """Return which jobs are open again and which are at work; where none is, which are settled."""
    at_work = _jobs_said(result, shelf, ("reopened", "active"), language)
    return at_work or _jobs_said(result, shelf, ("satisfied",), language)


def _jobs_said(result: Standing, shelf: Shelf, states: Sequence[str], language: Language) -> list[str]:
    """Return a sentence for each of the states that some job is in."""
    names = {state: _jobs_in_state(result, shelf, state, language) for state in states}
    return [say(f"headline_{state}", language, jobs=joined(jobs, language)) for state, jobs in names.items() if jobs]


def _jobs_in_state(result: Standing, shelf: Shelf, state: str, language: Language) -> list[str]:
    return [
        short_name(playbook.jobs[job.id], language)
        for playbook, diagnosis in zip(shelf.playbooks, result.diagnoses, strict=True)
        if isinstance(diagnosis, JobsDiagnosis)
        for job in diagnosis.jobs
        if job.state == state
    ]


def _named(book: Playbook, read: LinearDiagnosis, name: str, result: Standing, language: Language) -> str:
    stage = book.stages[name]
    reached = [text for signal, text in stage.phases.items() if signal in result.known and result.known[signal].is_yes]
    customer = clause(literal([stage.customer, *reached][-1][language]), language)
    words = {"stage": short_name(stage, language), "customer": customer, **_ends(book, read, language)}
    if len(read.reading.range) > 2:
        return say("headline_wide", language, **words)
    even = read.reading.verdict == "between" and certainty(read.reading.confidence) == "open"
    return say("headline_even" if even else f"headline_{read.reading.verdict}", language, **words)


def _ends(book: Playbook, read: LinearDiagnosis, language: Language) -> dict[str, str]:
    first, last = read.reading.range[0], read.reading.range[-1]
    return {"first": short_name(book.stages[first], language), "last": short_name(book.stages[last], language)}


def moved_since(result: DealDiagnosis, shelf: Shelf, language: Language) -> str:
    """Return a line on what moved since the day of the log before the last one; empty where there is no such day."""
    if result.since is None:
        return ""
    moves = moves_of(result.since, shelf, language)
    day = day_text(result.since.day, language, today=result.as_of)
    moves = moves or [_told(known, shelf, language) for known in result.since.facts[:MOST_NEW]]
    moved = say("semicolon", language).join(moves) or say("nothing_moved", language)
    return say("since_day", language, day=day, moved=moved)


def moves_of(since: Since, shelf: Shelf, language: Language) -> list[str]:
    """Return where they moved by the first linear playbook, and which jobs are in another state."""
    first = next((book.name for book in shelf.playbooks if book.kind == "linear"), None)
    moves = [
        _move(shelf.playbook(name), then, now, language, leaning=name in since.leaning)
        for name, then, now in since.stages
        if name == first
    ]
    for state in ("reopened", "satisfied", "active"):
        mine = [(shelf.playbook(book), job) for book, job, now in since.jobs if now == state]
        names = joined([short_name(book.jobs[job], language) for book, job in mine], language)
        moves += [say("job_list", language, state=say(state, language), jobs=names)] if names else []
    return moves


def _told(known: Answer, shelf: Shelf, language: Language) -> str:
    return clause(fact_text(shelf, known.signal, known.value, language), language)


def _move(book: Playbook, then: str | None, now: str | None, language: Language, *, leaning: bool) -> str:
    back = then is not None and now is not None and book.is_back(then, now)
    key = "moved_unclear" if now is None else "moved_to" if then is None else "moved_back" if back else "moved_on"
    key = "leaning" if leaning else key
    return say(key, language, then=_stage_name(book, then, language), now=_stage_name(book, now, language))


def _stage_name(book: Playbook, stage: str | None, language: Language) -> str:
    return short_name(book.stages[stage], language) if stage else ""


def dates(result: DealDiagnosis, language: Language) -> Iterator[tuple[str, str]]:
    """Yield a pause, the next step, the nearest key date to come and the latest one past, each with its label."""
    shown = {(each.kind, each.kind == "key" and each.days < 0): each for each in reversed(result.dates)}
    for key in (("pause", False), ("next", False), ("key", False), ("key", True)):
        if key in shown:
            yield key[0], date_text(shown[key], language, today=result.as_of)


def date_text(each: Date, language: Language, *, today: date) -> str:
    """Return a date with how far off it is, what it is about, and who has to act."""
    what = literal(each.what)
    by = say(STEP_BY[each.by], language) if each.by else ""
    if each.day is None:
        return say("no_date", language, what=what) + by
    pause = "pause_over" if each.days < 0 else "pause_lasts"
    words = {"day": day_text(each.day, language, today=today), "off": _far(each, language), "what": what}
    return say(pause if each.kind == "pause" else "date_off", language, **words) + by


def _far(each: Date, language: Language) -> str:
    """Return how far off a day is; a next step that is past is overdue."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(each.days)
    past = "days_overdue" if each.kind == "next" else "days_past"
    return say(near or ("days_ahead" if each.days > 0 else past), language, days=abs(each.days))


def sure(result: DealDiagnosis, shelf: Shelf, language: Language) -> str:
    """Return how certain the stage is, and which likely answer would name another; empty without a stage."""
    book, read = next(linear_reads(result, shelf), (None, None))
    if book is None or read is None or read.stage is None:
        return ""
    several = sum(1 for _ in linear_reads(result, shelf)) > 1
    model = say("label", language, label=literal((book.short or book.title)[language]), text="").strip()
    said = [model] if several else []
    said += [say(certainty(read.reading.confidence), language), _change(book, read, result, shelf, language)]
    age = (result.as_of - result.heard).days if result.heard else 0
    said += [say("old_news", language, days=age)] if age > OLD_DAYS else []
    return sentences(said, language)


def _change(book: Playbook, read: LinearDiagnosis, result: DealDiagnosis, shelf: Shelf, language: Language) -> str:
    """Return which likely answer would name another stage; where the stage is clear, none that is sure already."""
    clear = certainty(read.reading.confidence) == "clear"
    sure = {name for name, known in result.known.items() if clear and known.is_sure}
    changes = read.reading.would_change
    change = next((each for each in changes if each.worth_asking and each.signal not in sure), None)
    if change is None:
        return say("nothing_likely" if changes else "no_single_answer", language)
    fact = clause(fact_text(shelf, change.signal, change.answer, language), language)
    return say("would_be", language, stage=short_name(book.stages[change.state], language), fact=fact)
