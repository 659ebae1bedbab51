"""A playbook's own tests: run each case, say what it came to, and what no case looks at."""

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from buystage.deal import Deal
from buystage.diagnose import diagnose
from buystage.diagnosis import DealDiagnosis, JobsDiagnosis, LinearDiagnosis
from buystage.errors import InvalidContentError
from buystage.library import BrokenCase, Shelf, load_cases
from buystage.observation import Observation, answer_from
from buystage.playbook import Case, Playbook
from buystage.rows import JOB_STATES

ONE_DAY = date(2000, 1, 1)  # cases without a log: any day does, since only differences of days count


@dataclass(frozen=True, slots=True)
class CaseResult:
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


@dataclass(frozen=True, slots=True)
class CaseReport:
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


@dataclass(frozen=True, slots=True)
class Coverage:
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
    result = _diagnosed(case, shelf)
    expect = case.expect
    if expect.looped and (expect.looped == "yes") != result.looped:
        yield "looped", expect.looped, "yes" if result.looped else "no"
    (diagnosis,) = result.diagnoses
    if isinstance(diagnosis, JobsDiagnosis):
        yield from _job_differences(case, diagnosis)
    else:
        yield from _stage_differences(case, diagnosis)


def _job_differences(case: Case, diagnosis: JobsDiagnosis) -> Iterator[tuple[str, str, str]]:
    jobs = {job.id: job for job in diagnosis.jobs}
    for name, state in case.expect.jobs.items():
        if jobs[name].state != state:
            yield name, state, jobs[name].state
    for name, cause in case.expect.causes.items():
        if jobs[name].cause != cause:
            yield f"causes.{name}", cause, jobs[name].cause or "null"


def _stage_differences(case: Case, diagnosis: LinearDiagnosis) -> Iterator[tuple[str, str, str]]:
    expect, stage, verdict = case.expect, diagnosis.stage, diagnosis.reading.verdict
    if expect.stage and expect.stage != stage:
        yield "stage", expect.stage, stage or "null"
    if stage in expect.not_:
        yield "stage", f"not {stage}", stage or "null"
    if expect.verdict and expect.verdict != verdict:
        yield "verdict", expect.verdict, verdict


def _diagnosed(case: Case, shelf: Shelf) -> DealDiagnosis:
    answers = {signal: answer_from(word) for signal, word in case.answers.items()}
    log = case.observations or (Observation(date=ONE_DAY, answers=answers),)
    deal = Deal(name=case.name, observations=log)
    return diagnose(deal, shelf, max(entry.date for entry in log))
