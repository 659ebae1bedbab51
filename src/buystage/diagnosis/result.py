"""The result: what a diagnosis says, as plain data. Computed first, rendered last. Decibels are exact."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from buystage.model.answer import Answer, Value
from buystage.model.claim import Claim, Unclear
from buystage.model.deal import Person
from buystage.model.fields import Text, Verdict
from buystage.model.finding import Finding
from buystage.model.rows import JobState

WORTH_ASKING = 0.1  # bits; below it questions stop to pay (research on when to stop asking)


class StateScore(NamedTuple):
    """A state with its decibels of cost and its probability."""

    id: str
    cost_db: float
    probability: float


class Evidence(NamedTuple):
    """Points of the best state over the runner-up (decibels), from one signal or from a capped topic."""

    topic: str
    signals: tuple[str, ...]
    answers: tuple[Value, ...]
    db: float
    capped: bool
    date: date
    quote: str | None
    by: str | None
    implied: bool
    assumed: bool


class Change(NamedTuple):
    """One answer that would name another state, and how much asking tells about the state (bits)."""

    signal: str
    answer: Value
    state: str
    bits: float

    @property
    def worth_asking(self) -> bool:
        """Whether asking tells enough to be worth a question or a remark."""
        return self.bits >= WORTH_ASKING


class Conflict(NamedTuple):
    """Answers that don't go together, and why."""

    kind: Literal["excluded", "denied", "unexplained"]
    known: tuple[Answer, ...]

    @property
    def signals(self) -> tuple[str, ...]:
        """The signals whose answers don't go together."""
        return tuple(each.signal for each in self.known)


@dataclass(frozen=True)
class TrackReading:
    """What the answers come to on one track, and why; what takes long is worked out where somebody asks for it."""

    verdict: Verdict
    best: str
    range: tuple[str, ...]
    confidence: float
    runner_up: str
    margin_db: float
    find_states: Callable[[], Iterable[StateScore]] = field(repr=False, compare=False)
    find_conflicts: Callable[[], Sequence[Conflict]] = field(repr=False, compare=False)
    find_evidence: Callable[[], Sequence[Evidence]] = field(repr=False, compare=False)
    find_changes: Callable[[], Sequence[Change]] = field(repr=False, compare=False)

    @cached_property
    def states(self) -> tuple[StateScore, ...]:
        """What speaks against each state, in their order."""
        return tuple(self.find_states())

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What speaks for the best state over the runner-up, the strongest first."""
        return tuple(self.find_evidence())

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The answers on this track that don't go together."""
        return tuple(self.find_conflicts())

    @cached_property
    def would_change(self) -> tuple[Change, ...]:
        """The single answers that would name another state."""
        return tuple(self.find_changes())


@dataclass(frozen=True)
class LinearDiagnosis:
    """The stage of a deal in a linear playbook."""

    playbook: str
    version: int
    origin: str
    reading: TrackReading
    find_reasons: Callable[[], Sequence[Evidence]] = field(repr=False, compare=False)

    @cached_property
    def reasons(self) -> tuple[Evidence, ...]:
        """What sets the stage apart from the stages before and after it."""
        return tuple(self.find_reasons())

    @property
    def stage(self) -> str | None:
        """The stage, or None where too little is known to name one."""
        return None if self.reading.verdict == "insufficient" else self.reading.best


class JobDiagnosis(NamedTuple):
    """The state of one buying job."""

    id: str
    state: JobState
    since: date | None
    cause: str | None
    reading: TrackReading


class JobsDiagnosis(NamedTuple):
    """The states of all jobs; those in focus, every open one in the order to work on them, always-on ones that lag."""

    playbook: str
    version: int
    origin: str
    jobs: tuple[JobDiagnosis, ...]
    focus: tuple[str, ...]
    agenda: tuple[str, ...]
    lagging: tuple[str, ...]

    @property
    def looped(self) -> bool:
        """Whether a job that was settled is open again."""
        return any(job.state == "reopened" for job in self.jobs)

    def job(self, name: str) -> JobDiagnosis:
        """Return the diagnosis of one job."""
        return next(job for job in self.jobs if job.id == name)


Diagnosis = LinearDiagnosis | JobsDiagnosis


class Ask(NamedTuple):
    """What to ask on the call, and which state of which playbook the answer settles.

    closes: a yes would settle the job or end the stage. goes_on: they are busy with it. changes: the answer could make
    it that state. old: an answer to refresh. unknown: asked before, and nobody knew. tells: of all questions it tells
    most about where they are.
    """

    signal: str
    playbook: str
    state: str
    kind: Literal["closes", "goes_on", "changes", "old", "unknown", "tells"]


class Advised(NamedTuple):
    """An action recommended now; `instead` where the deal's circumstances allow only the alternative."""

    id: str
    playbook: str
    state: str
    signal: str | None
    role: str | None
    instead: bool = False


class Tally(NamedTuple):
    """How many of the signals linked to the chosen playbooks have which answer."""

    yes: int
    no: int
    unknown: int
    implied: int
    not_asked: int


class BuyingGroup(NamedTuple):
    """Who is known on the customer's side."""

    known: int
    missing_roles: tuple[str, ...]
    stances: dict[str, int]


class WhatIf(NamedTuple):
    """Answers supposed for a moment, and what they would come to."""

    answers: dict[str, str]
    diagnoses: tuple[Diagnosis, ...]


class Since(NamedTuple):
    """What moved since the day of the log before the last one: stages (playbook, then, now), jobs (playbook, job, now).

    leaning: playbooks whose stage now is an earlier one, but not clearly so. facts: what turned, then what is new.
    """

    day: date
    stages: tuple[tuple[str, str | None, str | None], ...]
    leaning: tuple[str, ...]
    jobs: tuple[tuple[str, str, JobState], ...]
    facts: tuple[Answer, ...]


class Date(NamedTuple):
    """A pause, the next step (it may have no day yet) or a key date, and how far off it is (days; negative: past).

    The day of a pause is its last one.
    """

    kind: Literal["pause", "next", "key"]
    what: str
    day: date | None
    days: int
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one deal stands on one day: all that rules look at."""

    as_of: date
    name: str | None
    file: str | None
    claimed_stage: str | None
    claim: Claim | Unclear | None
    """What the claimed stage means."""
    last_observation: date | None
    diagnoses: tuple[Diagnosis, ...]
    known: Mapping[str, Answer]
    contradictions: tuple[Conflict, ...] = ()
    """The answers that contradict each other, whatever the playbook."""
    heard: date | None = None
    """The newest day with an answer of the customer's."""

    @property
    def looped(self) -> bool:
        """Whether any job that was settled is open again."""
        return any(isinstance(each, JobsDiagnosis) and each.looped for each in self.diagnoses)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealDiagnosis(Standing):
    """Everything said about one deal on one day."""

    ask: tuple[Ask, ...]
    actions: tuple[Advised, ...]
    avoid: tuple[Text, ...]
    buying_group: BuyingGroup
    what_if: WhatIf | None
    tally: Tally
    contact_restricted: bool
    since: Since | None
    risks: tuple[Finding, ...]
    dates: tuple[Date, ...]
    left_out: int
    """Entries of the log that are dated after the day."""
    people: tuple[Person, ...]
