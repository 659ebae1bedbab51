"""The counts of a review: what its first and last line say, and what its exit code rests on."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from buystage.finding import WORST_FIRST, Severity
from buystage.language import Language, say
from buystage.render.review.report import DealReport
from buystage.terminal import literal

AHEAD = "claimed-stage-ahead"


@dataclass(slots=True)
class Totals:
    """Counts over all deals, added up one by one, so that none of them has to be kept."""

    deals: int = 0
    ahead: int = 0
    waived: int = 0
    unread: int = 0
    findings: Counter[Severity] = field(default_factory=Counter)
    amounts: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """The worth of all deals, by currency."""
    ahead_amounts: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """The worth of those whose claim runs ahead."""

    def add(self, report: DealReport) -> None:
        """Count a deal in."""
        self.deals += 1
        self.waived += len(report.waived)
        self.findings.update(each.severity for each in report.findings)
        self.amounts[report.currency] += report.amount or 0
        if report.has(AHEAD):
            self.ahead += 1
            self.ahead_amounts[report.currency] += report.amount or 0

    def fails(self, fail_on: str) -> bool:
        """Return whether a finding is at least as bad as `fail_on`; nothing is as bad as `never`."""
        bad = WORST_FIRST[: WORST_FIRST.index(fail_on) + 1] if fail_on in WORST_FIRST else ()
        return any(self.findings[each] for each in bad)

    def sum_line(self, language: Language, since: str | None = None) -> str:
        """Return how many deals claim more than the customer has shown, and how much they are worth of all."""
        deals = say("review_deals_1" if self.deals == 1 else "review_deals", language, count=self.deals)
        if since is not None:
            deals = say("review_changed", language, deals=deals, ref=literal(since))
        key = "review_ahead_1" if self.ahead == 1 else "review_ahead"
        told = say(key if self.ahead else "review_none_ahead", language, deals=deals, count=self.ahead)
        worths = [self._worth(currency, language) for currency, amount in self.ahead_amounts.items() if amount]
        return told + (say("review_worths", language, worths=say("semicolon", language).join(worths)) if worths else "")

    def _worth(self, currency: str, language: Language) -> str:
        mine, every = money(self.ahead_amounts[currency]), money(self.amounts[currency])
        return say("review_worth", language, mine=mine, all=every, currency=currency).strip()

    def tally(self, language: Language) -> str:
        """Return the counts of everything, in a line that scripts can look for."""
        counts = {f"{severity}s": self.findings[severity] for severity in WORST_FIRST}
        return say("review_tally", language, deals=self.deals, waived=self.waived, unread=self.unread, **counts)


def money(amount: float) -> str:
    """Return a sum of money as people say it: 1.2 M, 640 k."""
    if amount >= 1_000_000:
        return f"{amount / 1_000_000:.1f} M"
    return f"{amount / 1000:.0f} k" if amount >= 10_000 else f"{amount:.0f}"
