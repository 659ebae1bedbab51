"""What all commands share: the common options, the one place where errors become text and exit codes, and output."""

import inspect
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from buystage.cli.output import STDOUT, abandon_stdout, descriptor, is_link, write_file, write_stdout
from buystage.cli.shortage import shortage
from buystage.errors import BuystageError, ExitCode, Problem, UsageError, plain_error
from buystage.files.reads import forget, was_read
from buystage.language import Language
from buystage.settings.language import choose_language

if TYPE_CHECKING:
    from rich.console import RenderableType

    from buystage.settings.values import Settings

PANEL = "Common options"


class ColorChoice(StrEnum):
    """When to use colours."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


LanguageOption = Annotated[
    Language | None,
    typer.Option("--lang", help="Language: en or zh (else BUYSTAGE_LANG, settings, locale).", rich_help_panel=PANEL),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="The day to judge by (default: today).", rich_help_panel=PANEL),
]
ColorOption = Annotated[ColorChoice, typer.Option(help="Use colours.", rich_help_panel=PANEL)]
DebugOption = Annotated[
    bool, typer.Option("--debug", help="Show a traceback for internal errors.", rich_help_panel=PANEL)
]


class Session(NamedTuple):
    """One run of one command: the language, the day, the colours, and where output goes."""

    language: Language
    as_of: date
    today: date
    color: bool
    debug: bool
    settings: "Settings"
    names_language: bool = False
    """Whether a flag names the language."""

    def show(self, *parts: "RenderableType", output: Path | None = None) -> None:
        """Draw renderables on standard output, or without colour into the file `output`."""
        from buystage.terminal.console import drawn, width

        text = drawn(*parts, columns=width(), color=self.color and output is None)
        self.write(text, output)

    def write(self, text: str, output: Path | None = None) -> None:
        """Write finished text to standard output or, whole or not at all, to the file `output`."""
        self.write_all([text], output)

    def write_all(self, texts: Iterable[str], output: Path | None = None) -> None:
        """Write texts to standard output as they come or, whole or not at all, to the file `output`."""
        if output is None:
            for text in texts:
                write_stdout(text)
        else:
            self.refuse(output)
            write_file(output, texts)

    def refuse(self, *outputs: Path | None) -> None:
        """Raise UsageError for an output that would take the place of what was read, of YAML, or of another output.

        So would a link: what it leads to is not named. None is standard output.
        """
        seen: set[str] = set()
        for output in outputs:
            if output is not None:
                _refuse_loss(output)
            place = STDOUT if output is None or descriptor(output) == 1 else os.path.realpath(output)
            if place in seen:
                raise UsageError(_twice(place, output))
            seen.add(place)

    def complain(self, error: BuystageError) -> None:
        """Print all problems of an error on standard error."""
        from buystage.render.problems import error_text
        from buystage.terminal.console import width

        columns = width() if sys.stderr is not None and sys.stderr.isatty() else None
        self.note(error_text(error, self.language, columns))

    def note(self, text: str) -> None:
        """Print what is not the result on standard error."""
        with suppress(OSError, AttributeError):  # the shell may have closed it: the exit code still tells
            sys.stderr.write(text)


def _refuse_loss(output: Path) -> None:
    file = {"file": str(output)}
    if was_read(str(output)) or (output.suffix.casefold() in (".yaml", ".yml") and output.exists()):
        raise UsageError(Problem("output_is_input", file))
    if is_link(output):
        raise UsageError(Problem("output_is_link", file, hint="output_is_link_hint"))


def _twice(place: str, output: Path | None) -> Problem:
    if place == STDOUT:
        return Problem("stdout_twice", hint="stdout_twice_hint")
    return Problem("output_twice", {"file": str(output)})


def with_session(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the common options, a Session as first argument, and the boundary where errors end.

    Expected errors are printed without a traceback and end with their own code, and so does what the system has run
    out of; anything else ends with the code of an internal error. A reader that closed the pipe is no error.
    """
    signature = inspect.signature(command)
    own = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in list(signature.parameters.values())[1:]]

    def run(*, lang: Language | None, as_of: str | None, color: ColorChoice, debug: bool, **arguments: Any) -> None:
        forget()
        session = _session(lang or Language.EN, color, debug)
        try:
            session = _session(choose_language(lang, os.environ), color, debug)
            session = _with_settings(session, lang)
            command(_on_day(session, as_of), **arguments)
        except BuystageError as error:
            session.complain(error)
            raise typer.Exit(error.exit_code) from None
        except BrokenPipeError:
            abandon_stdout()
            raise typer.Exit(ExitCode.DONE) from None
        except (typer.Exit, typer.Abort, KeyboardInterrupt):
            raise
        except Exception as error:  # the boundary: a bug must not look like a failed check
            if debug:
                traceback.print_exc()
            if lacking := shortage(error):
                session.note(plain_error(lacking, session.language))
                raise typer.Exit(ExitCode.INPUT) from None
            reason = f"{type(error).__name__}: {error}"
            session.complain(BuystageError(Problem("internal", {"reason": reason}, hint="internal_hint")))
            raise typer.Exit(ExitCode.INTERNAL) from None

    run.__signature__ = inspect.Signature([*own, *_COMMON])  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in (*own, *_COMMON)}
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


def _common(name: str, annotation: Any, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


_COMMON = [
    _common("lang", LanguageOption, None),
    _common("as_of", AsOfOption, None),
    _common("color", ColorOption, ColorChoice.AUTO),
    _common("debug", DebugOption, False),
]


def _session(language: Language, color: ColorChoice, debug: bool) -> Session:
    from buystage.settings.values import Settings
    from buystage.terminal.console import use_color

    today = datetime.now().astimezone().date()
    return Session(language, today, today, use_color(color.value, os.environ), debug, Settings())


def _with_settings(session: Session, lang: Language | None) -> Session:
    from buystage.library.discovery import settings_in_use

    settings = settings_in_use()
    language = choose_language(lang, os.environ, settings.language)
    return session._replace(language=language, settings=settings, names_language=lang is not None)


def _on_day(session: Session, as_of: str | None) -> Session:
    from buystage.model.days import day_from

    if as_of is None:
        return session
    day = day_from(as_of)
    if day is None:
        raise UsageError(Problem("bad_day", {"got": as_of}))
    return session._replace(as_of=day, today=max(day, session.today))
