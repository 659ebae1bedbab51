"""A review as annotations of GitHub Actions: commands in its log that mark lines of a pull request."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from buystage.language import Language, say
from buystage.model.finding import WORST_FIRST, Severity
from buystage.render.diagnosis.findings import rule_word
from buystage.render.review.edition import ReviewRun, Unread
from buystage.render.review.report import DealReport, FindingInWords, is_said_by_claim
from buystage.render.review.text import title_parts
from buystage.terminal.console import literal

MOST_SHOWN = 10  # annotations of a severity that GitHub shows for a step; it drops the others without a word
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


class Annotation(NamedTuple):
    """A message on a line of a file."""

    severity: Severity
    file: str
    line: int
    column: int
    title: str
    message: str

    def command(self, more: str = "") -> str:
        """Return the command that marks the line, with a word on those that are not shown."""
        place = {"file": self.file, "line": self.line, "col": self.column, "title": self.title}
        told = ",".join(f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in place.items() if value)
        return f"::{self.severity} {told}::{(self.message + more).translate(_IN_MESSAGE)}"

    def log_line(self) -> str:
        """Return it as a plain line of the log."""
        parts = (f"{self.severity}: {self.file}:{self.line}:{self.column}", self.title, self.message)
        return ": ".join(filter(None, parts))


def review_github(reports: Sequence[DealReport], edition: ReviewRun) -> str:
    """Return annotations, the worst first, as many as GitHub shows, the others as plain lines, then sum and tally."""
    found = [(told, each) for each in reports for told in each.findings]
    worst = sorted(found, key=lambda each: (WORST_FIRST.index(each[0].severity), -(each[1].amount or 0)))
    annotations = [
        *(_of_unread(each, edition) for each in edition.unread),
        *(_of_finding(*each, edition) for each in worst),
    ]
    lines = [*_commands(annotations, edition.language), *([edition.sum_line()] if edition.is_told() else [])]
    return "".join(f"{line}\n" for line in (*lines, *edition.remarks(), edition.totals.tally(edition.language)))


def _commands(annotations: Sequence[Annotation], language: Language) -> Iterator[str]:
    """Yield the annotations of each severity that are shown, the last one with the number of the others; then those."""
    hidden: list[Annotation] = []
    for severity in WORST_FIRST:
        mine = [each for each in annotations if each.severity == severity]
        shown, rest = mine[:MOST_SHOWN], mine[MOST_SHOWN:]
        more = say("review_stop", language) + say("review_in_the_log", language, count=len(rest)) if rest else ""
        yield from (each.command(more if each is shown[-1] else "") for each in shown)
        hidden += rest
    yield from (each.log_line() for each in hidden)


def _of_finding(told: FindingInWords, report: DealReport, edition: ReviewRun) -> Annotation:
    """Return an annotation whose message stands by itself: it has no table around it."""
    named = " · ".join(title_parts(report, edition.language))
    title = f"{named}: {rule_word(told.rule, 'title', edition.language)}"
    reasons = report.reasons if is_said_by_claim(told.rule) else ()
    message = f"{told.with_remedy(edition.language, reasons)} [{told.rule}]"
    return Annotation(told.severity, _path(told.file, edition), told.line, told.column, title, message)


def _of_unread(unread: Unread, edition: ReviewRun) -> Annotation:
    return Annotation("error", _path(unread.file, edition), unread.line or 1, unread.column or 1, "", unread.message)


def _path(file: str, edition: ReviewRun) -> str:
    return literal(edition.paths.path(file))
