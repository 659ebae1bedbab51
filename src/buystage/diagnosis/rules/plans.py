"""What the deal file itself leaves open: evidence, the next step, the close date, people."""

from collections.abc import Iterator

from buystage.diagnosis.result import LinearDiagnosis
from buystage.diagnosis.rules.subject import Rule, Subject
from buystage.model.finding import Finding


def _not_enough_evidence(subject: Subject) -> Iterator[Finding]:
    linear = [each for each in subject.result.diagnoses if isinstance(each, LinearDiagnosis)]
    if linear and linear[0].stage is None:
        yield Finding("not-enough-evidence", place=("observations",))


def _rests_on_guesses(subject: Subject) -> Iterator[Finding]:
    """Much of what speaks for the stage is only our guess."""
    for each in subject.result.diagnoses:
        if isinstance(each, LinearDiagnosis) and each.stage:
            if subject.mostly_guessed(each.reading):
                yield Finding("rests-on-guesses", None, each.playbook, each.stage, place=("observations",))
            return


def _no_next_step(subject: Subject) -> Iterator[Finding]:
    pause = subject.deal.paused
    if subject.deal.next_step is None and not (pause and pause.lasts_on(subject.as_of)):
        yield Finding("no-next-step", place=("next_step",))


def _next_step_past(subject: Subject) -> Iterator[Finding]:
    step = subject.deal.next_step
    days = (subject.as_of - step.date).days if step and step.date else 0
    if step and days > subject.settings.threshold("next-step-past"):
        numbers = {"days": days}
        yield Finding("next-step-past", numbers=numbers, texts={"what": step.what}, place=("next_step",))


def _next_step_ours_only(subject: Subject) -> Iterator[Finding]:
    step = subject.deal.next_step
    if step and step.by == "us":
        yield Finding("next-step-ours-only", texts={"what": step.what}, place=("next_step",))


def _close_date_past(subject: Subject) -> Iterator[Finding]:
    close = subject.deal.close_date
    days = (subject.as_of - close).days if close else 0
    if days > subject.settings.threshold("close-date-past"):
        numbers = {"days": days}
        yield Finding("close-date-past", numbers=numbers, place=("close_date",))


def _key_date_past(subject: Subject) -> Iterator[Finding]:
    """The latest key date that is over: what came of it is news, or it no longer matters."""
    past = [(each.date, index) for index, each in enumerate(subject.deal.key_dates) if each.date < subject.as_of]
    if past:
        day, index = max(past)
        days = (subject.as_of - day).days
        if days > subject.settings.threshold("key-date-past"):
            texts = {"what": subject.deal.key_dates[index].what}
            yield Finding("key-date-past", numbers={"days": days}, texts=texts, place=("key_dates", index))


def _no_decision_maker(subject: Subject) -> Iterator[Finding]:
    people = subject.deal.buying_group
    if people and not any(person.role == "executive" for person in people):
        yield Finding("no-decision-maker", place=("buying_group",))


def _single_contact(subject: Subject) -> Iterator[Finding]:
    people = subject.deal.buying_group
    if 0 < len(people) <= subject.settings.threshold("single-contact"):
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
