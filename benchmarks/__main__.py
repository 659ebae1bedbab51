"""What buystage costs, as ratios measured side by side in one run.

    python benchmarks [--pairs N] [--growth SIZE ...] [startup|choosing|scoring|reviewing ...]

Prints a table in Markdown: medians of the pairs, and their range; `docs/performance.md` has two runs. Run it from an
installed wheel (`pip install .`), since a checkout has no parsed playbooks and may have no bytecode. pgmpy and
scikit-learn are compared with where they are installed.
"""

import argparse
import os
import platform
from collections.abc import Iterator
from datetime import datetime

import choosing
import reviewing
import scoring
import startup
from timing import Row

PARTS = {"startup": startup.rows, "choosing": choosing.rows, "scoring": scoring.rows, "reviewing": reviewing.rows}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="what to measure (default: all)")
    parser.add_argument("--pairs", type=int, default=9, help="pairs of each comparison (default: 9)")
    parser.add_argument("--growth", type=int, nargs="*", default=[], metavar="SIZE", help="numbers of lines to review")
    wanted = parser.parse_args()
    day, python = f"{datetime.now().astimezone():%Y-%m-%d}", platform.python_version()
    print(f"{day}, Python {python}, {os.cpu_count()} cores, {wanted.pairs} pairs\n")
    print("| What | Against | Median | Range | Bound | Met |\n| --- | --- | --- | --- | --- | --- |")
    for row in _rows(wanted.parts or [*PARTS], wanted.pairs, wanted.growth):
        print(row.line(), flush=True)


def _rows(parts: list[str], pairs: int, sizes: list[int]) -> Iterator[Row]:
    for part in parts:
        yield from PARTS[part](pairs)
    yield from reviewing.growth(sizes) if sizes else ()


if __name__ == "__main__":
    main()
