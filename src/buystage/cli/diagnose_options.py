"""What `diagnose` was asked for, and whether that can be done."""

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from buystage.cli.options import STDIN, Format
from buystage.cli.session import Session
from buystage.errors import Problem, UsageError
from buystage.model.days import later
from buystage.model.visible import is_visible

MOST_CHARACTERS = 1000  # of a source, as in a file


class DiagnoseOptions(NamedTuple):
    """The options of one call of `diagnose`."""

    deal: str | None = None
    playbook: Sequence[str] = ()
    answer: Sequence[str] = ()
    what_if: Sequence[str] = ()
    with_: str | None = None
    source: str | None = None
    format_: Format = Format.TEXT
    output: Path | None = None
    ask: bool | None = None
    all_: bool = False
    most: int | None = None
    explain: bool = False
    brief: bool = False
    private: bool = False
    save: bool | None = None

    @property
    def asks(self) -> bool:
        """Whether to ask questions: where it is said so, or nothing is given and somebody is there."""
        from buystage.terminal.console import can_ask

        return self.ask is True or (self.ask is None and self.deal is None and not self.answer and can_ask())

    @property
    def shows_private(self) -> bool:
        """Whether private goals may be shown: where asked for, and on the screen of a terminal."""
        on_screen = self.format_ is Format.TEXT and self.output is None
        return self.private or (on_screen and sys.stdout is not None and sys.stdout.isatty())


def check(options: DiagnoseOptions, session: Session) -> None:
    """Raise UsageError for the first thing that can't be done as asked."""
    _check_format(options)
    _check_asking(options)
    check_source(options.source, saves=bool(options.save) or options.asks)
    _check_saving(options, session)
    _refuse_overwriting(options, session)


def _check_format(options: DiagnoseOptions) -> None:
    for option, given in (("--brief", options.brief), ("--explain", options.explain)):
        if given and options.format_ is not Format.TEXT:
            raise UsageError(Problem("text_only", {"option": option, "format": options.format_.value}))
    if options.with_ is not None and (options.format_ is Format.JSON or options.brief):
        raise UsageError(Problem("with_where"))
    if options.private and options.with_ is None:
        raise UsageError(Problem("private_without_with"))


def _check_asking(options: DiagnoseOptions) -> None:
    from buystage.terminal.console import can_ask

    if options.ask and (options.deal == STDIN or not can_ask()):
        raise UsageError(Problem("ask_where", hint="ask_where_hint"))
    if not options.asks and (options.all_ or options.most is not None):
        raise UsageError(Problem("nothing_is_asked", {"option": "--all" if options.all_ else "--max-questions"}))
    if options.deal is None and not options.answer and not options.asks:
        raise UsageError(Problem("nothing_to_diagnose", hint="nothing_to_diagnose_hint"))


def check_source(source: str | None, *, saves: bool) -> None:
    """Raise UsageError for a source that is none, or where nothing is saved."""
    if source is not None and not saves:
        raise UsageError(Problem("source_without_save"))
    if source is not None and (not is_visible(source) or len(source) > MOST_CHARACTERS or not _encodable(source)):
        raise UsageError(Problem("bad_source", {"limit": MOST_CHARACTERS}))


def _encodable(text: str) -> bool:
    """Whether a text can be written as UTF-8: the shell may hand over bytes that are no text."""
    try:
        return bool(text.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _check_saving(options: DiagnoseOptions, session: Session) -> None:
    if options.save and (options.deal == STDIN or (options.deal is None and not options.asks)):
        raise UsageError(Problem("save_where", hint="save_where_hint"))
    if options.save and not options.answer and not options.asks:
        raise UsageError(Problem("nothing_to_save", hint="nothing_to_save_hint"))
    if options.save or options.asks:
        check_day(session)


def check_day(session: Session) -> None:
    """Raise UsageError where answers would be saved on a day that has not come."""
    if session.as_of > later(datetime.now().astimezone().date(), 1):
        raise UsageError(Problem("save_in_the_future", {"day": session.as_of.isoformat()}))


def _refuse_overwriting(options: DiagnoseOptions, session: Session) -> None:
    """Raise UsageError where the output is one of the files read: what a person wrote is never changed."""
    output = options.output
    if output:
        session.refuse(output)  # before anything is asked
    for path in (options.deal, *options.playbook):
        if output and path and os.path.exists(path) and os.path.exists(output) and os.path.samefile(path, output):
            raise UsageError(Problem("output_is_input", {"file": path}))
