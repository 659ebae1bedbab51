"""A deal under review: its diagnosis, what the rules find in it and where, what is waived."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from buystage.deal import Deal, Waiver
from buystage.deal_files import read_deal
from buystage.diagnose import case_of
from buystage.diagnosis import DealDiagnosis
from buystage.errors import Location
from buystage.finding import Finding
from buystage.library import Shelf
from buystage.rules import SEVERITIES, all_findings
from buystage.source import Source, YamlMap, location_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding, and the line of the deal file that it is about."""

    finding: Finding
    location: Location


@dataclass(frozen=True, slots=True)
class Review:
    """What a review says about one deal; `waived` are findings set aside on that day."""

    file: str
    deal: Deal
    diagnosis: DealDiagnosis
    findings: tuple[Placed, ...]
    waived: tuple[Placed, ...]

    @property
    def worst(self) -> int:
        """How bad it is: the index of the worst severity, one more than the mildest where there is none."""
        return min((SEVERITIES.index(each.finding.severity) for each in self.findings), default=len(SEVERITIES))


def review(source: Source, shelf: Shelf, as_of: date, today: date) -> Review:
    """Return the review of the deal in a text on the day `as_of`. Raises InvalidContentError where it is wrong."""
    deal, data = read_deal(source, shelf.catalogue, today)
    case = case_of(deal, shelf, as_of, file=source.name)
    found = [Placed(each, _place(each, data, source)) for each in all_findings(case)]
    active = {waiver.rule for waiver in deal.waivers if as_of <= waiver.until}
    waived = tuple(each for each in found if each.finding.rule in active)
    kept = [each for each in found if each.finding.rule not in active]
    kept += [Placed(each, _place(each, data, source)) for each in _waivers(deal.waivers, found, as_of)]
    return Review(source.name, deal, case.result, tuple(kept), waived)


def _waivers(waivers: Sequence[Waiver], found: Sequence[Placed], as_of: date) -> Iterator[Finding]:
    """Yield each waiver whose time is over while what it set aside is still found, and each that sets nothing aside."""
    rules = {each.finding.rule for each in found}
    for index, waiver in enumerate(waivers):
        texts, place = {"rule": waiver.rule}, ("waivers", index)
        if waiver.until < as_of and waiver.rule in rules:
            yield Finding("waiver-expired", "notice", texts={**texts, "day": waiver.until.isoformat()}, place=place)
        elif as_of <= waiver.until and waiver.rule not in rules:
            yield Finding("waiver-unused", "notice", texts=texts, place=place)


def _place(finding: Finding, data: YamlMap, source: Source) -> Location:
    """Return where in the file a finding stands: the newest answer it rests on, or the key it is about."""
    known = finding.known
    path: tuple[str | int, ...] = finding.place or ("name",)
    if known:
        signal = known.implied_by or known.signal
        entries = data.get("observations") or []
        logged = [index for index, entry in enumerate(entries) if signal in (entry.get("answers") or {})]
        path = ("observations", logged[-1], "answers", signal) if logged else path
    return location_of(data, path, source, key=True)
