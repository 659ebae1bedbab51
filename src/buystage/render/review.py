"""A review as text that a manager reads aloud: the sum first, a block a deal, a tally last."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding

from buystage.language import Language, say
from buystage.library import Shelf
from buystage.render.findings import rule_word, why_text
from buystage.render.head import headline
from buystage.render.stages import claim
from buystage.review import Placed, Review
from buystage.rules import SEVERITIES
from buystage.terminal import literal
from buystage.wrapping import Text

MOST_FINDINGS = 3  # of a deal; more are not cleared in one week
MARKS = {"error": "✗", "warning": "!", "notice": "·"}
AHEAD = "claimed-stage-ahead"


def sum_line(reviews: Sequence[Review], language: Language) -> str:
    """Return how many deals claim more than the customer has shown, and how much they are worth of all."""
    ahead = [each for each in reviews if any(placed.finding.rule == AHEAD for placed in each.findings)]
    deals = say("review_deals_1" if len(reviews) == 1 else "review_deals", language, count=len(reviews))
    key = "review_ahead_1" if len(ahead) == 1 else "review_ahead"
    told = say(key, language, deals=deals, count=len(ahead))
    worths = [_worth(ahead, reviews, currency, language) for currency in _currencies(ahead)]
    return told + (say("review_worths", language, worths=say("semicolon", language).join(worths)) if worths else "")


def _worth(ahead: Sequence[Review], reviews: Sequence[Review], currency: str, language: Language) -> str:
    mine, every = (_money(_total(each, currency)) for each in (ahead, reviews))
    return say("review_worth", language, mine=mine, all=every, currency=literal(currency)).strip()


def blocks(
    reviews: Sequence[Review], shelf: Shelf, language: Language, *, verbose: bool
) -> Iterator[list[RenderableType]]:
    """Yield the lines of each deal, the worst first, then the largest; without `verbose` only warnings and errors."""
    shown = SEVERITIES if verbose else SEVERITIES[:2]
    for each in sorted(reviews, key=lambda review: (review.worst, -(review.deal.amount or 0))):
        told = [placed for placed in each.findings if placed.finding.severity in shown]
        if told:
            yield [*_block(each, told, shelf, language, verbose=verbose)]
        elif verbose:
            yield [Text(say("review_clean", language, name=literal(each.deal.name), file=literal(each.file)))]


def tally(reviews: Sequence[Review], unread: int, language: Language) -> str:
    """Return the counts of everything, in a line that scripts can look for."""
    placed = [each.finding.severity for review in reviews for each in review.findings]
    counts = {f"{severity}s": sum(each == severity for each in placed) for severity in SEVERITIES}
    waived = sum(len(review.waived) for review in reviews)
    return say("review_tally", language, deals=len(reviews), waived=waived, unread=unread, **counts)


def _block(
    review: Review, told: Sequence[Placed], shelf: Shelf, language: Language, *, verbose: bool
) -> Iterator[RenderableType]:
    amount = review.deal.amount
    name = Text(literal(review.deal.name), style="bold")
    if amount:
        name.append(f"  {_money(amount)} {literal(review.deal.currency or '')}", style="not bold")
    yield name
    yield Text(f"{literal(review.file)}:{told[0].location.line}", style="dim")
    said = claim(review.diagnosis, shelf, language)
    lines = [f"{say('crm', language)} {said}"] if said else []
    lines.append(headline(review.diagnosis, shelf, language))
    found = [*_lines(told, shelf, language, verbose=verbose)]
    lines += found if verbose else found[:MOST_FINDINGS]
    if not verbose and len(found) > MOST_FINDINGS:
        lines.append(say("review_more", language, count=len(found) - MOST_FINDINGS))
    lines.append(say("review_clear", language, how=rule_word(told[0].finding.rule, "countermeasure", language)))
    yield from (Padding(Text(line), (0, 0, 0, 2)) for line in lines)


def _lines(told: Sequence[Placed], shelf: Shelf, language: Language, *, verbose: bool) -> Iterator[str]:
    """Yield a line per rule: several jobs open again are one thing to read."""
    by_rule: dict[str, list[Placed]] = {}
    for each in told:
        by_rule.setdefault(each.finding.rule, []).append(each)
    for rule, placed in by_rule.items():
        finding = placed[0].finding
        more = say("review_and_more", language, count=len(placed) - 1) if len(placed) > 1 else ""
        name = f" [{rule}]" if verbose else ""
        yield f"{MARKS[finding.severity]} {why_text(finding, shelf, language)}{more}{name}"


def _currencies(reviews: Sequence[Review]) -> list[str]:
    return list(dict.fromkeys(each.deal.currency or "" for each in reviews if each.deal.amount))


def _total(reviews: Sequence[Review], currency: str) -> float:
    return sum(each.deal.amount or 0 for each in reviews if (each.deal.currency or "") == currency)


def _money(amount: float) -> str:
    """Return a sum of money as people say it: 1.2 M, 640 k."""
    if amount >= 1_000_000:
        return f"{amount / 1_000_000:.1f} M"
    return f"{amount / 1000:.0f} k" if amount >= 10_000 else f"{amount:.0f}"
