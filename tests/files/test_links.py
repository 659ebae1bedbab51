"""Links are followed where they are named, and nowhere else; private files are read beside their deals alone."""

import ctypes
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from buystage.errors import InputError
from buystage.files.folders import YamlFile, yaml_files
from buystage.files.source import read_source
from conftest import DEAL, SECRET, Cli, Write

ALL_WALKS = [("review",), ("deal", "check"), ("playbook", "check")]


def real(
    *arguments: str, stdin: bytes = b"", before: Callable[[], None] | None = None, **env: str
) -> "subprocess.CompletedProcess[str]":
    """Run the program as a process of its own; one that hangs fails."""
    command = [sys.executable, "-m", "buystage", *arguments]
    done = subprocess.run(
        command, input=stdin, capture_output=True, env=os.environ | env, preexec_fn=before, timeout=60, check=False
    )
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


# --- reading ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ALL_WALKS)
def test_a_link_in_a_folder_is_left_out_and_told(cli: Cli, deals: Path, secret: Path, command: tuple[str, ...]) -> None:
    (deals / "link.yaml").symlink_to(secret.resolve())
    (deals / "gone.yaml").symlink_to("nowhere")
    (deals / "environment.yaml").symlink_to("/proc/self/environ")
    (deals / "folder").symlink_to("/etc")
    (deals / "notes.txt").symlink_to(secret.resolve())
    (deals / "x.private.yaml").symlink_to(secret.resolve())
    without = cli(*command, str(deals / "acme.yaml"))
    result = cli(*command, "deals")
    assert result.exit_code == without.exit_code
    assert SECRET not in result.stdout + result.stderr
    assert "left out: 4 links, such as deals/environment.yaml; name one to have it read\n" in result.stderr
    chinese = cli(*command, "deals", "--lang", "zh")
    assert "有 4 个链接没有读，比如 deals/environment.yaml；要读哪个，就直接写出它的路径\n" in chinese.stderr


def test_a_link_that_is_named_is_followed_and_a_deal_named_twice_counts_once(cli: Cli, deals: Path) -> None:
    (deals / "link.yaml").symlink_to("acme.yaml")
    Path("twin").symlink_to("deals")
    for paths in (
        ["deals/link.yaml"],
        ["deals"],
        ["deals", "deals/link.yaml"],
        ["deals/link.yaml", "deals/acme.yaml"],
        ["twin"],
        ["twin", "deals/"],
        [".", "twin", "deals/acme.yaml"],
    ):
        result = cli("review", *paths, "-f", "json")
        assert len(json.loads(result.stdout)["deals"]) == 1, paths
    assert "left out: a link, deals/link.yaml; name it" in cli("review", "deals").stderr
    assert "left out" not in cli("review", "deals", "deals/link.yaml").stderr


def test_a_folder_of_links_has_no_deal_and_says_how_to_read_them(cli: Cli, home: Path, secret: Path) -> None:
    (home / "deals").mkdir()
    (home / "deals/link.yaml").symlink_to(secret)
    for command in ALL_WALKS:
        result = cli(*command, "deals")
        assert result.exit_code == 3
        assert "no .yaml or .yml file in deals" in result.stderr
        assert "name one to have it read" in result.stderr


def test_a_link_that_is_told_of_does_no_harm_to_the_terminal(cli: Cli, deals: Path, secret: Path) -> None:
    (deals / "\x1b[31m\nerror: x.yaml").symlink_to(secret.resolve())
    stderr = cli("review", "deals").stderr
    assert "\x1b" not in stderr
    assert len(stderr.splitlines()) == 1


def test_pipes_sockets_and_devices_in_a_folder_are_not_read(deals: Path) -> None:
    os.mkfifo(deals / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(deals / "socket.yaml"))
        if os.geteuid() == 0:
            os.mknod(deals / "zero.yaml", 0o020600, os.makedev(1, 5))
        result = real("review", "deals", "-f", "json")
    assert (result.returncode, len(json.loads(result.stdout)["deals"])) == (0, 1)


def test_what_turns_into_a_link_or_a_pipe_after_it_was_met_is_not_read(deals: Path, secret: Path) -> None:
    (deals / "inner").mkdir()
    (deals / "inner/deal.yaml").write_text(DEAL.format("Inner"))
    acme, inner = yaml_files(["deals"]).files
    (deals / "acme.yaml").unlink()
    (deals / "acme.yaml").symlink_to(secret.resolve())
    assert told(acme) == "met_link"
    (deals / "acme.yaml").unlink()
    os.mkfifo(deals / "acme.yaml")
    assert told(acme) == "unreadable"
    assert read_source(inner.path, inner.open_).text == DEAL.format("Inner")
    (deals / "inner").rename("elsewhere")
    (deals / "inner").symlink_to("../elsewhere")
    assert told(inner) == "unreadable"


def told(file: YamlFile) -> str:
    with pytest.raises(InputError) as error:
        read_source(file.path, file.open_)
    return error.value.problems[0].code


def test_a_way_without_an_end_is_gone_once(deals: Path) -> None:
    (deals / "inner").mkdir()
    mounted = f"mount --bind {deals.resolve()} {deals.resolve()}/inner && mount --make-private {deals.resolve()}/inner"
    script = f'{mounted} || exit 77; "{sys.executable}" -m buystage review deals -f json'
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 77) or done.returncode == 77 or not done.stdout:
        pytest.skip("the system mounts nothing for us")
    assert len(json.loads(done.stdout)["deals"]) == 1


def test_settings_and_folders_of_ones_own_may_be_links(cli: Cli, home: Path, write: Write) -> None:
    write("far/settings", "language: zh\n")
    (home / "buystage.yaml").symlink_to("far/settings")
    assert "适合" in cli("playbook", "list").stdout or "模型" in cli("playbook", "list").stdout
    mine = home / "data/buystage"
    mine.mkdir(parents=True)
    (home / "far/books").mkdir()
    (mine / "playbooks").symlink_to(home / "far/books")
    assert cli("playbook", "new", str(home / "far/team.yaml")).exit_code == 0
    (home / "far/books/team.yaml").symlink_to("../team.yaml")
    (home / "far/books/signals.yaml").symlink_to("../signals.yaml")
    assert cli("diagnose", "-p", "team", "-a", "problem_named=yes").exit_code == 0


@pytest.mark.parametrize("text", ["{}", "{}: [\n", "\x1b{}\n", "language: {}\n", "{}: 1\n"])
def test_of_settings_behind_a_link_nothing_is_cited(cli: Cli, home: Path, text: str) -> None:
    (home / "far").write_text(text.format(SECRET))
    (home / "buystage.yaml").symlink_to("far")
    result = cli("playbook", "list")
    assert (result.exit_code, "buystage.yaml:1:" in result.stderr) == (3, True)
    assert SECRET not in result.stderr


@pytest.mark.parametrize("name", ["linear.yaml", "signals.yaml"])
def test_a_link_among_the_playbooks_of_a_team_is_an_error_that_cites_nothing(
    cli: Cli, home: Path, secret: Path, name: str
) -> None:
    (home / "models").mkdir()
    (home / "buystage.yaml").write_text("playbook_folders: [models]\n")
    (home / "models" / name).symlink_to(secret)
    for command in (("playbook", "list"), ("playbook", "show", "linear"), ("diagnose", "-a", "problem_named=yes")):
        result = cli(*command)
        assert result.exit_code == 3
        assert f"models/{name} is a link" in result.stderr
        assert SECRET not in result.stderr


def test_signals_behind_a_link_beside_a_playbook_are_not_read(cli: Cli, home: Path, secret: Path) -> None:
    assert cli("playbook", "new", "models.yaml").exit_code == 0
    (home / "signals.yaml").unlink()
    (home / "signals.yaml").symlink_to(secret)
    result = cli("diagnose", "-p", "models.yaml", "-a", "problem_named=yes")
    assert (result.exit_code, SECRET in result.stderr) == (3, False)
    assert "signals.yaml is a link" in result.stderr


# --- folders that can't be read --------------------------------------------------------------------------------


def without_power() -> None:
    """Let even root be refused what permissions refuse."""
    if os.geteuid() == 0:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.fixture
def closed() -> Iterator[Callable[[Path], None]]:
    """Make folders unreadable for the time of a test."""
    shut: list[Path] = []

    def close(folder: Path) -> None:
        folder.chmod(0)
        shut.append(folder.absolute())

    yield close
    for folder in shut:
        folder.chmod(0o700)


def test_a_folder_that_can_t_be_read_costs_what_is_in_it_and_no_more(
    deals: Path, closed: Callable[[Path], None]
) -> None:
    (deals / "shut").mkdir()
    closed(deals / "shut")
    result = real("review", "deals", "-f", "json", before=without_power)
    assert result.returncode == 3
    assert "can't read deals/shut: Permission denied" in result.stderr
    summary = json.loads(result.stdout)["summary"]
    assert (summary["deals"], summary["unreadable"]) == (1, 1)
    checked = real("deal", "check", "deals", before=without_power)
    assert (checked.returncode, checked.stdout.splitlines()[-1]) == (3, "1 checked, 0 with errors")
    assert "can't read deals/shut" in checked.stderr


def test_deals_in_a_folder_that_can_t_be_read_have_not_gone(deals: Path, closed: Callable[[Path], None]) -> None:
    (deals / "shut").mkdir()
    (deals / "shut/deal.yaml").write_text(DEAL.format("Shut"))
    for command in ("init -q", "add -A", "-c user.name=A -c user.email=a@b.c commit -qm x"):
        subprocess.run(["git", *command.split()], check=True)
    closed(deals / "shut")
    result = real("review", "deals", "--since", "HEAD", "-f", "json", before=without_power)
    assert (result.returncode, json.loads(result.stdout)["gone"]) == (3, [])


def test_one_s_own_folder_of_playbooks_that_can_t_be_read_ends_no_command(
    cli: Cli, home: Path, closed: Callable[[Path], None]
) -> None:
    mine = home / "data/buystage/playbooks"
    mine.mkdir(parents=True)
    closed(mine)
    listed = real("playbook", "list", before=without_power)
    assert listed.returncode == 3
    assert "linear" in listed.stdout
    assert listed.stderr == f"error: can't read {mine}: Permission denied\n"
    assert real("diagnose", "-a", "problem_named=yes", before=without_power).returncode == 0
    unknown = real("diagnose", "-p", "team", "-a", "problem_named=yes", before=without_power)
    assert (unknown.returncode, unknown.stderr) == (3, listed.stderr)


# --- private files ---------------------------------------------------------------------------------------------

READERS = [
    ("review", "PATH"),
    ("diagnose", "PATH"),
    ("diagnose", "PATH", "-a", "problem_named=yes", "--save"),
    ("deal", "history", "PATH"),
    ("playbook", "check", "PATH"),
    ("playbook", "test", "PATH"),
    ("playbook", "show", "PATH"),
    ("playbook", "new", "our-way", "--from", "PATH"),
    ("diagnose", "-a", "problem_named=yes", "-p", "PATH"),
    ("review", "PATH", "-f", "json"),
]


@pytest.mark.parametrize("name", ["x.private.yaml", "x.private.yml", "X.Private.YAML", "X.PRIVATE.yml"])
@pytest.mark.parametrize("command", READERS, ids=" ".join)
def test_a_private_file_is_never_read_by_itself_nor_cited(
    cli: Cli, home: Path, write: Write, command: tuple[str, ...], name: str
) -> None:
    path = write(f"deals/{name}", f"people: {SECRET}: [\n")
    (home / "link.yaml").symlink_to(path)
    for named in (str(path), f"deals/{name}", "link.yaml"):
        result = cli(*(named if each == "PATH" else each for each in command))
        assert result.exit_code == 3, named
        assert f"{named} is a private file" in result.stderr
        assert SECRET not in result.stdout + result.stderr
    assert path.read_text() == f"people: {SECRET}: [\n"


@pytest.mark.parametrize("name", ["-", "/dev/stdin", "/dev/fd/0"])
def test_a_private_file_on_standard_input_is_not_read_either(home: Path, write: Write, name: str) -> None:
    path = write("x.private.yaml", f"people: {SECRET}: [\n")
    command = [sys.executable, "-m", "buystage", "review", name]
    with path.open("rb") as stdin:
        done = subprocess.run(command, stdin=stdin, capture_output=True, text=True, check=False)
    assert (done.returncode, "is a private file" in done.stderr) == (3, True), done.stderr
    assert SECRET not in done.stdout + done.stderr


def test_folders_leave_private_files_and_settings_out_in_any_case(cli: Cli, deals: Path) -> None:
    for name in ("x.private.yml", "X.Private.yaml", "Buystage.yaml", "BUYSTAGE.yaml"):
        (deals / name).write_text(f"{SECRET}: [\n")
    result = cli("deal", "check", "deals")
    assert (result.exit_code, result.stdout) == (0, "deals/acme.yaml: ok\n1 checked, 0 with errors\n")


@pytest.mark.parametrize("named", ["deals", "deals/acme.yaml", "deals/acme.private.yml"])
def test_a_private_file_that_git_does_not_ignore_is_told_with_the_way_out(cli: Cli, deals: Path, named: str) -> None:
    (deals / "acme.private.yml").write_text(f"{SECRET}: [\n")
    result = cli("deal", "check", named)
    assert result.exit_code == 3
    assert "deals/acme.private.yml is private by its name" in result.stderr
    assert "rename it to NAME.private.yaml" in result.stderr
    assert SECRET not in result.stderr


@pytest.mark.parametrize("content", [b"people: \xe9 %s\n", b"people: \x1b %s\n", b"people: {%s\n"])
def test_bytes_that_are_no_text_are_not_cited_from_a_private_file(cli: Cli, deals: Path, content: bytes) -> None:
    (deals / "acme.private.yaml").write_bytes(content % SECRET.encode())
    result = cli("deal", "check", "deals")
    assert result.exit_code == 1
    assert "deals/acme.private.yaml:1:" in result.stderr
    assert SECRET not in result.stderr


def test_a_private_file_behind_a_link_is_not_read(cli: Cli, deals: Path, secret: Path) -> None:
    (deals / "acme.private.yaml").symlink_to(secret.resolve())
    result = cli("deal", "check", "deals")
    assert (result.exit_code, SECRET in result.stderr) == (3, False)
    assert "deals/acme.private.yaml is a link" in result.stderr


@pytest.mark.parametrize("name", ["x.private.yml", "X.Private.YAML", "x.Private.yaml"])
def test_no_new_deal_has_the_name_of_a_private_file(cli: Cli, home: Path, name: str) -> None:
    assert cli("deal", "new", name).exit_code == 2
    assert not (home / name).exists()


@pytest.mark.parametrize(
    "text",
    [
        "people: {Ann: {personal_goal: *Promotion above all}}\n",
        "people: {Ann: {personal_goal: !divorce first}}\n",
        "people: {Ann wants the chair of the board: {personal_goal: x}}\n",
        "people: {Ann: {personal_goal wants to be promoted: b}}\n",
    ],
)
def test_no_word_of_a_private_file_is_told(cli: Cli, write: Write, text: str) -> None:
    deal = write("acme.yaml", "name: Acme\nbuying_group: [{name: Ann, role: user}]\n")
    write("acme.private.yaml", text)
    result = cli("deal", "check", str(deal))
    assert result.exit_code == 1
    for word in ("Promotion", "divorce", "wants"):
        assert word not in result.stdout + result.stderr


def test_a_private_goal_in_a_deal_is_refused_without_being_told(cli: Cli, write: Write) -> None:
    deal = write("acme.yaml", "name: A\nbuying_group: [{name: Ann, role: user, personal_goal: the chair}]\n")
    result = cli("deal", "check", str(deal))
    assert "'personal_goal' does not belong in a deal file" in result.stderr
    assert "the chair" not in result.stderr
