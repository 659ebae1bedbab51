"""Simulated deals for a linear playbook, made by a process that is not the one scored.

A deal sits at a continuous position of the buying process, 0 to 4; the stage is the part of that range it falls in.
Each topic has a clock of its own that runs ahead or behind, and a factor of its own, so that signals of a topic stay
correlated given the stage. Answerers err, rather optimistically, and some more than others. Don't-knows cluster by
topic and are likelier where the truth is no. Authors write words, not numbers, and err on the log-odds scale.
Everything is drawn from a seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from buystage.diagnosis.scoring import Score, score
from buystage.model.answer import Answer
from buystage.model.playbook import Track
from buystage.model.rows import PERCENT, STAGE_ROWS, WORDS, Row

Floats = NDArray[np.float64]
DAY = date(2026, 1, 1)
SHARES = np.array([PERCENT[word] / 100 for word in WORDS])
PROBIT = np.vectorize(NormalDist().inv_cdf)


@dataclass(frozen=True)
class Conditions:
    """How hard a world is. Shares lie between 0 and 1."""

    stages: int = 4
    signals: int = 24
    topics: int = 6
    lag: float = 0.5
    in_topic: float = 0.25
    in_deal: float = 0.1
    error: float = 0.10
    unknown: float = 0.45
    author: float = 0.7


BASE = Conditions()
HARD = Conditions(error=0.15, unknown=0.55, lag=0.7, in_topic=0.4, in_deal=0.15, author=1.2)


@dataclass
class World:
    """One set of signals with their true habits, and what an author wrote about them."""

    seed: int
    conditions: Conditions = BASE
    words: list[Row] = field(init=False)

    def __post_init__(self) -> None:
        c, random = self.conditions, np.random.default_rng(self.seed)
        cuts = np.floor(np.cumsum(random.dirichlet(np.full(c.topics, 6.0))) * c.signals).astype(int)
        cuts[-1] = c.signals
        self.topic = np.minimum(np.searchsorted(cuts, np.arange(c.signals), side="right"), c.topics - 1)
        self.milestone = random.random(c.signals) >= 0.3
        centre = (random.permutation(c.signals) + 0.5) / c.signals * 4
        self.onset = np.where(self.milestone, centre * 0.95, centre)
        self.blur = random.uniform(0.12, 0.5, c.signals)
        self.reach = random.uniform(0.5, 1.1, c.signals)
        self.low = PROBIT(random.uniform(0.01, 0.12, c.signals))
        kept = random.uniform(0.80, 0.98, c.signals)
        self.high = PROBIT(np.where(self.milestone, kept, random.uniform(0.6, 0.92, c.signals)))
        self.prior = random.dirichlet(np.full(c.stages, 6.0))
        stage = random.integers(0, c.stages, 20_000)
        truth = self._truth(stage, random)
        habits = np.stack([truth[stage == k].mean(0) for k in range(c.stages)], axis=1).clip(0.005, 0.995)
        noise = c.author * random.standard_normal(habits.shape)
        written = _expit(np.log(habits / (1 - habits)) + noise)
        nearest = np.abs(np.sqrt(written)[..., None] - np.sqrt(SHARES)).argmin(-1)
        self.words = [tuple(WORDS[index] for index in row) for row in nearest]

    def deals(self, count: int, seed: int) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
        """Return the true stages of `count` deals and their answers: 1 yes, 0 no, -1 don't know."""
        c, random = self.conditions, np.random.default_rng(seed)
        stage = random.choice(c.stages, count, p=self.prior)
        truth = self._truth(stage, random)
        sloppy = c.error * random.gamma(2, 0.5, (count, 1))
        wrong = random.random(truth.shape) < np.where(truth == 0, 1.4 * sloppy, 0.6 * sloppy)
        answers = np.where(wrong, 1 - truth, truth)
        leaning = 0.8 * (truth == 0) + random.standard_normal((count, c.topics))[:, self.topic]
        hidden = random.random(truth.shape) < _expit(leaning + _offset(leaning, c.unknown))
        return stage, np.where(hidden, -1, answers)

    def _truth(self, stage: NDArray[np.int_], random: np.random.Generator) -> NDArray[np.int_]:
        c, count = self.conditions, len(stage)
        position = (stage + random.random(count)) * 4 / c.stages
        clock = (position[:, None] + c.lag * random.standard_normal((count, c.topics)))[:, self.topic]
        risen = _expit((clock - self.onset) / self.blur)
        bump = np.exp(-(((clock - self.onset) / self.reach) ** 2))
        lift = self.low + (self.high - self.low) * np.where(self.milestone, risen, bump)
        own = np.sqrt(1 - c.in_topic - c.in_deal) * random.standard_normal((count, c.signals))
        shared = np.sqrt(c.in_topic) * random.standard_normal((count, c.topics))[:, self.topic]
        whole = np.sqrt(c.in_deal) * random.standard_normal((count, 1))
        truth: NDArray[np.int_] = (lift + own + shared + whole > 0).astype(int)
        return truth


def _expit(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-x))


def _offset(leaning: Floats, share: float) -> float:
    low, high = -8.0, 8.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if _expit(leaning + middle).mean() > share else (middle, high)
    return (low + high) / 2


# --- scoring rules ---------------------------------------------------------------------------------------------


def scores(rows: list[Row], topic: NDArray[np.int_], answers: NDArray[np.int_]) -> Iterator[Score]:
    """Yield what our scoring makes of each deal's answers, given rows of words."""
    names = [f"s{index}" for index in range(len(rows))]
    track = Track("simulated", tuple(f"k{k}" for k in range(len(rows[0]))), dict(zip(names, rows, strict=True)))
    topics = {name: f"t{topic[index]}" for index, name in enumerate(names)}
    yes, no = ({name: Answer(name, value, DAY) for name in names} for value in ("yes", "no"))
    for sheet in answers:
        known = {name: (yes if each else no)[name] for name, each in zip(names, sheet, strict=True) if each >= 0}
        yield score(track, known, topics)


def naive_bayes(rows: list[Row], answers: NDArray[np.int_]) -> Floats:
    """Return the posterior that takes the words at face value and the answers as independent."""
    shares = np.array([[PERCENT[word] / 100 for word in row] for row in rows])
    logs = (answers == 1) @ np.log(shares) + (answers == 0) @ np.log(1 - shares)
    odds = np.exp(logs - logs.max(1, keepdims=True))
    result: Floats = odds / odds.sum(1, keepdims=True)
    return result


def shorthand(rows: list[Row]) -> list[Row]:
    """Return, for each row, the nearest one that the shorthand of stages can say."""
    count = len(rows[0])
    candidates = [row(at, count) for row in STAGE_ROWS.values() for at in range(count)]
    return [min(candidates, key=lambda candidate: _distance(candidate, row)) for row in rows]


def _distance(first: Row, second: Row) -> float:
    """Return how far two rows lie apart; square roots, so that 2 % and 10 % are as far apart as 75 % and 92 %."""
    pairs = zip(first, second, strict=True)
    return float(sum((PERCENT[a] ** 0.5 - PERCENT[b] ** 0.5) ** 2 for a, b in pairs))


# --- measures --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measures:
    """How good posteriors are. Log loss in nats; ECE over 15 bins of the stated confidence."""

    accuracy: float
    off_by_one: float
    log_loss: float
    ece: float


def measures(posterior: Floats, stage: NDArray[np.int_]) -> Measures:
    """Return accuracy, share within one stage, mean log loss and expected calibration error."""
    shares = np.clip(posterior, 1e-9, 1)
    shares = shares / shares.sum(1, keepdims=True)
    top, confidence = shares.argmax(1), shares.max(1)
    hit = top == stage
    bins = np.minimum((confidence * 15).astype(int), 14)
    gaps = [abs(hit[bins == b].mean() - confidence[bins == b].mean()) * (bins == b).mean() for b in set(bins)]
    loss = -np.log(shares[np.arange(len(stage)), stage]).mean()
    return Measures(hit.mean(), (np.abs(top - stage) <= 1).mean(), float(loss), float(sum(gaps)))
