"""A review as a code quality report of GitLab, which merge requests show beside the lines."""

import json
from collections.abc import Sequence
from hashlib import sha256

from buystage.model.finding import Severity
from buystage.render.diagnosis.json import escape_unprintable
from buystage.render.review.edition import ReviewRun, Unread
from buystage.render.review.report import MARK_LENGTH, DealReport, FindingInWords
from buystage.terminal.console import literal

SEVERITIES: dict[Severity, str] = {"error": "critical", "warning": "major", "notice": "info"}


def review_gitlab(reports: Sequence[DealReport], edition: ReviewRun) -> str:
    """Return an issue for each finding and for each deal that could not be read; what is waived is none."""
    found = [_issue(told, report, edition) for report in reports for told in report.findings]
    issues = [*found, *(_of_unread(each, edition) for each in edition.unread)]
    return escape_unprintable(json.dumps(issues, ensure_ascii=edition.ascii_only, indent=2)) + "\n"


def _issue(told: FindingInWords, report: DealReport, edition: ReviewRun) -> dict[str, object]:
    return {
        "description": f"{report.name}: {told.with_remedy(edition.language)}",
        "check_name": told.rule,
        "fingerprint": report.fingerprint(told),
        "severity": SEVERITIES[told.severity],
        "location": _location(told.file, told.line, edition),
    }


def _of_unread(unread: Unread, edition: ReviewRun) -> dict[str, object]:
    identity = f"{edition.paths.path(unread.file)}:{unread.line}:{unread.column}:{unread.message}"
    return {
        "description": unread.message,
        "check_name": "readable",
        "fingerprint": sha256(identity.encode("utf-8", "backslashreplace")).hexdigest()[:MARK_LENGTH],
        "severity": "blocker",
        "location": _location(unread.file, unread.line or 1, edition),
    }


def _location(file: str, line: int, edition: ReviewRun) -> dict[str, object]:
    return {"path": literal(edition.paths.path(file)), "lines": {"begin": line}}
