"""What is written is whole or not there, takes the place of nothing that a person wrote, and goes through no link."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from buystage.deals import saving
from buystage.deals.drafts import abandoned_draft, drop_draft, keep_draft, new_draft
from buystage.deals.entry_text import entry_block
from buystage.errors import InputError
from buystage.files.writing import TEMPORARY, beside, create, leftovers
from conftest import DEAL, SECRET, Cli
from samples import ENTRY

# --- writing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["other.yaml", "other.txt", "nowhere", "."])
@pytest.mark.parametrize(
    "command",
    [
        ("diagnose", "deals/acme.yaml", "-f", "json", "-o", "out.json"),
        ("review", "deals", "-o", "out.json"),
        ("review", "deals", "--report", "junit=out.json"),
        ("playbook", "test", "linear", "-o", "out.json"),
    ],
    ids=" ".join,
)
def test_an_output_that_is_a_link_is_refused(cli: Cli, deals: Path, command: tuple[str, ...], target: str) -> None:
    for name in ("other.yaml", "other.txt"):
        Path(name).write_text(SECRET)
    Path("out.json").symlink_to(target)
    result = cli(*command)
    assert result.exit_code == 2
    assert "out.json is a link" in result.stderr
    assert Path("out.json").is_symlink()
    assert not Path("nowhere").exists()
    assert Path("other.yaml").read_text() == Path("other.txt").read_text() == SECRET


def test_an_output_may_lie_behind_a_link_that_is_named_in_full(cli: Cli, deals: Path) -> None:
    Path("reports").mkdir()
    Path("link").symlink_to("reports")
    assert cli("review", "deals", "-o", str(Path.cwd() / "link/out.txt")).exit_code == 0
    assert [each.name for each in Path("reports").iterdir()] == ["out.txt"]


@pytest.mark.parametrize(
    "command",
    [
        ("review", "deals", "-o", "link/out.csv"),
        ("review", "deals", "--report", "csv=link/inner/out.csv"),
        ("deal", "new", "link/new.yaml"),
        ("playbook", "new", "link/own.yaml"),
    ],
)
def test_nothing_is_written_through_a_folder_that_came_as_a_link(
    cli: Cli, deals: Path, tmp_path_factory: pytest.TempPathFactory, command: tuple[str, ...]
) -> None:
    """What stands below the current folder may have come with a repository, and lead anywhere."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "inner").mkdir()
    Path("link").symlink_to(outside)
    result = cli(*command)
    assert result.exit_code in (2, 3)
    assert "nothing is written through a link" in result.stderr
    assert [path.name for path in outside.rglob("*")] == ["inner"]


def test_yaml_is_not_written_over_in_any_case(cli: Cli, deals: Path) -> None:
    Path("mine.YAML").write_text("name: mine\n")
    assert cli("diagnose", "deals/acme.yaml", "-o", "mine.YAML").exit_code == 2
    assert Path("mine.YAML").read_text() == "name: mine\n"


@pytest.mark.parametrize(
    "shell",
    [
        "{program} -o /dev/stdout",
        "{program} -o /dev/stdout > file; cat file",
        "echo before > file; {program} -o /dev/stdout >> file; grep -q before file && cat file",
        "{program} -o /dev/fd/3 3>&1",
        "{program} -o /proc/self/fd/1 | cat",
        "mkfifo pipe; cat pipe & {program} -o pipe; wait",
        "{program} -o >(cat); sleep 0.2; wait",
        "ln -s /dev/stdout out; {program} -o out | cat",
        "{program} -o -",
        "{program} -o /dev/null; echo Acme",
    ],
)
def test_streams_are_written_to_as_they_are(deals: Path, shell: str) -> None:
    script = shell.format(program=f'"{sys.executable}" -m buystage diagnose deals/acme.yaml')
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout.count("Acme"), done.stderr) == (1, "")
    assert not Path("-").exists()


@pytest.mark.parametrize("number", ["77", "9" * 30])
def test_an_output_that_the_shell_has_not_opened_is_an_error(cli: Cli, deals: Path, number: str) -> None:
    result = cli("diagnose", "deals/acme.yaml", "-o", f"/dev/fd/{number}")
    assert (result.exit_code, "can't write" in result.stderr) == (3, True)


def test_a_dash_means_standard_output_wherever_output_goes(cli: Cli, deals: Path) -> None:
    assert cli("review", "deals", "-o", "-").stdout == cli("review", "deals").stdout
    both = cli("review", "deals", "--report", "junit=-", "-o", "out.txt")
    assert (both.exit_code, both.stdout.startswith("<?xml")) == (0, True)
    assert cli("playbook", "test", "linear", "-o", "-").stdout == cli("playbook", "test", "linear").stdout
    assert not Path("-").exists()
    assert cli("review", "deals", "-o", "./-").stdout == ""
    assert Path("-").exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--report", "junit=-"],
        ["--report", "junit=-", "-o", "-"],
        ["--report", "junit=-", "--report", "sarif=-", "-o", "out.txt"],
        ["--report", "junit=/dev/stdout"],
    ],
)
def test_two_outputs_on_standard_output_are_refused(cli: Cli, deals: Path, options: list[str]) -> None:
    result = cli("review", "deals", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "standard output can't take two formats" in result.stderr
    assert not Path("out.txt").exists()


def test_a_gitignore_that_is_a_link_is_not_written_through(cli: Cli, home: Path, secret: Path) -> None:
    (home / ".gitignore").symlink_to(secret)
    result = cli("deal", "new", "acme.yaml")
    assert (result.exit_code, ".gitignore is a link" in result.stderr) == (3, True)
    assert secret.read_text() == f"{SECRET}: [\n"
    assert not (home / "acme.yaml").exists()


def test_a_gitignore_keeps_its_permissions_and_is_whole(cli: Cli, home: Path) -> None:
    (home / ".gitignore").write_text("build\n")
    (home / ".gitignore").chmod(0o640)
    assert cli("deal", "new", "acme.yaml").exit_code == 0
    assert (home / ".gitignore").stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in home.iterdir()) == [".gitignore", "acme.yaml"]


@pytest.mark.parametrize("link", [saving.LOCK, "pipe"])
def test_a_lock_that_is_a_link_is_not_opened(cli: Cli, deals: Path, secret: Path, link: str) -> None:
    lock = deals / saving.LOCK
    if link == "pipe":
        os.mkfifo(lock)
    else:
        lock.symlink_to(secret.resolve())
    result = cli("diagnose", "deals/acme.yaml", "-a", "problem_named=yes", "--save")
    assert result.exit_code == 3
    assert f"{saving.LOCK} is a link or no ordinary file" in result.stderr
    assert "problem_named: yes" in result.stderr
    assert secret.read_text() == f"{SECRET}: [\n"
    assert (deals / "acme.yaml").read_text() == DEAL.format("Acme")


def test_a_draft_whose_lock_is_a_link_is_left_alone(
    tmp_path: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path, lock = new_draft(None, "diagnose")
    keep_draft(path, [ENTRY])
    assert abandoned_draft(None, "diagnose") == (path, (ENTRY,))
    Path(lock.lock_file).unlink()
    Path(lock.lock_file).symlink_to(secret)
    assert abandoned_draft(None, "diagnose") is None
    assert secret.read_text() == f"{SECRET}: [\n"
    drop_draft(path)
    assert (list(path.parent.iterdir()), secret.exists()) == ([], True)


# --- temporary files -------------------------------------------------------------------------------------------


def test_each_writer_has_a_temporary_of_its_own_and_takes_none_of_another_deal_away(deals: Path) -> None:
    (deals / "other.yaml").write_text(DEAL.format("Other"))
    with beside(deals / "other.yaml") as live:
        create(live, [b"half"])
        with beside(deals / "other.yaml") as second:
            assert second != live
        saving.append_entries("deals/acme.yaml", ENTRY)
        assert leftovers(deals / "other.yaml") == [live]
    assert leftovers(deals / "other.yaml") == []


def test_where_a_link_is_in_the_place_of_a_temporary_it_is_not_written_through(deals: Path, secret: Path) -> None:
    with beside(deals / "acme.yaml") as temporary:
        temporary.symlink_to(secret.resolve())
        with pytest.raises(FileExistsError):
            create(temporary, [b"lost"])
    assert secret.read_text() == f"{SECRET}: [\n"


def test_a_lock_that_was_lost_meanwhile_costs_a_refusal(deals: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = deals / "acme.yaml"
    write = saving._write

    def lose(temporary: Path, data: bytes, like: os.stat_result) -> None:
        write(temporary, data, like)
        (deals / saving.LOCK).unlink()
        monkeypatch.setattr(saving, "_write", write)

    monkeypatch.setattr(saving, "_write", lose)
    with pytest.raises(InputError) as error:
        saving.append_entries(str(path), ENTRY)
    problem = error.value.problems[0]
    assert (problem.code, problem.block) == ("save_changed", entry_block(ENTRY))
    assert path.read_text() == DEAL.format("Acme")
    saving.append_entries(str(path), ENTRY)


WRITER = """
import sys
from buystage.errors import InputError
from buystage.model.observation import Observation
from buystage.deals.saving import append_entries
path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(count):
    answers = {"problem_named": {"answer": "yes", "quote": f"{name}-{number}"}}
    try:
        append_entries(path, Observation.model_validate({"date": "2026-03-02", "answers": answers}))
        print(f"{name}-{number}")
    except InputError as error:
        assert error.problems[0].code in ("save_changed", "unwritable"), error.problems
"""


def test_writers_whose_lock_is_removed_all_the_time_mix_nothing_up(deals: Path) -> None:
    (deals / "other.yaml").write_text(DEAL.format("Other"))
    command = [sys.executable, "-c", WRITER]
    names = [("acme", "a"), ("other", "b"), ("acme", "c"), ("other", "d")]
    writers = [
        subprocess.Popen([*command, f"deals/{deal}.yaml", name, "40"], stdout=subprocess.PIPE, text=True)
        for deal, name in names
    ]
    while any(each.poll() is None for each in writers):
        (deals / saving.LOCK).unlink(missing_ok=True)
        time.sleep(0.002)
    saved = {name: each.communicate()[0].split() for (_, name), each in zip(names, writers, strict=True)}
    assert [each.returncode for each in writers] == [0] * 4
    for deal, title in (("acme", "Acme"), ("other", "Other")):
        text = (deals / f"{deal}.yaml").read_text()
        assert text.startswith(DEAL.format(title))
        mine = [quote for other, name in names if other == deal for quote in saved[name]]
        assert all(f'quote: "{quote}"' in text or f"quote: {quote}" in text for quote in mine)
        assert not any(f"{name}-" in text for other, name in names if other != deal)
    assert [each.name for each in deals.iterdir() if each.name.startswith(TEMPORARY)] == []


def test_a_kill_leaves_no_half_of_a_new_file(deals: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", "import sys, os, time; from pathlib import Path; from buystage.files import writing\n"
         "def slow():\n yield b'half'\n print('begun', flush=True)\n time.sleep(60)\n"
         "writing.write_new(Path('deals/new.yaml'), slow())"],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == b"begun\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert not (deals / "new.yaml").exists()
    (left,) = leftovers(deals / "new.yaml")
    assert left.name.startswith(".buystage.")
