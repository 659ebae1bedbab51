"""What a rule may look at."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from buystage.diagnosis.answers import Knowledge
from buystage.diagnosis.history import History, StageOn
from buystage.diagnosis.result import JobDiagnosis, JobsDiagnosis, LinearDiagnosis, Standing, TrackReading
from buystage.model.answer import Answer
from buystage.model.claim import Claim
from buystage.model.deal import Deal
from buystage.model.finding import Finding
from buystage.model.playbook import Playbook
from buystage.settings.values import RuleSettings


@dataclass(frozen=True)
class Subject:
    """All that a rule may look at."""

    as_of: date
    deal: Deal
    result: Standing
    playbooks: tuple[Playbook, ...]
    past: tuple[Knowledge, ...]
    """What was known on each day of the log, the last one now."""
    find_course: Callable[[], History]
    find_stages: Callable[[Playbook], Iterable[tuple[date, StageOn]]]
    """Finds the stage after each entry of the log, and its day."""
    settings: RuleSettings

    @cached_property
    def course(self) -> History:
        """How the deal came to where it is; worked out where somebody asks for it."""
        return self.find_course()

    @property
    def first_day(self) -> date | None:
        """The day of the first entry of the log."""
        return min((entry.date for entry in self.deal.observations if entry.date <= self.as_of), default=None)

    @property
    def claim(self) -> Claim | None:
        """What the CRM claims, where its word is known."""
        return self.result.claim if isinstance(self.result.claim, Claim) else None

    @cached_property
    def measured(self) -> tuple[Playbook, TrackReading, tuple[int, int]] | None:
        """The first linear playbook for which the CRM claims stages: its reading, first and last index claimed."""
        for book, each in zip(self.playbooks, self.result.diagnoses, strict=True):
            span = self.claim.span(book.name, list(book.stages)) if self.claim else None
            if span and isinstance(each, LinearDiagnosis):
                return book, each.reading, span
        return None

    def yes(self, *signals: str) -> Answer | None:
        """Return the first of these answers that is yes and has not faded."""
        known = (self.result.known[name] for name in signals if name in self.result.known)
        return next((each for each in known if each.is_present), None)

    def no(self, signal: str) -> Answer | None:
        """Return the answer where it is no."""
        known = self.result.known.get(signal)
        return known if known and not known.is_yes else None

    def mostly_guessed(self, reading: TrackReading) -> bool:
        """Return whether as much of what speaks for a state is only our guess as the settings allow."""
        if not any(known.assumed for known in self.result.known.values()):
            return False
        lines = [line for line in reading.evidence if line.db > 0]
        guessed = sum(line.db for line in lines if line.assumed)
        percent = self.settings.threshold("rests-on-guesses")
        return bool(lines) and 100 * guessed >= percent * sum(line.db for line in lines)

    def was_yes(self, signal: str) -> bool:
        """Return whether the answer was yes before it turned, or followed from others."""
        flips = (flip for turn in self.course.turns for flip in turn.flips)
        return any(flip.after.signal == signal and flip.before.is_yes for flip in flips)

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

    @property
    def is_lost(self) -> bool:
        """Whether the CRM says that the deal is over and not won."""
        return self.claim is not None and self.claim.status == "lost"

    def waited(self, since: date | None) -> int:
        """Return the days since then, from the end of a pause the customer announced; 0 while it lasts."""
        until = self.deal.paused.until if self.deal.paused else date.min
        return max(0, (self.as_of - max(since, until)).days) if since else 0


Rule = Callable[[Subject], Iterator[Finding]]
