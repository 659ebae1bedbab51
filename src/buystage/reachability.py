"""Whether any answers lead to a state: a stage that no answers can name is an error of its playbook."""

from collections.abc import Iterator, Mapping, Sequence

from buystage.known import Value
from buystage.playbook import Track
from buystage.scoring import Costs, capped, cost, score_of

Answers = dict[str, Value]
YES_AND_NO: tuple[Value, ...] = ("yes", "no")
VALUES: tuple[Value | None, ...] = (*YES_AND_NO, None)


def best_answers(track: Track, state: int, topics: Mapping[str, str]) -> Answers | None:
    """Return answers by which the state at index `state` is named, None where none are found.

    Starts with what such a customer would answer and changes one answer at a time while that helps.
    """
    for start in _starts(track, state):
        answers: Answers | None = dict(start)
        while answers is not None and not _is_named(track, state, answers, topics):
            answers = next(_better(track, state, answers, topics, _lead(track, state, answers, topics)), None)
        if answers is not None:
            return answers
    return None


def _is_named(track: Track, state: int, answers: Answers, topics: Mapping[str, str]) -> bool:
    result = score_of(track, _topic_costs(track, answers, topics))
    return result.best == state and result.verdict != "insufficient"


def _starts(track: Track, state: int) -> Iterator[Answers]:
    """Yield what a customer in the state answers: where the row leaves it open, whatever costs the others most."""
    typical: Answers = {}
    for signal, row in track.rows.items():
        for value in YES_AND_NO:
            if cost(row[state], value) == 0 and any(cost(word, value) for word in row):
                typical[signal] = value
    yield typical
    yield {}


def _better(track: Track, state: int, answers: Answers, topics: Mapping[str, str], lead: float) -> Iterator[Answers]:
    for signal in track.rows:
        for value in VALUES:
            changed = {name: each for name, each in answers.items() if name != signal}
            changed |= {signal: value} if value else {}
            if changed != answers and _lead(track, state, changed, topics) > lead:
                yield changed


def _lead(track: Track, state: int, answers: Answers, topics: Mapping[str, str]) -> float:
    """Return the decibels by which a state leads the best of the others; less than 0 where it does not lead."""
    costs = _costs(track, answers, topics)
    return min(each for index, each in enumerate(costs) if index != state) - costs[state]


def _costs(track: Track, answers: Answers, topics: Mapping[str, str]) -> Sequence[float]:
    costs = _topic_costs(track, answers, topics).values()
    return [sum(column) for column in zip(*map(capped, costs), strict=True)] or [0.0] * len(track.states)


def _topic_costs(track: Track, answers: Answers, topics: Mapping[str, str]) -> dict[str, Costs]:
    sums: dict[str, Costs] = {}
    for signal, value in answers.items():
        row = track.rows[signal]
        before = sums.get(topics[signal], (0.0,) * len(row))
        sums[topics[signal]] = tuple(a + cost(word, value) for a, word in zip(before, row, strict=True))
    return sums
