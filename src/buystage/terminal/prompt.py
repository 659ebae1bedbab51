"""How a person is asked: what a prompt shows, what may be pressed, and what every way of asking can do."""

from typing import NamedTuple, Protocol


class Option(NamedTuple):
    """One answer: the key to press, what it stands for, and how it reads."""

    key: str
    value: str
    label: str


class Prompt(NamedTuple):
    """A question on a terminal. `more` is told on request, `others` are keys without a line of their own."""

    heading: str
    question: str
    notes: tuple[str, ...]
    options: tuple[Option, ...]
    others: tuple[Option, ...] = ()
    more: tuple[str, ...] = ()
    hint: str = ""
    ticked: tuple[str, ...] = ()

    def option(self, key: str) -> Option | None:
        """Return the option of a key."""
        return next((each for each in (*self.options, *self.others) if each.key == key), None)


MORE = "i"  # the key that tells more


class Prompter(Protocol):
    """A way to ask. Each of these raises KeyboardInterrupt or EOFError where the person breaks off."""

    def say(self, *lines: str) -> None:
        """Show lines of text."""

    def choose(self, prompt: Prompt) -> str:
        """Return the value of the option that is chosen."""

    def tick(self, prompt: Prompt) -> tuple[str, ...] | str:
        """Return the values of the options that are ticked, or the value of one of the other keys."""

    def line(self, question: str, default: str = "") -> str:
        """Return a line of text, without blanks at its ends; empty for none."""
