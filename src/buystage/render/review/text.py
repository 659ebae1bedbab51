"""A review as text that a manager reads aloud: the sum first, a block a deal, a tally last."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from buystage.finding import WORST_FIRST
from buystage.language import Language, say
from buystage.render.review.edition import Edition
from buystage.render.review.report import DealReport, Told, is_said_by_claim
from buystage.render.review.totals import money
from buystage.wrapping import Text

MOST_FINDINGS = 3  # of a deal; more are not cleared in one week
MARKS = {"error": "✗", "warning": "!", "notice": "·"}
STYLES = {"error": "bold red", "warning": "yellow", "notice": ""}


def review_screen(reports: Sequence[DealReport], edition: Edition) -> Iterator[RenderableType]:
    """Yield the sum, a block a deal, the worst first, then the largest, and the tally.

    Unless it is verbose, only warnings and errors are told, at most three a deal.
    """
    totals, language, verbose = edition.totals, edition.language, edition.verbose
    if totals.deals or edition.since:
        yield Text(edition.sum_line(), style="bold")
    for each in worst_first(reports):
        told = each.findings if verbose else grave(each)
        if told or each.moved:
            yield Text("")
            yield Group(*_block(each, told, edition))
        elif verbose:
            yield Text(say("review_clean", language, name=each.name, file=each.file))
    yield from map(Text, ["", *lines] if (lines := edition.gone_lines()) else [])
    yield Text("")
    yield Text(totals.tally(language))


def worst_first(reports: Sequence[DealReport]) -> list[DealReport]:
    """Return the deals with the worst finding first, of equals the largest."""
    return sorted(reports, key=lambda each: (_worst(each), -(each.amount or 0)))


def _worst(report: DealReport) -> int:
    return min((WORST_FIRST.index(each.severity) for each in report.findings), default=len(WORST_FIRST))


def grave(report: DealReport) -> tuple[Told, ...]:
    """Return the findings that are told without being asked for."""
    return tuple(each for each in report.findings if each.severity != "notice")


def _block(report: DealReport, told: Sequence[Told], edition: Edition) -> Iterator[RenderableType]:
    name = Text(report.name, style="bold")
    if report.amount:
        name.append(f"  {money(report.amount)} {report.currency}".rstrip(), style="not bold")
    yield name
    yield Text(f"{report.file}:{told[0].line if told else report.line}", style="dim")
    rows = Table.grid(padding=(0, 1))
    rows.add_column(min_width=1)
    rows.add_column()
    for mark, text, style in _lines(report, told, edition):
        rows.add_row(Text(mark, style=style), Text(text))
    yield Padding(rows, (0, 0, 0, 2))


def _lines(report: DealReport, told: Sequence[Told], edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Yield mark, text and style of each line of a block."""
    language, verbose = edition.language, edition.verbose
    of_claim = [each for each in told if is_said_by_claim(each.rule)]
    if report.claim:
        worst = of_claim[0].severity if of_claim else None
        ids = "".join(f" [{each.rule}]" for each in of_claim) if verbose else ""
        yield MARKS[worst] if worst else "", f"{say('crm', language)} {report.claim}{ids}", STYLES[worst or "notice"]
    yield "", report.headline, ""
    if of_claim:
        yield from (("", reason, "") for reason in report.reasons)
    if report.moved:
        yield "", edition.moved(report.moved), ""
    rest = [*_by_rule([each for each in told if each not in of_claim], language, verbose=verbose)]
    room = len(rest) if verbose else max(0, MOST_FINDINGS - len(of_claim))
    yield from rest[:room]
    if len(rest) > room:
        yield "", say("review_more", language, count=len(rest) - room), ""
    keys = ("review_clear", "review_or_clear")
    for key, way in zip(keys, told[0].clear if told else (), strict=False):
        yield "", say(key, language, how=way), ""


def _by_rule(told: Sequence[Told], language: Language, *, verbose: bool) -> Iterator[tuple[str, str, str]]:
    """Yield a line per rule: several jobs open again are one thing to read."""
    by_rule: dict[str, list[Told]] = {}
    for each in told:
        by_rule.setdefault(each.rule, []).append(each)
    for rule, found in by_rule.items():
        more = say("review_and_more", language, count=len(found) - 1) if len(found) > 1 else ""
        severity = found[0].severity
        yield MARKS[severity], found[0].message + more + (f" [{rule}]" if verbose else ""), STYLES[severity]
