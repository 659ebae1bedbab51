"""The shared catalogue of signals: what can be seen at the customer, asked once whatever the playbooks."""

from collections import deque
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from buystage.model.fields import FileModel, Id, Origin, SignalId, Text, one_of

Sort = Literal["happened", "stands", "ongoing"]


class Fact(FileModel):
    """How an answer reads as a statement, for screens."""

    if_yes: Text
    """The statement that a yes makes."""
    if_no: Text
    """The statement that a no makes."""


class Signal(FileModel):
    """One observable fact about the customer."""

    topic: Annotated[str, AfterValidator(one_of("topics"))]
    """Signals that tend to be answered together; a topic decides at most 8 dB."""
    sort: Sort
    """happened: once true, stays true. stands: turns to no when undone. ongoing: true only while it goes on."""
    ask: Text
    """The question, about today, one idea, at most 15 words (30 Chinese characters)."""
    counts_as_yes: Text
    """What is enough for a yes; always on screen under the question."""
    counts_as_no: Text
    """What is a no, however good it looks."""
    mistaken_for: Text
    """What is often taken for a yes and is not."""
    probe: Text
    """What to ask the customer to learn this."""
    fact: Fact
    """How the answer reads as a statement."""
    implies: Annotated[tuple[SignalId, ...], Field(max_length=20)] = ()
    """Signals that a yes makes yes where nothing else is known."""
    excludes: tuple[SignalId, ...] = ()
    """Signals that can't be yes together with this one; a later yes of this one overtakes an older of theirs."""
    origin: Origin
    """Where it comes from."""


class SignalsFile(FileModel):
    """A file of signals (`signals.yaml`)."""

    schema_: Literal["buystage.signals/v1"] = Field(alias="schema")
    """The kind of file this is."""
    topics: dict[Id, Text] = Field(default_factory=dict)
    """The topics, by id."""
    signals: dict[Id, Signal] = Field(max_length=1000)
    """The signals, by id. An id is for ever."""


class Catalogue:
    """All signals in use, with what follows from them."""

    def __init__(self, signals: Mapping[str, Signal], topics: Mapping[str, Text]) -> None:
        self.signals = dict(signals)
        self.topics = dict(topics)

    @cached_property
    def topic_of(self) -> dict[str, str]:
        """The topic of each signal."""
        return {name: signal.topic for name, signal in self.signals.items()}

    @cached_property
    def implied_by(self) -> dict[str, tuple[str, ...]]:
        """For each signal all that a yes implies, however many steps away, nearest first."""
        return {name: tuple(self._closure(name)) for name in self.signals}

    @cached_property
    def excluded_pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of signals that can't both be yes, each once, the one that declares it (first) in front."""
        declared = ((name, other) for name, signal in self.signals.items() for other in signal.excludes)
        return tuple({frozenset(pair): pair for pair in reversed([*declared])}.values())[::-1]

    @cached_property
    def excluded_by(self) -> dict[str, set[str]]:
        """For each signal those that can't be yes together with it, whichever of the two declares it."""
        found: dict[str, set[str]] = {name: set() for name in self.signals}
        for first, second in self.excluded_pairs:
            found[first].add(second)
            found[second].add(first)
        return found

    def _closure(self, name: str) -> Iterable[str]:
        found: dict[str, None] = {}
        waiting = deque([name])
        while waiting:
            for following in self.signals[waiting.popleft()].implies:
                if following != name and following not in found:
                    found[following] = None
                    waiting.append(following)
        return found
