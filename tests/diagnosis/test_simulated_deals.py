"""The scoring on simulated deals, held against naive Bayes on the same words. The bounds are older than the code."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from buystage.diagnosis.scoring import Score
from simulator import BASE, HARD, Conditions, Measures, World, measures, naive_bayes, scores, shorthand

pytestmark = pytest.mark.slow


class Trial:
    """Twenty worlds of deals under some conditions, scored by us and by naive Bayes."""

    def __init__(self, conditions: Conditions, worlds: int, deals: int) -> None:
        self.scores: list[Score] = []
        stages, ours, naive, short, answered = [], [], [], [], []
        for seed in range(worlds):
            world = World(seed, conditions)
            stage, answers = world.deals(deals, seed + 1000)
            found = list(scores(world.words, world.topic, answers))
            self.scores += found
            ours.append([each.probabilities for each in found])
            naive.append(naive_bayes(world.words, answers))
            short.append([each.probabilities for each in scores(shorthand(world.words), world.topic, answers)])
            stages.append(stage)
            answered.append((answers >= 0).sum(1))
        self.stage, self.answered = np.concatenate(stages), np.concatenate(answered)
        self.ours: Measures = measures(np.concatenate(ours), self.stage)
        self.naive: Measures = measures(np.concatenate(naive), self.stage)
        self.short: Measures = measures(np.concatenate(short), self.stage)

    def share(self, of: "np.typing.NDArray[np.bool_]", among: "np.typing.NDArray[np.bool_] | None" = None) -> float:
        """Return the share of deals for which `of` holds among those chosen."""
        return float((of if among is None else of[among]).mean())

    @property
    def right(self) -> "np.typing.NDArray[np.bool_]":
        named: np.typing.NDArray[np.bool_] = np.array([each.best for each in self.scores]) == self.stage
        return named


@cache
def trial(conditions: Conditions, worlds: int = 10, deals: int = 500) -> Trial:
    return Trial(conditions, worlds, deals)


@cache
def base() -> Trial:
    return trial(BASE, worlds=20, deals=1000)


def test_stage_is_right_in_55_percent_and_within_one_in_91() -> None:
    assert base().ours.accuracy >= 0.55
    assert base().ours.off_by_one >= 0.91


def test_stated_confidence_is_within_6_points_of_the_truth() -> None:
    assert base().ours.ece <= 0.06


def test_log_loss_is_three_quarters_of_naive_bayes() -> None:
    assert base().ours.log_loss <= 0.75 * base().naive.log_loss


@pytest.mark.parametrize(
    "conditions",
    [replace(BASE, error=0.05), replace(BASE, error=0.2), replace(BASE, unknown=0.3), replace(BASE, unknown=0.6)],
)
def test_confidence_stays_honest_with_more_or_fewer_errors_and_unknowns(conditions: Conditions) -> None:
    assert trial(conditions).ours.ece <= 0.08


def test_eight_stages_keep_the_lead_over_naive_bayes() -> None:
    eight = trial(replace(BASE, stages=8))
    assert eight.ours.log_loss <= 0.78 * eight.naive.log_loss


def test_shorthand_rows_cost_at_most_a_point_of_accuracy() -> None:
    assert base().short.accuracy >= base().ours.accuracy - 0.01


def test_the_range_holds_the_truth() -> None:
    for found, least in ((base(), 0.85), (trial(HARD), 0.80)):
        inside = np.array([s.first <= stage <= s.last for s, stage in zip(found.scores, found.stage, strict=True)])
        assert found.share(inside) >= least


def test_what_is_named_at_70_percent_is_right_in_74() -> None:
    confident = np.array([each.confidence >= 0.7 for each in base().scores])
    assert base().share(base().right, among=confident) >= 0.74


def test_few_answers_are_called_too_few_and_many_are_not() -> None:
    unnamed = np.array([each.verdict == "insufficient" for each in base().scores])
    assert base().share(unnamed, among=base().answered <= 4) >= 0.7
    assert base().share(unnamed, among=base().answered >= 13) <= 0.25


def test_eight_copies_of_one_question_cost_7_percent_of_log_loss_at_most() -> None:
    plain, copied = [], []
    for seed in range(10):
        world = World(seed)
        stage, answers = world.deals(500, seed + 1000)
        again = [int(np.random.default_rng(seed).integers(0, BASE.signals))] * 8
        rows, topic = (
            [*world.words, *(world.words[s] for s in again)],
            np.concatenate([world.topic, world.topic[again]]),
        )
        sheets = np.concatenate([answers, answers[:, again]], axis=1)
        plain.append(measures(np.array([s.probabilities for s in scores(world.words, world.topic, answers)]), stage))
        copied.append(measures(np.array([s.probabilities for s in scores(rows, topic, sheets)]), stage))
    assert np.mean([m.log_loss for m in copied]) <= 1.07 * np.mean([m.log_loss for m in plain])
