"""How long commands take from the shell and back, against typer's import and a typer command that does nothing."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from timing import Row, process, ratios

ROOT = Path(__file__).parents[1]
DEAL = str(ROOT / "examples/electronics-maker.yaml")
BUYSTAGE = str(Path(sys.executable).with_name("buystage"))
NOOP = """
import typer, yaml
app = typer.Typer()
@app.command()
def main() -> None:
    pass
app()
"""
COMMANDS: tuple[tuple[list[str], float | None], ...] = (
    (["diagnose", DEAL, "--format", "json"], 1.35),
    (["diagnose", DEAL], 1.6),
    (["playbook", "show", "linear"], 1.6),
    (["explain", "requirements_agreed"], None),
    (["review", DEAL, "--fail-on", "never"], None),
    (["deal", "history", DEAL], None),
    (["deal", "check", DEAL], None),
    (["playbook", "list"], None),
    (["playbook", "test", "linear"], None),
    (["config", "show"], None),
    (["schema", "deal"], None),
)
WORDS = "buystage playbook show lin"


def rows(pairs: int) -> Iterator[Row]:
    """Yield what was measured."""
    version = process([BUYSTAGE, "--version"])
    typer = process([sys.executable, "-c", "import typer"])
    yield Row("`--version`", "`import typer`", ratios(version, typer, pairs), 1.25)
    with TemporaryDirectory() as folder:
        script = Path(folder, "noop.py")
        script.write_text(NOOP, "utf-8")
        noop = process([sys.executable, str(script)])
        for arguments, most in COMMANDS:
            name = " ".join(arguments).replace(DEAL, "FILE")
            yield Row(f"`{name}`", "no-op typer command", ratios(process([BUYSTAGE, *arguments]), noop, pairs), most)
        completing = process([BUYSTAGE], **_completion("_BUYSTAGE_COMPLETE", WORDS))
        yield Row(
            "completing a word", "`--version`", [1000 * (completing() - version()) for _ in range(pairs)], 10, "ms"
        )
        theirs = process([sys.executable, str(script)], **_completion("_NOOP.PY_COMPLETE", "noop.py --he"))
        yield Row("completing a word", "no-op command completing one", ratios(completing, theirs, pairs))


def _completion(variable: str, words: str) -> dict[str, str]:
    return {variable: "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
