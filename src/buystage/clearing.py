"""The two ways to clear a claim that the customer has not shown: another word in the CRM, or evidence in the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from buystage.crm_words import word_for
from buystage.diagnosis import TrackReading
from buystage.playbook import Playbook
from buystage.rows import Word
from buystage.rules.case import Case
from buystage.scoring import cost
from buystage.settings import Settings

MOST_EVIDENCE = 2  # facts named; more is a course, not a thing to do this week
LEAST = 3  # decibels that a fact must move towards what is claimed


@dataclass(frozen=True, slots=True)
class Clearing:
    """What the CRM could say instead (a word of its own, where one is known), and the facts that would show the claim.

    `stage` is the latest that the evidence allows, of `playbook`; `facts` are signals, the strongest first.
    """

    playbook: str
    stage: str
    word: str | None
    facts: tuple[str, ...]


def clearing(case: Case, settings: Settings) -> Clearing | None:
    """Return how a claim can be brought in line with the customer; None where no stage is claimed."""
    for book, reading, (first, _) in case.measured():
        if first > 0:
            word = word_for(book.name, list(book.stages), reading.best, case.deal.crm, settings.stage_words)
            return Clearing(book.name, reading.best, word, _facts(case, book, reading, first))
    return None


def _facts(case: Case, book: Playbook, reading: TrackReading, claimed: int) -> tuple[str, ...]:
    """Return the signals not yet yes whose yes would tell most for the claimed stage over the one they are in."""
    (track,) = book.tracks
    here = track.states.index(reading.best)
    missing = (name for name in track.rows if not (name in case.result.known and case.result.known[name].is_yes))
    points = {name: _points(track.rows[name], here, claimed) for name in missing}
    strongest = sorted((name for name in points if points[name] >= LEAST), key=lambda name: -points[name])
    return tuple(strongest[:MOST_EVIDENCE])


def _points(row: Sequence[Word], here: int, claimed: int) -> int:
    """Return the decibels by which a yes would move from one stage to the other."""
    return cost(row[here], "yes") - cost(row[claimed], "yes")
