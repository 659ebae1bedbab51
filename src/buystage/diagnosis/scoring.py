"""The arithmetic: an answer that does not fit a state costs that state decibels. All of it can be redone by hand.

    C(t,k)  = sum over answered signals s of topic t of  w(s) · c(word of s at k, answer)
    C'(t,k) = min( C(t,k) - min over j of C(t,j),  8 )
    D(k)    = sum over topics of C'(t,k)
    P(k)    = 10^(-D(k)/10) / sum over j of 10^(-D(j)/10)

3 dB halve the odds of a state, 10 dB divide them by ten. `docs/scoring.md` has a worked example.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from math import ceil, log2
from operator import add
from typing import NamedTuple

from buystage.model.answer import Answer, Value
from buystage.model.fields import Verdict
from buystage.model.playbook import Track
from buystage.model.rows import JOB_STATES, Row, Word

YES_COST: dict[Word, int] = {"never": 4, "rarely": 3, "sometimes": 1, "often": 0, "always": 0}
NO_COST: dict[Word, int] = {"never": 0, "rarely": 0, "sometimes": 1, "often": 3, "always": 4}
"""Decibels that a yes or a no costs a state where the signal is seen that often."""
SEEN: dict[Word, float] = {"never": 0.116, "rarely": 0.18, "sometimes": 0.42, "often": 0.70, "always": 0.86}
"""How often a yes is given in such a state, one answer in ten being wrong."""
TOPIC_CAP = 8.0  # decibels: no topic decides alone, so asking one thing eight times adds little
HELD = 0.75  # a range holds this much of the probability
LEAD_BACK = 3.0  # decibels by which one state must lead another to count as moved
EVEN = 1e-9  # probabilities closer than this are the same

KEPT = 20_000  # scores remembered; a pipeline asks for the same few answers again and again

Costs = tuple[float, ...]
FindingInWords = tuple[str, Row, Value, float]
"""All that a score depends on in an answer: its topic, the row of its signal, yes or no, its weight."""


class Score(NamedTuple):
    """What the answers come to on one track. Costs in decibels, probabilities adding up to 1, states by index."""

    costs: Costs
    probabilities: tuple[float, ...]
    best: int
    runner_up: int
    first: int
    last: int
    verdict: Verdict

    @property
    def margin(self) -> float:
        """Decibels by which the best state leads the runner-up."""
        return self.costs[self.runner_up] - self.costs[self.best]

    @property
    def confidence(self) -> float:
        """The probability of the best state."""
        return self.probabilities[self.best]


def cost(word: Word, value: Value) -> int:
    """Return the decibels that an answer costs a state whose row says `word`."""
    return (YES_COST if value == "yes" else NO_COST)[word]


def closing(track: Track) -> list[str]:
    """Return the signals of a job a yes to which speaks for satisfied over active by 3 dB: only these settle it."""
    return [name for name, row in track.rows.items() if _settles(row)]


@lru_cache(KEPT)
def _settles(row: Row) -> bool:
    active, satisfied = row[JOB_STATES.index("active")], row[JOB_STATES.index("satisfied")]
    return YES_COST[active] - YES_COST[satisfied] >= LEAD_BACK


def topic_costs(
    track: Track, known: Mapping[str, Answer], topics: Mapping[str, str], only: Collection[str] | None = None
) -> dict[str, Costs]:
    """Return C(t,k): for each topic with an answer, of `only` these, the decibels against each state of the track.

    The topics are in the order of the track's rows.
    """
    told = ((topics[name], row, each) for name, row in track.rows.items() if (each := known.get(name)) is not None)
    return _summed((topic, row, each.value, each.weight) for topic, row, each in told if only is None or topic in only)


def _summed(told: Iterable[FindingInWords]) -> dict[str, Costs]:
    sums: dict[str, Costs] = {}
    for topic, row, value, weight in told:
        mine = tuple(weight * each for each in _row_costs(row, value))
        sums[topic] = tuple(map(add, sums[topic], mine)) if topic in sums else mine
    return sums


@lru_cache(KEPT)
def _row_costs(row: Row, value: Value) -> tuple[int, ...]:
    return tuple(cost(word, value) for word in row)


@lru_cache(KEPT)
def capped(costs: Costs) -> Costs:
    """Return C'(t,k): a topic's costs over those of its cheapest state, 8 dB at most."""
    least = min(costs)
    return tuple(min(each - least, TOPIC_CAP) for each in costs)


def score(track: Track, known: Mapping[str, Answer], topics: Mapping[str, str]) -> Score:
    """Return the decibels against each state, what they mean in probability, and how sure that is."""
    rows = track.rows
    told = [(topics[name], rows[name], each.value, each.weight) for name, each in known.items() if name in rows]
    return _score(len(track.states), tuple(told))


@lru_cache(KEPT)
def _score(states: int, told: tuple[FindingInWords, ...]) -> Score:
    return score_of(states, _summed(told))


def score_of(states: int, by_topic: Mapping[str, Costs]) -> Score:
    """Return the score that the costs of each topic come to on a track of so many states."""
    costs = total_costs(states, by_topic)
    shares = probabilities(costs)
    order = sorted(range(len(costs)), key=lambda state: (costs[state], state))
    first, last = shortest_run(shares, order[0])
    too_wide = last - first + 1 > ceil(len(costs) / 2)
    verdict: Verdict = "insufficient" if too_wide or not by_topic else "named" if first == last else "between"
    return Score(costs, shares, order[0], order[1], first, last, verdict)


def total_costs(states: int, by_topic: Mapping[str, Costs]) -> Costs:
    """Return D(k), the decibels against each state, for the costs of each topic."""
    return tuple(map(sum, zip(*map(capped, by_topic.values()), strict=True))) or (0.0,) * states


def probabilities(costs: Sequence[float]) -> tuple[float, ...]:
    """Return P(k) for costs in decibels."""
    least = min(costs)
    odds = [10 ** ((least - each) / 10) for each in costs]
    total = sum(odds)
    return tuple(each / total for each in odds)


def shortest_run(shares: Sequence[float], best: int, held: float = HELD) -> tuple[int, int]:
    """Return first and last of the shortest run of neighbours around `best` that holds `held`; of equals the fullest.

    With seven states or more, others could hold that much without the best one: what is named must be among them.
    """
    runs = ((first, last) for first in range(best + 1) for last in range(best, len(shares)))
    full = (run for run in runs if sum(shares[run[0] : run[1] + 1]) >= held - EVEN)
    return min(full, key=lambda run: (run[1] - run[0], -sum(shares[run[0] : run[1] + 1]), run[0]))


def gain(track: Track, shares: Sequence[float], signal: str) -> float:
    """Return the bits that asking `signal` is expected to tell about the state (mutual information)."""
    if signal not in track.rows:
        return 0.0
    seen = [SEEN[word] for word in track.rows[signal]]
    overall = sum(share * each for share, each in zip(shares, seen, strict=True))
    return _entropy(overall) - sum(share * _entropy(each) for share, each in zip(shares, seen, strict=True))


def _entropy(share: float) -> float:
    return -(share * log2(share) + (1 - share) * log2(1 - share))
