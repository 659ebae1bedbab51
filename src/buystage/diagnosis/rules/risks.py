"""Risks of the purchase itself, shown with every diagnosis."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from buystage.diagnosis.history import StageOn
from buystage.diagnosis.result import JobsDiagnosis, LinearDiagnosis
from buystage.diagnosis.rules.subject import Case, Rule
from buystage.model.finding import Finding

PACE = {"low": 0.75, "normal": 1.0, "high": 1.5}  # of a stage's expected days, by the complexity of the purchase


# --- what the seeds warn of --------------------------------------------------------------------------------------


def _requirement_change(case: Case) -> Iterator[Finding]:
    """The job is open again; where no jobs are diagnosed, they say so."""
    jobs = [job for each in case.result.diagnoses if isinstance(each, JobsDiagnosis) for job in each.jobs]
    states = {job.state: job for job in jobs if job.id == "requirements_building"}
    said = case.yes("requirements_reopened", "requirements_being_written")
    if "reopened" in states or (not states and case.yes("requirements_reopened")):
        cause = states["reopened"].cause if states else None
        yield Finding("requirement-change", said, cause=cause)


def _information_asymmetry(case: Case) -> Iterator[Finding]:
    if lacking := case.yes("information_lacking"):
        yield Finding("information-asymmetry", lacking)


def _vendor_choice_difficulty(case: Case) -> Iterator[Finding]:
    """They say so, or they compare again what had been decided."""
    again = case.yes("offers_being_compared") if case.yes("selection_reopened") else None
    if stuck := case.yes("choice_stuck") or again:
        yield Finding("vendor-choice-difficulty", stuck)


# --- time ------------------------------------------------------------------------------------------------------


def _customer_silent(case: Case) -> Iterator[Finding]:
    """Only answers of theirs count: what we guess, and what they could not say, is no news of the customer."""
    days = case.waited(case.result.heard or case.first_day)
    if days > case.settings.threshold("customer-silent"):
        yield Finding("customer-silent", numbers={"days": days})


def _stage_overdue(case: Case) -> Iterator[Finding]:
    """They are in a stage for longer than usual; while something is open again, that is what there is to tell."""
    for book, each in zip(case.playbooks, case.result.diagnoses, strict=True):
        if isinstance(each, LinearDiagnosis) and each.stage and not case.result.looped:
            usual = book.stages[each.stage].expected_days or 0
            pace = PACE[case.deal.context.complexity] * case.settings.threshold("stage-overdue") / 100
            expected = round(usual * pace)
            if not usual or case.waited(case.first_day) <= expected:
                continue  # the stages of a log take long to work out
            days = case.waited(_in_stage_since(case.find_stages(book), each.stage))
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


def _contradiction(case: Case) -> Iterator[Finding]:
    tracks = [track for book in case.playbooks for track in book.tracks]
    for pair in case.result.contradictions:
        if any(signal in track.signals for signal in pair.signals for track in tracks):
            other, newer = sorted(pair.known, key=lambda known: known.date)
            yield Finding("contradiction", newer, against=other)


def _step_skipped(case: Case) -> Iterator[Finding]:
    """They are in a later stage while what ends an earlier one has been missing all along."""
    for book, each in zip(case.playbooks, case.result.diagnoses, strict=True):
        if isinstance(each, LinearDiagnosis) and each.stage:
            names = list(book.stages)
            for name in names[: names.index(each.stage)]:
                missing = [known for signal in book.stages[name].rows.ends if (known := case.no(signal))]
                skipped = (known for known in missing if not case.was_yes(known.signal))
                yield from (Finding("step-skipped", known, book.name, name) for known in skipped)


# --- who ---------------------------------------------------------------------------------------------------------


def _chosen_elsewhere(case: Case) -> Iterator[Finding]:
    """We make up the numbers, or a supplier is settled on and the latest news is that we are behind."""
    ahead, behind = case.yes("we_are_ahead"), case.yes("we_are_behind")
    leading = ahead is not None and not ahead.assumed and (behind is None or ahead.date > behind.date)
    rival = behind if case.yes("preferred_named") and not leading else None
    if lost := case.yes("we_make_up_numbers") or rival:
        yield Finding("chosen-elsewhere", lost)


def _no_owner(case: Case) -> Iterator[Finding]:
    if (nobody := case.no("owner_named")) and case.yes("change_decided"):
        yield Finding("no-owner", nobody)


# --- jobs --------------------------------------------------------------------------------------------------------


def _lagging(job: str, rule: str) -> Callable[[Case], Iterator[Finding]]:
    def check(case: Case) -> Iterator[Finding]:
        for each in case.result.diagnoses:
            if isinstance(each, JobsDiagnosis) and job in each.lagging:
                yield Finding(rule, None, each.playbook, job)

    return check


def _job_reopened(case: Case) -> Iterator[Finding]:
    """Every job but the requirements, whose change has a rule of its own."""
    for playbook, job in case.jobs("reopened"):
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
