"""What a manager would stop at in a deal: pure functions of the day, the deal, its diagnosis and its course."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from buystage.deal import Deal
from buystage.diagnosis import DealDiagnosis, Finding, JobDiagnosis, JobsDiagnosis, Known, LinearDiagnosis
from buystage.history import History
from buystage.playbook import Playbook

SILENT_DAYS = 30  # without an answer of the customer's
PACE = {"low": 0.75, "normal": 1.0, "high": 1.5}  # expected days of a stage, by the complexity of the purchase


@dataclass(frozen=True, slots=True)
class Case:
    """All that a rule may look at."""

    as_of: date
    deal: Deal
    result: DealDiagnosis
    playbooks: tuple[Playbook, ...]
    course: History

    def yes(self, *signals: str) -> Known | None:
        """Return the first of these answers that is yes."""
        known = (self.result.known[name] for name in signals if name in self.result.known)
        return next((each for each in known if each.is_yes), None)

    def no(self, signal: str) -> Known | None:
        """Return the answer where it is no."""
        known = self.result.known.get(signal)
        return known if known and not known.is_yes else None

    def jobs(self, state: str) -> Iterator[tuple[str, JobDiagnosis]]:
        """Yield the jobs in a state, with their playbook."""
        for each in self.result.diagnoses:
            if isinstance(each, JobsDiagnosis):
                yield from ((each.playbook, job) for job in each.jobs if job.state == state)

    @property
    def paused(self) -> bool:
        """Whether the customer announced a pause that lasts."""
        return self.deal.paused is not None and self.as_of <= self.deal.paused.until


def findings(case: Case) -> tuple[Finding, ...]:
    """Return what the rules report, warnings before notices, without what is waived on the day."""
    waived = {waiver.rule for waiver in case.deal.waivers if case.as_of <= waiver.until}
    found = (finding for name, rule in RULES.items() if name not in waived for finding in rule(case))
    return tuple(sorted(found, key=lambda finding: ("error", "warning", "notice").index(finding.severity)))


# --- what the seeds warn of --------------------------------------------------------------------------------------


def _requirement_change(case: Case) -> Iterator[Finding]:
    reopened = [job for _, job in case.jobs("reopened") if job.id == "requirements_building"]
    if reopened or case.yes("requirements_reopened"):
        yield Finding("requirement-change", "warning", case.yes("requirements_reopened", "requirements_being_written"))


def _information_asymmetry(case: Case) -> Iterator[Finding]:
    if lacking := case.yes("information_lacking"):
        yield Finding("information-asymmetry", "warning", lacking)


def _vendor_choice_difficulty(case: Case) -> Iterator[Finding]:
    """They say so, or they compare again what had been decided."""
    again = case.yes("offers_being_compared") if case.yes("selection_reopened") else None
    if stuck := case.yes("choice_stuck") or again:
        yield Finding("vendor-choice-difficulty", "warning", stuck)


# --- time ------------------------------------------------------------------------------------------------------


def _customer_silent(case: Case) -> Iterator[Finding]:
    """Only answers of theirs count: what we guess, and what they could not say, is no news of the customer."""
    heard = [
        entry.date
        for entry in case.deal.observations
        if entry.date <= case.as_of
        and any(given.answer != "unknown" and given.evidence == "customer" for given in entry.answers.values())
    ]
    days = (case.as_of - max(heard)).days if heard else 0
    if days > SILENT_DAYS and not case.paused:
        yield Finding("customer-silent", "notice", numbers={"days": days})


def _stage_overdue(case: Case) -> Iterator[Finding]:
    for book, each in zip(case.playbooks, case.result.diagnoses, strict=True):
        if isinstance(each, LinearDiagnosis) and each.stage and not case.paused and not case.yes("contract_signed"):
            expected = book.stages[each.stage].expected_days
            since = _in_stage_since(case.course, book.name, each.stage)
            days = (case.as_of - since).days if since else 0
            if expected and days > expected * PACE[case.deal.context.complexity]:
                numbers = {"days": days, "expected": round(expected * PACE[case.deal.context.complexity])}
                yield Finding("stage-overdue", "notice", None, book.name, each.stage, numbers)


def _in_stage_since(course: History, playbook: str, stage: str) -> date | None:
    since = None
    for turn in course.turns:
        on = turn.stages[playbook]
        since = (since or turn.day) if on.stage == stage else None
    return since


# --- the log against itself --------------------------------------------------------------------------------------


def _contradiction(case: Case) -> Iterator[Finding]:
    readings = [each.reading for each in case.result.diagnoses if isinstance(each, LinearDiagnosis)]
    readings += [job.reading for each in case.result.diagnoses if isinstance(each, JobsDiagnosis) for job in each.jobs]
    pairs = dict.fromkeys(
        conflict.known for reading in readings for conflict in reading.conflicts if conflict.kind != "unexplained"
    )
    yield from (Finding("contradiction", "warning", max(pair, key=lambda known: known.date)) for pair in pairs)


def _step_skipped(case: Case) -> Iterator[Finding]:
    """They are in a later stage while what ends an earlier one is known to be missing."""
    for book, each in zip(case.playbooks, case.result.diagnoses, strict=True):
        if isinstance(each, LinearDiagnosis) and each.stage:
            names = list(book.stages)
            for name in names[: names.index(each.stage)]:
                missing = [known for signal in book.stages[name].rows.ends if (known := case.no(signal))]
                yield from (Finding("step-skipped", "notice", known, book.name, name) for known in missing)


# --- who ---------------------------------------------------------------------------------------------------------


def _chosen_elsewhere(case: Case) -> Iterator[Finding]:
    rival = case.yes("we_are_behind") if case.yes("preferred_named") and not case.yes("we_are_ahead") else None
    if lost := case.yes("we_make_up_numbers") or rival:
        yield Finding("chosen-elsewhere", "warning", lost)


def _no_owner(case: Case) -> Iterator[Finding]:
    if (nobody := case.no("owner_named")) and case.yes("change_decided"):
        yield Finding("no-owner", "notice", nobody)


# --- jobs --------------------------------------------------------------------------------------------------------


def _lagging(job: str, rule: str) -> Callable[[Case], Iterator[Finding]]:
    def check(case: Case) -> Iterator[Finding]:
        for each in case.result.diagnoses:
            if isinstance(each, JobsDiagnosis) and job in each.lagging:
                yield Finding(rule, "warning", None, each.playbook, job)

    return check


def _job_reopened(case: Case) -> Iterator[Finding]:
    for playbook, job in case.jobs("reopened"):
        yield Finding("job-reopened", "warning", None, playbook, job.id, cause=job.cause)


RULES: dict[str, Callable[[Case], Iterator[Finding]]] = {
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
"""Every rule by its id, in the order they are told."""
