"""What is known of a deal on a day: the latest answers of its log, what they imply, and how much each weighs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from buystage.model.answer import Answer, Value
from buystage.model.catalogue import Catalogue
from buystage.model.days import earlier
from buystage.model.observation import Observation

FADE_DAYS = 30  # research: a half-life of 30 days read dated logs best
OLD_DAYS = 60  # what stands is asked again, and a log without news is called old
MOST_HALVINGS = 40  # beyond it a weight is 0, so that sums stay exact in double precision (no answer is that old)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The state of a deal's log at a date: what is known by signal, and what was asked in vain."""

    known: Mapping[str, Answer]
    unknown: frozenset[str] = frozenset()
    newest: date | None = None
    """The day of the newest entry."""
    heard: date | None = None
    """The newest day with an answer of the customer's: neither our guess nor something they could not say."""
    given: Mapping[str, Answer] = field(default_factory=dict)
    """The latest yes or no of each signal, also where it no longer holds."""
    source: str | None = None
    """Where the newest entry comes from."""
    _supposed: dict[tuple[str, Value], "Supposed"] = field(default_factory=dict, init=False, compare=False, repr=False)

    def if_given(self, signal: str, value: Value, catalogue: Catalogue) -> "Supposed":
        """Return what would be known if this answer were in the newest entry; kept, since every track asks for it."""
        if (signal, value) not in self._supposed:
            known = supposing(self.known, {signal: value}, self.newest or date.min, catalogue)
            names = (name for name in self.known.keys() | known.keys() if self.known.get(name) != known.get(name))
            self._supposed[signal, value] = Supposed(known, frozenset(names))
        return self._supposed[signal, value]


class Supposed(NamedTuple):
    """What would be known, and the signals of which something else is known than now."""

    known: Mapping[str, Answer]
    changed: frozenset[str]


def answers_on(log: Iterable[Observation], day: date, catalogue: Catalogue) -> Knowledge:
    """Return what `log` tells on `day`: entries up to then; within a day the later one in the file wins."""
    return timeline(log, day, catalogue)[-1]


def timeline(log: Iterable[Observation], day: date, catalogue: Catalogue) -> tuple[Knowledge, ...]:
    """Return the state of the log on each day it has an entry, up to `day`; the last is the state on `day` itself."""
    return by_day(by_entry(log, day, catalogue))


def by_day(states: Iterable[Knowledge]) -> tuple[Knowledge, ...]:
    """Return of the states after each entry those at the end of each day; an empty log has one empty state."""
    last = {state.newest: state for state in states}
    return tuple(last.values()) or (Knowledge({}),)


def by_entry(log: Iterable[Observation], day: date, catalogue: Catalogue) -> tuple[Knowledge, ...]:
    """Return the state of the log after each of its entries up to `day`, in the order of their days."""
    entries = sorted((entry for entry in log if entry.date <= day), key=lambda entry: entry.date)
    latest: dict[str, Answer] = {}
    former: dict[str, Answer] = {}
    asked: set[str] = set()
    heard: date | None = None
    states: list[Knowledge] = []
    for entry in entries:
        told = {known.signal: known for known in _given(entry)}
        former |= {name: latest[name] for name, known in told.items() if _turned(name, known, latest, catalogue)}
        latest |= told
        asked |= entry.answers.keys()
        heard = entry.date if any(not known.assumed for known in told.values()) else heard
        seen_on = day if entry.date == entries[-1].date else entry.date
        known = _known(latest, former, seen_on, catalogue)
        unknown = frozenset(asked - known.keys() - latest.keys())
        states.append(Knowledge(known, unknown, entry.date, heard, dict(latest), entry.source))
    return tuple(states)


def _turned(name: str, known: Answer, latest: Mapping[str, Answer], catalogue: Catalogue) -> bool:
    """Whether a yes has come to an end: what followed from it stays. What happened once can't: that no corrects it."""
    before = latest.get(name)
    ended = before is not None and before.is_yes and not known.is_yes and before.date < known.date
    return ended and catalogue.signals[name].sort != "happened"


def _known(
    latest: Mapping[str, Answer], former: Mapping[str, Answer], day: date, catalogue: Catalogue
) -> dict[str, Answer]:
    """Return what the latest answers and former ones come to, seen on `day`."""
    newest = max((known.date for known in latest.values()), default=day)  # to have asked in vain lets nothing fade
    oldest = earlier(day, OLD_DAYS)
    standing = _without_overtaken(latest, catalogue)
    weighed = {name: _weighed(known, newest, oldest, catalogue) for name, known in standing.items()}
    recent = [each for each in weighed.values() if each.is_yes and each.date >= oldest]
    fresh = {name: _renewed(each, recent, catalogue) if each.old else each for name, each in weighed.items()}
    ended = {**former, **{name: known for name, known in latest.items() if name not in standing}}
    filled = with_implied(fresh, catalogue, ended).items()
    return {name: _aged(each, oldest, catalogue) if each.implied_by else each for name, each in filled}


def _without_overtaken(given: Mapping[str, Answer], catalogue: Catalogue) -> dict[str, Answer]:
    """Return `given` without each yes that a later yes, or what follows from it, excludes: newer news wins."""
    first = min((known.date for known in given.values() if known.is_yes), default=date.max)
    overtaken = {
        name
        for later in given.values()
        if later.is_yes and later.date > first
        for true in (later.signal, *catalogue.implied_by[later.signal])
        if true == later.signal or true not in given
        for name in catalogue.signals[true].excludes
        if name in given and given[name].is_yes and given[name].date < later.date
    }
    return {name: known for name, known in given.items() if name not in overtaken}


def with_implied(
    given: Mapping[str, Answer], catalogue: Catalogue, former: Mapping[str, Answer] | None = None
) -> dict[str, Answer]:
    """Return `given` with what its yes answers imply, and `former` ones that no longer hold, where nothing is known.

    Who goes back to the requirement has still decided to act: what followed from a yes outlives it. An implied answer
    rests on its source: it counts half where the source is only our guess, and it is left out where a yes that is not
    older than the source excludes it. Where several sources imply it, one that holds wins, then the customer's own
    evidence, then the newer.
    """
    holding, ended = (_sources(each.values()) for each in (given, former or {}))
    filled = dict(given)
    for source in (*holding, *ended):
        for target in catalogue.implied_by.get(source.signal, ()):
            if target not in filled and not _denied(target, source, given, catalogue):
                filled[target] = _implied(source, target)
    return filled


def _sources(given: Iterable[Answer]) -> list[Answer]:
    return sorted((known for known in given if known.is_yes), key=lambda k: (k.assumed, -k.date.toordinal()))


def supposing(
    known: Mapping[str, Answer], answers: Mapping[str, Value], day: date, catalogue: Catalogue
) -> dict[str, Answer]:
    """Return what would be known if these answers were given on `day`, with all that follows from them.

    What can't be true beside them is taken away: a no to what a supposed yes implies, a yes it excludes, and a yes that
    implies what is supposed to be no. To suppose what is so already changes nothing.
    """
    given = {name: each for name, each in known.items() if not each.implied_by or outlives(each, known)}
    new = {name: value for name, value in answers.items() if name not in given or given[name].value != value}
    for name, value in new.items():
        given = {other: each for other, each in given.items() if not _clash(name, value, each, catalogue)}
    given |= {name: Answer(name, value, day) for name, value in new.items()}
    return with_implied(given, catalogue)


def outlives(known: Answer, others: Mapping[str, Answer]) -> bool:
    """Whether an answer follows from one that no longer holds."""
    source = others.get(known.implied_by) if known.implied_by else known
    return source is None or (source is not known and not source.is_yes)


def _clash(name: str, value: Value, other: Answer, catalogue: Catalogue) -> bool:
    """Whether an answer can't be true beside `name` being `value`."""
    if value == "no":
        return other.is_yes and name in catalogue.implied_by[other.signal]
    if other.is_yes:
        return other.signal in catalogue.excluded_by[name]
    return other.signal in catalogue.implied_by[name]


def _given(entry: Observation) -> Iterator[Answer]:
    for signal, given in entry.answers.items():
        if given.answer != "unknown":
            assumed = given.evidence == "assumed"
            yield Answer(signal, given.answer, entry.date, assumed, given.quote, given.by)


def _weighed(known: Answer, newest: date, oldest: date, catalogue: Catalogue) -> Answer:
    """Return the answer with its weight (a power of two) and whether it is older than `oldest`, to be asked again."""
    sort = catalogue.signals[known.signal].sort
    halvings = (newest - known.date).days // FADE_DAYS if sort == "ongoing" else 0
    weight = 0.0 if halvings > MOST_HALVINGS else 0.5**halvings
    old = sort == "stands" and known.date < oldest
    weight *= 0.5 if known.assumed else 1.0
    return known if weight == known.weight and old == known.old else known.weighing(weight, old=old)


def _denied(target: str, source: Answer, given: Mapping[str, Answer], catalogue: Catalogue) -> bool:
    others = (given[name] for name in catalogue.excluded_by[target] if name in given)
    return any(other.is_yes and other.date >= source.date for other in others)


def _renewed(known: Answer, recent: Iterable[Answer], catalogue: Catalogue) -> Answer:
    """Return an old yes as fresh where one of the recent ones implies it."""
    implied = known.is_yes and any(known.signal in catalogue.implied_by[each.signal] for each in recent)
    return known.weighing(known.weight, old=False) if implied else known


def _aged(known: Answer, oldest: date, catalogue: Catalogue) -> Answer:
    """Return an implied answer that stands as old where what it follows from is."""
    stands = catalogue.signals[known.signal].sort == "stands"
    return known.weighing(known.weight, old=True) if stands and known.date < oldest else known


def _implied(source: Answer, target: str) -> Answer:
    weight = 0.5 if source.assumed else 1.0
    return Answer(target, "yes", source.date, source.assumed, implied_by=source.signal, weight=weight)
