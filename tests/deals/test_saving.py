"""Saving appends one log entry and changes nothing else, whatever the file looks like and whoever else writes."""

import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buystage.deals import saving
from buystage.deals.entry_text import entry_block, with_entry
from buystage.deals.saving import LOCK, append_entries
from buystage.errors import InputError
from buystage.files.source import MAX_BYTES, Source, read_source
from buystage.files.strict_yaml import parse
from buystage.files.writing import TEMPORARY, beside, create
from buystage.model.deal import MOST_ENTRIES
from buystage.model.observation import Observation
from conftest import Cli, Write
from samples import ENTRY

OLD = "  - date: 2026-01-05\n    answers: {problem_named: no}\n"

SHAPES = {
    "no log": "name: Acme\n",
    "no log, no newline at the end": "name: Acme",
    "no log, a text of many lines at the end": "name: Acme\nnotes: |\n  first\n  second",
    "an empty log": "name: Acme\nobservations: []   # none yet\nnotes: x\n",
    "nothing behind the key": "name: Acme\nobservations:\nnotes: x\n",
    "nothing but comments under the key": "name: Acme\nobservations:   # the log\n  # nothing yet\n",
    "null": "name: Acme\nobservations: null\n",
    "a log at the end": f"name: Acme\nobservations:\n{OLD}",
    "a log at the end without a newline": f"name: Acme\nobservations:\n{OLD}".rstrip(),
    "a log in the middle": f"observations:\n{OLD}\n# who it is\nname: Acme\n",
    "dashes below the key": "name: Acme\nobservations:\n- date: 2026-01-05\n  answers: {}\nnotes: x\n",
    "deep dashes": "name: Acme\nobservations:\n        - date: 2026-01-05\n          answers: {}\n",
    "a comment of the last entry": f"observations:\n{OLD}    # she laughed\n# end\nname: Acme\n",
    "a text with blank lines at its end": f"observations:\n{OLD}    source: |+\n      a\n\n\nname: Acme\n",
    "an indented file": f"  name: Acme\n  observations:\n{OLD}",
    "a document with its marks": f"---\nname: Acme\nobservations:\n{OLD}...\n",
    "windows": f"name: Acme\nobservations:\n{OLD}notes: x\n".replace("\n", "\r\n"),
    "an end mark with a remark": f"name: Acme\nobservations:\n{OLD}... # the end\n",
    "old quotes and orders": f"observations:\n{OLD}'name': \"Acme\"   # quoted\n",
}


@pytest.fixture(params=list(SHAPES.values()), ids=list(SHAPES))
def text(request: pytest.FixtureRequest) -> str:
    shape: str = request.param
    return shape


def test_the_entry_is_the_last_of_the_log_and_the_rest_is_what_it_was(text: str) -> None:
    before, after = parse(Source("deal", text)), parse(Source("deal", with_entry(Source("deal", text), ENTRY)))
    assert after["observations"][:-1] == (before.get("observations") or [])
    assert Observation.model_validate(after["observations"][-1]) == ENTRY
    assert {**after, "observations": None} == {**before, "observations": None}


def test_every_byte_that_was_there_is_there_and_in_its_order(text: str) -> None:
    kept = text.replace("[]", "").replace("null", "")  # an empty list makes room for the first entry
    assert is_within(kept, with_entry(Source("deal", text), ENTRY))


def is_within(part: str, whole: str) -> bool:
    """Whether `whole` is `part` with one piece put in."""
    return same_start(part, whole) + same_start(part[::-1], whole[::-1]) >= len(part.rstrip())


def same_start(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"])
def test_only_what_editors_take_for_a_line_end_ends_the_new_lines(mark: str) -> None:
    text = with_entry(Source("deal", f'name: "Acme{mark}  line"\nnotes: x\n'), ENTRY)
    assert text.count(mark) == 1
    assert "\nobservations:\n  - date: 2026-03-02\n" in text


def test_it_can_be_done_again_and_again(text: str) -> None:
    for count in range(1, 4):
        text = with_entry(Source("deal", text), ENTRY)
        assert len([e for e in parse(Source("deal", text))["observations"] if e["date"] == "2026-03-02"]) == count


def test_line_ends_and_the_byte_order_mark_stay(tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SHAPES["windows"].encode())
    append_entries(str(path), ENTRY)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfname")
    assert data.count(b"\n") == data.count(b"\r\n")


@given(quote=st.text(min_size=1, max_size=60), by=st.text(min_size=1, max_size=20))
def test_any_text_a_person_says_comes_back_as_it_was(quote: str, by: str) -> None:
    said = {"answer": "yes", "quote": quote, "by": by}
    try:
        entry = Observation.model_validate({"date": "2026-03-02", "answers": {"problem_named": said}})
        quote.encode()
        by.encode()
    except ValueError:
        return  # only blanks, or no text at all
    assert with_entry(Source("deal", "name: Acme\n"), entry)


# --- what can't be appended to ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "{name: Acme}\n",
        "name: Acme\nobservations: [{date: 2026-01-05, answers: {}}]\n",
        "name: Acme\nobservations:\n  []\n",
    ],
)
def test_other_shapes_are_refused_with_the_entry_to_paste(tmp_path: Path, text: str) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text(text)
    assert refused(path) == "log_shape"
    assert path.read_text() == text
    assert parse(Source("pasted", f"name: Acme\n{entry_block(ENTRY)}\n"))["observations"]


def refused(path: Path) -> str:
    with pytest.raises(InputError) as error:
        append_entries(str(path), ENTRY)
    problem = error.value.problems[0]
    assert problem.block == entry_block(ENTRY)
    return problem.code


def test_a_file_that_vanished_and_one_that_can_t_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(tmp_path / "gone.yaml") == "unwritable"
    path = tmp_path / "deal.yaml"
    path.write_text("name: Acme\n")
    monkeypatch.setattr(os, "access", lambda *_: False)  # the tests may run as root, who may write anything
    assert refused(path) == "unwritable"
    assert path.read_text() == "name: Acme\n"


def test_whatever_goes_wrong_with_the_file_the_entry_is_there_to_paste(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "deal.yaml"
    for content in (b"name: [", b"name: caf\xe9", b"", b"- a list\n", b"observations: !!seq []\n", b"x: &a 1\ny: *a\n"):
        path.write_bytes(content)
        refused(path)
        assert path.read_bytes() == content
    path.write_text("schema: buystage.playbook/v1\nname: linear\n")
    assert refused(path) == "log_shape"
    path.write_text("name: Acme\n")
    write = saving._write

    def vanishing_write(temporary: Path, data: bytes, like: os.stat_result) -> None:
        write(temporary, data, like)
        path.unlink()

    monkeypatch.setattr(saving, "_write", vanishing_write)
    assert refused(path) == "unreadable"


def test_a_circle_of_links(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    assert refused(tmp_path / "a.yaml") == "unwritable"


def test_a_file_changed_by_an_editor_meanwhile_keeps_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text("name: Acme\n")
    write = saving._write

    def slow_write(temporary: Path, data: bytes, like: os.stat_result) -> None:
        write(temporary, data, like)
        path.write_text("name: Acme, renamed\n")

    monkeypatch.setattr(saving, "_write", slow_write)
    assert refused(path) == "save_changed"
    assert path.read_text() == "name: Acme, renamed\n"
    assert leftovers(tmp_path) == []


def leftovers(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.name.startswith(TEMPORARY)]


def test_a_save_that_would_make_the_file_too_large_to_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text("name: Acme\nnotes: " + "x" * (MAX_BYTES - 30) + "\n")
    assert refused(path) == "too_large"
    assert path.stat().st_size < MAX_BYTES
    assert leftovers(tmp_path) == []


def test_a_log_takes_no_more_entries_than_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text("name: Acme\nobservations:\n" + "  - date: 2026-03-01\n" * MOST_ENTRIES, "utf-8")
    before = path.read_bytes()
    with pytest.raises(InputError) as failed:
        append_entries(str(path), ENTRY)
    assert failed.value.problems[0].code == "log_full"
    assert "observations:" in (failed.value.problems[0].block or "")
    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", [0o444, 0o400, 0o555, 0o000])
def test_a_deal_that_is_protected_is_saved_to_or_told_and_no_bug(cli: Cli, write: Write, mode: int) -> None:
    """Root may write to it all the same."""
    path = write("deal.yaml", "name: Acme\n")
    path.chmod(mode)
    result = cli("diagnose", str(path), "-a", "preferred_named=yes", "--save")
    path.chmod(0o644)
    assert result.exit_code == (0 if os.geteuid() == 0 else 3), result.stderr
    assert ("preferred_named: yes" in path.read_text("utf-8")) is (os.geteuid() == 0)


def test_what_is_no_file_is_refused_before_anybody_waits(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert refused(tmp_path / "pipe.yaml") == "no_file"
    assert refused(tmp_path) == "no_file"
    assert [each.name for each in tmp_path.iterdir()] == ["pipe.yaml"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_owner_and_group_stay(tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text("name: Acme\n")
    os.chown(path, 12, 34)
    path.chmod(0o664)
    append_entries(str(path), ENTRY)
    now = path.stat()
    assert (now.st_uid, now.st_gid, now.st_mode & 0o7777) == (12, 34, 0o664)
    assert (tmp_path / LOCK).stat().st_mode & 0o777 == 0o664  # colleagues of the group may save too


def test_a_group_that_can_t_be_kept_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text("name: Acme\n")
    other = os.stat_result((0o100664, 0, 0, 1, os.geteuid(), 4321, 0, 0, 0, 0))

    def not_allowed(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chown", not_allowed)
    with pytest.raises(PermissionError):
        saving._write(tmp_path / TEMPORARY, b"x", other)


def test_links_are_followed_and_permissions_kept(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text("name: Acme\n")
    real.chmod(0o646)
    (tmp_path / "deals").mkdir()
    link = tmp_path / "deals/link.yaml"
    link.symlink_to(real)
    append_entries(str(link), ENTRY)
    assert link.is_symlink()
    assert "observations" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o646


# --- many writers, full disks, kills ---------------------------------------------------------------------------

WRITER = """
import sys
from buystage.model.observation import Observation
from buystage.deals.saving import append_entries
path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(count):
    answers = {"problem_named": {"answer": "yes", "quote": f"{name}-{number}"}}
    append_entries(path, Observation.model_validate({"date": "2026-03-02", "answers": answers}))
"""


def writer(path: Path, name: str, count: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), name, str(count)])


def quotes(path: Path) -> list[str]:
    log = parse(read_source(str(path))).get("observations", [])
    return [entry["answers"]["problem_named"]["quote"] for entry in log]


def wait_for_more(path: Path) -> None:
    """Return once somebody has saved to the file; at most after a minute."""
    size, until = path.stat().st_size, time.monotonic() + 60
    while path.stat().st_size == size and time.monotonic() < until:
        time.sleep(0.01)


@pytest.mark.slow
def test_twelve_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text("name: Acme\n# the log follows\n")
    writers = [writer(path, f"w{number}", 5) for number in range(12)]
    assert [each.wait(timeout=120) for each in writers] == [0] * 12
    assert sorted(quotes(path)) == sorted(f"w{number}-{turn}" for number in range(12) for turn in range(5))
    assert path.read_text().startswith("name: Acme\n# the log follows\n")


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_whole_file_and_the_next_save_cleans_up(tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text("name: Acme\nnotes: " + "x" * 200_000 + "\n")
    chance = random.Random(7)
    before = 0
    for turn in range(8):
        process = writer(path, f"t{turn}", 10_000)
        wait_for_more(path)
        time.sleep(chance.random() / 4)  # it saves without pause
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = len(quotes(path))
        assert now >= before
        before = now
    assert before > 8
    with beside(path) as half:
        create(half, [b"half a file"])
        half.rename(half.with_name(half.name[:-1] + "x"))  # what a kill amid the writing leaves behind
    assert len(leftovers(tmp_path)) == 1
    append_entries(str(path), ENTRY)
    assert leftovers(tmp_path) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == [LOCK, "deal.yaml"]


@pytest.mark.slow
def test_kills_among_twelve_writers_lose_nothing_of_the_others(tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text("name: Acme\n")
    chance = random.Random(11)
    writers = [writer(path, f"w{number}", 8) for number in range(12)]
    wait_for_more(path)
    killed = chance.sample(writers, 4)
    for each in killed:
        time.sleep(chance.random() / 5)
        each.send_signal(signal.SIGKILL)
    ends = [each.wait(timeout=120) for each in writers]
    kept = quotes(path)
    assert len(kept) == len(set(kept))
    for number, end in enumerate(ends):
        own = [int(quote.split("-")[1]) for quote in kept if quote.startswith(f"w{number}-")]
        assert own == list(range(8 if end == 0 else len(own)))
    assert ends.count(0) >= 8
    append_entries(str(path), ENTRY)
    assert leftovers(tmp_path) == []


def no_room() -> None:
    """Let no file grow beyond 1000 bytes, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text("name: Acme\nnotes: " + "x" * 5000 + "\n")
    old = path.read_bytes()
    command = [sys.executable, "-m", "buystage", "diagnose", str(path), "-a", "problem_named=yes", "--save"]
    ended = subprocess.run(command, capture_output=True, text=True, preexec_fn=no_room, check=False)
    assert ended.returncode == 3
    assert "can't write" in ended.stderr
    assert "problem_named: yes" in ended.stderr
    assert path.read_bytes() == old
    assert leftovers(tmp_path) == []


# --- the command -----------------------------------------------------------------------------------------------


def test_save_appends_the_answers_and_shows_the_diagnosis_with_them(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", "name: Acme\n")
    arguments = ("-a", "delivery_under_way=yes", "-a", "problem_named=no:assumed", "--as-of", "2026-03-02")
    result = cli("diagnose", str(path), *arguments, "--save", "--source", "call, Ann")
    assert result.exit_code == 0, result.stderr
    assert "[CHOICE]" in result.stdout
    assert result.stderr == f"saved to {path}, answers: 2\n"
    assert path.read_text() == (
        "name: Acme\n"
        "observations:\n"
        "  - date: 2026-03-02\n"
        '    source: "call, Ann"\n'
        "    answers:\n"
        "      delivery_under_way: yes\n"
        "      problem_named: {answer: no, evidence: assumed}\n"
    )
    again = cli("diagnose", str(path), "--as-of", "2026-03-02")
    assert again.stdout == result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("-a", "problem_named=yes", "--save"), "needs a deal file"),
        (("-", "-a", "problem_named=yes", "--save"), "needs a deal file"),
        (("DEAL", "--save"), "needs answers"),
        (("DEAL", "-a", "problem_named=yes", "--source", "call"), "add --save"),
        (("DEAL", "-a", "problem_named=yes", "--save", "--source", " "), "1 to 1000 characters"),
        (("DEAL", "-a", "problem_named=yes", "--save", "--source", "\u200b"), "1 to 1000 characters"),
        (("DEAL", "-a", "problem_named=yes", "--save", "--source", "x" * 1001), "1 to 1000 characters"),
        (("DEAL", "-a", "problem_named=yes", "--save", "--as-of", "2999-01-01"), "has not come"),
    ],
)
def test_what_can_t_be_saved_is_a_wrong_command_line(
    cli: Cli, write: Write, arguments: tuple[str, ...], says: str
) -> None:
    path = write("deal.yaml", "name: Acme\n")
    result = cli("diagnose", *(str(path) if each == "DEAL" else each for each in arguments))
    assert (result.exit_code, says in result.stderr) == (2, True), result.stderr
    assert path.read_text() == "name: Acme\n"


def test_a_deal_whose_name_is_a_path_stays_where_it_is(cli: Cli, write: Write, tmp_path: Path) -> None:
    path = write("deal.yaml", "name: ../../etc/acme/..\n")
    assert cli("diagnose", str(path), "-a", "problem_named=yes", "--save").exit_code == 0
    assert sorted(each.name for each in tmp_path.rglob("*") if not each.is_dir()) == [LOCK, "deal.yaml"]


def test_without_save_nothing_is_written(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", "name: Acme\n")
    cli("diagnose", str(path), "-a", "problem_named=yes")
    cli("diagnose", str(path), "-a", "problem_named=yes", "--no-save")
    assert path.read_text() == "name: Acme\n"
    assert [each.name for each in path.parent.iterdir()] == ["deal.yaml"]


# --- a new deal ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_deal_is_valid_filled_as_its_comments_say_and_ready_to_save_to(
    cli: Cli, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "acme-line.yaml"
    assert cli("deal", "new", str(path), "--lang", language).exit_code == 0
    assert cli("deal", "check", str(path)).exit_code == 0
    append_entries(str(path), ENTRY)
    filled = "\n".join(uncommented(line) for line in path.read_text("utf-8").splitlines())
    assert len(filled.splitlines()) > 30
    path.write_text(filled, "utf-8")
    result = cli("deal", "check", str(path), "--as-of", "2099-01-01")
    assert result.exit_code == 0, result.stderr


def uncommented(line: str) -> str:
    """Return a line of data without its mark; a comment in words has one space behind the mark."""
    return line[1:] if re.match("#([^ ]|  )", line) else line


def test_a_new_deal_never_overwrites_and_tells_git_once(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("build")
    path = tmp_path / "acme.yaml"
    cli("deal", "new", str(path))
    path.write_text("name: mine\n")
    result = cli("deal", "new", str(path))
    assert (result.exit_code, path.read_text()) == (3, "name: mine\n")
    assert "is there already" in result.stderr
    cli("deal", "new", str(tmp_path / "other.yaml"))
    assert (tmp_path / ".gitignore").read_text() == "build\n*.private.yaml\n.buystage.*\n"
    assert LOCK.startswith(".buystage.")
    assert TEMPORARY.startswith(".buystage.")


@pytest.mark.parametrize(
    "name", ["acme", "acme.txt", "acme.private.yaml", "buystage.yaml", "a\nb.yaml", "a\x1b[31m.yaml", " .yml ", ""]
)
def test_a_name_that_is_not_a_deals_is_refused(cli: Cli, tmp_path: Path, name: str) -> None:
    result = cli("deal", "new", f"{tmp_path}/{name}" if name else "")
    assert (result.exit_code, "a deal file is called NAME.yaml" in result.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["{today}{file}.yaml", "a # b: c.yaml", "_.yml", "商机.yaml", "-x.yaml"])
def test_any_other_name_makes_a_deal_that_checks(cli: Cli, tmp_path: Path, name: str) -> None:
    assert cli("deal", "new", f"{tmp_path}/{name}").exit_code == 0
    result = cli("deal", "check", str(tmp_path))
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "1 checked, 0 with errors")


@pytest.mark.parametrize(
    ("there", "then"),
    [
        (b"*.private.yaml\n!*.private.yaml\n", b"*.private.yaml\n.buystage.*\n"),
        (b"*.private.yaml\r\n.buystage.*\r\n", b""),
        (b"# a\x0c*.private.yaml\n.buystage.*", b"\n*.private.yaml\n"),
        (b"caf\xe9\r", b"\n*.private.yaml\n.buystage.*\n"),
    ],
)
def test_what_git_ignores_is_read_as_git_reads_it(cli: Cli, tmp_path: Path, there: bytes, then: bytes) -> None:
    (tmp_path / ".gitignore").write_bytes(there)
    cli("deal", "new", str(tmp_path / "acme.yaml"))
    assert (tmp_path / ".gitignore").read_bytes() == there + then


def test_where_git_can_t_be_told_there_is_no_new_deal(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").mkdir()
    result = cli("deal", "new", str(tmp_path / "acme.yaml"))
    assert (result.exit_code, f"{tmp_path}/.gitignore: " in result.stderr) == (3, True)
    assert not (tmp_path / "acme.yaml").exists()


def test_a_full_disk_leaves_no_half_a_new_deal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "buystage", "deal", "new", str(tmp_path / "acme.yaml")]
    ended = subprocess.run(command, capture_output=True, text=True, preexec_fn=no_room, check=False)
    assert (ended.returncode, "can't write" in ended.stderr) == (3, True)
    assert [each.name for each in tmp_path.iterdir()] == [".gitignore"]


def test_a_new_deal_in_a_folder_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    result = cli("deal", "new", str(tmp_path / "gone/acme.yaml"))
    assert result.exit_code == 3
    assert "can't write" in result.stderr
