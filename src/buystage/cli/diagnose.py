"""`buystage diagnose`."""

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from buystage.builtin import DEFAULT_PLAYBOOKS, builtin_names, builtin_signals
from buystage.cli.output import stdout_is_unicode
from buystage.cli.session import Session, with_session
from buystage.days import later
from buystage.errors import Problem, UsageError

if TYPE_CHECKING:
    from buystage.deal import Deal, Person, PrivatePerson
    from buystage.diagnosis import DealDiagnosis
    from buystage.library import Shelf

EXAMPLES = """
Examples:

- `buystage diagnose deals/acme.yaml`
- `buystage diagnose deals/acme.yaml --explain --what-if budget_approved=yes`
- `buystage diagnose --answer problem_named=yes --answer offers_requested=no:assumed`
- `cat deal.yaml | buystage diagnose - --format json`
"""

ANSWERS = ("yes", "no", "unknown", "yes:assumed", "no:assumed", "unknown:assumed")
STDIN = "-"  # as in `source`, which would be slow to import here
MOST_CHARACTERS = 1000  # of a source, as in a file
SUPPOSED: tuple[Literal["yes", "no"], ...] = ("yes", "no")
Word = TypeVar("Word", bound=str)


class Format(StrEnum):
    """How to print a diagnosis."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def _playbooks(incomplete: str) -> list[str]:
    return [name for name in builtin_names() if name.startswith(incomplete)]


def _answers(incomplete: str) -> list[str]:
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
        autocompletion=_playbooks,
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
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, whole or not at all.")
]
WithOption = Annotated[
    str | None, typer.Option("--with", metavar="PERSON", help="Add what to ask, do and leave alone with one person.")
]
PrivateOption = Annotated[
    bool, typer.Option("--private", help="Show private goals outside a terminal too (never in JSON).")
]
SaveOption = Annotated[bool, typer.Option("--save/--no-save", help="Append the answers given to DEAL's log.")]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", metavar="TEXT", help="Where saved answers come from: a call, a visit; with whom."),
]


@with_session
def diagnose(
    session: Session,
    deal: DealArgument = None,
    playbook: PlaybookOption = None,
    answer: AnswerOption = None,
    what_if: WhatIfOption = None,
    explain: ExplainOption = False,
    brief: BriefOption = False,
    with_: WithOption = None,
    private: PrivateOption = False,
    save: SaveOption = False,
    source: SourceOption = None,
    format_: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """Say where the customer is, why, what is open, what to ask and what to do.

    Nothing that a person wrote is changed; with --save the answers given are appended to the deal's log.
    """
    _check_options(deal, answer, with_, format_, brief=brief, explain=explain, private=private)
    _refuse_overwriting(output, [deal, *(playbook or ())])
    _check_saving(deal, answer, source, session, save=save)
    from buystage import diagnose as domain
    from buystage.library import load_shelf

    shelf = load_shelf(playbook or DEFAULT_PLAYBOOKS)
    given = _pairs(answer or (), ANSWERS, "bad_answer", shelf)
    supposed = _pairs(what_if or (), SUPPOSED, "bad_what_if", shelf)
    subject = _deal(deal, given, source, shelf, session)
    visible = private or (format_ is Format.TEXT and output is None and _is_terminal())
    person = _person(with_, deal, subject, visible=visible)
    if save and deal:
        from buystage.language import say
        from buystage.saving import append_entry
        from buystage.terminal import literal

        append_entry(deal, subject.observations[-1])
        session.note(say("saved", session.language, file=literal(deal), count=len(given)) + "\n")
    result = domain.diagnose(subject, shelf, session.as_of, file=deal, what_if=supposed)
    result = result if deal else replace(result, name=None)
    _print(session, result, shelf, format_, person, explain=explain, brief=brief, output=output)


def _check_options(
    deal: str | None,
    answer: list[str] | None,
    with_: str | None,
    format_: Format,
    *,
    brief: bool,
    explain: bool,
    private: bool,
) -> None:
    """Raise UsageError where there is nothing to diagnose, or an option that the format has no room for."""
    for option, wanted in (("--brief", brief), ("--explain", explain)):
        if wanted and format_ is not Format.TEXT:
            raise UsageError(Problem("text_only", {"option": option, "format": format_.value}))
    if with_ is not None and (format_ is Format.JSON or brief):
        raise UsageError(Problem("with_where"))
    if private and with_ is None:
        raise UsageError(Problem("private_without_with"))
    if deal is None and not answer:
        raise UsageError(Problem("nothing_to_diagnose", hint="nothing_to_diagnose_hint"))


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _person(
    name: str | None, path: str | None, deal: "Deal", *, visible: bool
) -> "tuple[Person | None, PrivatePerson | None]":
    """Return the person of the deal called `name`, with what is private about them where it may be seen."""
    from buystage.library import load_private
    from buystage.people import person_called

    if name is None:
        return None, None
    person = person_called(name, deal.buying_group)
    private = load_private(path, deal).people if path else {}
    return person, private.get(person.name) if visible else None


def _check_saving(
    deal: str | None, answer: list[str] | None, source: str | None, session: Session, *, save: bool
) -> None:
    """Raise UsageError where there is nothing to save, nowhere to save it, or a day that has not come."""
    if source is not None and not save:
        raise UsageError(Problem("source_without_save"))
    if source is not None and (not source.strip() or len(source) > MOST_CHARACTERS or not _encodable(source)):
        raise UsageError(Problem("bad_source", {"limit": MOST_CHARACTERS}))
    if save and deal in (None, STDIN):
        raise UsageError(Problem("save_where", hint="save_where_hint"))
    if save and not answer:
        raise UsageError(Problem("nothing_to_save", hint="nothing_to_save_hint"))
    if save and session.as_of > later(datetime.now().astimezone().date(), 1):
        raise UsageError(Problem("save_in_the_future", {"day": session.as_of.isoformat()}))


def _encodable(text: str) -> bool:
    """Whether a text can be written as UTF-8: the shell may hand over bytes that are no text."""
    try:
        return bool(text.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _refuse_overwriting(output: Path | None, read: Iterable[str | None]) -> None:
    """Raise UsageError where the output is one of the files read: what a person wrote is never changed."""
    for path in read:
        if output and path and os.path.exists(path) and os.path.exists(output) and os.path.samefile(path, output):
            raise UsageError(Problem("output_is_input", {"file": path}))


def _deal(path: str | None, given: Mapping[str, str], source: str | None, shelf: "Shelf", session: Session) -> "Deal":
    """Return the deal of the file, if any, with the answers given on the command line as its newest entry."""
    from buystage.deal import Deal
    from buystage.diagnose import observed
    from buystage.library import load_deal

    deal = Deal(name="-") if path is None else load_deal(path, shelf.catalogue, session.today)
    if not given:
        return deal
    entry = observed(given, session.as_of, source)
    return deal.model_copy(update={"observations": (*deal.observations, entry)})


def _pairs(texts: Iterable[str], values: tuple[Word, ...], code: str, shelf: "Shelf") -> dict[str, Word]:
    """Return SIGNAL=ANSWER arguments as a mapping. Raises UsageError for the first that is wrong."""
    from buystage.validation import unknown

    pairs: dict[str, Word] = {}
    for text in texts:
        signal, _, word = text.partition("=")
        value = next((each for each in values if each == word), None)
        if value is None:
            raise UsageError(Problem(code, {"got": text}, hint=f"{code}_hint" if code == "bad_answer" else None))
        if signal not in shelf.catalogue.signals:
            raise UsageError(unknown("unknown_id", signal, shelf.catalogue.signals, "list_signals"))
        if pairs.setdefault(signal, value) != value:
            raise UsageError(Problem("answered_twice", {"id": signal}))
    return pairs


def _print(
    session: Session,
    result: "DealDiagnosis",
    shelf: "Shelf",
    format_: Format,
    person: "tuple[Person | None, PrivatePerson | None]",
    *,
    explain: bool,
    brief: bool,
    output: Path | None,
) -> None:
    language = session.language
    if format_ is Format.JSON:
        from buystage.render.json import render_json

        ascii_only = output is None and not stdout_is_unicode()
        session.write(render_json(result, shelf, language, ascii_only=ascii_only), output)
        return
    from buystage.render.view import view

    words = view(result, shelf, language, *person)
    if format_ is Format.MARKDOWN:
        from buystage.render.markdown import render_markdown

        session.write(render_markdown(words, language), output)
    elif brief:
        from buystage.render.brief import render_brief

        session.write(render_brief(result, shelf, words, language), output)
    else:
        from buystage.render.points import points
        from buystage.render.text import screen

        parts = [screen(words, language)]
        session.show(*parts, *([points(result, shelf, language)] if explain else []), output=output)
