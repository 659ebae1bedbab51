"""What the system runs out of is named as that: no bug of ours, no fault of a file, and nothing half written."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from buystage.cli.shortage import shortage
from buystage.errors import ExitCode, plain_error
from buystage.language import Language
from conftest import ROOT

pytestmark = pytest.mark.slow  # each is a process of its own, with limits of the system

DEAL = str(ROOT / "examples/electronics-maker.yaml")

MEMORY = """
import resource, sys
from buystage.__main__ import main
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
limit = used + int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
main()
"""
HANDLES = """
import resource, sys
from buystage.__main__ import main
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
main()
"""
SIZE = HANDLES.replace("RLIMIT_NOFILE", "RLIMIT_FSIZE")


def limited(script: str, limit: int, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command that gets no more than that from when it is there on; what it loads counts."""
    command = [sys.executable, "-c", script, str(limit), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=os.environ)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux")
def test_memory_that_runs_out_at_any_moment_is_told(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    codes = set()
    for megabytes in (0, 1, 3, 6, 10, 15, 20, 25, 30, 40, 200):
        done = limited(MEMORY, megabytes * 1_000_000, "diagnose", DEAL, "-f", "json", "--output", str(out))
        codes.add(done.returncode)
        assert done.returncode in (ExitCode.DONE, ExitCode.INPUT), done.stderr
        assert "Traceback" not in done.stderr
        assert "bug" not in done.stderr
        if done.returncode:
            assert done.stderr.startswith("error: ")
            assert "memory" in done.stderr
            assert list(tmp_path.iterdir()) == []
    assert codes == {ExitCode.DONE, ExitCode.INPUT}


@pytest.mark.parametrize("handles", [0, 3])
@pytest.mark.parametrize("command", [("diagnose", DEAL), ("review", DEAL, "--workers", "2"), ("--help",)])
def test_file_handles_that_run_out_are_told(handles: int, command: tuple[str, ...]) -> None:
    done = limited(HANDLES, handles, *command)
    assert done.returncode == ExitCode.INPUT
    assert done.stderr.startswith("error: ")
    assert "handles" in done.stderr or "too many files" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("format_", ["json", "text", "markdown"])
def test_a_file_that_may_not_grow_is_not_left_half_written(tmp_path: Path, format_: str) -> None:
    for size in (0, 100, 1000):
        done = limited(SIZE, size, "diagnose", DEAL, "-f", format_, "--output", str(tmp_path / "out"))
        assert done.returncode == ExitCode.INPUT
        assert f"can't write {tmp_path}/out: {os.strerror(errno.EFBIG)}" in done.stderr
        assert list(tmp_path.iterdir()) == []


def chain() -> BaseException:
    """Return an error that came of another one."""
    try:
        try:
            raise MemoryError
        except MemoryError:
            raise KeyError("x") from None
    except KeyError as error:
        return error


LACKING = {
    "memory ran out": (
        MemoryError(),
        OSError(errno.ENOMEM, ""),
        SystemError("error return without exception set"),
        chain(),
    ),
    "too many files are open at once": (OSError(errno.EMFILE, ""), OSError(errno.ENFILE, "")),
    "the system starts no more processes": (OSError(errno.EAGAIN, ""), RuntimeError("can't start new thread")),
    "the disk is full": (OSError(errno.ENOSPC, ""),),
    "a part of the program can't be loaded": (
        ImportError("x.so: cannot open shared object file: Too many open files"),
    ),
}


@pytest.mark.parametrize("says", LACKING)
def test_each_shortage_has_its_words_in_both_languages(says: str) -> None:
    for error in LACKING[says]:
        lacking = shortage(error)
        assert lacking is not None
        assert plain_error(lacking, Language.EN).startswith(f"error: {says}")
        assert plain_error(lacking, Language.ZH).startswith("错误：")
        assert len(plain_error(lacking, Language.ZH).splitlines()) == 2


@pytest.mark.parametrize("error", [KeyError("x"), OSError(errno.ENOENT, ""), RuntimeError(), ImportError("no module")])
def test_what_is_no_shortage_stays_a_bug(error: Exception) -> None:
    assert shortage(error) is None
