"""What a file may cost: whatever is in it, it is answered in a moment, and memory stays small."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

pytestmark = pytest.mark.slow  # each is a process of its own, with limits of the system

MOST_SECONDS = 30  # a moment, on a busy machine; without bounds they take minutes
MOST_MEMORY = 600_000_000  # of addresses, of which Python and its libraries take a quarter
SIZE = 3_900_000


def run(*arguments: str, most_memory: int = MOST_MEMORY) -> "subprocess.CompletedProcess[str]":
    """Run a command in so little memory that it fails where it needs more than a small multiple of the largest file."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))

    command = [sys.executable, "-m", "buystage", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, preexec_fn=limit)


def filled(text: str) -> str:
    """Return a text again and again, as large as a file may be."""
    return text * (SIZE // len(text.encode()))


def directives(end: str) -> str:
    """Return directives that a parser of YAML compares each with all the others."""
    return end.join(f"%TAG !a{number}! x" for number in range(60_000)) + end


ENDS = {"LF": "\n", "CR": "\r", "CRLF": "\r\n", "NEL": "\x85", "LS": "\u2028", "PS": "\u2029"}


BEFORE = {  # what may stand in front of directives, and the line they begin in
    "": 1,
    "{end}# comment{end} {end}": 4,
    "---{end}": 2,
    "--- # comment{end}": 2,
    "name: A{end}": 2,
    "name: A{end}...{end}": 3,
    "name: A{end}... # comment{end}# comment{end}": 4,
    "name: A{end}...{end}...{end}": 4,
}


@pytest.mark.parametrize("end", ENDS)
def test_directives_are_refused_at_once_wherever_a_parser_would_take_them(tmp_path: Path, end: str) -> None:
    for number, before in enumerate(BEFORE):
        text = f"{before.format(end=ENDS[end])}{directives(ENDS[end])}---\nname: A\n"
        (tmp_path / f"{number}.yaml").write_text(text, "utf-8", newline="")
    errors = [line for line in run("deal", "check", str(tmp_path)).stderr.splitlines() if line.startswith("error: ")]
    says = "directives (%) are not supported"
    assert errors == [f"error: {tmp_path}/{at}.yaml:{line}:1: {says}" for at, line in enumerate(BEFORE.values())]


SHAPES = {
    "line ends, then a deal": (filled("\n") + "name: A\n", ""),
    "line ends, then an error": (filled("\n") + "nam: A\n", ":3900001:1: unknown key 'nam'"),
    "other line ends, then an error": (filled("\r\n") + "nam: A\n", ":1950001:1: unknown key 'nam'"),
    "line ends behind an error": ("nam: A\n" + filled("\n"), ":1:1: unknown key 'nam'"),
    "comments, then an error": (filled("#\r\n") + "nam: A\n", ":1300001:1: unknown key 'nam'"),
    "line ends, then what is no text": (filled("\n") + "name: \x01", ":3900001:7: control character"),
    "ends of the document": ("name: A\n" + filled("...\n"), ""),
    "brackets": (filled("["), "nested deeper than 30 levels"),
    "braces": (filled("{a: "), "nested deeper than 30 levels"),
    "dashes": (filled("- "), "nested deeper than 30 levels"),
    "people without anything": (
        "name: A\nbuying_group: [" + "{}," * 199_990 + "]",
        "more than 100000 things in this file are wrong",
    ),
    "a log of more days than a deal has": (
        "name: A\nobservations:\n" + "- {date: 2026-01-01}\n" * 5001,
        ":3:1: observations: more than 5000 entries",
    ),
    "entries that are none": ("name: A\nobservations:\n" + "- 1\n" * 90_000, "and 89990 more"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_of_any_shape_is_answered_in_a_moment_and_in_little_memory(tmp_path: Path, shape: str) -> None:
    text, says = SHAPES[shape]
    path = tmp_path / "deal.yaml"
    path.write_text(text, "utf-8", newline="")
    result = run("diagnose", str(path))
    assert says in result.stderr
    assert result.returncode == (3 if says else 0)
    assert len(result.stderr) < 5000


def test_a_percent_sign_may_begin_a_line_of_a_text(tmp_path: Path) -> None:
    text = 'name: "A\n%TAG !a! b\n"\nnotes: |\n  %YAML 1.1\nextra: {a: b\n%FOO\n}\n# %TAG\n...\n# %TAG\n'
    path = tmp_path / "deal.yaml"
    path.write_text(text, "utf-8")
    result = run("deal", "check", str(path))
    assert (result.stderr, result.returncode) == ("", 0)


def test_what_a_signal_implies_is_a_short_list(tmp_path: Path) -> None:
    signals = (ROOT / "playbooks/signals.yaml").read_text("utf-8")
    path = tmp_path / "signals.yaml"
    path.write_text(signals.replace("implies: [", f"implies: [{'problem_named, ' * 20}", 1), "utf-8")
    assert ".implies: more than 20 entries" in run("playbook", "check", str(path)).stderr
