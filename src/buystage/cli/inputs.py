"""What a command works with: the deal, answers, suppositions and playbooks that it was given, or those set."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import typer

from buystage.cli.options import ANSWERS, SUPPOSED, Word
from buystage.cli.session import Session
from buystage.errors import ExitCode, InputError, Problem, UsageError

if TYPE_CHECKING:
    from buystage.library.playbooks import Shelf
    from buystage.model.answer import Value
    from buystage.model.deal import Deal
    from buystage.model.observation import GivenAnswer


def read_deal(path: str | None, shelf: "Shelf", session: Session) -> "Deal":
    """Return the deal of a file, or one without a log where there is no file."""
    from buystage.deals.load import load_deal
    from buystage.model.deal import Deal

    return Deal(name="-") if path is None else load_deal(path, shelf.catalogue, session.today)


def tell_links(session: Session, links: Sequence[str]) -> None:
    """Say which links were met in folders and left out, where there are any."""
    from buystage.language import say
    from buystage.terminal.console import literal

    if links:
        key = "link_left_out" if len(links) == 1 else "links_left_out"
        session.note(say(key, session.language, count=len(links), file=literal(links[0])) + "\n")


def added(deal: "Deal", given: "Mapping[str, GivenAnswer]", day: date, source: str | None) -> "Deal":
    """Return the deal with answers as its newest entry, where there are any."""
    from buystage.model.observation import Observation

    if not given:
        return deal
    entry = Observation(date=day, source=source, answers=dict(given))
    return deal.model_copy(update={"observations": (*deal.observations, entry)})


def answers_given(texts: Iterable[str], shelf: "Shelf") -> "dict[str, GivenAnswer]":
    """Return SIGNAL=ANSWER arguments as answers. Raises UsageError for the first that is wrong."""
    from buystage.model.observation import answer_from

    return {signal: answer_from(word) for signal, word in _pairs(texts, ANSWERS, "bad_answer", shelf).items()}


def supposed(texts: Iterable[str], shelf: "Shelf") -> "dict[str, Value]":
    """Return SIGNAL=yes|no arguments as suppositions. Raises UsageError for the first that is wrong."""
    return _pairs(texts, SUPPOSED, "bad_what_if", shelf)


def _pairs(texts: Iterable[str], values: tuple[Word, ...], code: str, shelf: "Shelf") -> dict[str, Word]:
    from buystage.files.validation import unknown

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


# --- playbooks ---------------------------------------------------------------------------------------------------


def chosen_shelf(session: Session, flag: Sequence[str] | None) -> "Shelf":
    """Return the playbooks in use with their catalogue. Raises as `load_shelf`, and where the settings are wrong."""
    from buystage.library.playbooks import check_chosen, load_shelf

    settings = session.settings
    names = tuple(flag or settings.playbooks)
    if names == settings.playbooks:
        check_chosen(settings)
    shelf = load_shelf(names)
    if settings.stage_words:
        from buystage.deals.crm_words import check_stage_words

        check_stage_words(settings, shelf)
    return shelf


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
