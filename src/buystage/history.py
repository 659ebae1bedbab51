"""The course of a deal: where the customer was on each day of the log, what turned, which jobs opened again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from buystage.answers import Answers
from buystage.catalogue import Catalogue
from buystage.diagnosis import Known, Since
from buystage.jobs import job_cause, job_course
from buystage.library import Shelf
from buystage.playbook import Playbook, Track
from buystage.rows import JobState
from buystage.scoring import score

LEAD_BACK = 3.0  # decibels by which an earlier stage must lead the one reported before it is a move back


@dataclass(frozen=True, slots=True)
class StageOn:
    """The stage reported for a day (None: too little is known), how likely it is, and where it came back from."""

    stage: str | None
    confidence: float
    back_from: str | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """An answer that turned: what it was, last confirmed when, and what it is now."""

    before: Known
    after: Known


@dataclass(frozen=True, slots=True)
class Turn:
    """One day of the log: the stage by linear playbook, the states of the jobs by jobs playbook, what turned."""

    day: date
    stages: Mapping[str, StageOn]
    jobs: Mapping[str, Mapping[str, JobState]]
    flips: tuple[Flip, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """A time in which a settled job was open again: `until` is the day it was settled anew, None while it is open."""

    playbook: str
    job: str
    since: date
    until: date | None
    cause: str | None


@dataclass(frozen=True, slots=True)
class History:
    """The days of a deal's log in their order, and its loops by the day they began."""

    turns: tuple[Turn, ...]
    loops: tuple[Loop, ...]


def history(past: Sequence[Answers], shelf: Shelf) -> History:
    """Return the course of a deal from its log's state on each of its days (none for an empty log)."""
    days = [answers for answers in past if answers.newest]
    linear = [book for book in shelf.playbooks if book.kind == "linear"]
    stages = {book.name: list(_stages(book, days, shelf.catalogue)) for book in linear}
    courses = {book.name: list(_courses(book, days, shelf.catalogue)) for book in shelf.playbooks if book not in linear}
    turns = tuple(
        Turn(
            day=answers.newest or date.min,
            stages={name: each[at] for name, each in stages.items()},
            jobs={book: {track.id: course[at][0] for track, course in each} for book, each in courses.items()},
            flips=tuple(_flips(days[at - 1] if at else Answers({}), answers, shelf.catalogue)),
        )
        for at, answers in enumerate(days)
    )
    loops = [
        loop for book, each in courses.items() for track, course in each for loop in _loops(book, track, course, days)
    ]
    return History(turns, tuple(sorted(loops, key=lambda loop: loop.since)))


def _stages(book: Playbook, days: Sequence[Answers], catalogue: Catalogue) -> Iterator[StageOn]:
    """Yield the stage of each day. One before the last reported counts only with a lead of 3 dB over it."""
    (track,) = book.tracks
    reported: int | None = None
    for answers in days:
        result = score(track, answers.known, catalogue.topic_of)
        if result.verdict == "insufficient":
            yield StageOn(None, result.confidence)
            continue
        back = reported is not None and result.best < reported
        if back and reported is not None and result.costs[reported] - result.costs[result.best] < LEAD_BACK:
            yield StageOn(track.states[reported], result.probabilities[reported])
            continue
        left = track.states[reported] if back and reported is not None else None
        reported = result.best
        yield StageOn(track.states[reported], result.confidence, left)


Course = list[tuple[JobState, date | None]]


def _courses(book: Playbook, days: Sequence[Answers], catalogue: Catalogue) -> Iterator[tuple[Track, Course]]:
    yield from ((track, list(job_course(track, days, catalogue))) for track in book.tracks)


def _loops(book: str, track: Track, course: Course, days: Sequence[Answers]) -> Iterator[Loop]:
    """Yield each time the job was open again, with its cause as the log told it then."""
    for since in dict.fromkeys(since for _, since in course if since):
        after = (answers.newest for (_, now), answers in zip(course, days, strict=True) if now != since)
        until = min((day for day in after if day and day > since), default=None)
        yield Loop(book, track.id, since, until, job_cause(track, days, since))


def _flips(before: Answers, after: Answers, catalogue: Catalogue) -> Iterator[Flip]:
    """Yield the answers given on a day that turn what was given before, what stands before what goes on."""
    turned = [
        Flip(old, known)
        for name, known in after.known.items()
        if (old := before.known.get(name)) and old.value != known.value and not old.implied_by and not known.implied_by
    ]
    yield from sorted(turned, key=lambda flip: catalogue.signals[flip.after.signal].sort == "ongoing")


def since_last(course: History) -> Since | None:
    """Return what moved since the day of the log before the last one, None where there is no such day."""
    *_, before, now = [None, None, *course.turns]
    if before is None or now is None:
        return None
    stages = ((book, before.stages[book].stage, on.stage) for book, on in now.stages.items())
    jobs = (
        (book, job, state)
        for book, states in now.jobs.items()
        for job, state in states.items()
        if state in ("reopened", "satisfied") and state != before.jobs[book][job]
    )
    return Since(before.day, tuple(each for each in stages if each[1] != each[2]), tuple(jobs))
