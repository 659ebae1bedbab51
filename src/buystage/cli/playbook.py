"""`buystage playbook list | show | check | test | new`."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buystage.cli.inputs import end, readable_shelf, told_unreadable
from buystage.cli.options import CaseFormat, OutputOption, playbook_names
from buystage.cli.output import stdout_is_unicode
from buystage.cli.session import Session, with_session
from buystage.errors import ExitCode, InputError, UsageError
from buystage.language import say
from buystage.library.discovery import found_playbooks
from buystage.settings.values import DEFAULT_PLAYBOOKS
from buystage.terminal.console import literal

if TYPE_CHECKING:
    from buystage.authoring.cases import CaseReport

app = typer.Typer(name="playbook", help="Read and check the buying models.", no_args_is_help=True)


NameArgument = Annotated[
    str,
    typer.Argument(metavar="NAME", help="A playbook's name, or the path of its file.", autocompletion=playbook_names),
]
StateArgument = Annotated[
    str | None, typer.Argument(metavar="STATE", help="One stage or job, in full.", show_default=False)
]
PathsArgument = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files or folders.")]
NamesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME|PATH...", help="Which ones (default: all).", show_default=False, autocompletion=playbook_names
    ),
]
CaseFormatOption = Annotated[CaseFormat, typer.Option("--format", "-f", help="How to print it.")]
NewNameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="Its name in small letters with hyphens, or the path of its file.")
]
FromOption = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="NAME|PATH",
        help="Start from a copy of this playbook.",
        show_default=False,
        autocompletion=playbook_names,
    ),
]


@app.command("list")
@with_session
def list_(session: Session) -> None:
    """List the playbooks: what each is for, how much is in it, where it comes from."""
    from buystage.render.reference.playbook import playbook_list

    found = found_playbooks()
    shelf, code = readable_shelf(session, tuple(found))
    session.show(playbook_list(shelf, found, DEFAULT_PLAYBOOKS, session.language))
    end(code)


@app.command(
    epilog="Examples:\n\n- `buystage playbook show linear`\n- `buystage playbook show linear need_confirmation`"
)
@with_session
def show(session: Session, name: NameArgument, state: StateArgument = None) -> None:
    """Read a playbook: what the customer does in each state, how it ends, what to do and what to leave alone."""
    from buystage.files.validation import unknown
    from buystage.library.playbooks import load_shelf
    from buystage.render.reference.playbook import full_state, overview

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
    """Check playbooks and files of signals: form and ids, then what makes a model bad; each finding names its rule."""
    from buystage.authoring.check import check_file
    from buystage.cli.checks import check_files

    check_files(session, paths, check_file)


@app.command(epilog="Examples:\n\n- `buystage playbook test linear`\n- `buystage playbook test -f junit -o cases.xml`")
@with_session
def test(
    session: Session,
    names: NamesArgument = None,
    format_: CaseFormatOption = CaseFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """Run the cases of playbooks: answers in, the expected stage or job states out. Says what no case looks at.

    A case that can't be run fails alone.
    """
    from buystage.authoring.cases import run_all_cases
    from buystage.library.signal_files import load_catalogue

    load_catalogue()  # what is wrong with signals is wrong for all playbooks, and told once
    tested, unread = [], not names and bool(told_unreadable(session))
    for name in names or found_playbooks():
        try:
            tested.append(run_all_cases(name))
        except InputError as error:
            session.complain(error)
            unread = True
    ascii_only = output is None and not stdout_is_unicode()
    session.write(_as_text(tested, format_, session, ascii_only=ascii_only), output)
    if unread:
        raise typer.Exit(ExitCode.INPUT)
    if not all(result.passed for each in tested for result in each.results):
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _as_text(tested: "Sequence[CaseReport]", format_: CaseFormat, session: Session, *, ascii_only: bool) -> str:
    from buystage.render.reference.cases import case_lines, cases_json, cases_junit

    if format_ is CaseFormat.JSON:
        return cases_json(tested, ascii_only=ascii_only)
    if format_ is CaseFormat.JUNIT:
        return cases_junit(tested, session.language, ascii_only=ascii_only)
    return "".join(f"{line}\n" for each in tested for line in case_lines(each, session.language))


@app.command(epilog="Examples:\n\n- `buystage playbook new our-way`\n- `buystage playbook new our-way --from linear`")
@with_session
def new(session: Session, name: NewNameArgument, from_: FromOption = None) -> None:
    """Start a playbook of your own: a commented file that passes `check` and `test`, and a signal of your own.

    It goes to the first folder that the nearest buystage.yaml names under `playbook_folders`, else to this folder.
    """
    from buystage.authoring.new_playbook import create_playbook, is_found

    paths = create_playbook(name, from_, session.language)
    files = [literal(shlex.quote(path)) for path in paths]
    lines = [say("new_written", session.language, file=file) for file in files]
    lines.append(say("new_next", session.language, file=files[0]))
    if not is_found(name):
        folder = literal(str(Path(paths[0]).parent))
        lines.append(say("new_not_found", session.language, file=files[0], folder=folder))
    session.write("".join(f"{line}\n" for line in lines))
