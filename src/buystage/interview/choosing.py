"""The interview: which question comes next, and what a reply answers. It draws nothing and asks through a callable."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Literal, NamedTuple

from buystage.diagnosis.answers import answers_on
from buystage.diagnosis.result import DealDiagnosis, LinearDiagnosis
from buystage.diagnosis.scoring import gain, score
from buystage.library.playbooks import Shelf
from buystage.model.answer import Answer
from buystage.model.observation import GivenAnswer, Observation
from buystage.model.playbook import Track

MOST_QUESTIONS = 12  # research: they give all of the stage's accuracy and 96 % of the jobs'
LEAST_GAIN = 0.25  # bits, the stage's twice; below it twelve deals came to the same result
STAGE_COUNTS = 2  # the stage is one list beside six jobs; with less, six questions don't place every deal
MOST_CARRYING = 3
STAY = 0.9  # of the best gain: from here on the present topic is not left
AGAIN_UNKNOWN = 0.7  # what a topic still tells, for each of its questions that nobody could answer
LADDER = (
    "problem_named",
    "requirements_once_agreed",
    "offers_requested",
    "compared_or_tested_once",
    "supplier_once_chosen",
    "contract_signed",
    "in_regular_use",
)
"""The furthest point that a customer has ever got, one step after the other."""

Given = Mapping[str, GivenAnswer]
Kind = Literal["ladder", "again", "fact"]


class Move(Enum):
    """What a person may do instead of answering."""

    BACK = "back"
    STOP = "stop"


class Question(NamedTuple):
    """A question: the furthest rung reached, which settled things are open again, or one fact; and its number."""

    kind: Kind
    signals: tuple[str, ...]
    number: int
    standing: tuple[str, ...] = ()
    """Those of the signals that the log says yes to."""


class Step(NamedTuple):
    """A question with its answers."""

    question: Question
    given: Given


Asker = Callable[[Question], Given | Move]
Chooser = Callable[[Sequence[Step]], Question | None]


def interview(choose: Chooser, ask: Asker, remember: Callable[[Given], None]) -> tuple[Given, bool]:
    """Ask what `choose` comes up with; return all answers, and whether the person ended it.

    `remember` is called with all answers after each reply.
    """
    steps: list[Step] = []
    while question := choose(steps):
        reply = ask(question)
        if reply is Move.STOP:
            return together(steps), True
        if reply is Move.BACK:
            del steps[-1:]
        elif not isinstance(reply, Move):
            steps.append(Step(question, reply))
        remember(together(steps))
    return together(steps), False


def together(steps: Sequence[Step]) -> Given:
    """Return the answers of all steps."""
    return {name: answer for step in steps for name, answer in step.given.items()}


# --- what a reply answers --------------------------------------------------------------------------------------


def climbed(rungs: Sequence[str], rung: str | None) -> Given:
    """Return the ladder's answers: yes to the furthest rung reached (None: not even the first), no to all above."""
    above = rungs[rungs.index(rung) + 1 :] if rung else rungs
    return {**({rung: _answer("yes")} if rung else {}), **{name: _answer("no") for name in above}}


def open_again(signals: Sequence[str], chosen: Sequence[str], shelf: Shelf) -> Given:
    """Return the answers to what is open again: yes to those chosen, no to the others, and no to what they undo."""
    undone = {name: _answer("no") for each in chosen for name in sorted(shelf.catalogue.excluded_by[each])}
    return {**undone, **{name: _answer("yes" if name in chosen else "no") for name in signals}}


def _answer(word: Literal["yes", "no"]) -> GivenAnswer:
    return GivenAnswer(answer=word)


def carrying(result: DealDiagnosis, given: Given, shelf: Shelf) -> tuple[str, ...]:
    """Return which of these answers carry the result, at most three: what is open again, then what names the stage.

    What only follows from a rung of the ladder or from what is open again has no words of its own.
    """
    linear = [each for each in result.diagnoses if isinstance(each, LinearDiagnosis)]
    opened = [signal for book in shelf.playbooks for track in book.tracks for signal in track.reopened]
    names = [name for name in opened if name in given and given[name].answer == "yes"]
    names += [signal for each in linear for line in each.reasons for signal in line.signals]
    undone = {other for name in opened if name in names for other in shelf.catalogue.excluded_by[name]}
    told = [name for name in dict.fromkeys(names) if name in given and _has_words(name, given[name], undone)]
    return tuple(told[:MOST_CARRYING])


def _has_words(name: str, answer: GivenAnswer, undone: set[str]) -> bool:
    follows = answer.answer == "no" and (name in LADDER or name in undone)
    return answer.answer != "unknown" and answer.evidence == "customer" and not answer.quote and not follows


# --- what comes next -------------------------------------------------------------------------------------------


def listed(signals: Sequence[str]) -> Chooser:
    """Return a chooser of these facts, one after the other."""

    def choose(steps: Sequence[Step]) -> Question | None:
        at = len(steps)
        return Question("fact", (signals[at],), at + 1) if at < len(signals) else None

    return choose


@dataclass(frozen=True)
class Plan:
    """What an interview starts from: the log, the day, what was answered on it before, and how much may be asked."""

    log: tuple[Observation, ...]
    day: date
    before: Given
    shelf: Shelf
    most: int = MOST_QUESTIONS
    least_gain: float = LEAST_GAIN

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks of all playbooks."""
        return tuple(track for book in self.shelf.playbooks for track in book.tracks)

    def __call__(self, steps: Sequence[Step]) -> Question | None:
        """Return what to ask next, or None where nothing more is worth it or enough was asked."""
        if len(steps) >= self.most:
            return None
        given = {**self.before, **together(steps)}
        entry = Observation(date=self.day, answers=dict(given))
        known = answers_on((*self.log, entry), self.day, self.shelf.catalogue).known
        state = _State(self, given, known, {step.question.kind for step in steps})
        last = steps[-1].question if steps else None
        for kind, signals in (*state.openings(), ("fact", state.most_telling(last))):
            if signals:
                standing = tuple(name for name in signals if name in known and known[name].is_yes)
                return Question(kind, signals, len(steps) + 1, standing if kind != "fact" else ())
        return None


@dataclass(frozen=True)
class _State:
    """Where an interview stands."""

    plan: Plan
    given: Given
    known: Mapping[str, Answer]
    asked: set[str]

    def openings(self) -> Iterator[tuple[Kind, tuple[str, ...]]]:
        """Yield the two questions that place most deals, where they have not been asked."""
        if "ladder" not in self.asked:
            yield "ladder", self._rungs()
        if "again" not in self.asked:
            names = dict.fromkeys(name for track in self.plan.tracks for name in track.reopened)
            yield "again", tuple(name for name in names if name not in self.given and self._is_possible(name))

    def _rungs(self) -> tuple[str, ...]:
        """Return the rungs from the furthest one known to be reached."""
        linked, implied_by = self._linked(), self.plan.shelf.catalogue.implied_by
        linked_to = (name for name in LADDER if linked & {name, *implied_by.get(name, ())})
        rungs = [name for name in linked_to if self._is_possible(name)]
        reached = [at for at, name in enumerate(rungs) if name in self.known and self.known[name].is_yes]
        left = tuple(rungs[max(reached, default=0) :])
        return left if len(left) > 1 and not any(name in self.given for name in LADDER) else ()

    def _linked(self) -> set[str]:
        return {signal for track in self.plan.tracks for signal in track.signals}

    def _is_possible(self, name: str) -> bool:
        """Whether a yes would contradict nothing that was answered in this interview."""
        catalogue = self.plan.shelf.catalogue
        denied = any(each in self.given and self.given[each].answer == "no" for each in catalogue.implied_by[name])
        new = [each for each in self.known.values() if each.is_yes and each.date == self.plan.day]
        return not denied and not any(each.signal in catalogue.excluded_by[name] for each in new)

    def _is_open(self, name: str) -> bool:
        """Whether it makes sense to ask: nothing known, nothing sure, or a no that may have turned meanwhile."""
        known = self.known.get(name)
        if name in self.given or (known and known.implied_by and known.is_sure):
            return False
        turned = known is not None and not known.is_yes and known.date < self.plan.day
        return known is None or not known.is_sure or turned

    def most_telling(self, last: Question | None) -> tuple[str, ...]:
        """Return the signal that tells most about all tracks (bits); the present topic is kept while it tells 0.9."""
        bits = self._bits()
        best = max(bits, key=lambda name: bits[name], default=None)
        if best is None or bits[best] < self.plan.least_gain:
            return ()
        topic_of = self.plan.shelf.catalogue.topic_of
        topic = topic_of[last.signals[0]] if last and last.kind == "fact" else None
        near = {name: each for name, each in bits.items() if topic_of[name] == topic and each >= STAY * bits[best]}
        return (max(near, key=lambda name: near[name], default=best),)

    def _bits(self) -> dict[str, float]:
        """Return what each open signal tells: summed over the tracks, less where its topic was not known before."""
        topic_of = self.plan.shelf.catalogue.topic_of
        in_vain = [topic_of[name] for name, answer in self.given.items() if answer.answer == "unknown"]
        shares = [(track, score(track, self.known, topic_of).probabilities) for track in self.plan.tracks]
        linked = self._linked()
        return {
            name: AGAIN_UNKNOWN ** in_vain.count(topic_of[name])
            * sum((1 if track.is_job else STAGE_COUNTS) * gain(track, each, name) for track, each in shares)
            for name in self.plan.shelf.catalogue.signals
            if name in linked and self._is_open(name) and self._is_possible(name)
        }
