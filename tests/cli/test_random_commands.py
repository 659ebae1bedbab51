"""Random deals through the real commands: whatever is in them, a command ends with 0 or 1, and alike each time.

`tests/render/test_random_deals.py` tries many more of them by functions; what it takes for a command is tried here.
"""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from buystage.language import Language
from buystage.render.review.formats import FORMATS
from conftest import Cli
from random_deals import ALL_PLAYBOOKS, EVERY_FORMAT, TODAY, RandomDeal, json_lines, random_deal
from saying import is_well_formed

pytestmark = pytest.mark.slow
ALL = tuple(part for name in ALL_PLAYBOOKS for part in ("-p", name))
FIRST = 2_000_000  # of the seeds that are tried here alone


def written(folder: Path, seed: int, name: str = "deal.yaml") -> tuple[RandomDeal, Path]:
    """Write the deal of a seed into a file, with what is private beside it; return both."""
    made, path = random_deal(seed), folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(made.text, "utf-8")
    path.with_suffix(".private.yaml").write_text(made.private_text, "utf-8")
    return made, path


def commands(made: RandomDeal, path: Path) -> list[tuple[str, ...]]:
    """Return everything that can be asked about a deal, as command lines."""
    deal = str(path)
    suppose = [part for name, word in made.what_if.items() for part in ("--what-if", f"{name}={word}")]
    people = [option for name in made.names for option in ((f"--with={name}",), (f"--with={name}", "--private"))]
    options = [(), ("--brief",), ("--explain",), ("-f", "json"), ("-f", "markdown"), ALL, ("-p", "gartner"), *people]
    reviews = [("-f", name) for name in EVERY_FORMAT] + [("-v",), ("--fail-on", "never"), ("--fail-on", "notice"), ALL]
    return [
        *(("diagnose", deal, *suppose, *each) for each in options),
        *(("review", deal, *each) for each in reviews),
        *(("deal", "history", deal, *each) for each in ((), ("-f", "json"), ALL)),
        ("deal", "check", deal),
    ]


def ends_well(made: RandomDeal, command: tuple[str, ...], code: int, stderr: str) -> None:
    """Check that a command has done what it does: a failed check is the most that may come of it."""
    again = f"the deal of seed {made.seed}: buystage {' '.join(map(repr, command))}"
    assert code in (0, 1), f"{code} from {again}\n{stderr}"
    assert stderr == "" or command[:2] == ("deal", "check"), f"{stderr} from {again}"


def test_every_command_ends_with_0_or_1(cli: Cli, tmp_path: Path) -> None:
    for seed in range(FIRST, FIRST + 200):
        made, path = written(tmp_path, seed)
        for command in Random(seed).sample(commands(made, path), 2):
            done = cli(*command, "--as-of", str(TODAY), "--lang", list(Language)[seed % 2])
            ends_well(made, command, done.exit_code, done.stderr)


def test_every_command_on_the_deal_with_most_in_it_ends_with_0_or_1(cli: Cli, tmp_path: Path) -> None:
    made, path = written(tmp_path, max(range(FIRST, FIRST + 200), key=lambda seed: len(random_deal(seed).data)))
    for command in commands(made, path):
        done = cli(*command, "--as-of", str(TODAY))
        ends_well(made, command, done.exit_code, done.stderr)


def test_commands_in_processes_of_their_own_end_with_0_or_1_too(tmp_path: Path) -> None:
    for seed in range(FIRST, FIRST + 36):
        made, path = written(tmp_path, seed)
        command = Random(seed + 1).choice(commands(made, path))
        done = run(*command, "--as-of", str(TODAY), language=list(Language)[seed % 2])
        ends_well(made, command, done.returncode, done.stderr)


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    variables = {**os.environ, "BUYSTAGE_LANG": environment.pop("language", "en"), **environment}
    program = [sys.executable, "-m", "buystage", *command]
    return subprocess.run(program, capture_output=True, text=True, encoding="utf-8", env=variables, check=False)


# --- alike each time ---------------------------------------------------------------------------------------------


def test_a_review_is_the_same_to_the_byte_whatever_hash_seed_and_however_many_processes(tmp_path: Path) -> None:
    deals = json_lines(tmp_path, range(FIRST, FIRST + 150))
    told = {bytes_of_review(deals, seed, workers) for seed, workers in (("0", "1"), ("1", "1"), ("2", "2"), ("3", "3"))}
    assert len(told) == 1


def bytes_of_review(deals: Path, seed: str, workers: str) -> tuple[bytes, ...]:
    """Review deals with so many processes and a seed of Python's hashes; return what every format says."""
    files = [deals.with_name(f"report.{name}") for name in FORMATS]
    reports = [f"--report={name}={file}" for name, file in zip(FORMATS, files, strict=True)]
    done = run("review", str(deals), "--as-of", str(TODAY), "--workers", workers, *reports, PYTHONHASHSEED=seed)
    assert done.returncode in (0, 1), done.stderr
    return (done.stdout.encode(), *(file.read_bytes() for file in files))


def test_a_diagnosis_is_the_same_to_the_byte_whatever_the_hash_seed(tmp_path: Path) -> None:
    for seed in range(FIRST, FIRST + 4):
        _, path = written(tmp_path, seed)
        formats = (("--explain",), ("-f", "json"), ("-f", "markdown"))
        options = (*formats[seed % 3], *ALL, "--as-of", str(TODAY))
        told = {run("diagnose", str(path), *options, PYTHONHASHSEED=each).stdout for each in ("0", "1", "2")}
        assert len(told) == 1, f"seed {seed}"


# --- against a revision ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_what_is_new_in_deals_is_told_in_every_format(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    """Each deal becomes another one, as if weeks of work had gone into it; some go, some come."""
    monkeypatch.chdir(tmp_path)
    for at in range(60):
        written(Path("deals"), FIRST + at, f"d{at}.yaml")
    commit()
    for at in range(60):
        Path(f"deals/d{at}.yaml").unlink()
    for at in range(10, 70):
        written(Path("deals"), FIRST + 1000 + at, f"d{at}.yaml")
    reports = [f"--report={name}=report.{name}" for name in EVERY_FORMAT]
    done = cli("review", "deals", "--since", "HEAD", "--as-of", str(TODAY), "--lang", language, *reports)
    assert (done.exit_code, done.stderr) in ((0, ""), (1, ""))
    for name in EVERY_FORMAT:
        is_well_formed(name, Path(f"report.{name}").read_text("utf-8"))


def commit() -> None:
    """Commit all that is in the current folder to a new repository."""
    identity = ("-c", "user.name=n", "-c", "user.email=n@example.com")
    for arguments in (("init", "-q"), ("add", "-A"), (*identity, "commit", "-qm", "deals")):
        subprocess.run(["git", *arguments], check=True, capture_output=True)
