"""The command line: exit codes, streams, options, completion."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from buystage.terminal.console import forget_odd_sizes
from conftest import ROOT, Cli, Write

EXAMPLE = str(ROOT / "examples/electronics-maker.yaml")
COMMANDS = [
    ["diagnose"], ["playbook"], ["playbook", "list"], ["playbook", "show"], ["playbook", "check"], ["playbook", "test"],
    ["deal"], ["deal", "check"], ["explain"], ["schema"],
]  # fmt: skip


def real(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own, without a terminal."""
    command = [sys.executable, "-m", "buystage", *arguments]
    return subprocess.run(command, input=b"", capture_output=True, env=os.environ | env, cwd=ROOT, check=False)


# --- help and version ------------------------------------------------------------------------------------------


def test_without_a_command_the_help_is_shown(cli: Cli) -> None:
    result = cli()
    assert result.exit_code == 2
    assert "diagnose" in result.stdout
    assert len(result.stdout.splitlines()) <= 30


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_every_command_has_help_on_stdout(cli: Cli, command: list[str], flag: str) -> None:
    result = cli(*command, flag)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Usage: " in result.stdout


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in (["playbook"], ["deal"])], ids=" ".join)
def test_common_options_stand_behind_every_command(cli: Cli, command: list[str]) -> None:
    printed = cli(*command, "-h").stdout
    for option in ("--lang", "--as-of", "--color", "--debug"):
        assert option in printed


def test_help_keeps_to_narrow_terminals() -> None:
    printed = real("diagnose", "-h", COLUMNS="60").stdout.decode()
    assert max(map(len, printed.splitlines())) <= 60


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version(cli: Cli, flag: str) -> None:
    from buystage import __version__

    assert cli(flag).stdout == f"buystage {__version__}\n"


def test_a_mistyped_command_is_a_usage_error_with_a_guess(cli: Cli) -> None:
    result = cli("diagnos")
    assert result.exit_code == 2
    assert "diagnose" in result.stderr


# --- usage errors ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give a deal file"),
        (["-a", "problem_named"], "SIGNAL=yes"),
        (["-a", "problem_named=maybe"], "SIGNAL=yes"),
        (["-a", "problem_named=yes:guessed"], "':assumed' behind it"),
        (["-a", "problem_nmed=yes"], "did you mean 'problem_named'?"),
        (["-a", "qqq=yes"], "'buystage explain' lists all signals"),
        (["-a", "=yes"], "unknown id ''"),
        (["-a", "problem_named=yes", "-a", "problem_named=no"], "answered twice"),
        (["-a", "problem_named=yes", "--what-if", "problem_named=unknown"], "can't be supposed"),
        (["-a", "problem_named=yes", "--what-if", "zzz=yes"], "unknown id 'zzz'"),
        (["-a", "problem_named=yes", "--as-of", "yesterday"], "--as-of must be a day"),
        (["-a", "problem_named=yes", "--as-of", "2026-02-30"], "--as-of must be a day"),
        (["-a", "problem_named=yes", "-p", "lineal"], "did you mean 'linear'?"),
        (["-a", "problem_named=yes", "--format", "xml"], "'xml'"),
        (["-a", "problem_named=yes", "--lang", "de"], "'de'"),
        (["-a", "problem_named=yes", "--brief", "--format", "json"], "--brief belongs to the text format"),
        (["-a", "problem_named=yes", "--explain", "--format", "markdown"], "--explain belongs to the text format"),
        (["--no-such-flag"], "--no-such-flag"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_the_way_out(cli: Cli, arguments: list[str], says: str) -> None:
    result = cli("diagnose", *arguments)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.replace("│", " ").split())
    assert result.stdout == ""


def test_nothing_is_asked_without_a_terminal() -> None:
    done = real("diagnose")
    assert done.returncode == 2
    assert b"--answer" in done.stderr


def test_explain_guesses_at_what_was_meant(cli: Cli) -> None:
    result = cli("explain", "requirement_agreed")
    assert result.exit_code == 2
    assert "did you mean 'requirements_agreed'?" in result.stderr
    assert "lists all there is" in cli("explain", "zzzzzz").stderr


@pytest.mark.parametrize(
    "name", ["requirements_agreed", "need_confirmation", "need", "Confirm the need", "需求确认", "work_with_engineers"]
)
def test_signals_states_and_actions_can_be_explained(cli: Cli, name: str) -> None:
    assert cli("explain", name).exit_code == 0


# --- answers on the command line -------------------------------------------------------------------------------


def test_answers_are_added_to_those_of_the_file(cli: Cli) -> None:
    before = cli("diagnose", EXAMPLE, "--as-of", "2026-04-24").stdout
    chosen = ("-a", "preferred_named=yes", "-a", "offers_being_compared=no", "-a", "terms_being_negotiated=yes")
    after = cli("diagnose", EXAMPLE, "--as-of", "2026-04-24", *chosen).stdout
    assert "[EVALUATION]" in before
    assert "[CHOICE]" in after
    assert "last news 24 Apr" in after


def test_a_guess_counts_half(cli: Cli) -> None:
    printed = cli("diagnose", "-a", "contract_signed=yes:assumed", "--explain").stdout
    assert "counts 0.5" in printed
    assert "only our guess" in printed


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_too(cli: Cli, write: Write, day: str) -> None:
    path = write("deal.yaml", "name: x\nobservations: [{date: 0001-01-01, answers: {owner_named: yes}}]\n")
    assert cli("diagnose", str(path), "--as-of", day).exit_code == 0


def test_a_file_is_never_changed(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_bytes(Path(EXAMPLE).read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    cli("diagnose", str(path), "-a", "contract_signed=yes", "--what-if", "in_regular_use=yes")
    assert path.read_bytes() == before


# --- streams and output ----------------------------------------------------------------------------------------


def test_results_go_to_stdout_and_errors_to_stderr() -> None:
    good, bad = real("diagnose", EXAMPLE), real("diagnose", "nothing.yaml")
    assert (good.returncode, good.stderr) == (0, b"")
    assert (bad.returncode, bad.stdout) == (3, b"")


def test_output_writes_the_whole_file_and_nothing_to_stdout(cli: Cli, tmp_path: Path) -> None:
    for form in ("text", "json", "markdown"):
        path = tmp_path / f"out.{form}"
        arguments = ("diagnose", EXAMPLE, "--as-of", "2026-04-24", "--format", form)
        result = cli(*arguments, "--output", str(path), "--color", "always")
        assert (result.exit_code, result.stdout) == (0, "")
        assert path.read_text("utf-8") == cli(*arguments).stdout
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.json", "out.markdown", "out.text"]


def test_output_that_can_t_be_written_ends_with_3_and_leaves_the_old_file(cli: Cli, tmp_path: Path) -> None:
    result = cli("diagnose", EXAMPLE, "--output", str(tmp_path / "no" / "out.txt"))
    assert result.exit_code == 3
    assert result.stderr.startswith("error: can't write")
    (tmp_path / "folder").mkdir()
    assert cli("diagnose", EXAMPLE, "--output", str(tmp_path / "folder")).exit_code == 3
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


def test_output_keeps_the_permissions_of_the_file_it_replaces(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    path.chmod(0o640)
    assert cli("diagnose", EXAMPLE, "--output", str(path)).exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_reader_that_closes_the_pipe_is_no_error() -> None:
    script = f'"{sys.executable}" -m buystage explain | head -1; echo "code ${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=os.environ, check=True)
    assert done.stdout.splitlines()[-1] == "code 0"
    assert done.stderr == ""


def test_a_file_that_was_read_is_never_the_output(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_bytes(Path(EXAMPLE).read_bytes())
    (tmp_path / "link.yaml").symlink_to(path)
    for output in (path, tmp_path / "link.yaml"):
        result = cli("diagnose", str(path), "--output", str(output))
        assert result.exit_code == 2
        assert "would overwrite" in result.stderr
    assert path.read_bytes() == Path(EXAMPLE).read_bytes()


@pytest.mark.parametrize("command", ["--help", "--version", "diagnose -h", "", "explain", "diagnose nothing.yaml 2>&1"])
def test_whoever_writes_a_closed_pipe_is_no_error(command: str) -> None:
    script = f'"{sys.executable}" -m buystage {command} | true; echo "code ${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=os.environ, check=True)
    assert done.stdout.splitlines()[-1] in (("code 0", "code 3") if "nothing" in command else ("code 0", "code 2"))
    assert "Traceback" not in done.stderr


SIZES = ("COLUMNS", "LINES", "TERMINAL_WIDTH")


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("value", ["²", "9" * 5000, "99999999", "-5", "0", "abc", ""])
def test_odd_sizes_of_the_terminal_are_ignored(name: str, value: str) -> None:
    environment = {name: value, "TERM": "xterm"}
    forget_odd_sizes(environment)
    assert environment == {"TERM": "xterm"}


@pytest.mark.parametrize("value", ["²", "99999999"])
def test_odd_sizes_of_the_terminal_do_no_harm(value: str) -> None:
    for arguments in (["--help"], ["diagnose", EXAMPLE], ["diagnose", "--nonsense"]):
        done = real(*arguments, **dict.fromkeys(SIZES, value))
        assert done.returncode in (0, 2)
        assert b"Traceback" not in done.stderr
        assert len(done.stdout) < 100_000


def test_paths_that_the_system_refuses_are_input_errors(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    long = "a" * 300
    for path in (long, f"{long}/x.yaml", str(tmp_path / "one"), str(tmp_path / "one" / "x.yaml"), "a\0b.yaml"):
        for arguments in (["deal", "check", path], ["playbook", "check", path], ["diagnose", path]):
            assert cli(*arguments).exit_code == 3
    assert cli("diagnose", EXAMPLE, "-p", f"{long}/x.yaml").exit_code == 3


@pytest.fixture
def deep_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A deal at the bottom of 1200 folders, deeper than Python recurses."""
    monkeypatch.chdir(tmp_path)
    for _ in range(1200):
        Path("d").mkdir()
        os.chdir("d")
    Path("deal.yaml").write_text("name: Acme\n")
    os.chdir(tmp_path)
    yield "d"
    for _ in range(1200):
        os.chdir("d")
    Path("deal.yaml").unlink()
    for _ in range(1200):
        os.chdir("..")
        Path("d").rmdir()


def test_deep_folders_are_searched_to_their_end(cli: Cli, deep_folder: str) -> None:
    assert cli("deal", "check", deep_folder).stdout.endswith("1 checked, 0 with errors\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_an_error_of_its_own() -> None:
    for command in ("> /dev/full", "--output /dev/full"):
        script = f'"{sys.executable}" -m buystage diagnose -a problem_named=yes {command}; echo "code $?" >&2'
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=os.environ, check=True)
        assert done.stderr.splitlines()[-1] == "code 3"
        assert done.stderr.startswith("error: can't write")
        assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize(("closed", "code"), [("<&-", 3), (">&-", 3), ("2>&-", 3)])
def test_closed_streams_are_no_crash(closed: str, code: int) -> None:
    script = f'"{sys.executable}" -m buystage diagnose - {closed}; echo "code $?"'
    for line in (script, f"({script}) </dev/null"):
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=os.environ, check=True)
        assert done.stdout.splitlines()[-1] == f"code {code}"
        assert "Traceback" not in done.stderr


def test_output_goes_to_pipes_as_they_are() -> None:
    done = real("diagnose", EXAMPLE, "--output", "/dev/stdout")
    assert b"Lumenta" in done.stdout
    assert Path("/dev/stdout").is_symlink()


def test_a_terminal_that_knows_only_ascii_gets_question_marks_not_a_crash() -> None:
    done = real("playbook", "show", "linear", "--lang", "zh", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"?" in done.stdout


def test_json_loses_nothing_on_a_terminal_that_knows_only_ascii() -> None:
    plain, unicode = (
        real("diagnose", EXAMPLE, "--format", "json", "--lang", "zh", PYTHONIOENCODING=each)
        for each in ("ascii", "utf-8")
    )
    assert plain.stdout != unicode.stdout
    assert json.loads(plain.stdout) == json.loads(unicode.stdout)


def test_a_folder_is_checked_in_order_without_hidden_and_private_files(cli: Cli, write: Write) -> None:
    for name in ("b.yaml", "a/c.yml", ".hidden/x.yaml", "buystage.yaml", "old.private.yaml", "notes.txt"):
        write(name, "name: Acme\n" if name in ("b.yaml", "a/c.yml") else "broken: [")
    folder = write("a.yaml", "name: Acme\n").parent
    result = cli("deal", "check", str(folder), str(folder / "b.yaml"))
    assert result.exit_code == 0, result.stderr
    names = [line.rpartition("/")[2] for line in result.stdout.splitlines()[:-1]]
    assert names == ["c.yml: ok", "a.yaml: ok", "b.yaml: ok"]
    assert result.stdout.splitlines()[-1] == "3 checked, 0 with errors"


def test_one_bad_file_among_good_ones_is_reported_and_the_others_are_checked(cli: Cli, write: Write) -> None:
    good, bad = write("a.yaml", "name: Acme\n"), write("b.yaml", "nam: Acme\n")
    result = cli("deal", "check", str(good), str(bad))
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "2 checked, 1 with errors"
    assert cli("deal", "check", str(good), str(bad), str(good) + "x").exit_code == 3


# --- colour ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_colours(arguments: list[str], environment: dict[str, str], colored: bool) -> None:
    done = real("diagnose", EXAMPLE, *arguments, **environment)
    assert (b"\x1b[" in done.stdout) is colored


# --- language --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "environment", "chinese"),
    [
        ([], {"LANG": "C.UTF-8"}, False),
        ([], {"LANG": "zh_CN.UTF-8"}, True),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, False),
        ([], {"LANG": "en_US.UTF-8", "BUYSTAGE_LANG": "zh"}, True),
        (["--lang", "en"], {"BUYSTAGE_LANG": "zh"}, False),
        (["--lang", "zh"], {}, True),
    ],
)
def test_the_language_is_the_flags_then_the_environments(
    cli: Cli, arguments: list[str], environment: dict[str, str], chinese: bool
) -> None:
    printed = cli("playbook", "list", *arguments, env=environment).stdout
    assert ("四阶段采购模型" in printed) is chinese


def test_a_language_we_do_not_speak_is_a_usage_error(cli: Cli) -> None:
    result = cli("playbook", "list", env={"BUYSTAGE_LANG": "cn"})
    assert result.exit_code == 2
    assert "BUYSTAGE_LANG must be en or zh" in result.stderr


# --- interrupts ------------------------------------------------------------------------------------------------


def test_an_interrupt_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    fifo = tmp_path / "deal.yaml"
    os.mkfifo(fifo)  # the program waits for someone to write
    child = subprocess.Popen([sys.executable, "-m", "buystage", "diagnose", str(fifo)], stderr=subprocess.PIPE)
    with fifo.open("w"):  # returns when the program has opened the other end
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=60)
    assert child.returncode == 130
    assert b"Traceback" not in errors


# --- bugs ------------------------------------------------------------------------------------------------------


def test_a_bug_ends_with_4_in_two_lines_and_shows_a_traceback_only_with_debug(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("something [odd]")

    monkeypatch.setattr("buystage.library.playbooks.load_shelf", broken)
    result = cli("diagnose", "-a", "problem_named=yes")
    assert result.exit_code == 4
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "error: internal error: RuntimeError: something [odd]. This is a bug in buystage, not in your files.",
        "hint: run it again with --debug and report what it prints",
    ]
    assert "Traceback" in cli("diagnose", "-a", "problem_named=yes", "--debug").stderr


@pytest.mark.parametrize(("encoding", "sign", "dot"), [("cp1252", "x", "·"), ("ascii", "x", "."), ("utf-8", "✗", "·")])
def test_a_sign_that_the_console_lacks_is_one_that_it_has(encoding: str, sign: str, dot: str) -> None:
    """A code page of Western Europe has no ballot x, plain ASCII no middle dot either."""
    done = real("review", "examples", "--as-of", "2026-09-16", "-v", PYTHONIOENCODING=encoding)
    shown = done.stdout.decode(encoding)
    assert f"\n  {sign} CRM says" in shown
    assert f"\n  {dot} " in shown
    assert "?" not in shown.replace("?" * 10, "")  # the Chinese name of a deal


# --- completion ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("buystage pla", {"playbook"}),
        ("buystage diagnose --format ", {"text", "json", "markdown"}),
        ("buystage playbook show lin", {"linear"}),
        ("buystage diagnose -p lin", {"linear"}),
        ("buystage diagnose -a budget", {"budget_approved=yes", "budget_approved=no"}),
        ("buystage explain requirements_a", {"requirements_agreed"}),
        ("buystage schema de", {"deal"}),
    ],
)
def test_words_are_completed(words: str, expected: set[str]) -> None:
    count = str(len(words.split(" ")) - 1)
    done = real(_BUYSTAGE_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=count)
    assert set(done.stdout.decode().split()) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_printed(shell: str) -> None:
    done = real(_BUYSTAGE_COMPLETE=f"source_{shell}")
    assert done.returncode == 0
    assert b"buystage" in done.stdout
