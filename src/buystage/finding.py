"""What a rule reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from buystage.known import Known

Severity = Literal["error", "warning", "notice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule reports: the answer it rests on, if any, the state it is about, and numbers for its words."""

    rule: str
    severity: Severity
    known: Known | None = None
    playbook: str | None = None
    state: str | None = None
    against: Known | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    cause: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    """What people wrote, for its words."""
    place: tuple[str | int, ...] = ()
    """Where in the deal file it is about, if not an answer."""

    @property
    def words(self) -> str | None:
        """The log's own words for it."""
        return self.cause or (self.known.quote if self.known else None)
