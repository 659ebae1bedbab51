"""The shape of the JSON of a diagnosis: a contract (`buystage.diagnosis/v1`), and the source of its schema.

Keys are always present and in this order; ids, not labels; decibels exact, probabilities to 6 places. A change of
meaning gets a new schema name.
"""

from typing import Literal

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

documented = with_config(ConfigDict(extra="forbid", use_attribute_docstrings=True))


@documented
class DealPart(TypedDict):
    """The deal as its file names it."""

    name: str | None
    file: str | None
    """The path as given, `-` for standard input, null for answers without a file."""
    claimed_stage: str | None
    last_observation: str | None
    """The day of the newest log entry up to `as_of`."""


@documented
class StatePart(TypedDict):
    """A state and what speaks against it."""

    id: str
    cost_db: float
    """Decibels against the state; 0 is the best there can be."""
    probability: float


@documented
class EvidencePart(TypedDict):
    """Decibels for the best state over the runner-up; all lines together are `margin_db`, exactly."""

    topic: str
    signals: list[str]
    answers: list[Literal["yes", "no"]]
    db: float
    capped: bool
    """Whether the topic was held to 8 dB; then `signals` are its members."""
    date: str
    quote: str | None
    implied: bool
    """Whether it only follows from other answers."""


@documented
class ChangePart(TypedDict):
    """One answer that would name another state."""

    signal: str
    answer: Literal["yes", "no"]
    stage: str


@documented
class ConflictPart(TypedDict):
    """Answers that don't go together."""

    signals: list[str]
    why: str


@documented
class LinearPart(TypedDict):
    """The stage in a linear playbook."""

    playbook: str
    version: int
    origin: str
    kind: Literal["linear"]
    verdict: Literal["named", "between", "insufficient"]
    stage: str | None
    """null with `insufficient`."""
    range: list[str]
    """The shortest run of neighbouring stages that holds 75 %."""
    confidence: float
    runner_up: str | None
    margin_db: float | None
    stages: list[StatePart]
    evidence: list[EvidencePart]
    would_change: list[ChangePart]
    conflicts: list[ConflictPart]


@documented
class JobPart(TypedDict):
    """The state of one buying job."""

    id: str
    state: Literal["not_started", "active", "satisfied", "reopened"]
    verdict: Literal["named", "between", "insufficient"]
    confidence: float
    since: str | None
    """The day since which a reopened job has been open again."""
    cause: str | None
    """The log's words for why it is open again."""
    states: list[StatePart]
    evidence: list[EvidencePart]
    would_change: list[ChangePart]
    conflicts: list[ConflictPart]


@documented
class JobsPart(TypedDict):
    """The jobs of a jobs playbook."""

    playbook: str
    version: int
    origin: str
    kind: Literal["jobs"]
    focus: list[str]
    """The jobs to work on: reopened ones first, then active ones, at most three."""
    jobs: list[JobPart]


@documented
class SettlesPart(TypedDict):
    """What an answer settles."""

    playbook: str
    state: str


@documented
class AskPart(TypedDict):
    """What to ask the customer."""

    signal: str
    probe: str
    settles: SettlesPart


@documented
class ActionPart(TypedDict):
    """A recommended next step."""

    id: str
    do: str
    why: str
    playbook: str
    state: str
    signal: str | None
    role: str | None


@documented
class RiskPart(TypedDict):
    """A finding of a rule."""

    rule: str
    severity: Literal["error", "warning", "notice"]
    why: str
    countermeasure: str


@documented
class BuyingGroupPart(TypedDict):
    """Who is known on the customer's side."""

    known: int
    missing_roles: list[str]
    stances: dict[str, int]


@documented
class WhatIfPart(TypedDict):
    """Answers supposed with --what-if, and the diagnoses they would give."""

    answers: dict[str, str]
    diagnoses: list[LinearPart | JobsPart]


@documented
class TallyPart(TypedDict):
    """The signals linked to the chosen playbooks, by answer."""

    yes: int
    no: int
    unknown: int
    implied: int
    not_asked: int


@documented
class DiagnosisDocument(TypedDict):
    """Everything said about one deal on one day."""

    schema: Literal["buystage.diagnosis/v1"]
    buystage: str
    """The version of the program."""
    language: Literal["en", "zh"]
    """The language of the texts."""
    as_of: str
    deal: DealPart
    looped: bool
    """Whether any job that was settled is open again."""
    diagnoses: list[LinearPart | JobsPart]
    ask: list[AskPart]
    actions: list[ActionPart]
    avoid: list[str]
    risks: list[RiskPart]
    buying_group: BuyingGroupPart
    what_if: WhatIfPart | None
    answers: TallyPart
