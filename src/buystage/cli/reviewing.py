"""What happens between the options of `buystage review` and its formats: deals in, reports in words out."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from buystage.bulk import in_order
from buystage.cli.chosen import chosen_shelf
from buystage.cli.given import tell_links
from buystage.cli.output import stdout_is_unicode
from buystage.cli.session import Session
from buystage.diagnose import diagnosis_of
from buystage.errors import InputError
from buystage.incoming import Incoming, deal_files, incoming
from buystage.language import Language, say
from buystage.render.json import diagnosis_document
from buystage.render.review.comparison import alone, compared
from buystage.render.review.edition import Edition
from buystage.render.review.report import READ_ALOUD, DealReport, deal_report
from buystage.review import Review, Reviewer
from buystage.revisions import Changed, Revision
from buystage.terminal import with_progress


@dataclass(frozen=True, slots=True)
class Reporting:
    """The work on one deal, as it is done in any process."""

    reviewer: Reviewer
    language: Language
    formats: frozenset[str]
    """Those that are asked for: what none of them tells is not worked out."""

    def __call__(self, deal: Incoming | Changed | InputError) -> DealReport | InputError:
        """Return the report on a deal, or why there is none."""
        if isinstance(deal, InputError):
            return deal
        try:
            if isinstance(deal, Changed):
                return self._compared(self.reviewer.review(deal.now), deal.before)
            return self._told(self.reviewer.review(deal))
        except InputError as error:
            return error

    def _told(self, review: Review) -> DealReport:
        shelf = self.reviewer.shelf
        aloud = not self.formats.isdisjoint(READ_ALOUD)
        report = deal_report(review, shelf, self.reviewer.settings, self.language, aloud=aloud)
        if "json" not in self.formats:
            return report
        return report._replace(diagnosis=diagnosis_document(diagnosis_of(review.case, shelf), shelf, self.language))

    def _compared(self, now: Review, then: Incoming | None) -> DealReport:
        """Return the report on what is new in a deal."""
        report = self._told(now)
        if then is None:
            return alone(report, say("review_new", self.language))
        try:
            before = self.reviewer.review(then)
        except InputError:
            return alone(report, say("review_unreadable_then", self.language))
        was = replace(self, formats=frozenset())._told(before)
        return compared((before, was), (now, report), self.reviewer.shelf, self.language)


def edition_of(session: Session, fail_on: str, since: str | None, *, verbose: bool) -> Edition:
    """Return how this review is told, with nothing counted yet."""
    ascii_only = not stdout_is_unicode()
    return Edition(session.language, session.as_of, session.settings, fail_on, verbose, ascii_only, since)


def reports_of(
    session: Session,
    paths: Sequence[str],
    playbooks: Sequence[str] | None,
    workers: int | None,
    edition: Edition,
    formats: frozenset[str],
) -> Iterator[DealReport]:
    """Return the report on each deal that paths name, in their order and for these formats, and count them.

    What can't be read, and a folder without deals, is complained of and counted apart.
    """
    deals, total = _deals(session, paths, edition)
    shelf = chosen_shelf(session, playbooks)
    reviewer = Reviewer(shelf, session.settings, session.as_of, session.today)
    work = Reporting(reviewer, session.language, formats)
    results = with_progress(in_order(work, deals, workers), total)
    return _counted(session, results, edition)


def _deals(
    session: Session, paths: Sequence[str], edition: Edition
) -> tuple[Iterator[Incoming | Changed | InputError], int | None]:
    """Return the deals to review, or only what has changed in them since a revision, and how many where that shows."""
    revision = None if edition.since is None else Revision(edition.since, paths)
    named = deal_files([path for path in paths if not (revision and revision.is_gone(path))])
    tell_links(session, named.links)
    if revision is None:
        return incoming(named)
    files = {file.path: file.open_ for file in named.files}
    errors = [each for each in named.errors if not _is_empty(each)]
    edition.gone.extend(gone for gone in revision.gone(files) if not _is_hidden(gone, errors))
    changed = (each._replace(now=each.now._replace(open_=files[each.now.file])) for each in revision.changed(files))
    waiting: list[Changed | InputError] = [*errors, *changed]
    return iter(waiting), len(waiting)


def _is_empty(error: InputError) -> bool:
    """Whether a folder has no deal: compared with a revision that is news of those that are gone."""
    return error.problems[0].code == "empty_folder"


def _is_hidden(file: str, errors: Sequence[InputError]) -> bool:
    """Whether a deal that was not met may be there: as a link, or in a folder that can't be read."""
    folders = (os.path.realpath(str(problem.params["file"])) for error in errors for problem in error.problems)
    return os.path.islink(file) or any(os.path.realpath(file).startswith(os.path.join(each, "")) for each in folders)


def _counted(session: Session, results: Iterator[DealReport | InputError], edition: Edition) -> Iterator[DealReport]:
    for result in results:
        if isinstance(result, InputError):
            session.complain(result)
            edition.add_unread(result)
        else:
            edition.totals.add(result)
            yield result
