"""The sum behind a score, line by line, so that a person can add it up."""

from collections.abc import Mapping
from typing import NamedTuple

from buystage.diagnosis.scoring import TOPIC_CAP, Costs, capped, cost, topic_costs
from buystage.model.answer import Answer
from buystage.model.catalogue import Catalogue
from buystage.model.playbook import Track
from buystage.model.rows import Row


class SignalSum(NamedTuple):
    """What one answer costs each state (decibels, weight included)."""

    answer: Answer
    row: Row
    costs: Costs


class TopicSum(NamedTuple):
    """The answers of one topic, and what the topic costs each state: over its cheapest one, 8 dB at most.

    `most` is the largest cost over the cheapest one before it is held to 8 dB.
    """

    topic: str
    signals: tuple[SignalSum, ...]
    costs: Costs
    most: float

    @property
    def held(self) -> bool:
        """Whether the cap holds the topic back."""
        return self.most > TOPIC_CAP


def sums(track: Track, known: Mapping[str, Answer], catalogue: Catalogue) -> tuple[TopicSum, ...]:
    """Return the lines whose `costs` add up to the decibels of each state of `track`."""
    return tuple(
        TopicSum(topic, tuple(_signal_sums(topic, track, known, catalogue)), capped(costs), max(costs) - min(costs))
        for topic, costs in topic_costs(track, known, catalogue.topic_of).items()
    )


def _signal_sums(topic: str, track: Track, known: Mapping[str, Answer], catalogue: Catalogue) -> list[SignalSum]:
    return [
        SignalSum(known[signal], row, tuple(known[signal].weight * cost(word, known[signal].value) for word in row))
        for signal, row in track.rows.items()
        if signal in known and catalogue.topic_of[signal] == topic
    ]
