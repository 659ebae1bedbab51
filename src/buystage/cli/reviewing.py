"""What happens between the options of `buystage review` and its formats: deals in, reports in words out."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from buystage.cli.inputs import chosen_shelf, tell_links
from buystage.cli.output import stdout_is_unicode
from buystage.cli.session import Session
from buystage.diagnosis.diagnose import diagnosis_of
from buystage.errors import InputError, Problem, UsageError
from buystage.files.folders import Named
from buystage.language import Language, say
from buystage.model.days import day_from, past_day_from
from buystage.render.diagnosis.json import diagnosis_document
from buystage.render.review.comparison import alone, compared
from buystage.render.review.edition import ReviewRun
from buystage.render.review.report import FOR_PROGRAMS, DealReport, deal_report
from buystage.review.incoming import Incoming, deal_files, incoming
from buystage.review.parallel import in_order
from buystage.review.reviewer import Review, Reviewer
from buystage.review.revisions import Changed, Revision
from buystage.terminal.console import with_progress

LIKE_A_DAY = re.compile(r"\s*[0-9]{4}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?\s*")  # but none, or written another way


@dataclass(frozen=True, slots=True)
class Reporting:
    """The work on one deal, as it is done in any process."""

    reviewer: Reviewer
    language: Language
    formats: frozenset[str]
    """Those that are asked for: what none of them tells is not worked out."""
    since: date | None = None
    """The day whose log each deal is compared with."""

    def __call__(self, deal: Incoming | Changed | InputError) -> DealReport | InputError | None:
        """Return the report on a deal, or why there is none; None where nothing is new since a day."""
        if isinstance(deal, InputError):
            return deal
        try:
            if isinstance(deal, Changed):
                return self._since_revision(deal)
            return self._since_day(deal, self.since) if self.since else self._told(self.reviewer.review(deal))
        except InputError as error:
            return error

    def _told(self, review: Review) -> DealReport:
        shelf = self.reviewer.shelf
        aloud = not self.formats <= FOR_PROGRAMS
        report = deal_report(review, shelf, self.reviewer.settings, self.language, aloud=aloud)
        if "json" not in self.formats:
            return report
        return report._replace(diagnosis=diagnosis_document(diagnosis_of(review.subject, shelf), shelf, self.language))

    def _since_revision(self, deal: Changed) -> DealReport:
        now = self.reviewer.review(deal.now)
        if deal.before is None:
            return self._new(now)
        try:
            then = self.reviewer.review(_or_raised(deal.before))
        except InputError:
            return alone(self._told(now), say("review_unreadable_then", self.language))
        return self._compared(now, then)

    def _since_day(self, deal: Incoming, day: date) -> DealReport | None:
        reviews = self.reviewer.review_since(deal, day)
        if reviews is None:
            return None
        now, then = reviews
        return self._compared(now, then) if then else self._new(now)

    def _new(self, now: Review) -> DealReport:
        return alone(self._told(now), say("review_new", self.language))

    def _compared(self, now: Review, then: Review) -> DealReport:
        """Return the report on what is new in a deal."""
        before = replace(self, formats=frozenset())._told(then)
        return compared((then, before), (now, self._told(now)), self.reviewer.shelf, self.language)


def run_of(session: Session, fail_on: str, since: str | None, *, verbose: bool) -> ReviewRun:
    """Return how this review is told, with nothing counted yet. Raises UsageError for a day that has not come."""
    day = past_day_from(since, session.as_of) if since else None
    if since and not day and LIKE_A_DAY.fullmatch(since):
        raise UsageError(Problem("since_no_day", {"got": since}))
    if day and day > session.as_of:
        raise UsageError(Problem("since_later", {"day": day.isoformat(), "as_of": session.as_of.isoformat()}))
    told = day.isoformat() if day else since
    ascii_only = not stdout_is_unicode()
    return ReviewRun(session.language, session.as_of, session.settings, fail_on, verbose, ascii_only, told)


def reports_of(
    session: Session,
    paths: Sequence[str],
    playbooks: Sequence[str] | None,
    workers: int | None,
    edition: ReviewRun,
    formats: frozenset[str],
) -> Iterator[DealReport]:
    """Return the report on each deal that paths name, in their order and for these formats, and count them.

    What can't be read, and a folder without deals, is complained of and counted apart.
    """
    day = day_from(edition.since) if edition.since else None
    revision = Revision(edition.since, paths) if edition.since is not None and day is None else None
    named = deal_files([path for path in paths if not (revision and revision.is_gone(path))])
    tell_links(session, named.links)
    deals, total = (_changed(revision, named, edition), None) if revision else incoming(named)
    shelf = chosen_shelf(session, playbooks)
    reviewer = Reviewer(shelf, session.settings, session.as_of, session.today)
    work = Reporting(reviewer, session.language, formats, day)
    results = with_progress(in_order(work, deals, workers), total)
    return _counted(session, results, edition)


def _changed(revision: Revision, named: Named, edition: ReviewRun) -> Iterator[Changed | InputError]:
    """Yield what has changed in the deals since a revision, and note those that are gone.

    Raises InputError, at once, where git has not got one of them as it was.
    """
    files = {file.path: file.open_ for file in named.files}
    errors = [each for each in named.errors if not _is_empty(each)]
    edition.gone.extend(gone for gone in revision.gone(files) if not _is_hidden(gone, errors))
    changed = (each._replace(now=each.now._replace(open_=files[each.now.file])) for each in revision.changed(files))
    return chain(errors, changed)


def _or_raised(then: Incoming | InputError) -> Incoming:
    if isinstance(then, InputError):
        raise then
    return then


def _is_empty(error: InputError) -> bool:
    """Whether a folder has no deal: compared with a revision that is news of those that are gone."""
    return error.problems[0].code == "empty_folder"


def _is_hidden(file: str, errors: Sequence[InputError]) -> bool:
    """Whether a deal that was not met may be there: as a link, or in a folder that can't be read."""
    folders = (os.path.realpath(str(problem.params["file"])) for error in errors for problem in error.problems)
    return os.path.islink(file) or any(os.path.realpath(file).startswith(os.path.join(each, "")) for each in folders)


def _counted(
    session: Session, results: Iterator[DealReport | InputError | None], edition: ReviewRun
) -> Iterator[DealReport]:
    for result in results:
        if isinstance(result, InputError):
            session.complain(result)
            edition.add_unread(result)
        elif result:
            yield edition.counted(result)
