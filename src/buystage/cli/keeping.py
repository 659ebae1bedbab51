"""Saving from the command line, with a word on standard error about what was saved."""

from typing import TYPE_CHECKING

from buystage.cli.session import Session
from buystage.language import say
from buystage.terminal.console import literal

if TYPE_CHECKING:
    from buystage.model.observation import Observation


def append(session: Session, deal: str, *entries: "Observation") -> None:
    """Append entries to a deal's log."""
    from buystage.deals.saving import append_entries

    append_entries(deal, *entries)
    count = sum(len(entry.answers) for entry in entries)
    session.note(say("saved", session.language, file=literal(deal), count=count) + "\n")
