"""How long it takes to score a deal, against libraries that answer the same question of the same linear model."""

from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import find_spec
from random import Random

from timing import Row, call, ratios

from buystage.diagnosis import scoring
from buystage.diagnosis.scoring import SEEN
from buystage.library.playbooks import load_shelf
from buystage.model.answer import Answer
from buystage.model.catalogue import Catalogue
from buystage.model.playbook import Track

DAY = date(2026, 3, 2)
MANY, GIVEN = 10_000, 12  # deals; answers of each, as many as an interview asks


def rows(pairs: int) -> Iterator[Row]:
    """Yield what was measured."""
    shelf = load_shelf(["linear"])
    (track,) = shelf.playbooks[0].tracks
    deals = [_answers(track, seed) for seed in range(MANY)]
    one = call(lambda: _score(track, deals[0], shelf.catalogue), 100)
    many = call(lambda: [_score(track, deal, shelf.catalogue) for deal in deals])
    yield Row("scoring one deal by the linear model", "", [1e6 * one() for _ in range(pairs)], unit="µs")
    yield Row(f"scoring {MANY:,} deals, each", "scoring one", [many() / MANY / one() for _ in range(pairs)])
    for name, what, query in (("pgmpy", "one pgmpy query", _pgmpy), ("sklearn", "one scikit-learn call", _sklearn)):
        if find_spec(name):
            theirs = call(query(track, deals[0]), 10)
            yield Row("scoring one deal by the linear model", what, ratios(one, theirs, pairs))


def _score(track: Track, known: dict[str, Answer], catalogue: Catalogue) -> None:
    scoring._score.cache_clear()  # as if it were the first deal with these answers
    scoring.score(track, known, catalogue.topic_of)


def _answers(track: Track, seed: int) -> dict[str, Answer]:
    draw = Random(seed)
    names = draw.sample(sorted(track.rows), GIVEN)
    return {name: Answer(name, draw.choice(("yes", "no")), DAY) for name in names}


def _pgmpy(track: Track, known: dict[str, Answer]) -> Callable[[], object]:
    """Return a query for the stage in a network of the stage and a variable for each signal."""
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteBayesianNetwork

    stages = len(track.states)
    network = DiscreteBayesianNetwork([("stage", name) for name in track.rows])
    network.add_cpds(TabularCPD("stage", stages, [[1 / stages]] * stages))
    for name, row in track.rows.items():
        seen = [SEEN[word] for word in row]
        network.add_cpds(TabularCPD(name, 2, [[1 - each for each in seen], seen], ["stage"], [stages]))
    inference = VariableElimination(network)
    evidence = {name: int(each.is_yes) for name, each in known.items()}
    return lambda: inference.query(["stage"], evidence=evidence, show_progress=False)


def _sklearn(track: Track, known: dict[str, Answer]) -> Callable[[], object]:
    """Return a call for the probabilities of the stages; it has no missing answers, so those count as no."""
    import numpy as np
    from sklearn.naive_bayes import BernoulliNB

    stages = len(track.states)
    model = BernoulliNB(binarize=None)
    model.classes_, model.n_features_in_ = np.arange(stages), len(track.rows)
    model.class_log_prior_ = np.full(stages, -np.log(stages))
    model.feature_log_prob_ = np.log([[SEEN[row[at]] for row in track.rows.values()] for at in range(stages)])
    answers = np.array([[int(name in known and known[name].is_yes) for name in track.rows]])
    return lambda: model.predict_proba(answers)
