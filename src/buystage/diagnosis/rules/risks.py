"""Risks of the purchase itself, shown with every diagnosis."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from buystage.diagnosis.history import StageOn
from buystage.diagnosis.result import JobsDiagnosis, LinearDiagnosis
from buystage.diagnosis.rules.subject import Rule, Subject
from buystage.model.finding import Finding

PACE = {"low": 0.75, "normal": 1.0, "high": 1.5}  # of a stage's expected days, by the complexity of the purchase


# --- what the seeds warn of --------------------------------------------------------------------------------------


def _requirement_change(subject: Subject) -> Iterator[Finding]:
    """The job is open again; where no jobs are diagnosed, they say so."""
    jobs = [job for each in subject.result.diagnoses if isinstance(each, JobsDiagnosis) for job in each.jobs]
    states = {job.state: job for job in jobs if job.id == "requirements_building"}
    said = subject.yes("requirements_reopened", "requirements_being_written")
    if "reopened" in states or (not states and subject.yes("requirements_reopened")):
        cause = states["reopened"].cause if states else None
        yield Finding("requirement-change", said, cause=cause)


def _information_asymmetry(subject: Subject) -> Iterator[Finding]:
    if lacking := subject.yes("information_lacking"):
        yield Finding("information-asymmetry", lacking)


def _vendor_choice_difficulty(subject: Subject) -> Iterator[Finding]:
    """They say so, or they compare again what had been decided."""
    again = subject.yes("offers_being_compared") if subject.yes("selection_reopened") else None
    if stuck := subject.yes("choice_stuck") or again:
        yield Finding("vendor-choice-difficulty", stuck)


# --- time ------------------------------------------------------------------------------------------------------


def _customer_silent(subject: Subject) -> Iterator[Finding]:
    """Only answers of theirs count: what we guess, and what they could not say, is no news of the customer."""
    days = subject.waited(subject.result.heard or subject.first_day)
    if days > subject.settings.threshold("customer-silent"):
        yield Finding("customer-silent", numbers={"days": days})


def _stage_overdue(subject: Subject) -> Iterator[Finding]:
    """They are in a stage for longer than usual; while something is open again, that is what there is to tell."""
    for book, each in zip(subject.playbooks, subject.result.diagnoses, strict=True):
        if isinstance(each, LinearDiagnosis) and each.stage and not subject.result.looped:
            usual = book.stages[each.stage].expected_days or 0
            pace = PACE[subject.deal.context.complexity] * subject.settings.threshold("stage-overdue") / 100
            expected = round(usual * pace)
            if not usual or subject.waited(subject.first_day) <= expected:
                continue  # the stages of a log take long to work out
            days = subject.waited(_in_stage_since(subject.find_stages(book), each.stage))
            if days > expected:
                numbers = {"days": days, "expected": expected}
                yield Finding("stage-overdue", playbook=book.name, state=each.stage, numbers=numbers)


def _in_stage_since(stages: Iterable[tuple[date, StageOn]], stage: str) -> date | None:
    """Return since when the stage has been named without another in between; a day that names none is no break."""
    since = None
    for day, on in stages:
        named = on.leaning or on.stage
        since = (since or day) if named == stage else since if named is None else None
    return since


# --- the log against itself --------------------------------------------------------------------------------------


def _contradiction(subject: Subject) -> Iterator[Finding]:
    tracks = [track for book in subject.playbooks for track in book.tracks]
    for pair in subject.result.contradictions:
        if any(signal in track.signals for signal in pair.signals for track in tracks):
            other, newer = sorted(pair.known, key=lambda known: known.date)
            yield Finding("contradiction", newer, against=other)


def _step_skipped(subject: Subject) -> Iterator[Finding]:
    """They are in a later stage while what ends an earlier one has been missing all along."""
    for book, each in zip(subject.playbooks, subject.result.diagnoses, strict=True):
        if isinstance(each, LinearDiagnosis) and each.stage:
            names = list(book.stages)
            for name in names[: names.index(each.stage)]:
                missing = [known for signal in book.stages[name].rows.ends if (known := subject.no(signal))]
                skipped = (known for known in missing if not subject.was_yes(known.signal))
                yield from (Finding("step-skipped", known, book.name, name) for known in skipped)


# --- who ---------------------------------------------------------------------------------------------------------


def _chosen_elsewhere(subject: Subject) -> Iterator[Finding]:
    """We make up the numbers, or a supplier is settled on and the latest news is that we are behind."""
    ahead, behind = subject.yes("we_are_ahead"), subject.yes("we_are_behind")
    leading = ahead is not None and not ahead.assumed and (behind is None or ahead.date > behind.date)
    rival = behind if subject.yes("preferred_named") and not leading else None
    if lost := subject.yes("we_make_up_numbers") or rival:
        yield Finding("chosen-elsewhere", lost)


def _no_owner(subject: Subject) -> Iterator[Finding]:
    if (nobody := subject.no("owner_named")) and subject.yes("change_decided"):
        yield Finding("no-owner", nobody)


# --- jobs --------------------------------------------------------------------------------------------------------


def _lagging(job: str, rule: str) -> Callable[[Subject], Iterator[Finding]]:
    def check(subject: Subject) -> Iterator[Finding]:
        for each in subject.result.diagnoses:
            if isinstance(each, JobsDiagnosis) and job in each.lagging:
                yield Finding(rule, None, each.playbook, job)

    return check


def _job_reopened(subject: Subject) -> Iterator[Finding]:
    """Every job but the requirements, whose change has a rule of its own."""
    for playbook, job in subject.jobs("reopened"):
        if job.id != "requirements_building":
            yield Finding("job-reopened", None, playbook, job.id, cause=job.cause)


RISKS: dict[str, Rule] = {
    "requirement-change": _requirement_change,
    "information-asymmetry": _information_asymmetry,
    "vendor-choice-difficulty": _vendor_choice_difficulty,
    "chosen-elsewhere": _chosen_elsewhere,
    "job-reopened": _job_reopened,
    "consensus-lagging": _lagging("consensus_creation", "consensus-lagging"),
    "validation-lagging": _lagging("validation", "validation-lagging"),
    "contradiction": _contradiction,
    "step-skipped": _step_skipped,
    "no-owner": _no_owner,
    "customer-silent": _customer_silent,
    "stage-overdue": _stage_overdue,
}
"""Each of them by its id, in the order they are told."""
