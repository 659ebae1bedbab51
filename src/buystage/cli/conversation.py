"""A conversation with the person at the terminal: questions, the words behind the result, saving."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from buystage.cli.keeping import append
from buystage.cli.session import Session
from buystage.days import day_from
from buystage.drafts import draft_path, drop_draft, keep_draft, load_draft
from buystage.errors import InputError
from buystage.interview import Chooser, Given, Move, Plan, Question, climbed, interview, listed, open_again
from buystage.language import say
from buystage.library import Shelf
from buystage.observation import GivenAnswer, Observation, answer_from
from buystage.prompting import Prompter
from buystage.render.questions import NONE, question_prompt, which_prompt, yes_or_no
from buystage.render.words import day_text, fact_text
from buystage.terminal import is_plain, literal

MOST_CHARACTERS = 1000  # of a quote, as in a file


class Conversation:
    """Holds who is asked, in which language, about which deal."""

    def __init__(self, session: Session, shelf: Shelf, deal: str | None) -> None:
        self.session, self.shelf, self.deal = session, shelf, deal
        self.language, self.day = session.language, session.as_of
        self.draft = draft_path(deal)
        self.prompter = self._prompter()

    def _prompter(self) -> Prompter:
        if is_plain(os.environ):
            from buystage.plain_prompts import PlainPrompter

            return PlainPrompter(self._say("hint_plain"), self._say("hint_plain_tick"), self._say("no_such_key"))
        from buystage.prompts import TerminalPrompter

        return TerminalPrompter(self._say("hint_tick"))

    def _say(self, key: str, **parameters: object) -> str:
        return say(key, self.language, **parameters)

    # --- nothing is lost -------------------------------------------------------------------------------------

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Say that the answers are kept where the person breaks off. Raises KeyboardInterrupt then."""
        try:
            yield
        except (KeyboardInterrupt, EOFError):
            if load_draft(self.draft):
                self.session.note("\n" + self._say("draft_kept") + "\n")
            raise KeyboardInterrupt from None

    def forget(self) -> None:
        """Drop the draft: the answers are saved or declined."""
        drop_draft(self.draft)

    def _remember(self, given: Given) -> None:
        try:
            keep_draft(self.draft, Observation(date=self.day, answers=dict(given)))
        except OSError as error:
            self.prompter.say(self._say("draft_not_kept", reason=error.strerror))

    def _from_draft(self) -> Given:
        """Return the answers of an interview that was broken off, where the person wants them."""
        draft = load_draft(self.draft)
        known = (
            {name: given for name, given in draft.answers.items() if name in self.shelf.catalogue.signals}
            if draft
            else {}
        )
        if draft is None or not known:
            return {}
        day = day_text(draft.date, self.language, today=self.day)
        question = self._say("draft_found", day=day)
        notes = (self._say("draft_yes"), self._say("draft_no"))
        if self.prompter.choose(yes_or_no(question, notes, self.language)) == "yes":
            return known
        self.forget()
        return {}

    # --- questions -------------------------------------------------------------------------------------------

    def interview(self, plan: Plan) -> Given:
        """Ask until nothing tells more; return all answers, also those given before."""
        plan = replace(plan, before={**self._from_draft(), **plan.before})
        given, stopped = self._ask(plan, plan.before, plan.most)
        enough = self._asked >= plan.most
        ending = self._say("enough_asked", most=plan.most) if enough else self._say("nothing_more")
        self.prompter.say("", *([] if stopped else [ending, ""]))
        return {**plan.before, **given}

    def ask_again(self, signals: Sequence[str]) -> Given:
        """Ask these facts, one after the other."""
        return self._ask(listed(signals), {}, len(signals))[0]

    def _ask(self, choose: Chooser, before: Given, most: int) -> tuple[Given, bool]:
        self._asked = 0

        def ask(question: Question) -> Given | Move:
            self._asked = question.number
            return self._answer(question, most)

        return interview(choose, ask, lambda given: self._remember({**before, **given}))

    def _answer(self, question: Question, most: int) -> Given | Move:
        value = self.prompter.choose(question_prompt(question, self.shelf, self.language, most))
        if value in (Move.BACK.value, Move.STOP.value):
            return Move(value)
        if question.kind == "fact":
            return {question.signals[0]: answer_from(value)}
        if value == "unknown":
            return {}
        if question.kind == "ladder":
            return climbed(question.signals, None if value == NONE else value)
        return self._which(question, most) if value == "yes" else open_again(question.signals, (), self.shelf)

    def _which(self, question: Question, most: int) -> Given | Move:
        ticked = self.prompter.tick(which_prompt(question, self.shelf, self.language))
        if ticked == Move.BACK.value:
            return self._answer(question, most)
        return Move.STOP if isinstance(ticked, str) else open_again(question.signals, ticked, self.shelf)

    # --- the words behind the result ---------------------------------------------------------------------------

    def with_words(self, signals: Sequence[str], entry: Observation) -> list[Observation]:
        """Ask for the words behind these answers of an entry; return the entries, one for each day told."""
        answers = dict(entry.answers)
        days: dict[date, dict[str, GivenAnswer]] = {}
        if signals:
            self.prompter.say("", self._say("words_intro"))
        for signal in signals:
            fact = fact_text(self.shelf, signal, answers[signal].answer, self.language)
            self.prompter.say("", f"{fact}{self._say('stop')}")
            if quote := self._line(self._say("words_what")):
                told = {"quote": quote, "by": self._line(self._say("words_who")) or None}
                days.setdefault(self._when(), {})[signal] = answers.pop(signal).model_copy(update=told)
        today = {**answers, **days.pop(entry.date, {})}
        earlier = [Observation(date=day, source=entry.source, answers=days[day]) for day in sorted(days)]
        return [*earlier, *([entry.model_copy(update={"answers": today})] if today else [])]

    def _line(self, question: str) -> str:
        text = literal(self.prompter.line(question))
        while len(text) > MOST_CHARACTERS:
            self.prompter.say(self._say("words_too_long", limit=MOST_CHARACTERS))
            text = literal(self.prompter.line(question))
        return text

    def _when(self) -> date:
        """Return the day on which it was said; today, unless told otherwise."""
        while True:
            told = self.prompter.line(self._say("words_when", day=self.day.isoformat()))
            day = day_from(told) if told else self.day
            if day and day <= self.day:
                return day
            self.prompter.say(self._say("words_when_bad", day=self.day.isoformat()))

    # --- saving ----------------------------------------------------------------------------------------------

    def save(self, entries: Sequence[Observation], *, sure: bool) -> None:
        """Append the entries to the deal, or make a new one of them; ask first, unless the person is `sure`."""
        if self.deal is None:
            self._save_as_new(entries)
        elif sure or self._agrees(self.deal):
            append(self.session, self.deal, *entries)
        else:
            self.prompter.say(self._say("not_saved"))

    def _agrees(self, deal: str) -> bool:
        question = self._say("save_append", file=literal(deal))
        self.prompter.say("")
        return self.prompter.choose(yes_or_no(question, (), self.language)) == "yes"

    def _save_as_new(self, entries: Sequence[Observation]) -> None:
        from buystage.new_deal import create_deal

        self.prompter.say("")
        name = self._line(self._say("save_name"))
        while name:
            file = self.prompter.line(self._say("save_file"), _file_name(name))
            try:
                create_deal(file, self.language, self.day, name)
                append(self.session, file, *entries)
                self.prompter.say(self._say("then_after", file=literal(file)))
                return
            except InputError as error:
                self.session.complain(error)
        self.prompter.say(self._say("not_saved"))


def _file_name(name: str) -> str:
    """Return a file name made from that of a deal."""
    words = re.sub(r"[^\w]+", "-", name.casefold()).strip("-")
    return f"{words or 'deal'}.yaml"
