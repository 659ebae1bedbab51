"""A review as a table for spreadsheets: a row a finding, one for each deal without any, one for what is unreadable."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from buystage.files.source import STDIN
from buystage.render.review.edition import ReviewRun
from buystage.render.review.report import DealReport, FindingInWords

COLUMNS = (
    "file", "line", "column", "deal", "customer", "owner", "amount", "currency", "claimed_stage", "stage",
    "severity", "rule", "subject", "message", "clear", "waived_until", "waived_because", "fingerprint",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what a spreadsheet takes for the beginning of one
_INSIDE = re.compile(r"([;|]\s*)([=+\-@＝＋－＠])")  # where a spreadsheet of another country begins a cell
BOM = "\ufeff"  # by which a spreadsheet knows a file that is opened with a double click for UTF-8


def review_csv(reports: Sequence[DealReport], edition: ReviewRun) -> str:
    """Return the table with a row of column names; a text that a spreadsheet would run gets an apostrophe in front."""
    out = io.StringIO()
    out.write("" if edition.ascii_only else BOM)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for report in reports:
        for row in _rows(report):
            writer.writerow([_harmless(each) for each in row])
    for each in edition.unread:
        about = ("error", "readable", "", each.message)
        writer.writerow(map(_harmless, (each.path, each.line or "", each.column or "", *[""] * 7, *about, *[""] * 4)))
    return out.getvalue()


def _rows(report: DealReport) -> Iterator[tuple[object, ...]]:
    told = (*report.findings, *report.waived)
    yield from (_row(report, each) for each in told)
    if not told:
        yield (report.path, report.line, 1, *_deal(report), *[""] * 8)


def _row(report: DealReport, told: FindingInWords) -> tuple[object, ...]:
    found = (told.severity, told.rule, told.subject, told.message, " / ".join(told.clear))
    return (
        told.path, told.line, told.column, *_deal(report), *found,
        told.until or "", told.reason or "", report.fingerprint(told),
    )  # fmt: skip


def _deal(report: DealReport) -> tuple[object, ...]:
    amount = "" if report.amount is None else f"{report.amount:.2f}" if report.amount % 1 else int(report.amount)
    return report.name, report.customer, report.owner, amount, report.currency, report.claimed_stage, report.stage


def _harmless(cell: object) -> object:
    if not isinstance(cell, str) or cell == STDIN:
        return cell
    inside = _INSIDE.sub(r"\1'\2", cell)
    return f"'{inside}" if inside.startswith(FORMULA) else inside
