"""`buystage review`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from buystage.builtin import DEFAULT_PLAYBOOKS
from buystage.cli.options import OutputOption, PlaybookOption
from buystage.cli.session import Session, with_session
from buystage.errors import ExitCode, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from buystage.library import Shelf
    from buystage.review import Review

EXAMPLES = """
Examples:

- `buystage review deals/`
- `buystage review deals/ --fail-on warning -v`
"""


class FailOn(StrEnum):
    """From which severity on a review fails."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    NEVER = "never"


PathsArgument = Annotated[list[str], typer.Argument(metavar="PATH...", help="Deal files, folders of them, or -.")]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on", help="End with 1 where a finding is at least this bad.")]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show notices, deals without findings, and the ids of rules.")
]


@with_session
def review(
    session: Session,
    paths: PathsArgument,
    playbook: PlaybookOption = None,
    fail_on: FailOnOption = FailOn.ERROR,
    verbose: VerboseOption = False,
    output: OutputOption = None,
) -> None:
    """Check deals: whose CRM stage runs ahead of the customer.

    Every file is reviewed; what can't be read is named, and then the review ends with 3.
    """
    from buystage.folders import yaml_files
    from buystage.library import load_shelf

    shelf = load_shelf(playbook or DEFAULT_PLAYBOOKS)
    reviews, unread = [], 0
    for file in yaml_files(paths):
        try:
            reviews.append(_reviewed(file, shelf, session))
        except InputError as error:
            session.complain(error)
            unread += 1
    session.show(*_parts(reviews, unread, shelf, session, verbose=verbose), output=output)
    if unread:
        raise typer.Exit(ExitCode.INPUT)
    if _fails(reviews, fail_on):
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _reviewed(file: str, shelf: "Shelf", session: Session) -> "Review":
    from buystage.review import review as reviewed
    from buystage.source import read_source

    return reviewed(read_source(file), shelf, session.as_of, session.today)


def _parts(
    reviews: "Sequence[Review]", unread: int, shelf: "Shelf", session: Session, *, verbose: bool
) -> "list[RenderableType]":
    from rich.console import Group

    from buystage.render.review import blocks, sum_line, tally
    from buystage.wrapping import Text

    parts: list[RenderableType] = [Text(sum_line(reviews, session.language), style="bold")] if reviews else []
    for block in blocks(reviews, shelf, session.language, verbose=verbose):
        parts += [Text(""), Group(*block)] if len(block) > 1 else block
    return [*parts, Text(""), Text(tally(reviews, unread, session.language))]


def _fails(reviews: "Sequence[Review]", fail_on: FailOn) -> bool:
    from buystage.rules import SEVERITIES

    return fail_on is not FailOn.NEVER and any(each.worst <= SEVERITIES.index(fail_on.value) for each in reviews)
