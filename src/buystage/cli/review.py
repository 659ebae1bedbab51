"""`buystage review`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buystage.cli.options import OutputOption, PlaybookOption, output_file
from buystage.cli.session import Session, with_session
from buystage.errors import ExitCode, Problem, UsageError

if TYPE_CHECKING:
    from buystage.render.review.edition import ReviewRun
    from buystage.render.review.report import DealReport

EXAMPLES = """
Examples:

- `buystage review deals/`
- `buystage review deals/ --fail-on warning -v`
- `buystage review deals/ --format github --report sarif=buystage.sarif --report junit=buystage.xml`
- `buystage review deals/ --since origin/main`
- `buystage review deals/ --since '1 week ago'`
- `buystage review crm-export.jsonl --format jsonl > reviewed.jsonl`
"""

app = typer.Typer()


class FailOn(StrEnum):
    """From which severity on a review fails."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    NEVER = "never"


class ReviewFormat(StrEnum):
    """How to print a review."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    JUNIT = "junit"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    MARKDOWN = "markdown"
    CSV = "csv"


PathsArgument = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Deal files, folders of them, JSON Lines (.jsonl), or -.")
]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on", help="End with 1 where a finding is at least this bad.")]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="REF|DAY",
        help="Tell only what is new since a git revision, or in the logs since a day ('1 week ago').",
        show_default=False,
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, help="Review in so many processes (default: as many as pay)."),
]
FormatOption = Annotated[ReviewFormat, typer.Option("--format", "-f", help="How to print it.")]
ReportOption = Annotated[
    list[str] | None,
    typer.Option("--report", metavar="FORMAT=FILE", help="Write another format to a file besides. May be repeated."),
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show notices, deals without findings, and the ids of rules.")
]


@app.command("review", epilog=EXAMPLES)
@with_session
def review(
    session: Session,
    paths: PathsArgument,
    playbook: PlaybookOption = None,
    fail_on: FailOnOption = FailOn.ERROR,
    verbose: VerboseOption = False,
    since: SinceOption = None,
    workers: WorkersOption = None,
    format_: FormatOption = ReviewFormat.TEXT,
    output: OutputOption = None,
    report: ReportOption = None,
) -> None:
    """Check deals: whose CRM stage runs ahead of the customer.

    Every deal is reviewed; what can't be read is named, and then the review ends with 3.
    """
    from buystage.cli.output import end_in_order
    from buystage.cli.reviewing import reports_of, run_of
    from buystage.render.review.json import review_line

    end_in_order()
    targets = [_target(each) for each in report or ()]
    kinds = {format_, *(kind for kind, _ in targets)}
    edition = run_of(session, fail_on.value, since, verbose=verbose)
    reports = reports_of(session, paths, playbook, workers, edition, frozenset(kind.value for kind in kinds))
    session.refuse(output, *(file for _, file in targets))
    if kinds == {ReviewFormat.JSONL} and not targets:
        session.write_all((review_line(each, edition) for each in reports), output)
    else:
        _write(session, [*reports], [*targets, (format_, output)], edition)
    if edition.totals.unread:
        raise typer.Exit(ExitCode.INPUT)
    if edition.totals.fails(fail_on.value):
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _write(
    session: Session,
    reports: "list[DealReport]",
    targets: "list[tuple[ReviewFormat, Path | None]]",
    edition: "ReviewRun",
) -> None:
    """Write a review in each format to its file, and last to standard output, whose reader may leave."""
    from buystage.render.review.formats import FORMATS
    from buystage.render.review.text import review_text
    from buystage.terminal.console import width

    for kind, file in targets:
        if kind is ReviewFormat.TEXT:
            text = review_text(reports, edition, width(), color=session.color and file is None)
            session.write(text, file)
        else:
            session.write(FORMATS[kind.value](reports, edition), file)


def _target(text: str) -> tuple[ReviewFormat, Path | None]:
    """Return the format and the file of FORMAT=FILE, None for standard output. Raises UsageError where it is none."""
    kind, _, file = text.partition("=")
    if kind not in list(ReviewFormat) or not file:
        raise UsageError(Problem("bad_report", {"got": text, "formats": ", ".join(ReviewFormat)}))
    return ReviewFormat(kind), output_file(file)
