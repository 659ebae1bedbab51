"""What all tests share: a quiet environment, the command line, files from text."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from typer.testing import Result

ROOT = Path(__file__).resolve().parents[1]
NOISE = ("BUYSTAGE_", "GITHUB_", "LC_", "CLICOLOR", "CI", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE")

# Before typer is imported: it reads some of these only then.
for name in [key for key in os.environ if key.startswith(NOISE)]:
    del os.environ[name]
os.environ |= {"COLUMNS": "80", "TERM": "dumb", "LANG": "C.UTF-8", "XDG_DATA_HOME": os.devnull}

# The same examples in every run, however slow the machine.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

SECRET = "zzz-not-for-others"
DEAL = "name: {}\n"

Cli = Callable[..., "Result"]
Write = Callable[[str, str], Path]
Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that writes what is printed now into the goldens, and the one that takes up a random deal again."""
    parser.addoption("--update-goldens", action="store_true", help="rewrite goldens and the sessions in the docs")
    parser.addoption("--seed", type=int, help="the one random deal to try, by the seed that a failed test names")


@pytest.fixture(scope="session", autouse=True)
def prepared_playbooks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Parse what ships once, as a wheel has it, rather than at each call of the program."""
    from buystage.library import prepared
    from buystage.library.shipped import builtin_folder

    folder = tmp_path_factory.mktemp("parsed")
    prepared.prepare([*builtin_folder().glob("*.yaml"), ROOT / "src/buystage/deals/crm_words.yaml"], folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared, "FOLDER", folder)
        yield


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "goldens" / name
        if request.config.getoption("--update-goldens"):
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8")

    return compare


@pytest.fixture
def cli() -> Cli:
    """Run the command line in this process: `cli("diagnose", "deal.yaml", stdin="…", env={…})`."""
    from typer.testing import CliRunner

    from buystage.cli import app

    def run(*arguments: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
        """Return exit code, stdout and stderr."""
        return CliRunner().invoke(app, list(arguments), input=stdin, env=env)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of the test: `write("deal.yaml", "…")`; the text is dedented."""

    def make(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), "utf-8")
        return path

    return make


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own, with a user data folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of somebody's that is none of ours."""
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}: [\n")
    return path


@pytest.fixture
def deals(home: Path) -> Path:
    """A folder with a deal in it, below the current one."""
    (home / "deals").mkdir()
    (home / "deals/acme.yaml").write_text(DEAL.format("Acme"))
    return Path("deals")


def places(stderr: str) -> list[tuple[int, int]]:
    """Return the line and column of each error on stderr."""
    return [(int(line), int(column)) for line, column in re.findall(r"^error: .*?:(\d+):(\d+): ", stderr, re.MULTILINE)]
