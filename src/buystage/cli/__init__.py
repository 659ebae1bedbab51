"""The command line: options in, one call into the program, text and an exit code out.

A command's module is imported when the command is named, and what the command needs when it runs, so that `--version`
and completion stay quick.
"""

import sys
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from buystage import __version__

COMMANDS = ("diagnose", "after", "review", "playbook", "deal", "explain", "config", "schema")
MARKUP: Any = "markdown"


class LazyGroup(TyperGroup):
    """The commands by name; each has a module of its own, with an `app`."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the base class names it
        """Return the names in the order of the help screen."""
        return [*COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of that name; where there is none, all must be there to guess which one was meant."""
        for name in (cmd_name,) if cmd_name in COMMANDS else COMMANDS:
            if name not in self.commands:
                app = typer.Typer(rich_markup_mode=MARKUP)
                app.add_typer(import_module(f"buystage.cli.{name}").app)
                self.commands.update(get_group(app).commands)
        return super().get_command(ctx, cmd_name)


app = typer.Typer(
    name="buystage",
    cls=LazyGroup,
    help="Where the customer really is in their buying, from what the customer did and said.",
    epilog="Start with: buystage diagnose DEAL.yaml · buystage playbook show linear · buystage explain",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=MARKUP,
    pretty_exceptions_enable=False,
)


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
    from buystage.terminal.console import survive_terminals

    survive_terminals()
    try:
        app(prog_name="buystage")
    except OSError as error:  # help and version could not be written
        from buystage.cli.output import abandon_stdout
        from buystage.cli.shortage import shortage
        from buystage.errors import ExitCode

        lacking = shortage(error)
        if lacking and lacking.code != "no_space":
            raise  # nothing was to be written yet
        abandon_stdout()
        with suppress(OSError, AttributeError):
            sys.stderr.write(f"error: can't write -: {error.strerror}\n")
        raise SystemExit(ExitCode.INPUT) from None
