"""How long it takes to choose the next question of an interview, and to score a deal."""

from collections.abc import Iterator
from datetime import date

import yaml
from timing import Row, call, ratios

from buystage.interview.choosing import LADDER, Plan, Question, Step, climbed
from buystage.library.playbooks import Shelf, load_shelf
from buystage.library.shipped import SIGNALS_FILE, builtin_folder
from buystage.model.observation import answer_from

TRACKS, CALLS = 10, 20


def rows(pairs: int) -> Iterator[Row]:
    """Yield what was measured."""
    plan, steps = a_plan(), some_steps()
    choosing = call(lambda: plan(steps), CALLS)
    what = f"choosing a question of {len(plan.shelf.catalogue.signals)} signals for {len(plan.tracks)} tracks"
    yield Row(what, "", [1000 * choosing() for _ in range(pairs)], 10, "ms")
    text = (builtin_folder() / SIGNALS_FILE).read_text("utf-8")
    reading = call(lambda: yaml.load(text, Loader=yaml.CSafeLoader))
    yield Row(what, "reading the catalogue's YAML", ratios(choosing, reading, pairs))


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
