"""A deal under review: where it stands, what the rules find in it and where, what is waived."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from buystage.deals.load import read_deal, read_deal_line
from buystage.diagnosis.diagnose import subject_of
from buystage.diagnosis.rules import all_findings, judged
from buystage.diagnosis.rules.subject import Subject
from buystage.errors import Location
from buystage.files.source import Source, decoded, read_source, within_limit
from buystage.files.strict_yaml import YamlMap, location_of
from buystage.library.playbooks import Shelf
from buystage.model.deal import Deal, Waiver
from buystage.model.finding import WORST_FIRST, Finding
from buystage.review.incoming import Incoming
from buystage.settings.values import Settings

ABOUT_WAIVERS = ("waiver-expired", "waiver-unused")


class Placed(NamedTuple):
    """A finding, and the line of the deal file that it is about; `waiver` is what sets it aside, if anything does."""

    finding: Finding
    location: Location
    waiver: Waiver | None = None


class Review(NamedTuple):
    """What a review says about one deal; `waived` are findings set aside on that day."""

    subject: Subject
    findings: tuple[Placed, ...]
    waived: tuple[Placed, ...]
    place: Location
    """Where the deal begins."""

    @property
    def deal(self) -> Deal:
        """The deal itself."""
        return self.subject.deal


class Reviewer(NamedTuple):
    """What a review depends on besides the deal: the models, what the team has set, the day judged by, and today."""

    shelf: Shelf
    settings: Settings
    as_of: date
    today: date

    def review(self, incoming: Incoming) -> Review:
        """Return the review of a deal that came in. Raises InputError where it can't be read or is wrong."""
        return self._reviewed(*self._read(incoming))

    def review_since(self, incoming: Incoming, day: date) -> tuple[Review, Review | None] | None:
        """Return the review of a deal and that of its log as it was on a day (None: there was none yet).

        None where nothing was logged since. Raises as `review`.
        """
        deal, data, source = self._read(incoming)
        if not any(day < entry.date <= self.as_of for entry in deal.observations):
            return None
        log = tuple(entry for entry in deal.observations if entry.date <= day)
        then = deal.model_copy(update={"observations": log})
        return self._reviewed(deal, data, source), self._reviewed(then, data, source) if log else None

    def _read(self, incoming: Incoming) -> tuple[Deal, YamlMap, Source]:
        read = read_deal_line if incoming.line else read_deal
        source = _source(incoming)
        return *read(source, self.shelf.catalogue, self.today), source

    def _reviewed(self, deal: Deal, data: YamlMap, source: Source) -> Review:
        subject = subject_of(deal, self.shelf, self.as_of, file=source.name, settings=self.settings)
        locate = partial(location_of, data, source=source, key=True)
        active = {waiver.rule: waiver for waiver in deal.waivers if waiver.holds_on(self.as_of)}
        found = all_findings(subject)
        rest = judged(_about_waivers(subject, found), subject.settings)
        placed = [Placed(each, locate(_path(each, subject)), active.get(each.rule)) for each in (*found, *rest)]
        kept = (each for each in placed if each.waiver is None)
        ranked = sorted(kept, key=lambda each: WORST_FIRST.index(each.finding.severity))
        waived = tuple(each for each in placed if each.waiver)
        return Review(subject, tuple(ranked), waived, locate(("name",)))


def _source(incoming: Incoming) -> Source:
    if incoming.data is None:
        return read_source(incoming.file, incoming.open_)
    text = decoded(incoming.file, within_limit(incoming.file, incoming.data), incoming.line)
    return Source(incoming.file, text, incoming.line)


def _about_waivers(subject: Subject, found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield each waiver whose time is over while what it set aside is found again, and each that sets nothing aside."""
    if subject.is_lost:
        return
    rules, day = {each.rule for each in found}, subject.as_of
    renewed = {waiver.rule for waiver in subject.deal.waivers if waiver.holds_on(day)}
    for index, waiver in enumerate(subject.deal.waivers):
        texts, place = {"rule": waiver.rule}, ("waivers", index)
        if waiver.rule in rules - renewed:
            yield Finding("waiver-expired", texts={**texts, "day": waiver.until.isoformat()}, place=place)
        elif waiver.holds_on(day) and waiver.rule not in rules and waiver.rule not in ABOUT_WAIVERS:
            yield Finding("waiver-unused", texts=texts, place=place)


def _path(finding: Finding, subject: Subject) -> tuple[str | int, ...]:
    """Return where in the deal a finding stands: the newest answer it rests on, or the key it is about."""
    known = finding.known
    if known:
        return next(_logged(subject, known.implied_by or known.signal), ("observations",))
    return finding.place or next(_logged(subject, words=finding.cause), ("name",))


def _logged(subject: Subject, signal: str | None = None, words: str | None = None) -> Iterator[tuple[str | int, ...]]:
    """Yield where the log has a signal or a quote, the newest entry up to the day first, in a day the last one."""
    entries = [
        (entry.date, index) for index, entry in enumerate(subject.deal.observations) if entry.date <= subject.as_of
    ]
    for _, index in sorted(entries, reverse=True):
        for name, given in subject.deal.observations[index].answers.items():
            if name == signal or (words is not None and given.quote == words):
                yield "observations", index, "answers", name
