"""Small catalogues, playbooks and logs for tests, from as few words as the test needs."""

from collections.abc import Iterable, Mapping
from datetime import date

from buystage.diagnosis.answers import by_entry
from buystage.diagnosis.history import History, history
from buystage.library.playbooks import Shelf
from buystage.model.catalogue import Catalogue, Fact, Signal
from buystage.model.fields import Sourced
from buystage.model.observation import Observation
from buystage.model.playbook import Playbook

DAY = date(2026, 3, 1)
T = Sourced(en="text", zh="文字")


def signal(topic: str = "one", sort: str = "stands", **more: object) -> Signal:
    """Return a signal whose texts don't matter."""
    texts = dict.fromkeys(("ask", "counts_as_yes", "counts_as_no", "mistaken_for", "probe"), T)
    parts = {"topic": topic, "sort": sort, "fact": Fact(if_yes=T, if_no=T), "origin": ("in-house",), **texts, **more}
    return Signal.model_validate(parts)


def catalogue(**signals: Signal) -> Catalogue:
    """Return a catalogue of these signals."""
    return Catalogue(signals, {each.topic: T for each in signals.values()})


def linear(rows: Mapping[str, list[str]], stages: tuple[str, ...] = ("first", "second", "third")) -> Playbook:
    """Return a linear playbook with these rows."""
    state = {"title": T, "customer": T, "ends_when": T}
    return Playbook.model_validate(
        {
            "schema": "buystage.playbook/v1",
            "name": "small",
            "version": 1,
            "kind": "linear",
            "title": T,
            "origin": ["in-house"],
            "stages": dict.fromkeys(stages, state),
            "rows": rows,
        }
    )


def jobs(rows: Mapping[str, Mapping[str, list[str]]], always_on: tuple[str, ...] = ()) -> Playbook:
    """Return a jobs playbook with these rows per job."""
    texts = {"title": T, "customer": T, "ends_when": T}
    states = {
        name: {**texts, "rows": row, "always_on": "yes" if name in always_on else "no"} for name, row in rows.items()
    }
    return Playbook.model_validate(
        {
            "schema": "buystage.playbook/v1",
            "name": "small-jobs",
            "version": 1,
            "kind": "jobs",
            "title": T,
            "origin": ["in-house"],
            "jobs": states,
        }
    )


def shelf(signals: Catalogue, *playbooks: Playbook) -> Shelf:
    """Return a shelf with these playbooks."""
    return Shelf(signals, playbooks, tuple("built-in" for _ in playbooks))


def course_of(log: Iterable[Observation], day: date, books: Shelf) -> History:
    """Return the course of a log up to a day."""
    return history(by_entry(log, day, books.catalogue), books)


def entry(day: str = "2026-03-01", **answers: object) -> Observation:
    """Return a log entry: `entry("2026-03-01", budget="yes", owner={"answer": "no", "quote": "…"})`."""
    return Observation.model_validate({"date": day, "answers": answers})
