"""Many deals: JSON Lines, several processes, and what goes wrong in them."""

import errno
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import Process, active_children
from pathlib import Path
from time import sleep

import pexpect
import pytest
import yaml

from buystage.errors import WorkerLostError
from buystage.review.parallel import BATCH, FEW, in_order
from conftest import Cli, Write
from samples import DAY, deal

COUNT = FEW + 2 * BATCH + 1


PLAIN = yaml.safe_load(deal())


def line(number: int) -> str:
    """Return a deal as a line of JSON; every seventh claims too much."""
    stage = "solution_confirmation" if number % 7 == 0 else "solution_evaluation"
    return json.dumps({**PLAIN, "name": f"Deal {number}", "claimed_stage": stage, "amount": number})


@pytest.fixture
def lines(write: Write) -> Path:
    return write("deals.jsonl", "".join(f"{line(number)}\n" for number in range(COUNT)))


# --- JSON Lines --------------------------------------------------------------------------------------------------


def test_a_line_is_a_deal_with_its_number_as_its_place(cli: Cli, write: Write) -> None:
    path = write("deals.jsonl", f"{line(1)}\n\n  \n{line(7)}\r\n{line(2)}")
    result = cli("review", str(path), "--as-of", DAY, "--format", "jsonl")
    found = [json.loads(each) for each in result.stdout.splitlines()]
    assert [(each["name"], each["line"]) for each in found] == [("Deal 1", 1), ("Deal 7", 4), ("Deal 2", 5)]
    assert found[1]["findings"][0]["line"] == 4
    assert result.exit_code == 1


def test_a_deal_reviews_the_same_in_yaml_and_in_json(cli: Cli, write: Write) -> None:
    def findings(path: Path) -> list[tuple[str, str]]:
        report = json.loads(cli("review", str(path), "--as-of", DAY, "--format", "json").stdout)
        return [(each["rule"], each["message"]) for each in report["findings"]]

    assert findings(write("a.yaml", deal())) == findings(write("a.jsonl", json.dumps(yaml.safe_load(deal()))))


def test_standard_input_may_be_lines_or_one_deal(cli: Cli) -> None:
    two = f"\n{line(1)}\n{line(7)}\n"
    assert "2 deals" in cli("review", "-", "--as-of", DAY, stdin=two).stdout
    assert "1 deal," in cli("review", "-", "--as-of", DAY, stdin=deal()).stdout
    pretty = json.dumps(yaml.safe_load(deal()), indent=2)
    assert "1 deal," in cli("review", "-", "--as-of", DAY, stdin=pretty).stdout


BROKEN = {  # column (0: wherever) and what is said
    '{"name": "x", }': (15, "no JSON"),
    '{"name": "x"': (13, "no JSON"),
    "[1]": (1, "mapping"),
    '{"name": "x", "name": "y"}': (15, "a second time"),
    '{"name": "x", "amount": NaN}': (25, "NaN"),
    '{"name": "x", "amont": 3}': (15, "did you mean 'amount'?"),
    '{"name": "x", "close_date": "soon"}': (29, "a day like"),
    '{"name": "x", "extra": ' + "[" * 5000 + "]" * 5000 + "}": (0, ""),
    '{"name": "x", "extra": ' + "9" * 5000 + "}": (0, ""),
}


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: text[:30])
def test_a_broken_line_is_named_with_its_column_and_the_others_are_reviewed(cli: Cli, write: Write, text: str) -> None:
    path = write("deals.jsonl", f"{line(1)}\n{text}\n{line(2)}\n")
    result = cli("review", str(path), "--as-of", DAY, "--format", "jsonl")
    column, said = BROKEN[text]
    assert result.exit_code == 3
    assert [json.loads(each)["name"] for each in result.stdout.splitlines()] == ["Deal 1", "Deal 2"]
    assert f"deals.jsonl:2:{column or ''}" in result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_broken_first_line_is_a_line_all_the_same(cli: Cli) -> None:
    result = cli("review", "-", "--as-of", DAY, "--format", "jsonl", stdin=f'{{"name": "x", }}\n{line(1)}\n')
    assert (result.exit_code, len(result.stdout.splitlines())) == (3, 1)
    assert "-:1:15" in result.stderr


def test_lines_may_come_in_a_file_called_ndjson(cli: Cli, write: Write) -> None:
    assert "2 deals" in cli("review", str(write("a.ndjson", f"{line(1)}\n{line(2)}\n")), "--as-of", DAY).stdout


def test_a_deal_behind_blank_lines_has_its_own_line_numbers(cli: Cli) -> None:
    assert "-:4:1" in cli("review", "-", stdin="\n\n\nnam: x\n").stderr


def test_a_line_without_end_does_not_eat_the_memory(cli: Cli, write: Write) -> None:
    path = write("deals.jsonl", f'{line(1)}\n{{"name": "{"x" * 5_000_000}"}}\n{line(2)}\n')
    result = cli("review", str(path), "--as-of", DAY, "--format", "jsonl")
    assert result.exit_code == 3
    assert "line 2 is longer than 4 MB" in result.stderr
    assert len(result.stdout.splitlines()) == 2


def test_bytes_that_are_no_text_are_named_with_their_line(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "deals.jsonl"
    path.write_bytes(f"{line(1)}\n".encode() + b'{"name": "\xff"}\n')
    result = cli("review", str(path), "--as-of", DAY, "--format", "jsonl")
    assert (result.exit_code, len(result.stdout.splitlines())) == (3, 1)
    assert "deals.jsonl:2:11" in result.stderr


# --- several processes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["text", "json", "jsonl", "junit", "github", "sarif", "markdown", "csv"])
def test_the_bytes_are_the_same_with_any_number_of_processes(cli: Cli, write: Write, format_: str) -> None:
    lines = write("deals.jsonl", "".join(f"{line(number)}\n" for number in range(2 * BATCH + 1)))

    def printed(workers: int) -> bytes:
        options = ("--as-of", DAY, "--format", format_, "--workers", str(workers))
        result = cli("review", str(lines), *options)
        assert result.exit_code == 1
        return result.stdout_bytes

    assert printed(1) == printed(2) == printed(3)


def test_results_come_in_order_and_things_are_read_no_further_ahead_than_needed() -> None:
    read: list[int] = []

    def things() -> Iterator[int]:
        for number in range(100 * BATCH):
            read.append(number)
            yield number

    results = in_order(_doubled, things(), workers=2)
    assert [next(results) for _ in range(3)] == [0, 2, 4]
    assert len(read) < 20 * BATCH


def _doubled(number: int) -> int:
    return 2 * number


def _killed(number: int) -> int:
    if number == 3 * BATCH:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_process_that_dies_is_an_error_and_no_gap() -> None:
    with pytest.raises(WorkerLostError):
        list(in_order(_killed, range(10 * BATCH), workers=2))


def _refused(number: int) -> int:
    if number == 3 * BATCH:
        raise OSError(errno.EMFILE, "no more")
    return number


def test_what_the_work_raises_in_a_process_is_raised_here() -> None:
    with pytest.raises(OSError, match="no more") as raised:
        list(in_order(_refused, range(10 * BATCH), workers=2))
    assert "in _refused" in raised.value.__notes__[0]


@pytest.mark.parametrize("can_start", [0, 1, 2, 3])
def test_where_the_system_gives_fewer_processes_fewer_do_the_work(
    monkeypatch: pytest.MonkeyPatch, can_start: int
) -> None:
    start, started = Process.start, list[Process]()

    def start_or_refuse(process: Process) -> None:
        if len(started) == can_start:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        started.append(process)
        start(process)

    monkeypatch.setattr(Process, "start", start_or_refuse)
    assert list(in_order(_doubled, range(10 * BATCH), workers=4)) == [2 * number for number in range(10 * BATCH)]
    assert not active_children()


@pytest.mark.parametrize("handles", [5, 8, 11, 14, 17, 20, 24])
def test_few_file_handles_make_a_review_slower_and_nothing_else(write: Write, handles: int) -> None:
    for number in range(8):
        write(f"deals/{number}.yaml", line(number))
    lines = write("deals/many.jsonl", "".join(f"{line(number)}\n" for number in range(2 * BATCH)))
    options = ("--as-of", DAY, "--format", "jsonl")
    command = [sys.executable, "-m", "buystage", "review", str(lines.parent), str(lines), *options]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (handles, handles))

    done = subprocess.run([*command, "--workers", "4"], capture_output=True, timeout=120, preexec_fn=limit)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout == subprocess.run([*command, "--workers", "1"], capture_output=True).stdout


def buystage(*arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "buystage", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ)


@pytest.mark.slow
def test_a_reader_that_leaves_ends_the_review_in_peace(lines: Path) -> None:
    with buystage("review", str(lines), "--as-of", DAY, "--format", "jsonl", "--workers", "2") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_to_end_the_review_leaves_no_traceback_and_no_half_file(
    write: Write, tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    lines = write("many.jsonl", "".join(f"{line(number)}\n" for number in range(20 * COUNT)))
    out = tmp_path / "out.jsonl"
    command = ("review", str(lines), "--as-of", DAY, "--format", "jsonl", "--workers", "2", "--output", str(out))
    with buystage(*command) as process:
        assert process.stderr
        while not list(tmp_path.glob(".buystage.new-*")):  # until it writes
            assert process.poll() is None
            sleep(0.01)
        process.send_signal(sent)
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(60) == code
    assert [path.name for path in tmp_path.iterdir()] == ["many.jsonl"]


@pytest.mark.slow
def test_no_process_outlives_the_one_that_began_it(write: Write) -> None:
    lines = write("many.jsonl", "".join(f"{line(number)}\n" for number in range(20 * COUNT)))
    with buystage("review", str(lines), "--as-of", DAY, "--format", "jsonl", "--workers", "3") as process:
        assert process.stdout
        process.stdout.readline()
        children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
        process.kill()
    waiting = 200
    while waiting and any(Path(f"/proc/{child}").exists() for child in children):
        sleep(0.1)
        waiting -= 1
    assert children
    assert waiting


@pytest.mark.slow
def test_a_process_killed_from_outside_is_told(write: Write) -> None:
    lines = write("many.jsonl", "".join(f"{line(number)}\n" for number in range(20 * COUNT)))
    with buystage("review", str(lines), "--as-of", DAY, "--format", "jsonl", "--workers", "3") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
        os.kill(int(children[0]), signal.SIGKILL)
        process.stdout.read()
        assert b"ended from outside" in process.stderr.read()
        assert process.wait(60) == 3  # as where memory runs out: that is what ends one as a rule


def test_lines_come_as_soon_as_they_are_reviewed() -> None:
    command = [sys.executable, "-m", "buystage", "review", "-", "--as-of", DAY, "--format", "jsonl", "--workers", "1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(f"{line(number)}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["name"] == f"Deal {number}"
        process.stdin.close()


def test_a_terminal_sees_how_far_it_is_and_the_result_goes_where_it_was_sent(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    command = f"{sys.executable} -m buystage review {lines} --as-of {DAY} --format jsonl > {out}"
    seen = str(pexpect.run(f"sh -c '{command}'", env={**os.environ, "TERM": "xterm"}, timeout=120, encoding="utf-8"))
    assert "/?" in seen
    assert "schema" not in seen
    assert len(out.read_text("utf-8").splitlines()) == COUNT


def test_without_a_terminal_there_is_no_bar(cli: Cli, lines: Path) -> None:
    assert cli("review", str(lines), "--as-of", DAY, "--format", "jsonl").stderr == ""


@pytest.mark.slow
def test_memory_stays_flat_however_many_lines_there_are(tmp_path: Path) -> None:
    """In one process and measured from inside, so that it can be told from what the interpreter takes."""

    def peak(count: int) -> int:
        path = tmp_path / f"{count}.jsonl"
        path.write_text("".join(f"{line(number % 50)}\n" for number in range(count)), "utf-8")
        script = (
            "import resource, sys; from buystage.cli import app\n"
            f"sys.argv = ['buystage', 'review', {str(path)!r}, '--as-of', {DAY!r}, '-f', 'jsonl', '--workers', '1']\n"
            "try: app()\nexcept SystemExit: pass\n"
            "sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        return int(done.stderr)

    few, many = peak(500), peak(5000)
    assert many < 1.1 * few
