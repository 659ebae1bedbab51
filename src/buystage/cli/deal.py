"""`buystage deal check`."""

from functools import partial
from typing import Annotated

import typer

from buystage.cli.session import Session, with_session

app = typer.Typer(help="Work with deal files.", no_args_is_help=True)

PathsArgument = Annotated[list[str], typer.Argument(metavar="PATH...", help="Deal files, or folders of them.")]

PlaybookOption = Annotated[
    list[str] | None,
    typer.Option("--playbook", "-p", metavar="PATH", help="A playbook whose own signals the deals use."),
]


@app.callback()
def _group() -> None:
    """Work with deal files."""


@app.command(epilog="Example: `buystage deal check deals/`")
@with_session
def check(session: Session, paths: PathsArgument, playbook: PlaybookOption = None) -> None:
    """Check deal files: form, dates, signal ids; with --playbook also those of a team."""
    from buystage.cli.checks import check_files
    from buystage.library import load_deal, load_shelf

    catalogue = load_shelf(playbook or ()).catalogue
    check_files(session, paths, partial(load_deal, catalogue=catalogue, today=session.today))
