"""Asking line by line, for screen readers and terminals without cursor movement: the same questions, no drawing."""

import sys
import unicodedata
from typing import TextIO

from buystage.terminal.console import shown_on_stderr
from buystage.terminal.prompt import MORE, Prompt
from buystage.terminal.wrapping import paragraph


class PlainPrompter:
    """Asks with a line for each option; an answer is a key and Enter."""

    def __init__(self, hint: str, tick_hint: str, again: str, source: TextIO | None = None) -> None:
        self.hint, self.tick_hint, self.again = hint, tick_hint, again
        self.source = source or sys.stdin

    def say(self, *lines: str) -> None:
        """Show lines of text."""
        shown_on_stderr(*map(paragraph, lines))

    def choose(self, prompt: Prompt) -> str:
        """Return the value of the option whose key is typed."""
        self._show(prompt)
        while not (option := prompt.option(self._typed(prompt, self.hint))):
            self.say(self.again)
        return option.value

    def tick(self, prompt: Prompt) -> tuple[str, ...] | str:
        """Return the values of the options whose keys are typed, or of another key."""
        self._show(prompt)
        while True:
            keys = self._typed(prompt, self.tick_hint).replace(",", " ").split()
            chosen = [option for key in keys if (option := prompt.option(key))]
            if len(chosen) == len(keys) == 1 and chosen[0] in prompt.others:
                return chosen[0].value
            if chosen and len(chosen) == len(keys) and not set(chosen) & set(prompt.others):
                return tuple(option.value for option in chosen)
            self.say(self.again)

    def line(self, question: str, default: str = "") -> str:
        """Return a line of text; an empty one stands for the default."""
        self.say(f"{question} [{default}]" if default else question)
        return self._read() or default

    def _show(self, prompt: Prompt) -> None:
        self.say("", *filter(None, (prompt.heading, prompt.question)), *prompt.notes)

    def _typed(self, prompt: Prompt, hint: str) -> str:
        """Return what is typed, once more has been told where that is wanted."""
        while True:
            self.say(*(f"  {option.key}) {option.label}" for option in prompt.options), f"{hint} {prompt.hint}")
            text = unicodedata.normalize("NFKC", self._read()).replace("、", ",")  # as Chinese keyboards write
            if text != MORE or not prompt.more:
                return text
            self.say(*prompt.more)

    def _read(self) -> str:
        sys.stderr.flush()
        text = self.source.readline()
        if not text:
            raise EOFError
        return text.strip()
