"""The review of one deal in words: plain values that every format is made from, and that pass between processes."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from buystage.deals.entry_text import quoted
from buystage.diagnosis.diagnose import pause_told
from buystage.diagnosis.result import Diagnosis, LinearDiagnosis
from buystage.diagnosis.rules.claims import CLAIMS
from buystage.diagnosis.rules.clearing import Clearing, clearing
from buystage.language import STOPS, Language, say
from buystage.library.playbooks import Shelf
from buystage.model.claim import Unclear
from buystage.model.finding import Severity
from buystage.render.diagnosis.document import DiagnosisDocument
from buystage.render.diagnosis.findings import rule_word, why_text
from buystage.render.diagnosis.head import date_text, headline
from buystage.render.diagnosis.reasons import Reason, reasons_for
from buystage.render.diagnosis.stages import claim
from buystage.render.review.document import MovePart, WherePart
from buystage.render.words import clause, fact_text, joined, short_name
from buystage.review.reviewer import Placed, Review
from buystage.settings.values import Settings
from buystage.terminal.console import literal

MOST_REASONS = 2  # of a deal; the screen of `diagnose` has them all
WAYS_OUT = {
    "unknown": "clear_unknown",
    "unknown_crm": "clear_unknown_crm",
    "ambiguous": "clear_ambiguous",
    "internal_id": "clear_internal_id",
    "other_playbook": "clear_other_playbook",
    "unmapped": "clear_unmapped",
    "no_stages": "clear_no_stages",
}
FOR_PROGRAMS = frozenset(("json", "jsonl", "sarif", "gitlab", "csv"))
"""The formats that are not read aloud: all others tell what the CRM says, where they are and why."""
PLAIN_KEY = re.compile(r"\w[\w /().&+-]*")  # a stage word that YAML takes for a key without quotes
MARK_LENGTH = 32  # characters of a fingerprint


class FindingInWords(NamedTuple):
    """A finding in words, with the ways to clear it, and why and until when it is set aside, if it is."""

    rule: str
    severity: Severity
    subject: str
    message: str
    clear: tuple[str, ...]
    file: str
    line: int
    column: int
    stages: int
    """By how many stages a claim is off."""
    reason: str | None
    until: str | None

    @property
    def path(self) -> str:
        """The file as it can be shown."""
        return literal(self.file)

    def with_remedy(self, language: Language, reasons: Iterable[str] = ()) -> str:
        """Return what was found, why, and how to clear it, as sentences that stand by themselves."""
        ways = [way.rstrip(STOPS) for way in self.clear]
        clear = say("review_clear", language, how=say("review_or", language).join(ways))
        return say("review_stop", language).join(each.rstrip(STOPS) for each in (self.message, *reasons, clear))


class DealReport(NamedTuple):
    """The review of one deal in words; claim, headline and reasons are what a manager reads aloud, where wanted."""

    file: str
    line: int
    name: str
    customer: str
    owner: str
    amount: float | None
    currency: str
    crm_id: str
    claimed_stage: str
    where: list[WherePart]
    left_out: int
    """Entries of its log that are dated after the day."""
    findings: tuple[FindingInWords, ...]
    waived: tuple[FindingInWords, ...]
    claim: str = ""
    headline: str = ""
    pause: str = ""
    """That the deal is paused, or was until a day since which nothing was heard."""
    reasons: tuple[str, ...] = ()
    moved: str = ""
    """What changed since the revision that the deal is compared with."""
    move: MovePart | None = None
    """The same in ids."""
    still: int = 0
    """How many findings were there already."""
    diagnosis: DiagnosisDocument | None = None
    identity: str = ""
    """What the deal is known by in a review, whatever happens in it; whoever tells it makes it unique first."""

    def fingerprint(self, told: FindingInWords) -> str:
        """Return what stays the same while a finding lasts, whatever the language, the line and the wording."""
        text = "\n".join((told.rule, self.identity, told.subject))
        return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:MARK_LENGTH]

    @property
    def path(self) -> str:
        """The file as it can be shown."""
        return literal(self.file)

    @property
    def stage(self) -> str:
        """Its id in the first linear playbook, empty where too little is known."""
        return next((each["stage"] or "" for each in self.where if each["verdict"]), "")

    def has(self, rule: str) -> bool:
        """Return whether a rule found something that is not waived."""
        return any(each.rule == rule for each in self.findings)


def deal_report(
    review: Review, shelf: Shelf, settings: Settings, language: Language, *, aloud: bool = True
) -> DealReport:
    """Return the review of a deal in words, with what a manager reads aloud or without it."""
    teller = _Teller(review, shelf, settings, language)
    return teller.read_aloud(teller.report()) if aloud else teller.report()


class _Teller:
    """Holds the review, the texts and the language while the review is put in words."""

    def __init__(self, review: Review, shelf: Shelf, settings: Settings, language: Language) -> None:
        self.review, self.shelf, self.settings, self.language = review, shelf, settings, language
        self.result = review.subject.result

    def report(self) -> DealReport:
        deal, place = self.review.deal, self.review.place
        return DealReport(
            file=place.file,
            line=place.line,
            name=literal(deal.name) or literal(place.file),
            customer=literal(deal.customer or ""),
            owner=literal(deal.owner or ""),
            amount=deal.amount,
            currency=literal(deal.currency or ""),
            crm_id=deal.crm_id or "",
            identity=f"crm:{deal.crm_id}" if deal.crm_id else f":{deal.customer or ''}:{deal.name}",
            claimed_stage=literal(deal.claimed_stage or ""),
            where=[_where(each) for each in self.result.diagnoses],
            left_out=deal.left_out(self.review.subject.as_of),
            findings=tuple(map(self._told, self.review.findings)),
            waived=tuple(map(self._told, self.review.waived)),
        )

    def read_aloud(self, report: DealReport) -> DealReport:
        """Return a report with what the CRM says, where they are and why."""
        return report._replace(
            claim=claim(self.result, self.shelf, self.language),
            headline=headline(self.result, self.shelf, self.language),
            pause=self._pause(),
            reasons=tuple(self._reasons()),
        )

    def _told(self, placed: Placed) -> FindingInWords:
        finding, place, waiver = placed.finding, placed.location, placed.waiver
        return FindingInWords(
            rule=finding.rule,
            severity=finding.severity,
            subject=finding.subject,
            message=why_text(finding, self.shelf, self.language),
            clear=tuple(self._ways(finding.rule)),
            file=place.file,
            line=place.line,
            column=place.column,
            stages=finding.numbers.get("count", 0),
            reason=literal(waiver.reason) if waiver else None,
            until=waiver.until.isoformat() if waiver else None,
        )

    def _pause(self) -> str:
        today = self.result.as_of
        pause = pause_told(self.review.deal, today, self.result.heard)
        return f"{say('pause', self.language)} {date_text(pause, self.language, today=today)}" if pause else ""

    def _reasons(self) -> Iterable[str]:
        """Return why they are where they are, for what the CRM says is off; what is in their own words first."""
        if not any(is_said_by_claim(each.finding.rule) for each in self.review.findings):
            return ()
        told = reasons_for(self.result, self.shelf, self.language)
        quoted = sorted(told, key=lambda reason: "“" not in reason.text)
        return (*(self._dated(each) for each in quoted[:MOST_REASONS]), *self._no_sign_of())

    def _no_sign_of(self) -> Iterator[str]:
        """Yield that nothing is known of jobs which the CRM's word says have begun, if there are any."""
        begun = self.review.subject.claim.jobs if self.review.subject.claim else ()
        quiet = [(book, job.id) for book, job in self.review.subject.jobs("not_started") if job.id in begun]
        if quiet:
            names = (short_name(self.shelf.playbook(book).states[job], self.language) for book, job in quiet)
            yield say("review_no_sign", self.language, jobs=joined(names, self.language))

    def _dated(self, reason: Reason) -> str:
        return say("review_reason", self.language, day=reason.day, text=reason.text)

    def _ways(self, rule: str) -> Iterable[str]:
        """Yield the ways to clear what a rule found: of a claim to change it, or to log what would show it."""
        claimed = self.result.claim
        if rule == "unknown-stage-word" and isinstance(claimed, Unclear):
            word = literal(claimed.word)
            claim = word if PLAIN_KEY.fullmatch(word) else quoted(word)
            yield say(WAYS_OUT[claimed.why], self.language, claim=claim, **self._example(claimed))
            return
        is_claim = rule in ("claimed-stage-ahead", "claim-unproven")
        cleared = clearing(self.review.subject, self.settings, self.shelf.catalogue) if is_claim else None
        if cleared is None or rule == "claim-unproven":
            yield rule_word(rule, "countermeasure", self.language)
        if cleared:
            yield from self._ways_of_claim(cleared, rule)

    def _example(self, claimed: Unclear) -> dict[str, str]:
        """Return a playbook in use and a stage of it, where the word is of none of them."""
        if claimed.why != "unmapped":
            return {}
        playbook = claimed.among[0]
        return {"playbook": playbook, "stage": [*self.shelf.playbook(playbook).stages][-1]}

    def _ways_of_claim(self, cleared: Clearing, rule: str) -> Iterator[str]:
        if rule == "claimed-stage-ahead":
            stage = short_name(self.shelf.playbook(cleared.playbook).states[cleared.stage], self.language)
            key = "clear_by_word" if cleared.word else "clear_by_stage"
            yield say(key, self.language, word=literal(cleared.word or ""), stage=stage)
        if cleared.facts:
            facts = (clause(fact_text(self.shelf, name, "yes", self.language), self.language) for name in cleared.facts)
            yield say("clear_by_log", self.language, facts=say("clear_and", self.language).join(facts))


def _where(diagnosis: Diagnosis) -> WherePart:
    """Return where a deal stands by one playbook, in short."""
    if isinstance(diagnosis, LinearDiagnosis):
        reading = diagnosis.reading
        return {
            "playbook": diagnosis.playbook,
            "verdict": reading.verdict,
            "stage": diagnosis.stage,
            "range": [*reading.range],
            "jobs": {},
        }
    jobs = {job.id: job.state for job in diagnosis.jobs}
    return {"playbook": diagnosis.playbook, "verdict": None, "stage": None, "range": [], "jobs": jobs}


def is_said_by_claim(rule: str) -> bool:
    """Return whether the line on what the CRM says tells what a rule found."""
    return rule in CLAIMS and rule != "claim-unquoted"
