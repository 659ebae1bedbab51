"""What is new in a deal since a revision: its new findings, and what moved, in the words of buyers."""

from collections.abc import Iterator
from typing import TypeVar

from buystage.diagnosis.history import between
from buystage.diagnosis.result import JobsDiagnosis, Since, Standing
from buystage.language import Language, say
from buystage.library.playbooks import Shelf
from buystage.model.deal import Deal
from buystage.model.finding import WORST_FIRST
from buystage.render.diagnosis.findings import rule_word
from buystage.render.diagnosis.head import moves_of
from buystage.render.review.document import MovePart
from buystage.render.review.report import DealReport, FindingInWords
from buystage.render.words import joined, short_name
from buystage.review.reviewer import Review
from buystage.terminal.console import literal

Reviewed = tuple[Review, DealReport]
Value = TypeVar("Value")


def compared(before: Reviewed, now: Reviewed, shelf: Shelf, language: Language) -> DealReport:
    """Return the report on a deal with the findings that were not there before, and with what moved."""
    old = {(each.rule, each.subject): each for each in before[1].findings}
    new = tuple(each for each in now[1].findings if _is_worse(each, old.get((each.rule, each.subject))))
    moved = between(before[0].subject.result, now[0].subject.result)
    told = _told(before, now, moved, shelf, language)
    still = len(now[1].findings) - len(new)
    move = _part(before, now, moved, told, still) if told else None
    return now[1]._replace(findings=new, moved=told, move=move, still=still)


def _is_worse(now: FindingInWords, before: FindingInWords | None) -> bool:
    """Whether a finding is new, or there already but not as bad."""
    if before is None or now.stages > before.stages:
        return True
    return WORST_FIRST.index(now.severity) < WORST_FIRST.index(before.severity)


def alone(report: DealReport, told: str) -> DealReport:
    """Return the report on a deal that there is nothing to compare with, and why: all that was found is new."""
    move: MovePart = {
        "deal": report.name,
        "file": report.file,
        "told": told,
        "stages": [],
        "jobs": [],
        "lagging": [],
        "claimed_stage": None,
        "close_date": None,
        "amount": None,
        "cleared": [],
        "still": 0,
    }
    return report._replace(moved=told, move=move)


def _told(before: Reviewed, now: Reviewed, moved: Since, shelf: Shelf, language: Language) -> str:
    """Return where they moved, which jobs are in another state, what the CRM says anew and what is cleared."""
    moves = moves_of(moved, shelf, language)
    if behind := _fell_behind(before[0].subject.result, now[0].subject.result):
        names = [short_name(shelf.playbook(book).jobs[job], language) for book, job in behind]
        moves.append(say("review_fell_behind", language, jobs=joined(names, language)))
    moves += _in_the_crm(before[0].deal, now[0].deal, language)
    if cleared := _cleared(before[1], now[1]):
        titles = joined((rule_word(rule, "title", language) for rule in cleared), language)
        moves.append(say("review_cleared", language, titles=titles))
    return say("semicolon", language).join(moves)


def _in_the_crm(before: Deal, now: Deal, language: Language) -> Iterator[str]:
    """Yield what people have changed of the claim, the close date and the amount."""
    if before.claimed_stage != now.claimed_stage:
        stages = {"then": literal(before.claimed_stage or "—"), "now": literal(now.claimed_stage or "—")}
        yield say("review_crm_moved", language, **stages)
    if before.close_date != now.close_date:
        yield say("review_close_moved", language, then=before.close_date or "—", now=now.close_date or "—")
    if before.amount != now.amount:
        then, after = (f"{each:,.0f}" if each is not None else "—" for each in (before.amount, now.amount))
        yield say("review_amount_moved", language, then=then, now=after)


def _part(before: Reviewed, now: Reviewed, moved: Since, told: str, still: int) -> MovePart:
    then, after = before[0].deal, now[0].deal
    closes = [each.close_date.isoformat() if each.close_date else None for each in (then, after)]
    return {
        "deal": now[1].name,
        "file": now[1].file,
        "told": told,
        "stages": [{"playbook": book, "then": was, "now": is_now} for book, was, is_now in moved.stages],
        "jobs": [{"playbook": book, "job": job, "now": state} for book, job, state in moved.jobs],
        "lagging": [job for _, job in _fell_behind(before[0].subject.result, now[0].subject.result)],
        "claimed_stage": _if_changed(then.claimed_stage, after.claimed_stage),
        "close_date": _if_changed(*closes),
        "amount": _if_changed(then.amount, after.amount),
        "cleared": _cleared(before[1], now[1]),
        "still": still,
    }


def _if_changed(then: Value | None, now: Value | None) -> list[Value | None] | None:
    return [then, now] if then != now else None


def _cleared(before: DealReport, now: DealReport) -> list[str]:
    """Return the rules that find no more what they found then."""
    left = {(each.rule, each.subject) for each in now.findings}
    return list(dict.fromkeys(each.rule for each in before.findings if (each.rule, each.subject) not in left))


def _fell_behind(before: Standing, now: Standing) -> list[tuple[str, str]]:
    """Return the jobs that lag behind the others and did not before, with their playbook."""
    pairs = zip(before.diagnoses, now.diagnoses, strict=True)
    jobs = ((b, n) for b, n in pairs if isinstance(b, JobsDiagnosis) and isinstance(n, JobsDiagnosis))
    return [(after.playbook, job) for then, after in jobs for job in after.lagging if job not in then.lagging]
