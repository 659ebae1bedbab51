"""What a manager would stop at in a deal: pure functions of the day, the deal, its diagnosis and its course."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from buystage.deal import Deal
from buystage.diagnosis import DealDiagnosis, Finding, JobDiagnosis, JobsDiagnosis, Known, LinearDiagnosis
from buystage.history import History
from buystage.playbook import Playbook

PACE = {"low": 0.75, "normal": 1.0, "high": 1.5}  # of a stage's expected days, by the complexity of the purchase
UNTIL_SIGNED = {
    "information-asymmetry",
    "vendor-choice-difficulty",
    "step-skipped",
    "no-owner",
    "customer-silent",
    "stage-overdue",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a team may set."""

    silent_days: int = 30
    """Days without an answer of the customer's after which they are called silent."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that a rule may look at."""

    as_of: date
    deal: Deal
    result: DealDiagnosis
    playbooks: tuple[Playbook, ...]
    course: History
    settings: Settings = Settings()

    def yes(self, *signals: str) -> Known | None:
        """Return the first of these answers that is yes and has not faded."""
        known = (self.result.known[name] for name in signals if name in self.result.known)
        return next((each for each in known if each.is_present), None)

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
    def signed(self) -> bool:
        """Whether the customer has signed, and not only by our guess."""
        signed = self.yes("contract_signed")
        return signed is not None and not signed.assumed

    def waited(self, since: date | None) -> int:
        """Return the days since then, from the end of a pause the customer announced; 0 while it lasts."""
        until = self.deal.paused.until if self.deal.paused else date.min
        return max(0, (self.as_of - max(since, until)).days) if since else 0


def findings(case: Case) -> tuple[Finding, ...]:
    """Return what the rules report, warnings before notices, without what is waived on the day."""
    waived = {waiver.rule for waiver in case.deal.waivers if case.as_of <= waiver.until}
    quiet = waived | (UNTIL_SIGNED if case.signed else set())
    found = (finding for name, rule in RULES.items() if name not in quiet for finding in rule(case))
    return tuple(sorted(found, key=lambda finding: ("error", "warning", "notice").index(finding.severity)))


# --- what the seeds warn of --------------------------------------------------------------------------------------


def _requirement_change(case: Case) -> Iterator[Finding]:
    """The job is open again; where no jobs are diagnosed, they say so."""
    jobs = [job for each in case.result.diagnoses if isinstance(each, JobsDiagnosis) for job in each.jobs]
    states = {job.state: job for job in jobs if job.id == "requirements_building"}
    said = case.yes("requirements_reopened", "requirements_being_written")
    if "reopened" in states or (not states and case.yes("requirements_reopened")):
        cause = states["reopened"].cause if states else None
        yield Finding("requirement-change", "warning", said, cause=cause)


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
    first = min((entry.date for entry in case.deal.observations if entry.date <= case.as_of), default=None)
    days = case.waited(case.result.heard or first)
    if days > case.settings.silent_days:
        yield Finding("customer-silent", "notice", numbers={"days": days})


def _stage_overdue(case: Case) -> Iterator[Finding]:
    for book, each in zip(case.playbooks, case.result.diagnoses, strict=True):
        if isinstance(each, LinearDiagnosis) and each.stage:
            usual = book.stages[each.stage].expected_days or 0
            expected = round(usual * PACE[case.deal.context.complexity])
            days = case.waited(_in_stage_since(case.course, book.name, each.stage))
            if days > expected > 0:
                numbers = {"days": days, "expected": expected}
                yield Finding("stage-overdue", "notice", playbook=book.name, state=each.stage, numbers=numbers)


def _in_stage_since(course: History, playbook: str, stage: str) -> date | None:
    """Return since when the stage has been named without another in between; a day that names none is no break."""
    since = None
    for turn in course.turns:
        on = turn.stages[playbook]
        named = on.leaning or on.stage
        since = (since or turn.day) if named == stage else since if named is None else None
    return since


# --- the log against itself --------------------------------------------------------------------------------------


def _contradiction(case: Case) -> Iterator[Finding]:
    readings = [each.reading for each in case.result.diagnoses if isinstance(each, LinearDiagnosis)]
    readings += [job.reading for each in case.result.diagnoses if isinstance(each, JobsDiagnosis) for job in each.jobs]
    pairs = dict.fromkeys(
        conflict.known for reading in readings for conflict in reading.conflicts if conflict.kind != "unexplained"
    )
    for pair in pairs:
        other, newer = sorted(pair, key=lambda known: known.date)
        yield Finding("contradiction", "warning", newer, against=other)


def _step_skipped(case: Case) -> Iterator[Finding]:
    """They are in a later stage while what ends an earlier one has been missing all along."""
    undone = {flip.after.signal for turn in case.course.turns for flip in turn.flips if flip.before.is_yes}
    for book, each in zip(case.playbooks, case.result.diagnoses, strict=True):
        if isinstance(each, LinearDiagnosis) and each.stage:
            names = list(book.stages)
            for name in names[: names.index(each.stage)]:
                ends = [signal for signal in book.stages[name].rows.ends if signal not in undone]
                missing = [known for signal in ends if (known := case.no(signal))]
                yield from (Finding("step-skipped", "notice", known, book.name, name) for known in missing)


# --- who ---------------------------------------------------------------------------------------------------------


def _chosen_elsewhere(case: Case) -> Iterator[Finding]:
    """We make up the numbers, or a supplier is settled on and the latest news is that we are behind."""
    ahead, behind = case.yes("we_are_ahead"), case.yes("we_are_behind")
    leading = ahead is not None and not ahead.assumed and (behind is None or ahead.date > behind.date)
    rival = behind if case.yes("preferred_named") and not leading else None
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
