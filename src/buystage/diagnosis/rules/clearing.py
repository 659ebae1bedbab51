"""The two ways to clear a claim that the customer has not shown: another word in the CRM, or evidence in the log."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from buystage.deals.crm_words import word_for
from buystage.diagnosis.answers import supposing
from buystage.diagnosis.result import TrackReading
from buystage.diagnosis.rules.subject import Subject
from buystage.diagnosis.scoring import cost, score
from buystage.model.answer import Value
from buystage.model.catalogue import Catalogue
from buystage.model.playbook import Track
from buystage.settings.values import Settings

MOST_EVIDENCE = 3  # facts named; more is a course, not a thing to do this week
LEAST = 3  # decibels that a fact must move towards what is claimed


class Clearing(NamedTuple):
    """What the CRM could say instead (a word of its own, where one is known), and the facts that would show the claim.

    `stage` is the one that the evidence names, of `playbook`; `facts` are signals which together would show the claim.
    """

    playbook: str
    stage: str
    word: str | None
    facts: tuple[str, ...]


def clearing(subject: Subject, settings: Settings, catalogue: Catalogue) -> Clearing | None:
    """Return how a claim can be brought in line with the customer; None where no stage is claimed."""
    if subject.measured is None:
        return None
    book, reading, (first, _) = subject.measured
    (track,) = book.tracks
    word = word_for((book.name, track.states), reading.best, first, subject.deal.crm, settings.stage_words)
    return Clearing(book.name, reading.best, word, tuple(_facts(subject, track, reading, first, catalogue)))


def _facts(subject: Subject, track: Track, reading: TrackReading, claimed: int, catalogue: Catalogue) -> Iterator[str]:
    """Yield the signals whose yes would tell most for the claimed stage, until together they would show it."""
    known, day = subject.result.known, subject.result.last_observation or date.min
    given: dict[str, Value] = {}
    for signal in _strongest(subject, track, track.states.index(reading.best), claimed)[:MOST_EVIDENCE]:
        given[signal] = "yes"
        yield signal
        supposed = supposing(known, given, day, catalogue)
        if score(track, supposed, catalogue.topic_of).last >= claimed:
            return


def _strongest(subject: Subject, track: Track, here: int, claimed: int) -> list[str]:
    """Return the signals not yet yes, by the decibels with which a yes would move from one stage to the other."""
    known = subject.result.known
    missing = {name: row for name, row in track.rows.items() if not (name in known and known[name].is_yes)}
    points = {name: cost(row[here], "yes") - cost(row[claimed], "yes") for name, row in missing.items()}
    return sorted((name for name in points if points[name] >= LEAST), key=lambda name: -points[name])
