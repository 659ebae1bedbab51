"""`buystage deal new | check | history`."""

import shlex
from enum import StrEnum
from typing import Annotated

import typer

from buystage.cli import options as o
from buystage.cli.inputs import chosen_shelf
from buystage.cli.output import stdout_is_unicode
from buystage.cli.session import Session, with_session
from buystage.terminal.console import literal, width


class Format(StrEnum):
    """How to print a history."""

    TEXT = "text"
    JSON = "json"


app = typer.Typer(name="deal", help="Work with deal files.", no_args_is_help=True)

PathsArgument = Annotated[list[str], typer.Argument(metavar="PATH...", help="Deal files, or folders of them.")]

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="The file to write, such as deals/acme.yaml.")]

DealFileArgument = Annotated[str, typer.Argument(metavar="FILE", help="A deal file, or - for standard input.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]
PlaybookOption = Annotated[
    list[str] | None,
    typer.Option("--playbook", "-p", metavar="PATH", help="A playbook whose own signals the deals use."),
]


@app.callback()
def _group() -> None:
    """Work with deal files."""


@app.command(epilog="Example: `buystage deal new deals/acme.yaml`")
@with_session
def new(session: Session, file: FileArgument) -> None:
    """Write a new deal file, commented and ready to fill; git is told to ignore private files beside it."""
    from buystage.deals.new_deal import create_deal
    from buystage.language import say

    create_deal(file, session.language, session.as_of)
    session.write(say("deal_created", session.language, file=literal(shlex.quote(file))) + "\n")


@app.command(epilog="Example: `buystage deal check deals/`")
@with_session
def check(session: Session, paths: PathsArgument, playbook: PlaybookOption = None) -> None:
    """Check deal files and the private files beside them: form, dates, people, signals; --playbook adds a team's."""
    from buystage.cli.checks import check_files
    from buystage.deals.load import check_deal
    from buystage.library.playbooks import load_shelf

    catalogue = load_shelf(playbook or ()).catalogue
    check_files(session, paths, lambda file, open_: check_deal(file, catalogue, session.today, open_))


@app.command("history", epilog="Example: `buystage deal history examples/software-buyer.yaml`")
@with_session
def history_(
    session: Session, file: DealFileArgument, playbook: o.PlaybookOption = None, format_: FormatOption = Format.TEXT
) -> None:
    """Show the course of a deal: the stage on each day of the log, what turned, which jobs opened again and why."""
    from buystage.deals.load import load_deal
    from buystage.diagnosis.answers import by_entry
    from buystage.diagnosis.history import history
    from buystage.render.diagnosis.history import history_json, history_screen

    shelf = chosen_shelf(session, playbook)
    deal = load_deal(file, shelf.catalogue, session.today)
    entries = by_entry(deal.observations, session.as_of, shelf.catalogue)
    course = history(entries, shelf)
    if format_ is Format.JSON:
        session.write(history_json(course, deal.name, file, ascii_only=not stdout_is_unicode()))
    else:
        today, columns = session.as_of, width()
        session.show(history_screen(course, deal, shelf, session.language, today=today, columns=columns))
