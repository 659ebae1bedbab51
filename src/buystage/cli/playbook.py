"""`buystage playbook list | show | check | test`."""

from typing import Annotated

import typer

from buystage.builtin import DEFAULT_PLAYBOOKS, builtin_names
from buystage.cli.session import Session, with_session
from buystage.errors import ExitCode, UsageError

app = typer.Typer(help="Read and check the buying models.", no_args_is_help=True)


def _names(incomplete: str) -> list[str]:
    return [name for name in builtin_names() if name.startswith(incomplete)]


NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="A playbook's name, or the path of its file.", autocompletion=_names)
]
StateArgument = Annotated[
    str | None, typer.Argument(metavar="STATE", help="One stage or job, in full.", show_default=False)
]
PathsArgument = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files or folders.")]
NamesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME|PATH...", help="Which ones (default: all built in).", show_default=False, autocompletion=_names
    ),
]


@app.command("list")
@with_session
def list_(session: Session) -> None:
    """List the playbooks: what each is for, how much is in it, where it comes from."""
    from buystage.library import load_shelf
    from buystage.render.reference import playbook_list

    session.show(playbook_list(load_shelf(builtin_names()), DEFAULT_PLAYBOOKS, session.language))


@app.command(
    epilog="Examples:\n\n- `buystage playbook show linear`\n- `buystage playbook show linear need_confirmation`"
)
@with_session
def show(session: Session, name: NameArgument, state: StateArgument = None) -> None:
    """Read a playbook: what the customer does in each state, how it ends, what to do and what to leave alone."""
    from buystage.library import load_shelf
    from buystage.render.reference import full_state, overview
    from buystage.validation import unknown

    shelf = load_shelf([name])
    (book,) = shelf.playbooks
    if state is None:
        session.show(overview(book, shelf, session.language))
        return
    found = book.state_called(state)
    if found is None:
        raise UsageError(unknown("unknown_state", state, book.states, path=name, states=", ".join(book.states)))
    session.show(full_state(book, found, shelf, session.language))


@app.command(epilog="Example: `buystage playbook check playbooks/`")
@with_session
def check(session: Session, paths: PathsArgument) -> None:
    """Check playbooks and files of signals: form, ids, rows that fit their states."""
    from buystage.cli.checks import check_files
    from buystage.library import check_file

    check_files(session, paths, check_file)


@app.command(epilog="Example: `buystage playbook test linear`")
@with_session
def test(session: Session, names: NamesArgument = None) -> None:
    """Run the cases of playbooks: answers in, the expected stage or job states out. Says what no case looks at."""
    from buystage.cases import run_cases
    from buystage.library import load_shelf
    from buystage.render.cases import case_lines

    failed = False
    for name in names or builtin_names():
        shelf = load_shelf([name])
        results = list(run_cases(shelf))
        session.write("".join(f"{line}\n" for line in case_lines(shelf.playbooks[0], results, session.language)))
        failed = failed or not all(result.passed for result in results)
    if failed:
        raise typer.Exit(ExitCode.CHECK_FAILED)
