"""A review as annotations of GitHub Actions: commands in its log that mark lines of a pull request."""

from collections.abc import Sequence

from buystage.finding import WORST_FIRST
from buystage.language import Language
from buystage.render.findings import rule_word
from buystage.render.review.edition import Edition, Unread
from buystage.render.review.report import DealReport, Told, is_said_by_claim
from buystage.render.review.text import title_parts

_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def review_github(reports: Sequence[DealReport], edition: Edition) -> str:
    """Return an annotation for each finding, the worst first since only ten of a kind show, then sum and tally."""
    unread = (_of_unread(each) for each in edition.unread)
    found = [(told, each) for each in reports for told in each.findings]
    worst = sorted(found, key=lambda each: (WORST_FIRST.index(each[0].severity), -(each[1].amount or 0)))
    lines = [*unread, *(_annotation(told, report, edition.language) for told, report in worst)]
    lines += [edition.sum_line()] if edition.totals.deals or edition.since else []
    return "".join(f"{line}\n" for line in (*lines, *edition.gone_lines(), edition.totals.tally(edition.language)))


def _annotation(told: Told, report: DealReport, language: Language) -> str:
    """Return a command whose message stands by itself: an annotation has no table around it."""
    named = " · ".join(title_parts(report, language))
    title = f"{named}: {rule_word(told.rule, 'title', language)}"
    place = {"file": told.path, "line": told.line, "col": told.column, "title": title}
    reasons = report.reasons if is_said_by_claim(told.rule) else ()
    return _command(told.severity, place, f"{told.with_remedy(language, reasons)} [{told.rule}]")


def _of_unread(unread: Unread) -> str:
    return _command("error", {"file": unread.path, "line": unread.line or 1, "col": unread.column or 1}, unread.message)


def _command(kind: str, properties: dict[str, object], message: str) -> str:
    told = ",".join(f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in properties.items())
    return f"::{kind} {told}::{message.translate(_IN_MESSAGE)}"
