"""What `playbook check` and `deal check` share: every file checked, every problem shown, one tally, one exit code."""

from collections.abc import Callable, Sequence

import typer

from buystage.cli.session import Session
from buystage.errors import ExitCode, InputError, InvalidContentError
from buystage.folders import yaml_files
from buystage.language import say
from buystage.terminal import literal


def check_files(session: Session, paths: Sequence[str], check: Callable[[str], object]) -> None:
    """Check each file, print what is wrong on stderr and a line per good file on stdout.

    Ends with 1 where a file's content is wrong, with 3 where one can't be read.
    """
    worst, bad, files = ExitCode.DONE, 0, yaml_files(paths)
    for file in files:
        try:
            check(file)
            session.write(say("check_ok", session.language, file=literal(file)) + "\n")
        except InputError as error:
            session.complain(error)
            bad += 1
            wrong = isinstance(error, InvalidContentError)
            worst = max(worst, ExitCode.CHECK_FAILED if wrong else ExitCode.INPUT)
    session.write(say("check_tally", session.language, files=len(files), bad=bad) + "\n")
    if worst:
        raise typer.Exit(worst)
