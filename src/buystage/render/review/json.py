"""A review as JSON, in one document or a line a deal, in the shapes of `document.py`."""

import json
from collections.abc import Sequence

from buystage import __version__
from buystage.render.diagnosis.json import escape_unprintable, json_text
from buystage.render.review.document import (
    FindingPart,
    ReportDocument,
    ReviewedDocument,
    SummaryPart,
    UnreadablePart,
    WaivedPart,
    WorthPart,
)
from buystage.render.review.edition import ReviewRun, Unread
from buystage.render.review.report import DealReport, FindingInWords
from buystage.render.review.totals import Totals

ENCODERS = {ascii_only: json.JSONEncoder(ensure_ascii=ascii_only) for ascii_only in (True, False)}


def review_json(reports: Sequence[DealReport], edition: ReviewRun) -> str:
    """Return a review as one JSON document, deals and findings in the order of the files."""
    document: ReportDocument = {
        "schema": "buystage.report/v1",
        "buystage": __version__,
        "language": edition.language.value,
        "as_of": edition.as_of.isoformat(),
        "since": edition.since,
        "deals": [each.diagnosis for each in reports if each.diagnosis],
        "findings": [_finding(told, each) for each in reports for told in each.findings],
        "waived": [_waived(told, each) for each in reports for told in each.waived],
        "moves": [each.move for each in reports if each.move],
        "gone": [*edition.gone],
        "unreadable": [_unreadable(each) for each in edition.unread],
        "summary": _summary(edition.totals),
    }
    return json_text(document, ascii_only=edition.ascii_only)


def review_lines(reports: Sequence[DealReport], edition: ReviewRun) -> str:
    """Return a review as JSON Lines, a deal a line."""
    return "".join(review_line(each, edition) for each in reports)


def review_line(report: DealReport, edition: ReviewRun) -> str:
    """Return one deal as a line of JSON Lines, its end included."""
    line: ReviewedDocument = {
        "schema": "buystage.reviewed/v1",
        "name": report.name,
        "file": report.file,
        "line": report.line,
        "customer": report.customer or None,
        "owner": report.owner or None,
        "amount": report.amount,
        "currency": report.currency or None,
        "claimed_stage": report.claimed_stage or None,
        "as_of": edition.as_of.isoformat(),
        "since": edition.since,
        "move": report.move,
        "where": report.where,
        "findings": [_finding(told, report) for told in report.findings],
        "waived": [_waived(told, report) for told in report.waived],
    }
    return escape_unprintable(ENCODERS[edition.ascii_only].encode(line)) + "\n"


def _finding(told: FindingInWords, report: DealReport) -> FindingPart:
    return {
        "rule": told.rule,
        "severity": told.severity,
        "deal": report.name,
        "subject": told.subject,
        "message": told.message,
        "clear": [*told.clear],
        "file": told.file,
        "line": told.line,
        "column": told.column,
        "fingerprint": report.fingerprint(told),
    }


def _waived(told: FindingInWords, report: DealReport) -> WaivedPart:
    return {**_finding(told, report), "reason": told.reason or "", "until": told.until or ""}


def _unreadable(unread: Unread) -> UnreadablePart:
    return {"file": unread.file, "line": unread.line, "column": unread.column, "message": unread.message}


def _summary(totals: Totals) -> SummaryPart:
    return {
        "deals": totals.deals,
        "ahead": totals.ahead,
        "worth": [_worth(currency, totals) for currency in totals.amounts],
        "errors": totals.findings["error"],
        "warnings": totals.findings["warning"],
        "notices": totals.findings["notice"],
        "waived": totals.waived,
        "unreadable": totals.unread,
    }


def _worth(currency: str, totals: Totals) -> WorthPart:
    ahead = totals.ahead_amounts.get(currency, 0.0)
    return {"currency": currency or None, "all": totals.amounts[currency], "ahead": ahead}
