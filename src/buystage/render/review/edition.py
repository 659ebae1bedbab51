"""What a review as a whole has besides its deals: how it is told, its counts, what could not be read."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from buystage.errors import InputError, Problem, problem_text
from buystage.language import Language, say
from buystage.render.review.identity import Identities, RepositoryPaths
from buystage.render.review.report import DealReport
from buystage.render.review.totals import Totals
from buystage.render.words import day_text
from buystage.settings.values import SEVERITIES, Level, Settings
from buystage.terminal.console import literal


class Unread(NamedTuple):
    """A deal that could not be reviewed, and why; without a line where it could not be read at all."""

    file: str
    line: int | None
    column: int | None
    message: str

    @property
    def path(self) -> str:
        """The file as it can be shown."""
        return literal(self.file)

    def placed(self, path: str) -> str:
        """Return the message behind its place in the file that is shown as `path`."""
        return f"{path}:{self.line}:{self.column}: {self.message}" if self.line else self.message


@dataclass(slots=True)
class ReviewRun:
    """How a review is told, and what it comes to."""

    language: Language
    as_of: date
    settings: Settings
    fail_on: str
    verbose: bool = False
    ascii_only: bool = False
    """Whether only plain ASCII can be shown, for formats that have a way to write the rest."""
    since: str | None = None
    """The revision that the review is compared with."""
    gone: list[str] = field(default_factory=list)
    """The files of deals that were there at that revision."""
    totals: Totals = field(default_factory=Totals)
    unread: list[Unread] = field(default_factory=list)
    paths: RepositoryPaths = field(default_factory=RepositoryPaths)
    identities: Identities = field(init=False)

    def __post_init__(self) -> None:
        """Let identities rest on the same paths as places do."""
        self.identities = Identities(self.paths)

    def counted(self, report: DealReport) -> DealReport:
        """Count a deal, and return its report with what it is known by."""
        self.totals.add(report)
        return self.identities.identified(report)

    def is_told(self) -> bool:
        """Return whether there is a sum to tell: of deals, or of what has changed."""
        return bool(self.totals.deals) or self.since is not None

    def sum_line(self) -> str:
        """Return the line that says how many deals claim too much, of all of them or of those that have changed."""
        return self.totals.sum_line(self.language, self.since)

    def moved(self, moved: str) -> str:
        """Return what moved in a deal as a line of its own."""
        return say("review_since", self.language, ref=literal(self.since or ""), moved=moved)

    def remarks(self) -> list[str]:
        """Return a line on log entries that are dated after the day, and one for each deal that is gone."""
        day = day_text(self.as_of, self.language, today=self.as_of)
        count = self.totals.left_out
        later = [say("review_left_out", self.language, day=day, count=count)] if count else []
        ref = literal(self.since or "")
        return [*later, *(say("review_gone", self.language, ref=ref, file=literal(each)) for each in self.gone)]

    def levels(self, file: str) -> dict[str, Level]:
        """Return how bad what each rule finds is in a file."""
        rules = self.settings.rules_for(file)
        return {rule: rules.level(rule) for rule in SEVERITIES}

    def add_unread(self, error: InputError) -> None:
        """Count a deal that could not be read; each of its problems is told by itself."""
        self.totals.unread += 1
        self.unread.extend(map(self._unread, error.problems))

    def _unread(self, problem: Problem) -> Unread:
        place, message = problem.location, literal(problem_text(problem, self.language))
        if place:
            return Unread(place.file, place.line, place.column, message)
        return Unread(str(problem.params.get("file", "-")), None, None, message)
