"""Whether any answers lead to a state: a stage that no answers can name is an error of its playbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from buystage.diagnosis.scoring import Costs, Score, cost, score_of
from buystage.model.answer import Value
from buystage.model.playbook import Track
from buystage.model.rows import Word

AnswerSet = dict[str, Value]
YES_AND_NO: tuple[Value, ...] = ("yes", "no")
VALUES: tuple[Value | None, ...] = (*YES_AND_NO, None)
MOST_EFFORT = 1_000_000  # sums of a topic and a state, a second or two; the shipped models need none
FEW_SIGNALS = 7  # of which every combination of answers is tried


@dataclass(slots=True)
class Effort:
    """What may still be spent on a track: a playbook of a stranger's must not keep a check busy for minutes."""

    left: int = MOST_EFFORT


def best_answers(track: Track, state: int, topics: Mapping[str, str], effort: Effort) -> AnswerSet | None:
    """Return answers by which the state at index `state` is named, None where none are found.

    With few signals all answers are tried. With many, it starts with what such a customer would answer and changes one
    answer at a time while that makes the state likelier. Where the effort is spent, what such a customer would answer
    is returned: nothing is known against the state.
    """
    tries = _all(track) if len(track.rows) <= FEW_SIGNALS else _climbs(track, state, topics, effort)
    found = next((answers for answers in tries if _names(_scored(track, answers, topics), state)), None)
    return _typical(track, state) if found is None and effort.left < 0 else found


def _names(result: Score, state: int) -> bool:
    return result.best == state and result.verdict != "insufficient"


def _all(track: Track) -> Iterator[AnswerSet]:
    """Yield every combination of answers."""
    for values in product(VALUES, repeat=len(track.rows)):
        yield {signal: value for signal, value in zip(track.rows, values, strict=True) if value}


def _climbs(track: Track, state: int, topics: Mapping[str, str], effort: Effort) -> Iterator[AnswerSet]:
    """Yield answers that make the state likelier and likelier, from what a customer in it answers and from none."""
    for start in (_typical(track, state), {}):
        answers: AnswerSet | None = start
        while answers is not None:
            yield answers
            answers = _likelier(track, state, answers, topics, effort)


def _typical(track: Track, state: int) -> AnswerSet:
    """Return what a customer in the state answers, where the row does not leave it open."""
    rows = track.rows
    free = ((signal, value) for signal, value in product(rows, YES_AND_NO) if not cost(rows[signal][state], value))
    return {signal: value for signal, value in free if any(cost(word, value) for word in rows[signal])}


def _likelier(
    track: Track, state: int, answers: AnswerSet, topics: Mapping[str, str], effort: Effort
) -> AnswerSet | None:
    """Return the answers with the one change that makes the state likeliest, None where no change does."""
    sums, states = _sums(track, answers, topics), len(track.states)
    best, change = score_of(states, sums).probabilities[state], None
    for signal, value in product(track.rows, VALUES):
        if answers.get(signal) != value and effort.left >= 0:
            effort.left -= (len(sums) + 1) * states
            share = score_of(states, _moved(sums, track, signal, (answers.get(signal), value), topics))
            if share.probabilities[state] > best:
                best, change = share.probabilities[state], (signal, value)
    if change is None:
        return None
    signal, value = change
    rest = {name: each for name, each in answers.items() if name != signal}
    return {**rest, signal: value} if value else rest


def _moved(
    sums: Mapping[str, Costs],
    track: Track,
    signal: str,
    change: tuple[Value | None, Value | None],
    topics: Mapping[str, str],
) -> dict[str, Costs]:
    """Return the sums by topic with one answer changed: only its topic is another."""
    row, topic = track.rows[signal], topics[signal]
    before, after = (_costs(row, value) for value in change)
    now = sums.get(topic, (0.0,) * len(row))
    return {**sums, topic: tuple(a - b + c for a, b, c in zip(now, before, after, strict=True))}


def _costs(row: Sequence[Word], value: Value | None) -> Costs:
    return tuple(cost(word, value) if value else 0.0 for word in row)


def _scored(track: Track, answers: AnswerSet, topics: Mapping[str, str]) -> Score:
    return score_of(len(track.states), _sums(track, answers, topics))


def _sums(track: Track, answers: AnswerSet, topics: Mapping[str, str]) -> dict[str, Costs]:
    """Return what answers cost each state, by topic."""
    sums: dict[str, Costs] = {}
    for signal, value in answers.items():
        sums = _moved(sums, track, signal, (None, value), topics)
    return sums
