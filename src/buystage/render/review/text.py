"""A review as text that a manager reads aloud: the sum first, a block a deal, a tally last."""

from collections.abc import Iterator, Sequence

from buystage.language import Language, say
from buystage.model.finding import WORST_FIRST
from buystage.render.review.edition import ReviewRun
from buystage.render.review.report import DealReport, FindingInWords, is_said_by_claim
from buystage.render.review.totals import money
from buystage.terminal.console import styled
from buystage.terminal.wrapping import hanging

MOST_FINDINGS = 3  # of a deal; more are not cleared in one week
MARKS = {"error": "✗", "warning": "!", "notice": "·"}
STYLES = {MARKS["error"]: "bold red", MARKS["warning"]: "yellow"}


def review_text(reports: Sequence[DealReport], edition: ReviewRun, columns: int, *, color: bool) -> str:
    """Return the sum, a block a deal, the worst first, then the largest, and the tally.

    Unless it is verbose, only warnings and errors are told, at most three a deal.
    """
    page = _Page(edition, columns, color)
    return "".join(f"{line.rstrip()}\n" for line in page.lines(reports))


class _Page:
    """Holds how the review is told while it is set in lines."""

    def __init__(self, edition: ReviewRun, columns: int, color: bool) -> None:
        self.edition, self.language, self.columns, self.color = edition, edition.language, columns, color

    def lines(self, reports: Sequence[DealReport]) -> Iterator[str]:
        edition = self.edition
        if edition.is_told():
            yield from self._set(edition.sum_line(), style="bold")
        after_block = True
        for report in worst_first(reports):
            told, is_block = told_of(report, edition), has_block(report, edition)
            if is_block or (after_block and edition.verbose):
                yield ""
            if is_block:
                yield from self._block(report, told)
            elif edition.verbose:
                yield from self._set(clean_line(report, edition))
            after_block = is_block
        yield ""
        if hidden := hidden_line(reports, edition):
            yield from self._set(hidden)
        yield from edition.remarks()
        yield edition.totals.tally(self.language)  # on one line, however long, for scripts

    def _block(self, report: DealReport, told: Sequence[FindingInWords]) -> Iterator[str]:
        first, *more = self._set("  ".join(title_parts(report, self.language)))
        yield styled(first, "bold", self.color)
        yield from more
        yield styled(f"{report.path}:{told[0].line if told else report.line}", "dim", self.color)
        for mark, text in block_lines(report, told, self.edition):
            first, *more = hanging(text, self.columns, indent=4)
            yield f"  {styled(mark or ' ', STYLES.get(mark, ''), self.color)} {first}"
            yield from more

    def _set(self, text: str, style: str = "") -> list[str]:
        return [styled(line, style, self.color) for line in hanging(text, self.columns, indent=0)]


def title_parts(report: DealReport, language: Language) -> list[str]:
    """Return what a deal is called, what it is worth and who answers for it."""
    worth = f"{money(report.amount, language)} {report.currency}".rstrip() if report.amount else ""
    return [part for part in (report.name, worth, report.owner) if part]


def hidden_line(reports: Sequence[DealReport], edition: ReviewRun) -> str:
    """Return how many deals have notices only, which are not shown; empty where there are none."""
    count = 0 if edition.verbose else sum(bool(each.findings) and not grave(each) for each in reports)
    return say("review_hidden", edition.language, count=count) if count else ""


def worst_first(reports: Sequence[DealReport]) -> list[DealReport]:
    """Return the deals with the worst finding first, of equals those that moved, then the largest."""
    return sorted(reports, key=lambda each: (_worst(each), not each.moved, -(each.amount or 0)))


def _worst(report: DealReport) -> int:
    return min((WORST_FIRST.index(each.severity) for each in report.findings), default=len(WORST_FIRST))


def grave(report: DealReport) -> tuple[FindingInWords, ...]:
    """Return the findings that are told without being asked for."""
    return tuple(each for each in report.findings if each.severity != "notice")


def told_of(report: DealReport, edition: ReviewRun) -> tuple[FindingInWords, ...]:
    """Return the findings of a deal that are told: all where everything is wanted."""
    return report.findings if edition.verbose else grave(report)


def has_block(report: DealReport, edition: ReviewRun) -> bool:
    """Return whether there is more to tell of a deal than that nothing was found."""
    return bool(told_of(report, edition) or report.moved or (edition.verbose and report.pause))


def clean_line(report: DealReport, edition: ReviewRun) -> str:
    """Return that nothing was found in a deal, or nothing new."""
    key = "review_still" if report.still else "review_nothing_new" if edition.since else "review_clean"
    return say(key, edition.language, name=report.name, file=report.path, count=report.still)


def block_lines(report: DealReport, told: Sequence[FindingInWords], edition: ReviewRun) -> Iterator[tuple[str, str]]:
    """Yield mark and text of each line on a deal: what the CRM says, where they are, what was found, what clears it."""
    language, verbose = edition.language, edition.verbose
    of_claim = [each for each in told if is_said_by_claim(each.rule)]
    if report.claim:
        worst = of_claim[0].severity if of_claim else None
        ids = "".join(f" [{each.rule}]" for each in of_claim) if verbose else ""
        yield MARKS[worst] if worst else "", f"{say('crm', language)} {report.claim}{ids}"
    yield "", report.headline
    if report.pause:
        yield "", report.pause
    if of_claim:
        yield from (("", reason) for reason in report.reasons)
    if report.moved:
        yield "", edition.moved(report.moved)
    rest = [*_by_rule([each for each in told if each not in of_claim], language, verbose=verbose)]
    room = len(rest) if verbose else max(0, MOST_FINDINGS - len(of_claim))
    yield from rest[:room]
    if len(rest) > room:
        yield "", say("review_more", language, count=len(rest) - room)
    keys = ("review_first" if len(rest) + bool(of_claim) > 1 else "review_clear", "review_or_clear")
    for key, way in zip(keys, told[0].clear if told else (), strict=False):
        yield "", say(key, language, how=way)


def _by_rule(told: Sequence[FindingInWords], language: Language, *, verbose: bool) -> Iterator[tuple[str, str]]:
    """Yield a line per rule: several jobs open again are one thing to read."""
    by_rule: dict[str, list[FindingInWords]] = {}
    for each in told:
        by_rule.setdefault(each.rule, []).append(each)
    for rule, found in by_rule.items():
        more = say("review_and_more", language, count=len(found) - 1) if len(found) > 1 else ""
        severity = found[0].severity
        yield MARKS[severity], found[0].message + more + (f" [{rule}]" if verbose else "")
