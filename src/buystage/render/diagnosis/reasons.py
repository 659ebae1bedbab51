"""The WHY section in words: what speaks for the stage, what against it, what contradicts itself, what is old."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from buystage.diagnosis.result import Conflict, Diagnosis, Evidence, LinearDiagnosis, Standing, TrackReading
from buystage.language import Language, say
from buystage.library.playbooks import Shelf
from buystage.model.answer import Answer
from buystage.model.playbook import Playbook, Track
from buystage.render.words import conflict_text, day_text, fact_text
from buystage.terminal.console import literal

MOST_REASONS = 3
MOST_AGAINST = 1
MOST_OLD = 1
MOST_FACTS = 6
AGAINST = -3.0  # decibels; what weighs less does not even halve the odds and only distracts


class Reason(NamedTuple):
    """A line of the WHY section: its sign (+ for, − against, ! contradiction, · old), the day, the words."""

    sign: str
    day: str
    text: str

    def line(self, language: Language) -> str:
        """Return the words with what the sign means, for formats that have room for it."""
        return say("does_not_fit", language, fact=self.text) if self.sign == "−" else self.text


def reasons(result: Standing, shelf: Shelf, language: Language) -> Iterator[Reason]:
    """Yield the reasons of a diagnosis, those of the first linear playbook first."""
    return _Reasons(result, shelf, language).all()


def reasons_for(result: Standing, shelf: Shelf, language: Language) -> Iterator[Reason]:
    """Yield what speaks for the stage that the first linear playbook names, the strongest of it by its day."""
    speaker = _Reasons(result, shelf, language)
    if speaker.linear and speaker.linear.stage:
        yield from speaker.in_favour(speaker.linear)


class _Reasons:
    """Holds the result, the texts and the language while the reasons are put in words."""

    def __init__(self, result: Standing, shelf: Shelf, language: Language) -> None:
        self.result, self.shelf, self.language = result, shelf, language
        self.linear = next((each for each in result.diagnoses if isinstance(each, LinearDiagnosis)), None)
        self.told: set[str] = set()

    def all(self) -> Iterator[Reason]:
        if self.linear:
            yield from self._for_and_against(self.linear) if self.linear.stage else self._newest_facts()
        for conflict in self._conflicts():
            yield Reason("!", "", conflict_text(conflict, self.shelf, self.language, today=self.result.as_of))
        if not self.linear or self.linear.stage:
            yield from (self._reason("·", known, "old") for known in self._old()[:MOST_OLD])

    # --- for and against -------------------------------------------------------------------------------------

    def _for_and_against(self, read: LinearDiagnosis) -> Iterator[Reason]:
        yield from self.in_favour(read)
        for line in [line for line in read.reading.evidence if line.db <= AGAINST][-MOST_AGAINST:]:
            yield Reason("−", self._day(line), self._facts(line))

    def in_favour(self, read: LinearDiagnosis) -> Iterator[Reason]:
        shown = list(_each_quote_once(self._outermost(self._spokesman(line)) for line in read.reasons))[:MOST_REASONS]
        self.told = {known.signal for known in shown}
        for known in sorted(shown, key=lambda each: each.date):
            yield Reason("+", self._day(known), self._told(known))

    def _spokesman(self, line: Evidence) -> Answer:
        """Return the answer that speaks for a line of evidence: one with a quote, else one that was given."""
        members = [self.result.known[signal] for signal in line.signals]
        return min(members, key=lambda known: (known.quote is None, bool(known.implied_by)))

    def _outermost(self, known: Answer) -> Answer:
        """Return the furthest answer given that this one follows from: "in use" tells more than "signed"."""
        implied_by = self.shelf.catalogue.implied_by
        given = (each for each in self.result.known.values() if each.is_yes and not each.implied_by)
        further = [each for each in given if known.is_yes and known.signal in implied_by[each.signal]]
        return max(further, key=lambda each: len(implied_by[each.signal]), default=known)

    def _told(self, known: Answer) -> str:
        """Return the fact with the words it rests on."""
        told = self._fact(known)
        if known.quote:
            key = "quote_by" if known.by else "quote"
            words = self._say(key, quote=literal(known.quote), by=literal(known.by or ""))
            told = self._say("fact_and_quote", fact=told, quote=words)
        remark = "our_guess" if known.assumed else "implied" if known.implied_by else None
        return self._say(remark, fact=told) if remark else told

    def _facts(self, line: Evidence) -> str:
        """Return the facts of an evidence line; of a capped topic those that were given rather than implied."""
        known = [self.result.known[signal] for signal in line.signals]
        given = [each for each in known if not each.implied_by]
        facts = self._say("semicolon").join(self._fact(each) for each in given or known)
        if line.assumed or line.implied:
            return self._say("our_guess" if line.assumed else "implied", fact=facts)
        return facts

    # --- the rest --------------------------------------------------------------------------------------------

    def _newest_facts(self) -> Iterator[Reason]:
        """Without a stage nothing speaks for or against: what is known, the newest first."""
        given = [known for known in self.result.known.values() if not known.implied_by]
        for known in sorted(given, key=lambda each: each.date, reverse=True)[:MOST_FACTS]:
            yield self._reason("·", known, "our_guess" if known.assumed else None)

    def _old(self) -> list[Answer]:
        """Return what should be asked again and bears on the stage or a job in focus, the oldest first."""
        tracks = [*_open_tracks(zip(self.shelf.playbooks, self.result.diagnoses, strict=True))]
        old = (known for known in self.result.known.values() if known.old and known.signal not in self.told)
        bearing = (known for known in old if any(known.signal in track.rows for track in tracks))
        return sorted(bearing, key=lambda each: each.date)

    def _conflicts(self) -> list[Conflict]:
        readings = [reading for diagnosis in self.result.diagnoses for reading in _readings(diagnosis)]
        return list(dict.fromkeys(conflict for reading in readings for conflict in reading.conflicts))

    def _reason(self, sign: str, known: Answer, remark: str | None) -> Reason:
        fact = self._fact(known)
        return Reason(sign, self._day(known), self._say(remark, fact=fact) if remark else fact)

    def _fact(self, known: Answer) -> str:
        return fact_text(self.shelf, known.signal, known.value, self.language)

    def _day(self, told: Evidence | Answer) -> str:
        return day_text(told.date, self.language, today=self.result.as_of)

    def _say(self, key: str, **parameters: object) -> str:
        return say(key, self.language, **parameters)


def _each_quote_once(facts: Iterable[Answer]) -> Iterator[Answer]:
    """Yield each fact once, and of those with the same words behind them the first."""
    seen: set[str] = set()
    for known in facts:
        marks = {known.signal, *([f"“{known.quote}”"] if known.quote else [])}
        if not marks & seen:
            yield known
        seen |= marks


def _open_tracks(reads: Iterable[tuple[Playbook, Diagnosis]]) -> Iterator[Track]:
    """Yield the tracks of linear playbooks and those of the jobs in focus."""
    for book, diagnosis in reads:
        focus = None if isinstance(diagnosis, LinearDiagnosis) else diagnosis.focus
        yield from (track for track in book.tracks if focus is None or track.id in focus)


def _readings(diagnosis: Diagnosis) -> list[TrackReading]:
    return [diagnosis.reading] if isinstance(diagnosis, LinearDiagnosis) else [job.reading for job in diagnosis.jobs]
