"""`buystage deal new | check`."""

from functools import partial
from typing import Annotated

import typer

from buystage.cli.session import Session, with_session
from buystage.terminal import literal

app = typer.Typer(help="Work with deal files.", no_args_is_help=True)

PathsArgument = Annotated[list[str], typer.Argument(metavar="PATH...", help="Deal files, or folders of them.")]

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="The file to write, such as deals/acme.yaml.")]

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
    from buystage.language import say
    from buystage.new_deal import create_deal

    create_deal(file, session.language, session.as_of)
    session.write(say("deal_created", session.language, file=literal(file)) + "\n")


@app.command(epilog="Example: `buystage deal check deals/`")
@with_session
def check(session: Session, paths: PathsArgument, playbook: PlaybookOption = None) -> None:
    """Check deal files: form, dates, signal ids; with --playbook also those of a team."""
    from buystage.cli.checks import check_files
    from buystage.library import load_deal, load_shelf

    catalogue = load_shelf(playbook or ()).catalogue
    check_files(session, paths, partial(load_deal, catalogue=catalogue, today=session.today))
