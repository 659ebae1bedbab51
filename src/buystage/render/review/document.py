"""The shapes of a review's JSON: contracts (`buystage.report/v1`, `buystage.reviewed/v1`), the source of their schema.

Keys are always present and in this order; ids, not labels. A change of meaning gets a new schema name.
"""

from typing import Literal

from typing_extensions import TypedDict

from buystage.render.diagnosis.document import DiagnosisDocument, documented


@documented
class FindingPart(TypedDict):
    """What a rule found in a deal."""

    rule: str
    severity: Literal["error", "warning", "notice"]
    deal: str
    subject: str
    """What it is about: a key of the deal file, a waived rule, or a state and the signals in question."""
    message: str
    clear: list[str]
    """The ways to clear it: any one of them."""
    file: str
    line: int
    column: int
    fingerprint: str
    """The same as long as the finding lasts, whatever the language, the line and the wording."""


@documented
class WaivedPart(FindingPart):
    """A finding set aside in the deal file."""

    reason: str
    until: str
    """The last day it is set aside."""


@documented
class UnreadablePart(TypedDict):
    """A deal that could not be reviewed, and why."""

    file: str
    line: int | None
    column: int | None
    message: str


@documented
class WorthPart(TypedDict):
    """Sums of money in one currency."""

    currency: str | None
    all: float
    ahead: float
    """Of the deals that claim more than the customer has shown."""


@documented
class SummaryPart(TypedDict):
    """The counts of a review."""

    deals: int
    ahead: int
    """Deals that claim more than the customer has shown."""
    worth: list[WorthPart]
    errors: int
    warnings: int
    notices: int
    waived: int
    unreadable: int


@documented
class WherePart(TypedDict):
    """Where a deal stands by one playbook, in short."""

    playbook: str
    verdict: Literal["named", "between", "insufficient"] | None
    """null for the jobs of a jobs playbook, each of which has its own state."""
    stage: str | None
    range: list[str]
    jobs: dict[str, Literal["not_started", "active", "satisfied", "reopened"]]


@documented
class StageMovePart(TypedDict):
    """A stage that has changed."""

    playbook: str
    then: str | None
    now: str | None


@documented
class JobMovePart(TypedDict):
    """A job in another state."""

    playbook: str
    job: str
    now: Literal["not_started", "active", "satisfied", "reopened"]


@documented
class MovePart(TypedDict):
    """What changed in a deal since the revision it is compared with."""

    deal: str
    file: str
    told: str
    """The same in words."""
    stages: list[StageMovePart]
    jobs: list[JobMovePart]
    lagging: list[str]
    """Jobs that fell behind."""
    claimed_stage: list[str | None] | None
    """What the CRM said then and says now; null where that is the same."""
    close_date: list[str | None] | None
    amount: list[float | None] | None
    cleared: list[str]
    """Rules that find no more what they found then."""
    still: int
    """Findings that were there already."""


@documented
class ReportDocument(TypedDict):
    """Everything a review says."""

    schema: Literal["buystage.report/v1"]
    buystage: str
    """The version of the program."""
    language: Literal["en", "zh"]
    as_of: str
    since: str | None
    """The revision that findings are new against."""
    deals: list[DiagnosisDocument]
    findings: list[FindingPart]
    waived: list[WaivedPart]
    moves: list[MovePart]
    gone: list[str]
    """Files of deals that were there at that revision."""
    unreadable: list[UnreadablePart]
    summary: SummaryPart


@documented
class ReviewedDocument(TypedDict):
    """A line of the JSON Lines of a review: one deal, where it stands and what was found."""

    schema: Literal["buystage.reviewed/v1"]
    name: str
    file: str
    line: int
    customer: str | None
    owner: str | None
    amount: float | None
    currency: str | None
    claimed_stage: str | None
    as_of: str
    since: str | None
    move: MovePart | None
    where: list[WherePart]
    findings: list[FindingPart]
    waived: list[WaivedPart]
