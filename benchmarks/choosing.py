"""How long it takes to choose the next question: 60 signals, 10 tracks, after each answer of an interview.

    python benchmarks/choosing.py

Prints the median in milliseconds, and how it compares with reading the catalogue's YAML in the same run.
"""

from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

import yaml

from buystage.builtin import SIGNALS_FILE, builtin_folder
from buystage.interview import LADDER, Plan, Question, Step, climbed
from buystage.library import Shelf, load_shelf
from buystage.observation import answer_from

TRACKS, ROUNDS = 10, 50


def main() -> None:
    """Measure and print."""
    plan, steps = a_plan(), some_steps()
    choosing = median(milliseconds(lambda: plan(steps)) for _ in range(ROUNDS))
    text = (builtin_folder() / SIGNALS_FILE).read_text("utf-8")
    reading = median(milliseconds(lambda: yaml.safe_load(text)) for _ in range(3))
    signals = len(plan.shelf.catalogue.signals)
    print(f"choosing a question of {signals} signals for {len(plan.tracks)} tracks: {choosing:.2f} ms (bound: 10 ms)")
    print(f"the same as a share of reading the catalogue's YAML: {choosing / reading:.4f}")


def a_plan() -> Plan:
    """Return a plan over ten tracks: those of the built-in playbooks, the first again until there are ten."""
    shelf = load_shelf()
    linear, jobs = shelf.playbooks
    more = TRACKS - len(linear.tracks) - len(jobs.tracks)
    books = (linear, jobs, *(linear.model_copy(update={"name": f"linear-{at}"}) for at in range(more)))
    return Plan((), date(2026, 3, 2), {}, Shelf(shelf.catalogue, books, ("built-in",) * len(books)))


def some_steps() -> list[Step]:
    """Return an interview in which the ladder and three facts have been answered."""
    facts = {"budget_approved": "yes", "owner_named": "unknown", "requirements_agreed": "no"}
    ladder = Step(Question("ladder", LADDER, 1), climbed(LADDER, "offers_requested"))
    again = Step(Question("again", (), 2), {})
    return [
        ladder,
        again,
        *(Step(Question("fact", (name,), 3), {name: answer_from(word)}) for name, word in facts.items()),
    ]


def milliseconds(run: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = perf_counter()
    run()
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
