"""What a CRM claims about the customer: a range of stages in each model, or that the deal is over."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

BEFORE = "before"  # the first stage
Status = Literal["open", "won", "lost"]
Range = tuple[str, str]


class Claim(NamedTuple):
    """What a word claims: a first and a last stage by playbook (`before`: earlier than the first)."""

    word: str
    status: Status
    ranges: Mapping[str, Range]
    jobs: tuple[str, ...] = ()

    def span(self, playbook: str, stages: Sequence[str]) -> tuple[int, int] | None:
        """Return the first and last index claimed among the stages of a playbook (−1: before the first)."""
        claimed = self.ranges.get(playbook)
        if claimed is None or any(each != BEFORE and each not in stages for each in claimed):
            return None
        first, last = (-1 if each == BEFORE else stages.index(each) for each in claimed)
        return first, last


class Unclear(NamedTuple):
    """A word whose meaning is not known.

    `why`: unknown, ambiguous (it means different things in different CRMs), internal_id (stages keep theirs when they
    are renamed), unknown_crm, other_playbook (a stage of one that is not in use), unmapped (a known word, but no stage
    of the playbooks in use), no_stages (no playbook in use has any). `among`: the CRMs or playbooks in question.
    """

    word: str
    why: Literal["unknown", "ambiguous", "internal_id", "unknown_crm", "other_playbook", "unmapped", "no_stages"]
    among: tuple[str, ...] = ()
