"""The playbooks that can be read, and a complaint about each that can't: one bad file does not hide the others."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from buystage.cli.session import Session
from buystage.errors import ExitCode, InputError

if TYPE_CHECKING:
    from buystage.library.playbooks import Shelf


def readable_shelf(session: Session, names: Sequence[str]) -> "tuple[Shelf, ExitCode]":
    """Return the playbooks of `names` that can be read, and the code to end with where others can't."""
    from buystage.library.playbooks import load_shelf
    from buystage.library.signal_files import load_catalogue

    load_catalogue()  # what is wrong with signals is wrong for all playbooks, and told once
    code = told_unreadable(session)
    try:
        return load_shelf(names), code
    except InputError:
        good = [name for name in names if _can_be_read(session, name)]
        return load_shelf(good), ExitCode.INPUT


def told_unreadable(session: Session) -> ExitCode:
    """Complain of the user's own folder where that can't be read, and return the code to end with."""
    from buystage.library.discovery import unreadable_folder

    error = unreadable_folder()
    if error:
        session.complain(error)
    return ExitCode.INPUT if error else ExitCode.DONE


def _can_be_read(session: Session, name: str) -> bool:
    from buystage.library.playbooks import load_shelf

    try:
        load_shelf([name])
    except InputError as error:
        session.complain(error)
        return False
    return True


def end(code: ExitCode) -> None:
    """End with a code that is not 0."""
    if code:
        raise typer.Exit(code)
