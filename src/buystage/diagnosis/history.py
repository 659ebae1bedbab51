"""The course of a deal: where the customer was on each day of the log, what turned, which jobs opened again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from buystage.diagnosis.answers import Knowledge, by_day
from buystage.diagnosis.jobs import Course, job_cause, job_courses
from buystage.diagnosis.result import JobsDiagnosis, LinearDiagnosis, Since, Standing
from buystage.diagnosis.scoring import LEAD_BACK, Score, score
from buystage.library.playbooks import Shelf
from buystage.model.answer import Answer
from buystage.model.catalogue import Catalogue
from buystage.model.playbook import Playbook, Track
from buystage.model.rows import JobState


class StageOn(NamedTuple):
    """The stage reported after an entry (None: too little is known), and how likely it is.

    `back_from`: the later stage it came back from. `leaning`: an earlier stage that is more likely, but not by 3 dB.
    """

    stage: str | None
    confidence: float
    back_from: str | None = None
    leaning: str | None = None


class Flip(NamedTuple):
    """An answer that turned: what it was, last confirmed when, and what it is now."""

    before: Answer
    after: Answer


class Turn(NamedTuple):
    """An entry of the log: the stage by linear playbook, the states of the jobs by jobs playbook, what turned."""

    day: date
    source: str | None
    stages: Mapping[str, StageOn]
    jobs: Mapping[str, Mapping[str, JobState]]
    """As they were at the end of the day."""
    flips: tuple[Flip, ...]
    new: tuple[Answer, ...]
    """What was answered for the first time."""


class Loop(NamedTuple):
    """A time in which a settled job was open again: `until` is the day it was settled anew, None while it is open."""

    playbook: str
    job: str
    since: date
    until: date | None
    cause: str | None


class History(NamedTuple):
    """The entries of a deal's log in the order of their days, and its loops by the day they began."""

    turns: tuple[Turn, ...]
    loops: tuple[Loop, ...]


def history(entries: Sequence[Knowledge], shelf: Shelf) -> History:
    """Return the course of a deal from the state of its log after each entry."""
    if not entries:
        return History((), ())
    days = by_day(entries)
    linear = [book for book in shelf.playbooks if book.kind == "linear"]
    stages = {book.name: list(stages_on(book, entries, shelf.catalogue)) for book in linear}
    courses = job_courses(shelf.playbooks, days, shelf.catalogue)
    tracks = {name: list(zip(shelf.playbook(name).tracks, each, strict=True)) for name, each in courses.items()}
    jobs = {answers.newest: _jobs_on(at, tracks) for at, answers in enumerate(days)}
    turns = (
        Turn(
            day=after.newest or date.min,
            source=after.source,
            stages={name: each[at] for name, each in stages.items()},
            jobs=jobs[after.newest],
            flips=tuple(_flips(before, after, shelf.catalogue)),
            new=tuple(_first_told(before, after)),
        )
        for at, (before, after) in enumerate(pairwise((Knowledge({}), *entries)))
    )
    loops = [
        loop for book, each in tracks.items() for track, course in each for loop in _loops(book, track, course, days)
    ]
    return History(tuple(turns), tuple(sorted(loops, key=lambda loop: loop.since)))


# --- stages ----------------------------------------------------------------------------------------------------


def stages_on(book: Playbook, entries: Sequence[Knowledge], catalogue: Catalogue) -> Iterator[StageOn]:
    """Yield the stage after each entry. One before the last reported counts only with a lead of 3 dB over it."""
    (track,) = book.tracks
    reported: int | None = None
    latest: int | None = None
    day: date | None = None
    for answers in entries:
        if answers.newest != day:
            reported, day = latest, answers.newest  # within a day the later entry corrects the earlier
        result = score(track, answers.known, catalogue.topic_of)
        if result.verdict == "insufficient":
            yield StageOn(None, result.confidence)
            continue
        back = reported is not None and book.is_back(track.states[reported], track.states[result.best])
        if reported is not None and back and not _leads(result, reported):
            latest, leaning = reported, track.states[result.best]
            yield StageOn(track.states[reported], result.probabilities[reported], leaning=leaning)
            continue
        latest = result.best
        yield StageOn(
            track.states[latest], result.confidence, track.states[reported] if reported is not None and back else None
        )


def _leads(result: Score, over: int) -> bool:
    return result.costs[over] - result.costs[result.best] >= LEAD_BACK


# --- jobs ------------------------------------------------------------------------------------------------------


def _loops(book: str, track: Track, course: Course, days: Sequence[Knowledge]) -> Iterator[Loop]:
    """Yield each time the job was open again, with its cause as the log told it then."""
    for since in dict.fromkeys(on.since for on in course if on.since):
        after = (answers.newest for on, answers in zip(course, days, strict=True) if on.since != since)
        until = min((day for day in after if day and day > since), default=None)
        yield Loop(book, track.id, since, until, job_cause(track, days, since, until))


def _jobs_on(at: int, tracks: Mapping[str, list[tuple[Track, Course]]]) -> dict[str, dict[str, JobState]]:
    return {book: {track.id: course[at].state for track, course in each} for book, each in tracks.items()}


# --- answers ---------------------------------------------------------------------------------------------------


def _first_told(before: Knowledge, after: Knowledge) -> Iterator[Answer]:
    """Yield the answers that were given for the first time, each yes before each no."""
    told = before.given.keys() | before.known.keys()
    new = (known for name, known in after.given.items() if name not in told)
    yield from sorted(new, key=lambda known: not known.is_yes)


def _flips(before: Knowledge, after: Knowledge, catalogue: Catalogue) -> Iterator[Flip]:
    """Yield the answers that turn what was given before or followed from it, what stands before what goes on."""
    told = ((before.given.get(name) or before.known.get(name), known) for name, known in after.given.items())
    turned = [Flip(old, known) for old, known in told if old and old.value != known.value]
    yield from sorted(turned, key=lambda flip: catalogue.signals[flip.after.signal].sort == "ongoing")


# --- since the last time -----------------------------------------------------------------------------------------


def since_last(course: History) -> Since | None:
    """Return what moved since the day of the log before the last one, None where there is no such day."""
    last = course.turns[-1].day if course.turns else None
    earlier = [turn for turn in course.turns if turn.day != last]
    if not earlier:
        return None
    before, now = earlier[-1], course.turns[-1]
    stages = ((book, before.stages[book].stage, on.leaning or on.stage) for book, on in now.stages.items())
    jobs = (
        (book, job, state)
        for book, states in now.jobs.items()
        for job, state in states.items()
        if _is_news(before.jobs[book][job], state)
    )
    today = course.turns[len(earlier) :]
    facts = (*(flip.after for turn in today for flip in turn.flips), *(known for turn in today for known in turn.new))
    leaning = tuple(book for book, on in now.stages.items() if on.leaning)
    moved = tuple(each for each in stages if each[1] != each[2])
    return Since(before.day, moved, leaning, tuple(jobs), facts)


def between(before: Standing, now: Standing) -> Since:
    """Return what moved from one standing of a deal to another by the same playbooks."""
    pairs = list(zip(before.diagnoses, now.diagnoses, strict=True))
    linear = ((b, n) for b, n in pairs if isinstance(b, LinearDiagnosis) and isinstance(n, LinearDiagnosis))
    stages = tuple((after.playbook, then.stage, after.stage) for then, after in linear if then.stage != after.stage)
    jobs = ((b, n) for b, n in pairs if isinstance(b, JobsDiagnosis) and isinstance(n, JobsDiagnosis))
    moved = (
        (after.playbook, job.id, job.state)
        for then, after in jobs
        for job in after.jobs
        if _is_news(then.job(job.id).state, job.state)
    )
    return Since(before.last_observation or before.as_of, stages, (), tuple(moved), ())


def _is_news(then: JobState, now: JobState) -> bool:
    """Whether the state of a job has changed; that they are at work again on what is open again is none."""
    return then != now and (now != "active" or then == "not_started")
