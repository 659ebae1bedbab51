"""The draft behind a conversation: whatever breaks it off, no answer is lost."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from buystage.cli.session import Session
from buystage.deals.drafts import abandoned_draft, drop_draft, keep_draft, new_draft
from buystage.interview.choosing import Given
from buystage.language import say
from buystage.library.playbooks import Shelf
from buystage.model.observation import Observation
from buystage.render.questions import yes_or_no
from buystage.render.words import day_text
from buystage.terminal.console import literal
from buystage.terminal.prompt import Prompter


class Draft:
    """What was answered so far, on the disk after each reply, and what an interview that was broken off has left."""

    def __init__(self, prompter: Prompter, session: Session, deal: str | None, source: str | None, kind: str) -> None:
        self.prompter, self.language, self.day = prompter, session.language, session.as_of
        self.deal, self.source, self.kind = deal, source, kind
        self.path, self.lock = new_draft(deal, kind)
        self.earlier: tuple[Observation, ...] = ()  # taken up from another day
        self.is_kept = False

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Say that the answers are kept where the person breaks off or is broken off. Raises KeyboardInterrupt then."""
        for name in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, _break_off)  # so that the terminal is as it was
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a reader that left must not cost the answers
        try:
            yield
        except (KeyboardInterrupt, EOFError):
            if self.is_kept:
                with suppress(OSError):  # the terminal may be gone
                    self.prompter.say("", self._say("draft_kept"))
            raise KeyboardInterrupt from None

    def entries(self, answers: Given) -> tuple[Observation, ...]:
        """Return the answers as entries of a log: those taken up on their days, then those of today."""
        today = Observation(date=self.day, source=self.source, answers=dict(answers))
        return (*self.earlier, *([today] if answers else []))

    def keep(self, answers: Given, past: Sequence[Observation] = ()) -> None:
        """Write down what was answered so far, of `past` days too; say so where that can't be done."""
        try:
            keep_draft(self.path, (*past, *self.entries(answers)))
            if not self.lock.is_locked:
                self.lock.acquire()
            self.is_kept = bool(answers or self.earlier)
        except OSError as error:
            self.is_kept = False
            self.prompter.say(self._say("draft_not_kept", reason=error.strerror))

    def taken_up(self, log: Sequence[Observation], shelf: Shelf) -> Given:
        """Take up an interview that was broken off, where the person wants it; return what was answered today."""
        found = abandoned_draft(self.deal, self.kind)
        if found is None:
            return {}
        path, entries = found
        signals = shelf.catalogue.signals.keys()
        known = [entry for entry in entries if entry not in log and entry.answers.keys() <= signals]
        if not known or max(entry.date for entry in known) > self.day:
            return {}
        wanted = self._is_wanted(known[-1])
        today = {name: given for entry in known if entry.date == self.day for name, given in entry.answers.items()}
        if wanted:
            self.earlier = tuple(entry for entry in known if entry.date != self.day)
            self.keep(today)
        self._drop(path)
        return today if wanted else {}

    def forget(self) -> None:
        """Drop the draft: the answers are saved or declined."""
        self.lock.release(force=True)
        self._drop(self.path)
        self.is_kept = False

    def _is_wanted(self, entry: Observation) -> bool:
        day = day_text(entry.date, self.language, today=self.day)
        notes = (self._say("draft_yes"), self._say("draft_no"))
        question = yes_or_no(self._say("draft_found", day=day), notes, self.language)
        return self.prompter.choose(question) == "yes"

    def _drop(self, path: Path) -> None:
        try:
            drop_draft(path)
        except OSError as error:
            self.prompter.say(self._say("draft_not_dropped", file=literal(str(path)), reason=error.strerror))

    def _say(self, key: str, **parameters: object) -> str:
        return say(key, self.language, **parameters)


def _break_off(*_: object) -> None:
    raise KeyboardInterrupt
