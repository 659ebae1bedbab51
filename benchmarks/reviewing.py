"""How long a review of many deals takes, against only reading them.

    python benchmarks/reviewing.py [PAIRS]

Makes 2,000 deals of four log entries (those of the dated logs in `tests/logs` that have as many, again and again), once
as YAML files and once as JSON Lines, and times whole processes in pairs: `buystage review` on the files against a
process that loads them with PyYAML's C loader, and on the lines against one that validates them with pydantic. Prints
the ratio of each pair and their median. Run it from an installed wheel: a checkout without bytecode starts slowly.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import yaml

DEALS, ENTRIES = 2000, 4
LOGS = Path(__file__).parents[1] / "tests/logs"
DAY = "2026-11-22"
LOAD = """
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).iterdir()):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""
VALIDATE = """
import sys
from datetime import date
from buystage.deal import Deal
from buystage.settings import SEVERITIES
from buystage.signal_files import load_catalogue
context = {"signals": load_catalogue().signals, "rules": SEVERITIES, "latest_day": date.max}
for line in open(sys.argv[1], "rb"):
    Deal.model_validate_json(line, context=context)
"""


def main(pairs: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        files, lines = Path(folder, "deals"), Path(folder, "deals.jsonl")
        files.mkdir()
        write_deals(files, lines)
        review = [sys.executable, "-m", "buystage", "review", "--as-of", DAY, "--fail-on", "never"]
        load, validate = ([sys.executable, "-c", script] for script in (LOAD, VALIDATE))
        compare("files, all cores", [*review, str(files)], [*load, str(files)], pairs)
        compare("files, one process", [*review, "--workers", "1", str(files)], [*load, str(files)], pairs)
        jsonl = [*review, "--format", "jsonl", "--workers", "1", str(lines)]
        compare("lines, one process", jsonl, [*validate, str(lines)], pairs)


def write_deals(files: Path, lines: Path) -> None:
    """Write the deals, a file each and a line each."""
    deals = list(logs())
    with lines.open("w", encoding="utf-8") as out:
        for number in range(DEALS):
            deal = {**deals[number % len(deals)], "name": f"Deal {number}"}
            text = yaml.safe_dump(deal, allow_unicode=True, sort_keys=False)
            (files / f"{number:05}.yaml").write_text(text, "utf-8")
            out.write(json.dumps(deal, ensure_ascii=False) + "\n")


def logs() -> list[dict[str, Any]]:
    """Return the deals with a log that is long enough, cut to so many entries."""
    found = [yaml.load(path.read_bytes(), Loader=yaml.BaseLoader) for path in sorted(LOGS.rglob("*.yaml"))]
    long = [each for each in found if isinstance(each, dict) and len(each.get("observations", ())) >= ENTRIES]
    return [{**each, "observations": each["observations"][:ENTRIES]} for each in long]


def compare(name: str, ours: Sequence[str], theirs: Sequence[str], pairs: int) -> None:
    """Print the ratios of the time of our process to that of the other."""
    ratios = [seconds(ours) / seconds(theirs) for _ in range(pairs)]
    print(f"{name}: {median(ratios):.2f} ({', '.join(f'{ratio:.2f}' for ratio in ratios)})")


def seconds(command: Sequence[str]) -> float:
    """Return how long a process takes."""
    begun = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
