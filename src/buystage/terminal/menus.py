"""Asking on a terminal, one key per answer. The only module that knows questionary and prompt_toolkit.

Everything is drawn on standard error: standard output carries the result alone.
"""

import sys
from collections.abc import Callable

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import Output
from prompt_toolkit.output.defaults import create_output
from rich.cells import cell_len

from buystage.terminal.console import shown_on_stderr, width
from buystage.terminal.prompt import MORE, Option, Prompt
from buystage.terminal.wrapping import paragraph, wrapped

_Handler = Callable[[KeyPressEvent], None]
FULL_WIDTH = 0xFEE0  # from an ASCII character to its full-width form
LEAST_ROWS, ROWS_OF_A_QUESTION = 3, 6  # of the terminal; the question stays in sight above its options
FORWARD, BACKWARD = ("right", "down", "tab"), ("left", "up", "s-tab")


class TerminalPrompter:
    """Asks on the terminal; input and output can be given, for tests."""

    def __init__(self, tick_hint: str, source: Input | None = None, sink: Output | None = None) -> None:
        self.tick_hint = tick_hint
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
        """Return the values of the options that are ticked, by their keys or Space; or the value of another key."""
        self._show(prompt)
        menu = _Ticks(prompt._replace(hint=f"{self.tick_hint} · {prompt.hint}"))
        chosen = menu.run(self.input, self.output)
        if chosen and chosen in prompt.others:
            self.say(f"  → {chosen.label}")
            return chosen.value
        ticked = [option for option in prompt.options if option.value in menu.ticked]
        self.say(*(f"  → {option.label}" for option in ticked))
        return tuple(option.value for option in ticked)

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
        _bind(bindings, option, _exit_with(option))
    bindings.add("c-d")(_break_off)
    return bindings


def _bind(bindings: KeyBindings, option: Option, handler: _Handler) -> None:
    """Bind a key, and what a Chinese keyboard makes of it."""
    for key in (option.key, chr(ord(option.key) + FULL_WIDTH)):
        bindings.add(key)(handler)


class _Menu:
    """The options of a prompt, in a line where they fit, and a line of hints."""

    def __init__(self, prompt: Prompt) -> None:
        self.prompt, self.at = prompt, 0
        self.columns = width()
        self.in_a_line = sum(cell_len(self._label(option)) + 4 for option in prompt.options) <= self.columns

    def run(self, source: Input | None, sink: Output) -> Option | None:
        """Return the option chosen, None where more is to be told or what is ticked holds."""
        options = FormattedTextControl(self._options, focusable=True, show_cursor=False)
        hint = "\n".join(wrapped(self.prompt.hint, self.columns))
        hints = FormattedTextControl([("class:hint fg:ansibrightblack", hint)])
        room = Dimension(max=max(LEAST_ROWS, sink.get_size().rows - ROWS_OF_A_QUESTION))
        lines = [Window(options, height=room, dont_extend_height=True)]
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
            label = "\n    ".join(wrapped(self._label(option), self.columns - 4))
            parts += [("bold" if here else "", f"{'>' if here else ' '} {label}")]
            parts += [("", "  " if self.in_a_line else "\n")] if option is not self.prompt.options[-1] else []
        return parts

    def _keys(self) -> KeyBindings:
        bindings = _other_keys(self.prompt)
        for option in self.prompt.options:
            _bind(bindings, option, self._picking(option))
        for keys, step in ((FORWARD, 1), (BACKWARD, -1)):
            for key in keys:
                bindings.add(key)(self._moving(step))
        bindings.add("enter")(self._enter)
        for key in ("c-c", "<sigint>"):
            bindings.add(key)(_interrupt)
        if self.prompt.more:
            bindings.add(MORE)(_exit_with(None))
        return bindings

    def _picking(self, option: Option) -> _Handler:
        return _exit_with(option)

    def _enter(self, event: KeyPressEvent) -> None:
        event.app.exit(result=self.prompt.options[self.at])

    def _moving(self, step: int) -> _Handler:
        def move(_: KeyPressEvent) -> None:
            self.at = (self.at + step) % len(self.prompt.options)

        return move


class _Ticks(_Menu):
    """Options of which several can be ticked; Enter goes on once one is."""

    def __init__(self, prompt: Prompt) -> None:
        self.ticked = set(prompt.ticked)
        super().__init__(prompt)
        self.in_a_line = False

    def _label(self, option: Option) -> str:
        return f"{option.key} [{'x' if option.value in self.ticked else ' '}] {option.label}"

    def _keys(self) -> KeyBindings:
        bindings = super()._keys()
        bindings.add(" ")(lambda _: self._turn(self.prompt.options[self.at]))
        return bindings

    def _picking(self, option: Option) -> _Handler:
        return lambda _: self._turn(option)

    def _turn(self, option: Option) -> None:
        self.at = self.prompt.options.index(option)
        self.ticked ^= {option.value}

    def _enter(self, event: KeyPressEvent) -> None:
        if self.ticked:
            event.app.exit(result=None)


def _exit_with(option: Option | None) -> _Handler:
    return lambda event: event.app.exit(result=option)


def _interrupt(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt)


def _break_off(event: KeyPressEvent) -> None:
    event.app.exit(exception=EOFError)
