"""From a deal and the chosen playbooks to everything that is said about it on a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import partial

from buystage.deals.crm_words import claim_of
from buystage.diagnosis.advice import what_to_avoid, what_to_do
from buystage.diagnosis.answers import Knowledge, by_day, by_entry, supposing
from buystage.diagnosis.asking import what_to_ask
from buystage.diagnosis.history import StageOn, history, since_last, stages_on
from buystage.diagnosis.jobs import diagnose_jobs
from buystage.diagnosis.people import missing_roles
from buystage.diagnosis.result import BuyingGroup, Date, DealDiagnosis, Diagnosis, Standing, Tally, WhatIf
from buystage.diagnosis.rules import findings
from buystage.diagnosis.rules.subject import Subject
from buystage.diagnosis.stage import diagnose_stage
from buystage.diagnosis.track import contradictions
from buystage.library.playbooks import Shelf
from buystage.model.answer import Value
from buystage.model.catalogue import Catalogue
from buystage.model.claim import Claim, Unclear
from buystage.model.deal import Deal
from buystage.model.playbook import Playbook
from buystage.settings.values import Settings

DEFAULTS = Settings()
STANCES = ("supporter", "neutral", "opponent", "unknown")


def diagnose(
    deal: Deal,
    shelf: Shelf,
    as_of: date,
    *,
    file: str | None = None,
    what_if: Mapping[str, Value] | None = None,
    settings: Settings = DEFAULTS,
) -> DealDiagnosis:
    """Return the diagnosis of `deal` on the day `as_of` by the playbooks of `shelf`.

    `what_if` supposes answers for a moment, as if they stood in the newest entry.
    """
    return diagnosis_of(subject_of(deal, shelf, as_of, file=file, settings=settings), shelf, what_if)


def subject_of(
    deal: Deal, shelf: Shelf, as_of: date, *, file: str | None = None, settings: Settings = DEFAULTS
) -> Subject:
    """Return the deal with where it stands and how it came there: all that rules look at."""
    entries = by_entry(deal.observations, as_of, shelf.catalogue)
    past = by_day(entries)
    now = past[-1]
    standing = Standing(
        as_of=as_of,
        name=deal.name,
        file=file,
        claimed_stage=deal.claimed_stage,
        claim=_claim(deal, shelf, settings),
        last_observation=now.newest,
        diagnoses=_diagnoses(past, shelf),
        known=now.known,
        contradictions=contradictions(now.known, shelf.catalogue),
        heard=now.heard,
    )
    rules = settings.rules_for(file) if file else settings.rules
    find_course, find_stages = partial(history, entries, shelf), partial(_stages, entries, shelf.catalogue)
    return Subject(as_of, deal, standing, shelf.playbooks, past, find_course, find_stages, rules)


def diagnosis_of(subject: Subject, shelf: Shelf, what_if: Mapping[str, Value] | None = None) -> DealDiagnosis:
    """Return everything that is said about a deal: where it stands, what to ask and to do, what to look out for."""
    deal, now = subject.deal, subject.past[-1]
    reads = tuple(zip(shelf.playbooks, subject.result.diagnoses, strict=True))
    return DealDiagnosis(
        **{each.name: getattr(subject.result, each.name) for each in fields(subject.result)},
        ask=what_to_ask(reads, now, shelf.catalogue),
        actions=what_to_do(reads, now, deal.context),
        avoid=what_to_avoid(reads),
        buying_group=_buying_group(deal),
        what_if=_supposed(subject.past, shelf, subject.as_of, what_if) if what_if else None,
        tally=_tally(shelf.playbooks, now),
        contact_restricted=deal.context.contact_restricted == "yes",
        since=since_last(subject.course),
        risks=findings(subject),
        dates=tuple(_dates(deal, subject.as_of, subject.result.heard)),
        left_out=deal.left_out(subject.as_of),
        people=deal.buying_group,
    )


def _stages(entries: Sequence[Knowledge], catalogue: Catalogue, book: Playbook) -> Iterator[tuple[date, StageOn]]:
    """Yield the stage after each entry with its day."""
    for answers, stage in zip(entries, stages_on(book, entries, catalogue), strict=True):
        yield answers.newest or date.min, stage


def _claim(deal: Deal, shelf: Shelf, settings: Settings) -> Claim | Unclear | None:
    word = deal.claimed_stage
    return claim_of(word, deal.crm, settings.stage_words, shelf) if word else None


def _diagnoses(past: Sequence[Knowledge], shelf: Shelf) -> tuple[Diagnosis, ...]:
    return tuple(
        diagnose_jobs(playbook, origin, past, shelf.catalogue)
        if playbook.kind == "jobs"
        else diagnose_stage(playbook, origin, past[-1], shelf.catalogue)
        for playbook, origin in zip(shelf.playbooks, shelf.origins, strict=True)
    )


def _supposed(past: Sequence[Knowledge], shelf: Shelf, as_of: date, answers: Mapping[str, Value]) -> WhatIf:
    """Suppose answers on the day of the newest entry: a later day would let the others fade meanwhile."""
    now = past[-1]
    day = now.newest or as_of
    supposed = Knowledge(supposing(now.known, answers, day, shelf.catalogue), now.unknown - answers.keys(), day)
    then = (*past[:-1], supposed)
    return WhatIf(dict(answers), _diagnoses(then, shelf))


def _buying_group(deal: Deal) -> BuyingGroup:
    stances: list[str] = [person.stance for person in deal.buying_group]
    return BuyingGroup(
        len(stances), missing_roles(deal.buying_group), {stance: stances.count(stance) for stance in STANCES}
    )


def _dates(deal: Deal, as_of: date, heard: date | None) -> Iterator[Date]:
    """Yield the pause that lasts or was the last news, the next step, the key dates: those to come, then past ones."""
    if pause := pause_told(deal, as_of, heard):
        yield pause
    step = deal.next_step
    if step:
        yield Date("next", step.what, step.date, (step.date - as_of).days if step.date else 0, step.by)
    ahead = sorted(deal.key_dates, key=lambda each: (each.date < as_of, abs((each.date - as_of).days)))
    yield from (Date("key", each.what, each.date, (each.date - as_of).days) for each in ahead)


def pause_told(deal: Deal, as_of: date, heard: date | None) -> Date | None:
    """Return the pause of a deal where it lasts, or is over with nothing `heard` of the customer since."""
    pause = deal.paused
    if pause is None or (heard and heard > pause.until and not pause.lasts_on(as_of)):
        return None
    return Date("pause", pause.reason, pause.until, (pause.until - as_of).days)


def _tally(playbooks: Sequence[Playbook], answers: Knowledge) -> Tally:
    linked = {signal for playbook in playbooks for track in playbook.tracks for signal in track.signals}
    known = [answers.known[signal] for signal in linked if signal in answers.known]
    given = [each for each in known if not each.implied_by]
    yes, unknown = sum(each.is_yes for each in given), len(linked & answers.unknown)
    return Tally(yes, len(given) - yes, unknown, len(known) - len(given), len(linked) - len(known) - unknown)
