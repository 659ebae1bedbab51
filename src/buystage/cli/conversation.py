"""A conversation with the person at the terminal: questions, the words behind the result, saving."""

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from buystage.cli.draft import Draft
from buystage.cli.keeping import append
from buystage.cli.session import Session
from buystage.errors import BuystageError
from buystage.interview.choosing import Chooser, Given, Move, Plan, Question, climbed, interview, listed, open_again
from buystage.language import say
from buystage.library.playbooks import Shelf
from buystage.model.days import day_from
from buystage.model.observation import GivenAnswer, Observation, answer_from
from buystage.render.questions import NONE, question_prompt, which_prompt, yes_or_no
from buystage.render.words import fact_text
from buystage.terminal.console import is_plain, literal, printable
from buystage.terminal.prompt import Prompter

MOST_OF_A_NAME = 60  # characters of a deal, in the name of its file
MOST_CHARACTERS = 1000  # of a quote, as in a file


class Conversation:
    """Holds who is asked, in which language, about which deal."""

    def __init__(
        self, session: Session, shelf: Shelf, deal: str | None, source: str | None, kind: str = "diagnose"
    ) -> None:
        self.session, self.shelf, self.deal = session, shelf, deal
        self.language, self.day = session.language, session.as_of
        self.asked = 0
        self.prompter = self._prompter()
        self.draft = Draft(self.prompter, session, deal, source, kind)

    def _prompter(self) -> Prompter:
        if is_plain(os.environ):
            from buystage.terminal.plain import PlainPrompter

            return PlainPrompter(self._say("hint_plain"), self._say("hint_plain_tick"), self._say("no_such_key"))
        from buystage.terminal.menus import TerminalPrompter

        return TerminalPrompter(self._say("hint_tick"))

    def _say(self, key: str, **parameters: object) -> str:
        return say(key, self.language, **parameters)

    # --- questions -------------------------------------------------------------------------------------------

    def interview(self, plan: Plan) -> tuple[Observation, ...]:
        """Ask until nothing tells more; return all answers as entries, also those given before."""
        before = {**self.draft.taken_up(plan.log, self.shelf), **plan.before}
        plan = replace(plan, before=before, log=(*plan.log, *self.draft.earlier))
        given, stopped = self._ask(plan, before, plan.most)
        ending = self._say("enough_asked", most=plan.most) if self.asked >= plan.most else self._say("nothing_more")
        self.prompter.say("", *([] if stopped else [ending, ""]))
        return self.draft.entries({**before, **given})

    def ask_again(self, signals: Sequence[str], log: Sequence[Observation]) -> tuple[Observation, ...]:
        """Ask these facts, one after the other; return the answers as entries."""
        before = self.draft.taken_up(log, self.shelf)
        left = [name for name in signals if name not in before]
        return self.draft.entries({**before, **self._ask(listed(left), before, len(left))[0]})

    def _ask(self, choose: Chooser, before: Given, most: int) -> tuple[Given, bool]:
        def ask(question: Question) -> Given | Move:
            self.asked = question.number
            return self._answer(question, most)

        return interview(choose, ask, lambda given: self.draft.keep({**before, **given}))

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

    def with_words(self, signals: Sequence[str], entries: Sequence[Observation]) -> tuple[Observation, ...]:
        """Ask for the words behind these answers of the last entry; return the entries with them.

        What was said on an earlier day is an entry of that day too, and holds today as it was answered. Where nothing
        was answered today there is nothing to ask about.
        """
        *before, last = entries
        if last.date != self.day:
            return tuple(entries)
        answers = dict(last.answers)
        days: dict[date, dict[str, GivenAnswer]] = {}
        if signals:
            self.prompter.say("", self._say("words_intro"))
        for signal in signals:
            fact = fact_text(self.shelf, signal, answers[signal].answer, self.language)
            self.prompter.say("", f"{fact}{self._say('stop')}")
            if quote := self._line(self._say("words_what")):
                answers[signal] = answers[signal].model_copy(update={"quote": quote})
                self.draft.keep(answers, self._past(days))
                answers[signal] = answers[signal].model_copy(update={"by": self._line(self._say("words_who")) or None})
                if (day := self._when()) != last.date:
                    days.setdefault(day, {})[signal] = answers[signal]
                self.draft.keep(answers, self._past(days))
        return (*before, *self._past(days), last.model_copy(update={"answers": answers}))

    def _past(self, days: Mapping[date, dict[str, GivenAnswer]]) -> list[Observation]:
        """Return what was said on earlier days as entries of those days."""
        return [Observation(date=day, source=self.draft.source, answers=days[day]) for day in sorted(days)]

    def _line(self, question: str, default: str = "") -> str:
        text = printable(self.prompter.line(question, default))
        while len(text) > MOST_CHARACTERS:
            self.prompter.say(self._say("words_too_long", limit=MOST_CHARACTERS))
            text = printable(self.prompter.line(question, text))
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
            self._save_as_new(entries, sure=sure)
        elif sure or self._agrees(self.deal):
            append(self.session, self.deal, *entries)
        else:
            self.prompter.say(self._say("not_saved"))

    def _agrees(self, deal: str) -> bool:
        question = self._say("save_append", file=literal(deal))
        self.prompter.say("")
        return self.prompter.choose(yes_or_no(question, (), self.language)) == "yes"

    def _save_as_new(self, entries: Sequence[Observation], *, sure: bool) -> None:
        from buystage.deals.new_deal import create_deal

        question = yes_or_no(self._say("save_new"), (self._say("save_new_no"),), self.language)
        wanted = sure or self.prompter.choose(question) == "yes"
        default = self._say("save_name_default", day=self.day.isoformat())
        name = (self._line(self._say("save_name"), default) or default) if wanted else ""
        file = _file_name(name)
        while wanted and (file := self.prompter.line(self._say("save_file"), file)):
            try:
                create_deal(str(Path(file).expanduser()), self.language, self.day, name)
                append(self.session, str(Path(file).expanduser()), *entries)
                self.prompter.say(self._say("then_after", file=literal(shlex.quote(file))))
                return
            except BuystageError as error:
                self.session.complain(error)
        self.prompter.say(self._say("not_saved"))


def _file_name(name: str) -> str:
    """Return a file name made from that of a deal."""
    words = re.sub(r"[^\w]+", "-", name.casefold()).strip("-")
    return f"{words[:MOST_OF_A_NAME] or 'deal'}.yaml"
