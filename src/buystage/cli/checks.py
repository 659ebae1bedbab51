"""What `playbook check` and `deal check` share: every file checked, every problem shown, one tally, one exit code."""

import os
from collections.abc import Callable, Sequence

import typer

from buystage.cli.inputs import tell_links
from buystage.cli.session import Session
from buystage.errors import ExitCode, InputError, InvalidContentError, Problem
from buystage.files.folders import yaml_files
from buystage.files.opening import Opener
from buystage.language import say
from buystage.terminal.console import literal


def check_files(session: Session, paths: Sequence[str], check: Callable[[str, Opener], object]) -> None:
    """Check each file, print what is wrong on stderr and a line per good file on stdout.

    Ends with 1 where a file's content is wrong, with 3 where one or a folder can't be read.
    """
    files, errors, links = yaml_files(paths)
    tell_links(session, links)
    for unread in errors:
        session.complain(unread)
    worst, bad = ExitCode.INPUT if errors else ExitCode.DONE, 0
    told: set[object] = set()
    for file, open_ in files:
        try:
            check(file, open_)
            session.write(say("check_ok", session.language, file=literal(file)) + "\n")
        except InputError as error:
            new = [problem for problem in error.problems if _place(problem) not in told]
            told |= {_place(problem) for problem in new}
            if new:
                session.complain(type(error)(*new, more=error.more))
            else:  # what is wrong stands in another file, which has been complained of
                session.note(say("check_blocked", session.language, file=literal(file)) + "\n")
            bad += 1
            wrong = isinstance(error, InvalidContentError)
            worst = max(worst, ExitCode.CHECK_FAILED if wrong else ExitCode.INPUT)
    if files:
        session.write(say("check_tally", session.language, files=len(files), bad=bad) + "\n")
    if worst:
        raise typer.Exit(worst)


def _place(problem: Problem) -> object:
    """Return what tells one problem from another, however its file is spelt."""
    place = problem.location
    if place is None:
        return problem.code, str(problem.params)
    return problem.code, os.path.realpath(place.file), place.line, place.column
