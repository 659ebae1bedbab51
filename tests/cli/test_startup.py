"""What a command loads: only what it needs, so that it is there in a blink."""

import os
import subprocess
import sys

import pytest

from conftest import ROOT

pytestmark = pytest.mark.slow  # each is a process of its own; what libraries load differs from version to version

DEAL = str(ROOT / "examples/electronics-maker.yaml")
LOADED = """
import sys
from buystage.__main__ import main
try:
    main()
finally:
    sys.stderr.write("\\n".join(sys.modules))
"""
PROMPTS = {"questionary", "prompt_toolkit", "buystage.terminal.menus", "buystage.interview.choosing"}
SCREENS = {"rich.console", "rich.table", "buystage.render.diagnosis.screen", "buystage.terminal.wrapping"}
SCORING, RULES, REVIEW = "buystage.diagnosis.scoring", "buystage.diagnosis.rules", "buystage.review.reviewer"
MODELS = {
    "yaml",
    "buystage.model.playbook",
    "buystage.model.deal",
    "buystage.model.fields",
    "buystage.library.playbooks",
}
PROCESSES = {"multiprocessing", "concurrent.futures", "buystage.review.parallel"}


def loaded(*arguments: str, **environment: str) -> set[str]:
    """Return the modules that a command has loaded when it ends."""
    command = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (["--version"], PROMPTS | SCREENS | MODELS | PROCESSES | {"pydantic", "platformdirs", "buystage.language"}),
        (["diagnose", DEAL, "--format", "json"], PROMPTS | SCREENS | PROCESSES | {REVIEW}),
        (
            ["diagnose", DEAL],
            PROMPTS | PROCESSES | {REVIEW, "buystage.diagnosis.sums", "rich.progress"},
        ),
        (
            ["playbook", "show", "linear"],
            PROMPTS | PROCESSES | {"buystage.model.deal", SCORING, RULES},
        ),
        (
            ["explain", "requirements_agreed"],
            PROMPTS | PROCESSES | {SCORING, RULES},
        ),
        (["review", DEAL, "--fail-on", "never"], PROMPTS | {"rich.progress"}),
        (["review", DEAL, "--format", "jsonl", "--fail-on", "never"], PROMPTS | {"rich.console", "rich.progress"}),
        (
            ["schema", "deal"],
            PROMPTS | SCREENS | PROCESSES | {SCORING, RULES},
        ),
        (["config", "show"], PROMPTS | PROCESSES | {SCORING, "buystage.model.deal"}),
    ],
    ids=lambda value: " ".join(value[:2]).replace(DEAL, "DEAL") if isinstance(value, list) else "",
)
def test_a_command_loads_only_what_it_needs(command: list[str], unneeded: set[str]) -> None:
    assert loaded(*command) & unneeded == set()


@pytest.mark.parametrize("words", ["buystage dia", "buystage diagnose --format ", "buystage playbook show lin"])
def test_completing_a_word_reads_no_playbook(words: str) -> None:
    asked = {"_BUYSTAGE_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    assert loaded(**asked) & (MODELS | PROMPTS | SCREENS | PROCESSES) == set()


def test_a_command_does_not_load_the_others() -> None:
    others = {f"buystage.cli.{name}" for name in ("after", "review", "playbook", "deal", "explain", "config", "schema")}
    assert loaded("diagnose", DEAL) & others == set()
