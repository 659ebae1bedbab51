"""The command line: options in, one call into the program, text and an exit code out.

Commands import what they need when they run, so that `--version`, `--help` and completion stay quick.
"""

import sys
from contextlib import suppress
from typing import Annotated

import typer

from buystage import __version__
from buystage.cli import after, config, deal, diagnose, explain, playbook, review, schema
from buystage.errors import ExitCode

app = typer.Typer(
    name="buystage",
    help="Where the customer really is in their buying, from what the customer did and said.",
    epilog="Start with: buystage diagnose DEAL.yaml · buystage playbook show linear · buystage explain",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
app.command("diagnose", epilog=diagnose.EXAMPLES)(diagnose.diagnose)
app.command("after", epilog=after.EXAMPLES)(after.after)
app.command("review", epilog=review.EXAMPLES)(review.review)
app.add_typer(playbook.app, name="playbook")
app.add_typer(deal.app, name="deal")
app.command("explain", epilog=explain.EXAMPLES)(explain.explain)
app.add_typer(config.app, name="config")
app.command("schema", epilog=schema.EXAMPLES)(schema.schema)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"buystage {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line as the shell calls it."""
    from buystage.cli.output import abandon_stdout
    from buystage.terminal import survive_terminals

    survive_terminals()
    try:
        app(prog_name="buystage")
    except OSError as error:  # help and version could not be written
        abandon_stdout()
        with suppress(OSError, AttributeError):
            sys.stderr.write(f"error: can't write -: {error.strerror}\n")
        raise SystemExit(ExitCode.INPUT) from None
