"""The diagnosis of a jobs playbook: a state for every job, and which of them are open again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import dropwhile
from typing import NamedTuple

from buystage.diagnosis.answers import Knowledge, outlives
from buystage.diagnosis.result import JobDiagnosis, JobsDiagnosis
from buystage.diagnosis.scoring import LEAD_BACK, Score, closing, score
from buystage.diagnosis.track import read_track
from buystage.model.catalogue import Catalogue
from buystage.model.playbook import Playbook, Track
from buystage.model.rows import JOB_STATES, JobState

SETTLED = 0.65  # probability of "satisfied" from which a job counts as once settled
MOST_IN_FOCUS = 3
ACTIVE, SATISFIED = JOB_STATES.index("active"), JOB_STATES.index("satisfied")


class JobOn(NamedTuple):
    """The state of a job on a day, since when it has been open again, and what the answers come to."""

    state: JobState
    since: date | None
    score: Score


Course = list[JobOn]
"""A job on each day of the log."""


def job_courses(
    playbooks: Iterable[Playbook], past: Sequence[Knowledge], catalogue: Catalogue
) -> dict[str, list[Course]]:
    """Return by jobs playbook the course of each of its jobs. `past` is the log's state on each of its days."""
    return {
        book.name: [list(_course(track, past, catalogue)) for track in book.tracks]
        for book in playbooks
        if book.kind == "jobs"
    }


def diagnose_jobs(playbook: Playbook, origin: str, past: Sequence[Knowledge], catalogue: Catalogue) -> JobsDiagnosis:
    """Return the state of each job. `past` is the log's state on each of its days, the last one now."""
    jobs = tuple(_diagnose_job(track, past, catalogue) for track in playbook.tracks)
    focus, agenda = tuple(_open_jobs(jobs))[:MOST_IN_FOCUS], _agenda(jobs, playbook)
    lagging = _lagging(jobs, playbook, past[-1])
    return JobsDiagnosis(playbook.name, playbook.version, origin, jobs, focus, agenda, lagging)


def _diagnose_job(track: Track, past: Sequence[Knowledge], catalogue: Catalogue) -> JobDiagnosis:
    *_, now = _course(track, _telling(track, past), catalogue)
    cause = job_cause(track, past, now.since) if now.since else None
    return JobDiagnosis(track.id, now.state, now.since, cause, read_track(track, past[-1], now.score, catalogue))


def _telling(track: Track, past: Sequence[Knowledge]) -> Iterator[Knowledge]:
    """Return the days that the state of a job today depends on: from the first that may settle it or open it again."""
    signs = (*closing(track), *track.reopened)
    return dropwhile(lambda day: day is not past[-1] and not any(_is_yes(name, day) for name in signs), past)


def _course(track: Track, past: Iterable[Knowledge], catalogue: Catalogue) -> Iterator[JobOn]:
    """Yield the job on each day of the log, and since when it has been open again without a break.

    Satisfied needs a yes that speaks for it over active, such as one to what ends the job: that nobody is at work on
    it settles nothing. Whether a settled job is open again is told by what holds: that they had once agreed does not
    keep it settled.
    """
    since = None
    settled = False
    for answers in past:
        result = score(track, answers.known, catalogue.topic_of)
        reopened = _said_reopened(track, answers) or (settled and _lead(track, answers, result, catalogue) >= LEAD_BACK)
        since = (since or answers.newest) if reopened else None
        is_near = result.best == SATISFIED or result.probabilities[SATISFIED] >= SETTLED
        closed = is_near and any(_is_yes(name, answers) for name in closing(track))
        settled = settled or (closed and result.probabilities[SATISFIED] >= SETTLED)
        best = result.best if result.best != SATISFIED or closed else ACTIVE
        yield JobOn("reopened" if since else JOB_STATES[best], since, result)


def _lead(track: Track, answers: Knowledge, result: Score, catalogue: Catalogue) -> float:
    """Return by how many decibels "active" leads "satisfied" by the answers that hold and what follows from them."""
    given = {name: answers.known[name] for name in track.rows if name in answers.known}
    holding = {name: known for name, known in given.items() if not outlives(known, answers.known)}
    costs = (result if holding == given else score(track, holding, catalogue.topic_of)).costs
    return costs[SATISFIED] - costs[ACTIVE]


def _said_reopened(track: Track, answers: Knowledge) -> bool:
    """Whether a reopening signal is yes and no later yes has closed the job again."""
    opened = [answers.known[name].date for name in track.reopened if _is_yes(name, answers)]
    if not opened:
        return False
    closed = [answers.known[name].date for name in (*track.done, *track.proves) if _is_yes(name, answers)]
    return not any(day > max(opened) for day in closed)


def _is_yes(signal: str, answers: Knowledge) -> bool:
    return signal in answers.known and answers.known[signal].is_yes


def job_cause(track: Track, past: Sequence[Knowledge], since: date, until: date | None = None) -> str | None:
    """Return the log's own words for why the job was open again, as they were first told from that day on."""
    for answers in past:
        if answers.newest and since <= answers.newest < (until or date.max):
            told = [answers.known[name] for name in track.reopened if _is_yes(name, answers)]
            told += [answers.known[name] for name in track.done if name in answers.known and not _is_yes(name, answers)]
            if quote := next((each.quote for each in told if each.quote and each.date >= since), None):
                return quote
    return None


def _open_jobs(jobs: Sequence[JobDiagnosis]) -> list[str]:
    """Return the jobs that are open: reopened ones, then active ones by probability."""
    active = sorted((job for job in jobs if job.state == "active"), key=lambda job: -job.reading.confidence)
    reopened = [job for job in jobs if job.state == "reopened"]
    return [job.id for job in (*reopened, *active)]


def _agenda(jobs: Sequence[JobDiagnosis], playbook: Playbook) -> tuple[str, ...]:
    """Return the open jobs in the order to work on them.

    Of the jobs that are open again and not always on, the later ones wait for the first: nobody settles on a supplier
    again while the requirement is open again.
    """
    reopened = [job.id for job in jobs if job.state == "reopened"]
    waiting = [name for name in reopened if playbook.jobs[name].always_on == "no"][1:]
    now = [name for name in reopened if name not in waiting]
    return (*now, *waiting, *(name for name in _open_jobs(jobs) if name not in reopened))


def _lagging(jobs: Sequence[JobDiagnosis], playbook: Playbook, now: Knowledge) -> tuple[str, ...]:
    """Return the always-on jobs not begun once half of the other jobs are settled, or not settled once all are.

    A job that is open again is told as such and does not lag besides, and after what proves it, such as the signature,
    nothing waits for it any more.
    """
    proved = {track.id for track in playbook.tracks if any(_is_yes(signal, now) for signal in track.proves)}
    always_on = [job for job in jobs if playbook.jobs[job.id].always_on == "yes"]
    others = [job for job in jobs if job not in always_on]
    settled = sum(job.state == "satisfied" for job in others)
    behind = {"not_started": 2 * settled >= len(others) > 0, "active": settled == len(others) > 0}
    return tuple(job.id for job in always_on if behind.get(job.state, False) and job.id not in proved)
