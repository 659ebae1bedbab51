"""How long a review takes: of files against reading them, of lines against validating them, and as they grow in number.

The deals are the dated logs of `tests/logs`, again and again: as files their first four entries, as lines the first
entry of each. Whole processes are timed, so that their start counts.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import yaml
from timing import Row, process, ratios

FILES, ENTRIES, LINES = 2_000, 4, 10_000
REPEATED, FEW = 5, 10_000  # as often is a review of no more lines repeated: it is over soon, and so less certain
LOGS = Path(__file__).parents[1] / "tests/logs"
LOAD = """
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).iterdir()):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""
VALIDATE = """
import sys
from datetime import date
from buystage.model.deal import Deal
from buystage.settings.values import SEVERITIES
from buystage.library.signal_files import load_catalogue
context = {"signals": load_catalogue().signals, "rules": SEVERITIES, "latest_day": date.max}
for line in open(sys.argv[1], "rb"):
    Deal.model_validate_json(line, context=context)
"""
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""  # asked by a small process: the system counts what the one that starts another takes as the other's
REVIEW = [sys.executable, "-m", "buystage", "review", "--as-of", "2026-11-22", "--fail-on", "never"]
BY_LINE = [*REVIEW, "--format", "jsonl"]
MEBIBYTE = 1024  # in the system's unit for memory


def rows(pairs: int) -> Iterator[Row]:
    """Yield what was measured of files and of lines."""
    with TemporaryDirectory() as name:
        folder, lines = Path(name, "deals"), Path(name, "deals.jsonl")
        write_files(folder, FILES)
        write_lines(lines, LINES)
        load = process([sys.executable, "-c", LOAD, str(folder)])
        bare = "loading the files with PyYAML's C loader"
        for processes, most in (((), 2.5), (("--workers", "1"), None)):
            what = f"`review`, {FILES:,} files of {ENTRIES} entries, {'one process' if processes else 'all cores'}"
            yield Row(what, bare, ratios(process([*REVIEW, *processes, str(folder)]), load, pairs), most)
        validate = process([sys.executable, "-c", VALIDATE, str(lines)])
        review = process([*BY_LINE, "--workers", "1", str(lines)])
        what = f"`review`, {LINES:,} one-visit deals as JSON Lines, one process"
        yield Row(what, "pydantic's `validate_json` of the lines", ratios(review, validate, pairs), 8)


def growth(sizes: Sequence[int]) -> Iterator[Row]:
    """Yield what a deal costs and how much memory it takes as there are more of them, against the first size."""
    with TemporaryDirectory() as name:
        lines = Path(name, "deals.jsonl")
        write_lines(lines, 1)
        start, _ = reviews(lines)
        first: tuple[float, float] | None = None
        for size in sizes:
            write_lines(lines, size)
            seconds, memory = reviews(lines, REPEATED if size <= FEW else 1)
            each = (seconds - start) / (size - 1)
            first = first or (each, memory)
            yield Row(f"`review`, {size:,} lines, all cores, a deal", "", [1e6 * each], unit="µs")
            yield Row(f"`review`, {size:,} lines, a deal", f"of {sizes[0]:,}", [each / first[0]])
            yield Row(f"`review`, {size:,} lines, memory of a process", "", [memory], unit="MiB")


def reviews(lines: Path, times: int = REPEATED) -> tuple[float, float]:
    """Return the medians of so many reviews."""
    runs = [review(lines) for _ in range(times)]
    return median(seconds for seconds, _ in runs), median(memory for _, memory in runs)


def review(lines: Path) -> tuple[float, float]:
    """Return how long a review takes (seconds), and the most memory that one of its processes took (MiB)."""
    begun = perf_counter()
    command = [sys.executable, "-c", PEAK, *BY_LINE, str(lines)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return perf_counter() - begun, int(done.stdout) / MEBIBYTE


def write_files(folder: Path, count: int) -> None:
    """Write so many deals, a file each, of those logs that are long enough."""
    folder.mkdir()
    deals = [each for each in logs() if len(each["observations"]) >= ENTRIES]
    for number in range(count):
        deal = {**cut(deals[number % len(deals)], ENTRIES), "name": f"Deal {number}"}
        (folder / f"{number:05}.yaml").write_text(yaml.safe_dump(deal, allow_unicode=True, sort_keys=False), "utf-8")


def write_lines(file: Path, count: int) -> None:
    """Write so many deals of one visit, a line each."""
    deals = [cut(each, 1) for each in logs()]
    with file.open("w", encoding="utf-8") as out:
        for number in range(count):
            out.write(json.dumps({**deals[number % len(deals)], "name": f"Deal {number}"}, ensure_ascii=False) + "\n")


def logs() -> list[dict[str, Any]]:
    """Return the deals of the two readers' dated logs."""
    return [yaml.load(path.read_bytes(), Loader=yaml.BaseLoader) for path in sorted(LOGS.glob("*/*.yaml"))]


def cut(deal: dict[str, Any], entries: int) -> dict[str, Any]:
    """Return a deal with so many entries of its log."""
    return {**deal, "observations": deal["observations"][:entries]}
