"""What a rule reports."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from buystage.model.answer import Answer

Severity = Literal["error", "warning", "notice"]
WORST_FIRST: tuple[Severity, ...] = ("error", "warning", "notice")


def gate(fail_on: str) -> tuple[Severity, ...]:
    """Return the severities that are at least as bad as one; none is as bad as `never`."""
    return tuple(each for each in WORST_FIRST if fail_on in WORST_FIRST[WORST_FIRST.index(each) :])


class Finding(NamedTuple):
    """What a rule reports: the answer it rests on, if any, the state it is about, and numbers for its words."""

    rule: str
    known: Answer | None = None
    playbook: str | None = None
    state: str | None = None
    against: Answer | None = None
    numbers: Mapping[str, int] = {}
    cause: str | None = None
    texts: Mapping[str, str] = {}
    """What people wrote, for its words."""
    place: tuple[str | int, ...] = ()
    """Where in the deal file it is about, if not an answer."""
    severity: Severity = "notice"
    """How bad that is; rules leave it to the settings."""

    @property
    def words(self) -> str | None:
        """The log's own words for it."""
        return self.cause or (self.known.quote if self.known else None)

    @property
    def subject(self) -> str:
        """What it is about, in ids: a key of the deal file, a waived rule, a state, a contradiction, or the deal.

        The answer that a finding rests on may be another one tomorrow while it is still the same finding.
        """
        if self.place:
            return self.texts["rule"] if self.place[0] == "waivers" else str(self.place[0])
        told = [each.signal for each in (self.known, self.against) if each and (self.against or self.state)]
        return "/".join([*([self.state] if self.state else []), *told]) or "deal"
