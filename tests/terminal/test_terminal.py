"""A real terminal: what is on the screen after all is drawn."""

import os
import sys

import pexpect
import pyte
import pytest

from conftest import ROOT


def screen(command: str, rows: int, columns: int, **environment: str) -> tuple[pyte.Screen, str]:
    """Run a command in a terminal of that size; return the screen and the raw output."""
    env = {k: v for k, v in os.environ.items() if k != "COLUMNS"} | {"TERM": "xterm-256color", **environment}
    child = pexpect.spawn(
        sys.executable, ["-m", "buystage", *command.split()], dimensions=(rows, columns), encoding="utf-8", env=env,
        cwd=str(ROOT), timeout=20,
    )  # fmt: skip
    child.expect_exact(pexpect.EOF)
    output = child.before or ""
    child.close()
    assert child.exitstatus == 0, output
    drawn = pyte.Screen(columns, rows)
    pyte.Stream(drawn).feed(output)
    return drawn, output


@pytest.mark.parametrize(("columns", "language"), [(80, "en"), (80, "zh"), (50, "en"), (50, "zh"), (40, "zh")])
def test_the_screen_is_drawn_in_colour_and_within_the_window(columns: int, language: str) -> None:
    command = f"diagnose examples/electronics-maker.yaml --as-of 2026-04-24 --lang {language}"
    drawn, output = screen(command, 60, columns)
    lines = [line.rstrip() for line in drawn.display]
    assert lines[0].startswith("Lumenta")
    assert "\x1b[1m" in output
    marked = "[EVALUATION]" if language == "en" else "[方案评估]"
    shown = "".join(line.replace(" ", "") if language == "zh" else line for line in lines)
    assert marked in shown


def test_a_terminal_without_colours_gets_none() -> None:
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        _, output = screen("playbook list", 20, 80, **environment)
        assert "\x1b" not in output


def test_the_same_words_with_and_without_colour() -> None:
    command = "diagnose examples/electronics-maker.yaml --as-of 2026-04-24"
    colored, _ = screen(command, 60, 80)
    plain, _ = screen(command + " --color never", 60, 80)
    assert colored.display == plain.display
