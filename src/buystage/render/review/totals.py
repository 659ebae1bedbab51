"""The counts of a review: what its first and last line say, and what its exit code rests on."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from buystage.language import Language, say
from buystage.model.finding import WORST_FIRST, Severity, gate
from buystage.render.review.report import DealReport
from buystage.terminal.console import literal

AHEAD = "claimed-stage-ahead"
UNTOLD = ("claim-unproven", "unknown-stage-word")  # whose claim can't be judged
UNITS: dict[Language, tuple[tuple[int, int, str], ...]] = {
    Language.EN: ((1_000_000, 1_000_000, "M"), (10_000, 1000, "k")),
    Language.ZH: ((100_000_000, 100_000_000, "亿"), (10_000, 10_000, "万")),
}
"""From what sum on people say it in which unit, and how much that is."""


@dataclass(slots=True)
class Totals:
    """Counts over all deals, added up one by one, so that none of them has to be kept."""

    deals: int = 0
    ahead: int = 0
    untold: int = 0
    """Deals whose claim can't be judged."""
    waived_claims: int = 0
    """Deals that claim more, which is waived."""
    waived: int = 0
    unread: int = 0
    left_out: int = 0
    """Log entries dated after the day."""
    findings: Counter[Severity] = field(default_factory=Counter)
    amounts: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """The worth of all deals, by currency."""
    ahead_amounts: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """The worth of those whose claim runs ahead."""

    def add(self, report: DealReport) -> None:
        """Count a deal in."""
        self.deals += 1
        self.waived += len(report.waived)
        self.left_out += report.left_out
        self.findings.update(each.severity for each in report.findings)
        self.amounts[report.currency] += report.amount or 0
        self.untold += any(report.has(rule) for rule in UNTOLD)
        self.waived_claims += any(each.rule == AHEAD for each in report.waived)
        if report.has(AHEAD):
            self.ahead += 1
            self.ahead_amounts[report.currency] += report.amount or 0

    def fails(self, fail_on: str) -> bool:
        """Return whether a finding is at least as bad as `fail_on`; nothing is as bad as `never`."""
        return any(self.findings[each] for each in gate(fail_on))

    def sum_line(self, language: Language, since: str | None = None) -> str:
        """Return how many deals claim more than the customer has shown, and how much they are worth of all.

        Compared with a revision (`since`), only what is new counts.
        """
        if since is not None and not self.deals:
            return say("review_unchanged", language, ref=literal(since))
        deals = say("review_deals_1" if self.deals == 1 else "review_deals", language, count=self.deals)
        if since is not None:
            deals = say("review_changed", language, deals=deals, ref=literal(since))
        told = [deals, self._ahead(language, is_new=since is not None)]
        told += [say("review_untold", language, count=self.untold)] if self.untold else []
        told += [say("review_waived_claims", language, count=self.waived_claims)] if self.waived_claims else []
        return say("comma", language).join(told)

    def _ahead(self, language: Language, *, is_new: bool) -> str:
        worths = [self._worth(currency, language) for currency, amount in self.ahead_amounts.items() if amount]
        worth = say("review_worths", language, worths=say("semicolon", language).join(worths)) if worths else ""
        if not self.ahead:
            return say("review_none_new" if is_new else "review_none_ahead", language)
        one, many = ("review_ahead_new_1", "review_ahead_new") if is_new else ("review_ahead_1", "review_ahead")
        return say(one if self.ahead == 1 else many, language, count=self.ahead) + worth

    def _worth(self, currency: str, language: Language) -> str:
        mine, every = money(self.ahead_amounts[currency], language), money(self.amounts[currency], language)
        return say("review_worth", language, mine=mine, all=every, currency=currency).strip()

    def tally(self, language: Language) -> str:
        """Return the counts of everything, in a line that scripts can look for."""
        counts = {f"{severity}s": self.findings[severity] for severity in WORST_FIRST}
        return say("review_tally", language, deals=self.deals, waived=self.waived, unread=self.unread, **counts)


def money(amount: float, language: Language) -> str:
    """Return a sum of money as people say it: 1.2 M, 640 k; 120 万."""
    for least, size, unit in UNITS[language]:
        if amount >= least:
            return f"{amount / size:,.{1 if amount < 10 * size else 0}f} {unit}"
    return f"{amount:.0f}"
