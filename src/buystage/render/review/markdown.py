"""A review as Markdown for the comment of a pull request, which has room for 65,536 characters."""

from collections.abc import Iterator, Sequence

from buystage.language import say
from buystage.render.markdown import escaped
from buystage.render.review.edition import Edition
from buystage.render.review.report import DealReport, Told, is_said_by_claim
from buystage.render.review.text import MARKS, MOST_FINDINGS, grave, worst_first
from buystage.render.review.totals import money

MOST_CHARACTERS = 60_000


def review_markdown(reports: Sequence[DealReport], edition: Edition) -> str:
    """Return the sum, the deals with findings, the worst first, as many as fit, and the tally."""
    language = edition.language
    shown = [each for each in worst_first(reports) if _told(each, edition) or each.moved]
    parts = [f"### {escaped(edition.sum_line())}"] if edition.totals.deals or edition.since else []
    room = MOST_CHARACTERS
    for at, report in enumerate(shown):
        part = "\n".join(_deal(report, edition))
        room -= len(part)
        if room < 0:
            parts.append(escaped(say("review_left_out", language, count=len(shown) - at)))
            break
        parts.append(part)
    parts += [f"- {escaped(line)}" for line in edition.gone_lines()]
    parts += [f"- `{each.file}` {escaped(each.message)}" for each in edition.unread]
    return "\n\n".join([*parts, escaped(edition.totals.tally(language))]) + "\n"


def _told(report: DealReport, edition: Edition) -> Sequence[Told]:
    return report.findings if edition.verbose else grave(report)


def _deal(report: DealReport, edition: Edition) -> Iterator[str]:
    language, told = edition.language, _told(report, edition)
    worth = f" {money(report.amount)} {report.currency}".rstrip() if report.amount else ""
    place = f"{report.file}:{told[0].line if told else report.line}"
    yield f"**{escaped(report.name)}**{escaped(worth)} {_code(place)}"
    yield ""
    of_claim = [each for each in told if is_said_by_claim(each.rule)]
    if report.claim:
        mark = f"**{MARKS[of_claim[0].severity]}** " if of_claim else ""
        yield f"- {mark}{escaped(say('crm', language))} {escaped(report.claim)}"
    yield f"- {escaped(report.headline)}"
    if of_claim:
        yield from (f"- {escaped(reason)}" for reason in report.reasons)
    if report.moved:
        yield f"- {escaped(edition.moved(report.moved))}"
    rest = [each for each in told if each not in of_claim]
    shown = rest if edition.verbose else rest[: max(0, MOST_FINDINGS - len(of_claim))]
    yield from (f"- **{MARKS[each.severity]}** {escaped(each.message)} {_code(each.rule)}" for each in shown)
    if told:
        clear = say("review_clear", language, how=say("review_or", language).join(told[0].clear))
        yield f"- *{escaped(clear)}*"


def _code(text: str) -> str:
    """Return text set as code, in which nothing acts as Markdown."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"
