"""Asking on a terminal, one key per answer. The only module that knows questionary and prompt_toolkit.

Everything is drawn on standard error: standard output carries the result alone.
"""

import sys
from collections.abc import Callable

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import Output
from prompt_toolkit.output.defaults import create_output
from rich.cells import cell_len

from buystage.prompting import MORE, Option, Prompt
from buystage.terminal import shown_on_stderr, width
from buystage.wrapping import paragraph

_Handler = Callable[[KeyPressEvent], None]
FORWARD, BACKWARD = ("right", "down", "tab"), ("left", "up", "s-tab")


class TerminalPrompter:
    """Asks on the terminal; input and output can be given, for tests."""

    def __init__(self, source: Input | None = None, sink: Output | None = None) -> None:
        self.input, self.output = source, sink or create_output(stdout=sys.stderr)

    def say(self, *lines: str) -> None:
        """Show lines of text."""
        shown_on_stderr(*map(paragraph, lines))

    def choose(self, prompt: Prompt) -> str:
        """Return the value of the option that is chosen: by its key, or by arrows and Enter."""
        self._show(prompt)
        while (chosen := _Menu(prompt).run(self.input, self.output)) is None:
            self.say(*prompt.more)
        self.say(f"  → {chosen.label}")
        return chosen.value

    def tick(self, prompt: Prompt) -> tuple[str, ...] | str:
        """Return the values of the options that are ticked with Space, at least one, or of another key."""
        self._show(prompt)
        choices = [questionary.Choice(option.label, option.value) for option in prompt.options]
        while True:
            question = questionary.checkbox(
                "",
                choices,
                qmark="",
                instruction=prompt.hint,
                input=self.input,
                output=self.output,
                erase_when_done=True,
            )
            question.application.key_bindings = merge_key_bindings(
                [question.application.key_bindings or KeyBindings(), _other_keys(prompt)]
            )
            answer = question.unsafe_ask()
            if isinstance(answer, Option):
                return answer.value
            if answer:  # Esc and Enter give a text rather than a list
                labels = {option.value: option.label for option in prompt.options}
                self.say(*(f"  → {labels[value]}" for value in answer))
                return tuple(answer)

    def line(self, question: str, default: str = "") -> str:
        """Return a line of text."""
        self.say(question)
        text = questionary.text("", default=default, qmark="  →", input=self.input, output=self.output).unsafe_ask()
        return str(text).strip()

    def _show(self, prompt: Prompt) -> None:
        self.say("", *filter(None, (prompt.heading, prompt.question)), *prompt.notes)


def _other_keys(prompt: Prompt) -> KeyBindings:
    bindings = KeyBindings()
    for option in prompt.others:
        bindings.add(option.key)(_exit_with(option))
    bindings.add("c-d")(_break_off)
    return bindings


class _Menu:
    """The options of a prompt, in a line where they fit, and a line of hints."""

    def __init__(self, prompt: Prompt) -> None:
        self.prompt, self.at = prompt, 0
        self.in_a_line = sum(cell_len(self._label(option)) + 4 for option in prompt.options) <= width()

    def run(self, source: Input | None, sink: Output) -> Option | None:
        """Return the option chosen, None where more is to be told."""
        options = FormattedTextControl(self._options, focusable=True, show_cursor=False)
        hints = FormattedTextControl([("class:hint fg:ansibrightblack", self.prompt.hint)])
        lines = [Window(options, wrap_lines=True, dont_extend_height=True)]
        lines += [Window(hints, wrap_lines=True, dont_extend_height=True)]
        app: Application[Option | None] = Application(
            Layout(HSplit(lines)), key_bindings=self._keys(), input=source, output=sink, erase_when_done=True
        )
        return app.run()

    def _label(self, option: Option) -> str:
        return f"{option.key} {option.label}"

    def _options(self) -> StyleAndTextTuples:
        parts: StyleAndTextTuples = []
        for at, option in enumerate(self.prompt.options):
            here = at == self.at
            parts += [("[SetCursorPosition]", "")] if here else []
            parts += [("bold" if here else "", f"{'>' if here else ' '} {self._label(option)}")]
            parts += [("", "  " if self.in_a_line else "\n")] if option is not self.prompt.options[-1] else []
        return parts

    def _keys(self) -> KeyBindings:
        bindings = _other_keys(self.prompt)
        for option in self.prompt.options:
            bindings.add(option.key)(_exit_with(option))
        for keys, step in ((FORWARD, 1), (BACKWARD, -1)):
            for key in keys:
                bindings.add(key)(self._moving(step))
        bindings.add("enter")(lambda event: event.app.exit(result=self.prompt.options[self.at]))
        bindings.add("c-c")(_interrupt)
        if self.prompt.more:
            bindings.add(MORE)(_exit_with(None))
        return bindings

    def _moving(self, step: int) -> _Handler:
        def move(_: KeyPressEvent) -> None:
            self.at = (self.at + step) % len(self.prompt.options)

        return move


def _exit_with(option: Option | None) -> _Handler:
    return lambda event: event.app.exit(result=option)


def _interrupt(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt)


def _break_off(event: KeyPressEvent) -> None:
    event.app.exit(exception=EOFError)
