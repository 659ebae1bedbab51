"""What the deal file itself leaves open: evidence, the next step, the close date, people."""

from collections.abc import Iterator

from buystage.diagnosis import LinearDiagnosis
from buystage.finding import Finding
from buystage.rules.case import Case, Rule


def _not_enough_evidence(case: Case) -> Iterator[Finding]:
    linear = [each for each in case.result.diagnoses if isinstance(each, LinearDiagnosis)]
    if linear and linear[0].stage is None:
        yield Finding("not-enough-evidence", "notice", place=("observations",))


def _rests_on_guesses(case: Case) -> Iterator[Finding]:
    """At least half of what speaks for the stage is only our guess."""
    for each in case.result.diagnoses:
        if isinstance(each, LinearDiagnosis) and each.stage:
            lines = [line for line in each.reading.evidence if line.db > 0]
            guessed = sum(line.db for line in lines if line.assumed)
            if lines and 2 * guessed >= sum(line.db for line in lines):
                yield Finding("rests-on-guesses", "notice", None, each.playbook, each.stage, place=("observations",))
            return


def _no_next_step(case: Case) -> Iterator[Finding]:
    if case.deal.next_step is None and case.deal.paused is None:
        yield Finding("no-next-step", "warning", place=("name",))


def _next_step_past(case: Case) -> Iterator[Finding]:
    step = case.deal.next_step
    if step and step.date and step.date < case.as_of:
        numbers = {"days": (case.as_of - step.date).days}
        yield Finding("next-step-past", "notice", numbers=numbers, texts={"what": step.what}, place=("next_step",))


def _next_step_ours_only(case: Case) -> Iterator[Finding]:
    step = case.deal.next_step
    if step and step.by == "us":
        yield Finding("next-step-ours-only", "notice", texts={"what": step.what}, place=("next_step",))


def _close_date_past(case: Case) -> Iterator[Finding]:
    close = case.deal.close_date
    if close and close < case.as_of:
        numbers = {"days": (case.as_of - close).days}
        yield Finding("close-date-past", "notice", numbers=numbers, place=("close_date",))


def _no_decision_maker(case: Case) -> Iterator[Finding]:
    people = case.deal.buying_group
    if people and not any(person.role == "executive" for person in people):
        yield Finding("no-decision-maker", "notice", place=("buying_group",))


def _single_contact(case: Case) -> Iterator[Finding]:
    people = case.deal.buying_group
    if len(people) == 1:
        yield Finding("single-contact", "notice", texts={"name": people[0].name}, place=("buying_group",))


PLANS: dict[str, Rule] = {
    "not-enough-evidence": _not_enough_evidence,
    "rests-on-guesses": _rests_on_guesses,
    "no-next-step": _no_next_step,
    "next-step-past": _next_step_past,
    "next-step-ours-only": _next_step_ours_only,
    "close-date-past": _close_date_past,
    "no-decision-maker": _no_decision_maker,
    "single-contact": _single_contact,
}
"""Each of them by its id, in the order they are told."""
