"""What the deal file itself leaves open: evidence, the next step, the close date, people."""

from collections.abc import Iterator

from buystage.diagnosis.result import LinearDiagnosis
from buystage.diagnosis.rules.subject import Case, Rule
from buystage.model.finding import Finding


def _not_enough_evidence(case: Case) -> Iterator[Finding]:
    linear = [each for each in case.result.diagnoses if isinstance(each, LinearDiagnosis)]
    if linear and linear[0].stage is None:
        yield Finding("not-enough-evidence", place=("observations",))


def _rests_on_guesses(case: Case) -> Iterator[Finding]:
    """Much of what speaks for the stage is only our guess."""
    for each in case.result.diagnoses:
        if isinstance(each, LinearDiagnosis) and each.stage:
            if case.mostly_guessed(each.reading):
                yield Finding("rests-on-guesses", None, each.playbook, each.stage, place=("observations",))
            return


def _no_next_step(case: Case) -> Iterator[Finding]:
    pause = case.deal.paused
    if case.deal.next_step is None and not (pause and pause.lasts_on(case.as_of)):
        yield Finding("no-next-step", place=("next_step",))


def _next_step_past(case: Case) -> Iterator[Finding]:
    step = case.deal.next_step
    days = (case.as_of - step.date).days if step and step.date else 0
    if step and days > case.settings.threshold("next-step-past"):
        numbers = {"days": days}
        yield Finding("next-step-past", numbers=numbers, texts={"what": step.what}, place=("next_step",))


def _next_step_ours_only(case: Case) -> Iterator[Finding]:
    step = case.deal.next_step
    if step and step.by == "us":
        yield Finding("next-step-ours-only", texts={"what": step.what}, place=("next_step",))


def _close_date_past(case: Case) -> Iterator[Finding]:
    close = case.deal.close_date
    days = (case.as_of - close).days if close else 0
    if days > case.settings.threshold("close-date-past"):
        numbers = {"days": days}
        yield Finding("close-date-past", numbers=numbers, place=("close_date",))


def _key_date_past(case: Case) -> Iterator[Finding]:
    """The latest key date that is over: what came of it is news, or it no longer matters."""
    past = [(each.date, index) for index, each in enumerate(case.deal.key_dates) if each.date < case.as_of]
    if past:
        day, index = max(past)
        days = (case.as_of - day).days
        if days > case.settings.threshold("key-date-past"):
            texts = {"what": case.deal.key_dates[index].what}
            yield Finding("key-date-past", numbers={"days": days}, texts=texts, place=("key_dates", index))


def _no_decision_maker(case: Case) -> Iterator[Finding]:
    people = case.deal.buying_group
    if people and not any(person.role == "executive" for person in people):
        yield Finding("no-decision-maker", place=("buying_group",))


def _single_contact(case: Case) -> Iterator[Finding]:
    people = case.deal.buying_group
    if 0 < len(people) <= case.settings.threshold("single-contact"):
        names = {"name": ", ".join(person.name for person in people)}
        yield Finding("single-contact", texts=names, place=("buying_group",))


PLANS: dict[str, Rule] = {
    "not-enough-evidence": _not_enough_evidence,
    "rests-on-guesses": _rests_on_guesses,
    "no-next-step": _no_next_step,
    "next-step-past": _next_step_past,
    "next-step-ours-only": _next_step_ours_only,
    "close-date-past": _close_date_past,
    "key-date-past": _key_date_past,
    "no-decision-maker": _no_decision_maker,
    "single-contact": _single_contact,
}
"""Each of them by its id, in the order they are told."""
