"""What a review as a whole has besides its deals: how it is told, its counts, what could not be read."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from buystage.errors import InputError, Problem
from buystage.language import Language, problem_text, say
from buystage.render.review.totals import Totals
from buystage.settings import SEVERITIES, Level, Settings
from buystage.terminal import literal


class Unread(NamedTuple):
    """A deal that could not be reviewed, and why; without a line where it could not be read at all."""

    file: str
    line: int | None
    column: int | None
    message: str

    @property
    def place(self) -> str:
        """Where it is, as it stands in front of a message."""
        return f"{self.path}:{self.line}:{self.column}: " if self.line else ""

    @property
    def path(self) -> str:
        """The file as it can be shown."""
        return literal(self.file)


@dataclass(frozen=True, slots=True)
class Edition:
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

    def sum_line(self) -> str:
        """Return the line that says how many deals claim too much, of all of them or of those that have changed."""
        return self.totals.sum_line(self.language, self.since)

    def moved(self, moved: str) -> str:
        """Return what moved in a deal as a line of its own."""
        return say("review_since", self.language, ref=literal(self.since or ""), moved=moved)

    def gone_lines(self) -> list[str]:
        """Return a line for each deal that is gone since the revision."""
        ref = literal(self.since or "")
        return [say("review_gone", self.language, ref=ref, file=literal(each)) for each in self.gone]

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
