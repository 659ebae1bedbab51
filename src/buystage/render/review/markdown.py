"""A review as Markdown for the comment of a pull request, which has room for 65,536 characters."""

import re
from collections.abc import Iterator, Sequence

from buystage.language import say
from buystage.render.diagnosis.markdown import escaped
from buystage.render.review.edition import ReviewRun
from buystage.render.review.report import DealReport
from buystage.render.review.text import (
    block_lines,
    clean_line,
    has_block,
    hidden_line,
    title_parts,
    told_of,
    worst_first,
)

MOST_CHARACTERS = 55_000
MOST_UNREAD = 10


def review_markdown(reports: Sequence[DealReport], edition: ReviewRun) -> str:
    """Return the sum, the deals with findings, the worst first, as many as fit, and the tally."""
    language = edition.language
    shown = [each for each in worst_first(reports) if edition.verbose or has_block(each, edition)]
    parts = [f"### {escaped(edition.sum_line())}"] if edition.totals.deals or edition.since else []
    room = MOST_CHARACTERS
    for at, report in enumerate(shown):
        part = "\n".join(_deal(report, edition))
        room -= len(part)
        if room < 0:
            parts.append(escaped(say("review_no_room", language, count=len(shown) - at)))
            break
        parts.append(part)
    hidden = hidden_line(reports, edition)
    remarks = edition.remarks()
    left = [say("more_problems", language, count=len(remarks) - MOST_UNREAD)] if len(remarks) > MOST_UNREAD else []
    lines = (*([hidden] if hidden else []), *remarks[:MOST_UNREAD], *left)
    parts += [f"- {escaped(line)}" for line in lines]
    parts += [f"- {_code(each.path)} {escaped(each.message)}" for each in edition.unread[:MOST_UNREAD]]
    if unread := edition.unread[MOST_UNREAD:]:
        parts.append(say("more_problems", language, count=len(unread)))
    return "\n\n".join([*parts, escaped(edition.totals.tally(language))]) + "\n"


def _deal(report: DealReport, edition: ReviewRun) -> Iterator[str]:
    if not has_block(report, edition):
        yield escaped(clean_line(report, edition))
        return
    told = told_of(report, edition)
    name, *rest = (escaped(part) for part in title_parts(report, edition.language))
    place = f"{report.path}:{told[0].line if told else report.line}"
    yield " · ".join([f"**{name}**", *rest, _code(place)])
    yield ""
    for mark, text in block_lines(report, told, edition):
        yield f"- **{mark}** {escaped(text)}" if mark else f"- {escaped(text)}"


def _code(text: str) -> str:
    """Return text set as code, in which nothing acts as Markdown."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"
