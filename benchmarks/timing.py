"""Times measured side by side: always in pairs, one right after the other, because machines do not keep their pace."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple


class Row(NamedTuple):
    """A line of the table: what was measured against what, the values of all pairs, and the most that is wanted."""

    what: str
    against: str
    values: Sequence[float]
    most: float | None = None
    unit: str = "×"

    def line(self) -> str:
        """Return the line as Markdown, with the median and the range of the pairs."""
        middle, bound = median(self.values), "" if self.most is None else f"≤ {self.most:g} {self.unit}"
        met = "" if self.most is None else "yes" if middle <= self.most else "**no**"
        spread = f"{min(self.values):.3g}–{max(self.values):.3g}"
        return f"| {self.what} | {self.against} | {middle:.3g} {self.unit} | {spread} | {bound} | {met} |"


def ratios(ours: Callable[[], float], theirs: Callable[[], float], pairs: int) -> list[float]:
    """Return how many times as long ours takes as theirs, pair by pair; each is run once before it counts."""
    ours(), theirs()
    return [ours() / theirs() for _ in range(pairs)]


def process(command: Sequence[str], **environment: str) -> Callable[[], float]:
    """Return what runs a command and returns how long it takes (seconds)."""

    def run() -> float:
        begun = perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, env=_with(environment), check=True)
        return perf_counter() - begun

    return run


def call(function: Callable[[], object], times: int = 1) -> Callable[[], float]:
    """Return what calls a function so many times and returns how long one call takes (seconds)."""

    def run() -> float:
        begun = perf_counter()
        for _ in range(times):
            function()
        return (perf_counter() - begun) / times

    return run


def _with(environment: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, **environment}
