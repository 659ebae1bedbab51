"""What is new in a deal since a revision: its new findings, and what moved, in the words of buyers."""

from collections.abc import Iterator
from dataclasses import replace

from buystage.diagnosis import JobsDiagnosis, Standing
from buystage.history import between
from buystage.language import Language, say
from buystage.library import Shelf
from buystage.render.findings import rule_word
from buystage.render.head import moves_of
from buystage.render.review.report import DealReport
from buystage.render.words import joined, short_name


def only_new(report: DealReport, before: DealReport, moved: str) -> DealReport:
    """Return a report with the findings that were not there before, and with what moved."""
    known = {each.fingerprint for each in before.findings}
    new = tuple(each for each in report.findings if each.fingerprint not in known)
    return replace(report, findings=new, moved=moved)


def movement(
    before: tuple[Standing, DealReport], now: tuple[Standing, DealReport], shelf: Shelf, language: Language
) -> str:
    """Return where they moved, which jobs are in another state or fell behind, and which findings are cleared."""
    moves = moves_of(between(before[0], now[0]), shelf, language)
    if behind := [*_fell_behind(before[0], now[0], shelf, language)]:
        moves.append(say("review_fell_behind", language, jobs=joined(behind, language)))
    left = {each.fingerprint for each in now[1].findings}
    cleared = dict.fromkeys(each.rule for each in before[1].findings if each.fingerprint not in left)
    if cleared:
        titles = joined((rule_word(rule, "title", language) for rule in cleared), language)
        moves.append(say("review_cleared", language, titles=titles))
    return say("semicolon", language).join(moves)


def _fell_behind(before: Standing, now: Standing, shelf: Shelf, language: Language) -> Iterator[str]:
    """Yield the jobs that lag behind the others and did not before."""
    for then, after in zip(before.diagnoses, now.diagnoses, strict=True):
        if isinstance(then, JobsDiagnosis) and isinstance(after, JobsDiagnosis):
            jobs = shelf.playbook(after.playbook).jobs
            yield from (short_name(jobs[job], language) for job in after.lagging if job not in then.lagging)
