"""A playbook's own tests: run each case, say what it came to, and what no case looks at."""

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from buystage.diagnosis.answers import Knowledge, timeline
from buystage.diagnosis.jobs import diagnose_jobs
from buystage.diagnosis.scoring import Score, score
from buystage.errors import InvalidContentError
from buystage.library.playbooks import BrokenCase, Shelf, load_cases
from buystage.model.catalogue import Catalogue
from buystage.model.observation import Observation, answer_from
from buystage.model.playbook import Case, Playbook, Track
from buystage.model.rows import JOB_STATES

ONE_DAY = date(2000, 1, 1)  # cases without a log: any day does, since only differences of days count


class CaseResult(NamedTuple):
    """A case and what differs from what it expects: (what, expected, got), nothing where it holds.

    `error`: why it could not be run at all.
    """

    case: str
    differences: tuple[tuple[str, str, str], ...] = ()
    error: InvalidContentError | None = None

    @property
    def passed(self) -> bool:
        """Whether the case came to what it expects."""
        return not self.differences and self.error is None


def run_cases(shelf: Shelf, cases: Iterable[Case | BrokenCase]) -> Iterator[CaseResult]:
    """Yield the result of each case of the one playbook on `shelf`; one that can't be run fails alone."""
    for case in cases:
        if isinstance(case, BrokenCase):
            yield CaseResult(case.name, error=case.error)
        else:
            yield CaseResult(case.name, tuple(_differences(case, shelf)))


class CaseReport(NamedTuple):
    """A playbook by name, what its cases came to, and which states and signals none of them looks at."""

    playbook: str
    results: tuple[CaseResult, ...]
    states: "Coverage"
    signals: "Coverage"

    @property
    def passed(self) -> int:
        """How many cases came to what they expect."""
        return sum(result.passed for result in self.results)


def run_all_cases(name: str) -> CaseReport:
    """Return what the cases of the playbook with this name or path come to. Raises as `load_shelf`."""
    shelf, cases = load_cases(name)
    (book,) = shelf.playbooks
    whole = [case for case in cases if not isinstance(case, BrokenCase)]
    results = tuple(run_cases(shelf, cases))
    return CaseReport(book.name, results, state_coverage(book, whole), signal_coverage(book, whole))


class Coverage(NamedTuple):
    """How many there are of something, and which of them no case looks at."""

    total: int
    missing: tuple[str, ...]


def state_coverage(playbook: Playbook, cases: Collection[Case]) -> Coverage:
    """Return which stages no case expects; of a jobs playbook which states of its jobs, as `job=state`."""
    if playbook.kind == "linear":
        return _coverage(playbook.stages, {case.expect.stage for case in cases})
    tracks = {track.id: (*JOB_STATES, "reopened") if track.reopened else JOB_STATES for track in playbook.tracks}
    every = [f"{job}={state}" for job, states in tracks.items() for state in states]
    return _coverage(every, {f"{job}={state}" for case in cases for job, state in case.expect.jobs.items()})


def signal_coverage(playbook: Playbook, cases: Collection[Case]) -> Coverage:
    """Return which signals of the playbook no case answers."""
    answered = {signal for case in cases for log in (case.answers, *_logs(case)) for signal in log}
    return _coverage(dict.fromkeys(signal for track in playbook.tracks for signal in track.signals), answered)


def _logs(case: Case) -> Iterator[Iterable[str]]:
    return (entry.answers for entry in case.observations)


def _coverage(every: Collection[str], tested: Container[str | None]) -> Coverage:
    return Coverage(len(every), tuple(each for each in every if each not in tested))


def _differences(case: Case, shelf: Shelf) -> Iterator[tuple[str, str, str]]:
    (book,) = shelf.playbooks
    past = timeline(_log(case), max(entry.date for entry in _log(case)), shelf.catalogue)
    if book.kind == "jobs":
        yield from _job_differences(case, book, past, shelf.catalogue)
    else:
        (track,) = book.tracks
        yield from _stage_differences(case, track, score(track, past[-1].known, shelf.catalogue.topic_of))


def _job_differences(
    case: Case, book: Playbook, past: Sequence[Knowledge], catalogue: Catalogue
) -> Iterator[tuple[str, str, str]]:
    result = diagnose_jobs(book, "", past, catalogue)
    looped = "yes" if result.looped else "no"
    if case.expect.looped and case.expect.looped != looped:
        yield "looped", case.expect.looped, looped
    for name, state in case.expect.jobs.items():
        if result.job(name).state != state:
            yield name, state, result.job(name).state
    for name, words in case.expect.causes.items():
        if result.job(name).cause != words:
            yield f"causes.{name}", words, result.job(name).cause or "null"


def _stage_differences(case: Case, track: Track, result: Score) -> Iterator[tuple[str, str, str]]:
    expect, verdict = case.expect, result.verdict
    stage = None if verdict == "insufficient" else track.states[result.best]
    if expect.stage and expect.stage != stage:
        yield "stage", expect.stage, stage or "null"
    if stage in expect.not_:
        yield "stage", f"not {stage}", stage or "null"
    if expect.verdict and expect.verdict != verdict:
        yield "verdict", expect.verdict, verdict


def _log(case: Case) -> Sequence[Observation]:
    """Return the dated log of a case; of one without, its answers on one day."""
    answers = {signal: answer_from(word) for signal, word in case.answers.items()}
    return case.observations or (Observation(date=ONE_DAY, answers=answers),)
