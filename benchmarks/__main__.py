"""What buystage costs, as ratios measured side by side in one run.

    python benchmarks [--pairs N] [startup|choosing|scoring|reviewing ...] [--growth SIZE ...]

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
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)} (default: all)")
    parser.add_argument("--pairs", type=int, default=9, help="pairs of each comparison (default: 9)")
    parser.add_argument("--growth", type=int, nargs="*", default=[], metavar="SIZE", help="numbers of lines to review")
    wanted = parser.parse_args()
    if unknown := set(wanted.parts) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    parts = wanted.parts or ([] if wanted.growth else [*PARTS])
    day, python = f"{datetime.now().astimezone():%Y-%m-%d}", platform.python_version()
    print(f"{day}, Python {python}, {os.cpu_count()} cores, {wanted.pairs} pairs\n")
    print("| What | Against | Median | Range | Bound | Met |\n| --- | --- | --- | --- | --- | --- |")
    for row in _rows(parts, wanted.pairs, wanted.growth):
        print(row.line(), flush=True)


def _rows(parts: list[str], pairs: int, sizes: list[int]) -> Iterator[Row]:
    for part in parts:
        yield from PARTS[part](pairs)
    yield from reviewing.growth(sizes) if sizes else ()


if __name__ == "__main__":
    main()
