"""Row words: how often a customer in a state shows a signal, and the shorthand that expands to them."""

from collections.abc import Sequence
from typing import Literal, get_args

Word = Literal["never", "rarely", "sometimes", "often", "always"]
Row = tuple[Word, ...]

WORDS: tuple[Word, ...] = get_args(Word)
PERCENT: dict[Word, int] = {"never": 2, "rarely": 10, "sometimes": 40, "often": 75, "always": 95}
"""How many of a hundred customers in the state show the signal (%); printed beside the word everywhere."""

JobState = Literal["not_started", "active", "satisfied", "reopened"]
JOB_STATES: tuple[JobState, ...] = (
    "not_started",
    "active",
    "satisfied",
)  # what is scored; reopened is read off the log

JOB_ROWS: dict[str, Row] = {
    "started": ("rarely", "always", "always"),
    "active": ("rarely", "often", "rarely"),
    "done": ("never", "rarely", "always"),
    "proves": ("never", "never", "sometimes"),
    "forbids_done": ("sometimes", "sometimes", "never"),
}
"""The shorthand of jobs, over not_started, active, satisfied."""


def begins(at: int, count: int) -> Row:
    """Return the row of a milestone reached in state `at` of `count`, which stays true after it."""
    near: dict[int, Word] = {-1: "rarely", 0: "often"}
    return tuple(near.get(state - at, "always" if state > at else "never") for state in range(count))


def ends(at: int, count: int) -> Row:
    """Return the row of a milestone that ends state `at`: rare up to and in it, there in every state after it."""
    return tuple("always" if state > at else "rarely" for state in range(count))


def during(at: int, count: int) -> Row:
    """Return the row of work that goes on in state `at`, sometimes next door, rarely farther away."""
    by_distance: tuple[Word, Word, Word] = ("often", "sometimes", "rarely")
    return tuple(by_distance[min(abs(state - at), 2)] for state in range(count))


def until(at: int, count: int) -> Row:
    """Return the mirror image of `begins`: what is there before state `at` and fades after it."""
    return begins(count - 1 - at, count)[::-1]


STAGE_ROWS = {"begins": begins, "ends": ends, "during": during, "until": until}
"""The shorthand of stages."""


def spread(ranges: Sequence[tuple[str, Word]], states: Sequence[str]) -> Row:
    """Return the row that `FIRST..LAST: word` ranges describe.

    Raises ValueError naming the state or range where the ranges don't cover every state once, in order.
    """
    row: list[Word] = []
    for name, word in ranges:
        first, _, last = name.partition("..")
        for bound in (first, last or first):
            if bound not in states:
                raise ValueError(bound)
        start, stop = states.index(first), states.index(last or first)
        if start != len(row) or stop < start:
            raise ValueError(name)
        row += [word] * (stop - start + 1)
    if len(row) != len(states):
        raise ValueError(states[len(row)])
    return tuple(row)
