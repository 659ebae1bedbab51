"""Whether any answers lead to a state: a stage that no answers can name is an error of its playbook."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from buystage.diagnosis.scoring import Costs, Score, cost, score_of
from buystage.model.answer import Value
from buystage.model.playbook import Track

AnswerSet = dict[str, Value]
YES_AND_NO: tuple[Value, ...] = ("yes", "no")
VALUES: tuple[Value | None, ...] = (*YES_AND_NO, None)
FEW_SIGNALS = 7  # of which every combination of answers is tried


def best_answers(track: Track, state: int, topics: Mapping[str, str]) -> AnswerSet | None:
    """Return answers by which the state at index `state` is named, None where none are found.

    With few signals all answers are tried. With many, it starts with what such a customer would answer and changes one
    answer at a time while that makes the state likelier.
    """
    tries = _all(track) if len(track.rows) <= FEW_SIGNALS else _climbs(track, state, topics)
    return next((answers for answers in tries if _names(_scored(track, answers, topics), state)), None)


def _names(result: Score, state: int) -> bool:
    return result.best == state and result.verdict != "insufficient"


def _all(track: Track) -> Iterator[AnswerSet]:
    """Yield every combination of answers."""
    for values in product(VALUES, repeat=len(track.rows)):
        yield {signal: value for signal, value in zip(track.rows, values, strict=True) if value}


def _climbs(track: Track, state: int, topics: Mapping[str, str]) -> Iterator[AnswerSet]:
    """Yield answers that make the state likelier and likelier, from what a customer in it answers and from none."""
    for start in (_typical(track, state), {}):
        answers: AnswerSet | None = start
        while answers is not None:
            yield answers
            answers = _likelier(track, state, answers, topics)


def _typical(track: Track, state: int) -> AnswerSet:
    """Return what a customer in the state answers, where the row does not leave it open."""
    rows = track.rows
    free = ((signal, value) for signal, value in product(rows, YES_AND_NO) if not cost(rows[signal][state], value))
    return {signal: value for signal, value in free if any(cost(word, value) for word in rows[signal])}


def _likelier(track: Track, state: int, answers: AnswerSet, topics: Mapping[str, str]) -> AnswerSet | None:
    """Return the answers with the one change that makes the state likeliest, None where no change does."""
    now = _scored(track, answers, topics).probabilities[state]
    changes = ((_scored(track, each, topics).probabilities[state], each) for each in _changed(track, answers))
    share, best = max(changes, key=lambda change: change[0], default=(0.0, {}))
    return best if share > now else None


def _changed(track: Track, answers: AnswerSet) -> Iterable[AnswerSet]:
    for signal, value in product(track.rows, VALUES):
        if answers.get(signal) != value:
            rest = {name: each for name, each in answers.items() if name != signal}
            yield {**rest, signal: value} if value else rest


def _scored(track: Track, answers: AnswerSet, topics: Mapping[str, str]) -> Score:
    sums: dict[str, Costs] = {}
    for signal, value in answers.items():
        row = track.rows[signal]
        before = sums.get(topics[signal], (0.0,) * len(row))
        sums[topics[signal]] = tuple(a + cost(word, value) for a, word in zip(before, row, strict=True))
    return score_of(len(track.states), sums)
