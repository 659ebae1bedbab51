"""Where the CRM's word and the customer's acts part."""

from collections.abc import Iterator

from buystage.diagnosis.rules.subject import Rule, Subject
from buystage.model.claim import Unclear
from buystage.model.finding import Finding

PLACE = ("claimed_stage",)


def _ahead(subject: Subject) -> Iterator[Finding]:
    """All that the evidence allows lies before what is claimed."""
    if subject.measured:
        book, reading, (first, _) = subject.measured
        stages = list(book.stages)
        if reading.verdict != "insufficient" and stages.index(reading.range[-1]) < first:
            count = first - stages.index(reading.best)
            yield _apart("claimed-stage-ahead", subject, book.name, reading.best, count)


def _behind(subject: Subject) -> Iterator[Finding]:
    """All that the evidence allows lies after what is claimed, and it is no guess of ours."""
    if subject.measured:
        book, reading, (_, last) = subject.measured
        stages = list(book.stages)
        behind = reading.verdict != "insufficient" and stages.index(reading.range[0]) > last
        if behind and not subject.mostly_guessed(reading):
            count = stages.index(reading.best) - last
            yield _apart("claimed-stage-behind", subject, book.name, reading.best, count)


def _apart(rule: str, subject: Subject, playbook: str, stage: str, count: int) -> Finding:
    """Return a finding that the claim is so many stages off."""
    texts = {"claim": subject.result.claimed_stage or ""}
    return Finding(rule, None, playbook, stage, numbers={"count": count}, texts=texts, place=PLACE)


def _unproven(subject: Subject) -> Iterator[Finding]:
    """A claim beyond the first stage, and too little known to name any: that is not the same as ahead."""
    if subject.measured:
        _, reading, (first, _) = subject.measured
        if reading.verdict == "insufficient" and first > 0:
            yield Finding("claim-unproven", texts={"claim": subject.result.claimed_stage or ""}, place=PLACE)


def _unquoted(subject: Subject) -> Iterator[Finding]:
    """A claim in the later half without one thing the customer is quoted to have said or done."""
    quoted = any(known.quote and not known.assumed for known in subject.result.known.values())
    if subject.measured:
        book, reading, (first, _) = subject.measured
        if reading.verdict != "insufficient" and not quoted and 2 * first >= len(book.stages):
            yield Finding("claim-unquoted", texts={"claim": subject.result.claimed_stage or ""}, place=PLACE)


def _unknown_word(subject: Subject) -> Iterator[Finding]:
    if isinstance(subject.result.claim, Unclear):
        yield Finding("unknown-stage-word", texts={"claim": subject.result.claim.word}, place=PLACE)


CLAIMS: dict[str, Rule] = {
    "claimed-stage-ahead": _ahead,
    "claimed-stage-behind": _behind,
    "claim-unproven": _unproven,
    "claim-unquoted": _unquoted,
    "unknown-stage-word": _unknown_word,
}
"""Each of them by its id, in the order they are told."""
