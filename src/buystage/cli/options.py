"""The options and arguments that commands share."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer

ANSWERS = ("yes", "no", "unknown", "yes:assumed", "no:assumed", "unknown:assumed")
STDIN = "-"  # as in `source`, which would be slow to import here
MOST_CHARACTERS = 1000  # of a source, as in a file
_NAME = re.compile("[a-z][a-z0-9-]*")  # of a playbook, as in `fields`
Word = TypeVar("Word", bound=str)
SUPPOSED: tuple[Literal["yes", "no"], ...] = ("yes", "no")


class CaseFormat(StrEnum):
    """How to print what the cases of playbooks came to."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


class Format(StrEnum):
    """How to print a diagnosis."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def playbook_names(incomplete: str) -> list[str]:
    """Return the names of playbooks that begin like `incomplete`, for the TAB key; none where settings are wrong.

    Only well-formed names: a shell may run what stands in others.
    """
    from buystage.errors import BuystageError
    from buystage.library.discovery import found_playbooks

    try:
        return [name for name in found_playbooks() if name.startswith(incomplete) and _NAME.fullmatch(name)]
    except BuystageError:
        return []


def _answers(incomplete: str) -> list[str]:
    from buystage.library.shipped import builtin_signals

    options = (f"{signal}={value}" for signal in builtin_signals() for value in SUPPOSED)
    return [option for option in options if option.startswith(incomplete)]


DealArgument = Annotated[
    str | None, typer.Argument(metavar="DEAL", help="A deal file, or - for standard input.", show_default=False)
]
PlaybookOption = Annotated[
    list[str] | None,
    typer.Option(
        "--playbook",
        "-p",
        metavar="NAME|PATH",
        help="The buying model to use; may be repeated.",
        autocompletion=playbook_names,
    ),
]
AnswerOption = Annotated[
    list[str] | None,
    typer.Option(
        "--answer",
        "-a",
        metavar="SIGNAL=ANSWER",
        help="yes, no or unknown, on the day of --as-of; ':assumed' behind it marks our guess. May be repeated.",
        autocompletion=_answers,
    ),
]
WhatIfOption = Annotated[
    list[str] | None,
    typer.Option(
        "--what-if",
        metavar="SIGNAL=ANSWER",
        help="Suppose a yes or no and say what it would change.",
        autocompletion=_answers,
    ),
]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Add every point of the sum (text format).")]
BriefOption = Annotated[bool, typer.Option("--brief", help="Five lines to paste into a CRM or a chat (text format).")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]


def output_file(text: str) -> Path | None:
    """Return the file that an output is written to; None for `-`, standard output."""
    return None if text == "-" else Path(text)


OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", parser=output_file, help="Write to a file, whole or not at all (- is stdout)."
    ),
]
WithOption = Annotated[
    str | None, typer.Option("--with", metavar="PERSON", help="Add what to ask, do and leave alone with one person.")
]
PrivateOption = Annotated[
    bool, typer.Option("--private", help="Show private goals outside a terminal too (never in JSON).")
]
SaveOption = Annotated[
    bool | None,
    typer.Option(
        "--save/--no-save",
        help="Append the answers given to DEAL's log (after questions: ask first).",
        show_default=False,
    ),
]
AskOption = Annotated[
    bool | None,
    typer.Option(
        "--ask/--no-input", help="Ask questions, or never do (default: ask where nothing is given).", show_default=False
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Ask whatever has not been answered, however little it tells.")]
MostOption = Annotated[
    int | None,
    typer.Option(
        "--max-questions", metavar="N", min=1, help="Ask at most so many questions (default: 12).", show_default=False
    ),
]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", metavar="TEXT", help="Where saved answers come from: a call, a visit; with whom."),
]
