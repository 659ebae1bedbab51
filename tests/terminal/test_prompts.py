"""Each way of asking alone: keys, arrows, ticks, lines; on a terminal through a pipe of keys, and line by line."""

import io
from collections.abc import Callable, Iterator

import pytest
from prompt_toolkit.input.defaults import create_pipe_input
from prompt_toolkit.output import DummyOutput

from buystage.terminal.menus import TerminalPrompter
from buystage.terminal.plain import PlainPrompter
from buystage.terminal.prompt import Option, Prompt, Prompter

UP, DOWN, LEFT, RIGHT, TAB, ENTER, ESCAPE = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C", "\t", "\r", "\x1b"
INTERRUPT, END = "\x03", "\x04"
OPTIONS = (Option("y", "yes", "yes"), Option("n", "no", "no"), Option("?", "unknown", "don't know"))
OTHERS = (Option("Y", "yes:assumed", "yes, only our guess"), Option("b", "back", "back"), Option("q", "stop", "result"))
FACT = Prompt(
    "Question 3", "Is it decided?", ("  yes  Somebody said so.",), OPTIONS, OTHERS, ("  Not a nod.",), "i more"
)
JOBS = tuple(Option(str(at), name, name.title()) for at, name in enumerate(("problem", "need", "choice"), start=1))
WHICH = Prompt("", "What is open again?", (), JOBS, OTHERS[1:], (), "Space ticks")
Keys = Callable[..., Prompter]


@pytest.fixture
def terminal() -> Iterator[Keys]:
    """Return a way to make a person who presses these keys and then closes the terminal."""
    with create_pipe_input() as pipe:

        def pressing(*keys: str) -> Prompter:
            pipe.send_text("".join(keys))
            pipe.close()
            return TerminalPrompter("1 2 tick", pipe, DummyOutput())

        yield pressing


def typing(*lines: str) -> Prompter:
    """Return a person who types these lines and then closes the terminal."""
    return PlainPrompter(
        "Type a key.", "Type numbers.", "Once more.", io.StringIO("".join(f"{each}\n" for each in lines))
    )


# --- one of several ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ("y", "yes"),
        ("n", "no"),
        ("?", "unknown"),
        ("Y", "yes:assumed"),
        ("b", "back"),
        ("q", "stop"),
        (ENTER, "yes"),
        (DOWN + ENTER, "no"),
        (RIGHT + TAB + ENTER, "unknown"),
        (UP + ENTER, "unknown"),
        (LEFT + LEFT + ENTER, "no"),
        (DOWN * 3 + ENTER, "yes"),
        ("xz7 " + "n", "no"),
        ("i" + "y", "yes"),
        (ESCAPE + ENTER + "n", "yes"),
    ],
)
def test_a_key_or_an_arrow_and_enter_is_an_answer(terminal: Keys, keys: str, value: str) -> None:
    assert terminal(keys).choose(FACT) == value


def test_what_counts_is_told_before_and_more_on_request_all_on_stderr(
    terminal: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal("i", "n").choose(FACT)
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert lines == ["", "Question 3", "Is it decided?", "  yes  Somebody said so.", "  Not a nod.", "  → no"]


@pytest.mark.parametrize(("keys", "ends"), [(INTERRUPT, KeyboardInterrupt), (END, EOFError), ("", EOFError)])
def test_breaking_off_is_told_to_who_asks(terminal: Keys, keys: str, ends: type[BaseException]) -> None:
    with pytest.raises(ends):
        terminal(keys).choose(FACT)


def test_several_questions_read_on_where_the_last_one_ended(terminal: Keys) -> None:
    person = terminal("y", "n", "?")
    assert [person.choose(FACT) for _ in range(3)] == ["yes", "no", "unknown"]


def test_a_prompt_without_more_has_no_key_for_it(terminal: Keys) -> None:
    assert terminal("i", "n").choose(Prompt("", "Save?", (), OPTIONS[:2])) == "no"


# --- some of several ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (" " + ENTER, ("problem",)),
        (" " + DOWN + DOWN + " " + ENTER, ("problem", "choice")),
        ("b", "back"),
        (" q", "stop"),
        ("31" + ENTER, ("problem", "choice")),
        ("2232" + ENTER, ("need", "choice")),
        (ENTER + DOWN + " " + ENTER, ("need",)),  # Enter with nothing ticked waits
        (ESCAPE + ENTER + " " + ENTER, ("problem",)),
    ],
)
def test_ticking(terminal: Keys, keys: str, value: tuple[str, ...] | str) -> None:
    assert terminal(keys).tick(WHICH) == value


def test_what_is_ticked_before_stays_unless_it_is_unticked(terminal: Keys) -> None:
    before = WHICH._replace(ticked=("need",))
    assert terminal("1" + ENTER + "2" + ENTER + "3" + ENTER).tick(before) == ("problem", "need")


@pytest.mark.parametrize(("keys", "ends"), [(INTERRUPT, KeyboardInterrupt), (END, EOFError), (ENTER, EOFError)])
def test_breaking_off_while_ticking(terminal: Keys, keys: str, ends: type[BaseException]) -> None:
    with pytest.raises(ends):
        terminal(keys).tick(WHICH)


# --- a line ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "default", "text"),
    [("  it is decided ", "", "it is decided"), ("", "", ""), ("", "2026-03-02", "2026-03-02"), ("：”", "", "：”")],
)
def test_a_line_of_text(terminal: Keys, keys: str, default: str, text: str) -> None:
    assert terminal(keys, ENTER).line("What?", default) == text


@pytest.mark.parametrize(("keys", "ends"), [(INTERRUPT, KeyboardInterrupt), (END, EOFError), ("half a", EOFError)])
def test_breaking_off_in_a_line(terminal: Keys, keys: str, ends: type[BaseException]) -> None:
    with pytest.raises(ends):
        terminal(keys).line("What?")


# --- line by line ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["y"], "yes"),
        (["?"], "unknown"),
        (["Y"], "yes:assumed"),
        (["b"], "back"),
        (["", "maybe", "n"], "no"),
        (["i", "n"], "no"),
    ],
)
def test_a_key_and_enter_is_an_answer(lines: list[str], value: str) -> None:
    assert typing(*lines).choose(FACT) == value


@pytest.mark.parametrize(
    ("lines", "value"),
    [(["1"], ("problem",)), (["1, 3"], ("problem", "choice")), (["2 1"], ("need", "problem")), (["b"], "back")],
)
def test_numbers_and_enter_tick(lines: list[str], value: tuple[str, ...] | str) -> None:
    assert typing(*lines).tick(WHICH) == value


@pytest.mark.parametrize("wrong", ["", "4", "1 x", "1 b", "b q"])
def test_other_ticks_are_asked_again(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert typing(wrong, "2").tick(WHICH) == ("need",)
    assert "Once more." in capsys.readouterr().err


def test_a_typed_line_and_its_default() -> None:
    person = typing("  it is decided ", "")
    assert [person.line("What?"), person.line("When?", "today")] == ["it is decided", "today"]


def test_every_option_has_its_line_and_nothing_moves_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    typing("n").choose(FACT)
    printed = capsys.readouterr().err
    assert printed.splitlines()[4:] == ["  y) yes", "  n) no", "  ?) don't know", "Type a key. i more"]
    assert "\x1b" not in printed


def test_the_end_of_the_input_is_told() -> None:
    for ask in (typing().choose, typing().tick):
        with pytest.raises(EOFError):
            ask(WHICH)
