"""The arithmetic, by sums that a person can redo, and by properties that hold for any answers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import catalogue, signal
from buystage.diagnosis.answers import Knowledge, with_implied
from buystage.diagnosis.result import TrackReading
from buystage.diagnosis.scoring import NO_COST, YES_COST, gain, probabilities, score, shortest_run
from buystage.diagnosis.track import conflicts, evidence, read_track, would_change
from buystage.model.answer import Answer
from buystage.model.catalogue import Catalogue
from buystage.model.playbook import Track
from buystage.model.rows import WORDS

DAY = date(2026, 3, 1)
TRACK = Track(
    "small",
    ("one", "two", "three", "four"),
    {
        "problem": ("always", "always", "often", "often"),
        "written": ("rarely", "sometimes", "always", "always"),
        "budget": ("rarely", "sometimes", "often", "always"),
        "compared": ("never", "rarely", "often", "rarely"),
        "chosen": ("never", "never", "rarely", "always"),
    },
)
TOPICS = {"problem": "need", "written": "need", "budget": "money", "compared": "choice", "chosen": "choice"}
SIGNALS = catalogue(**{name: signal(topic) for name, topic in TOPICS.items()})


def known(**answers: str) -> dict[str, Answer]:
    return {name: Answer(name, "yes" if value == "yes" else "no", DAY) for name, value in answers.items()}


def test_what_each_answer_costs() -> None:
    assert [YES_COST[word] for word in WORDS] == [4, 3, 1, 0, 0]
    assert [NO_COST[word] for word in WORDS] == [0, 0, 1, 3, 4]


def test_a_sum_done_by_hand() -> None:
    result = score(TRACK, known(problem="yes", written="yes", budget="no", compared="yes"), TOPICS)
    #        problem yes: 0 0 0 0    written yes: 3 1 0 0    → need    3 1 0 0
    #        budget no:   0 1 3 4                            → money   0 1 3 4
    #        compared yes: 4 3 0 3                           → choice  4 3 0 3
    assert result.costs == (7, 5, 3, 7)
    assert (result.best, result.runner_up, result.margin) == (2, 1, 2)
    odds = [10**-0.7, 10**-0.5, 10**-0.3, 10**-0.7]
    assert result.probabilities == pytest.approx([each / sum(odds) for each in odds])


def test_a_topic_decides_8_decibels_at_most_relative_to_its_cheapest_state() -> None:
    result = score(TRACK, known(compared="no", chosen="yes"), TOPICS)
    #        compared no: 0 0 3 0    chosen yes: 4 4 3 0 → 4 4 6 0
    assert result.costs == (4, 4, 6, 0)
    copies = Track("copies", ("a", "b"), {f"s{n}": ("never", "always") for n in range(9)})
    many = {f"s{n}": Answer(f"s{n}", "yes", DAY) for n in range(9)}
    assert score(copies, many, dict.fromkeys(many, "one topic")).costs == (8, 0)
    assert score(copies, many, {name: name for name in many}).costs == (36, 0)


def test_half_a_weight_is_half_the_points() -> None:
    half = {"chosen": Answer("chosen", "yes", DAY, weight=0.5)}
    assert score(TRACK, half, TOPICS).costs == (2, 2, 1.5, 0)


def test_no_answer_names_no_state() -> None:
    assert score(TRACK, {}, TOPICS).verdict == "insufficient"
    assert score(TRACK, known(elsewhere="yes"), TOPICS).verdict == "insufficient"


def test_between_two_states_the_earlier_one_is_named() -> None:
    track = Track(
        "level",
        ("a", "b", "c", "d"),
        {"x": ("rarely", "always", "always", "never"), "y": ("never", "often", "often", "never")},
    )
    result = score(track, known(x="yes", y="yes"), {"x": "one", "y": "two"})
    assert (result.best, result.verdict, result.first, result.last) == (1, "between", 1, 2)


@pytest.mark.parametrize(
    ("shares", "run"),
    [
        ([0.8, 0.1, 0.1, 0.0], (0, 0)),
        ([0.1, 0.5, 0.3, 0.1], (1, 2)),
        ([0.3, 0.2, 0.2, 0.3], (0, 3)),
        ([0.4, 0.35, 0.0, 0.25], (0, 1)),
        ([0.5, 0.25, 0.25], (0, 1)),
        ([0.25, 0.5, 0.25], (0, 1)),
        ([0.75, 0.25], (0, 0)),
    ],
)
def test_the_range_is_the_shortest_run_with_three_quarters(shares: list[float], run: tuple[int, int]) -> None:
    assert shortest_run(shares, shares.index(max(shares))) == run


def test_the_range_holds_the_named_stage_even_where_others_hold_more() -> None:
    costs = (0.0, 16.0, 16.0, 1.0, 1.0, 1.0, 1.0)
    assert shortest_run(probabilities(costs), best=0) == (0, 5)


@pytest.mark.parametrize(
    ("count", "level", "verdict"),
    [
        (2, 1, "named"),
        (2, 2, "insufficient"),
        (3, 2, "between"),
        (3, 3, "insufficient"),
        (4, 2, "between"),
        (4, 3, "insufficient"),
        (5, 3, "between"),
        (5, 4, "insufficient"),
        (8, 5, "between"),
        (8, 6, "insufficient"),
    ],
)
def test_a_range_over_more_than_half_the_states_rounded_up_is_too_wide(count: int, level: int, verdict: str) -> None:
    row = tuple("often" if state < level else "never" for state in range(count))
    track = Track("level", tuple(f"k{n}" for n in range(count)), {f"s{n}": row for n in range(12)})  # type: ignore[misc]
    answers = known(**dict.fromkeys(track.rows, "yes"))
    assert score(track, answers, {name: name for name in track.rows}).verdict == verdict


def test_ten_decibels_are_a_tenth_of_the_odds() -> None:
    first, second = probabilities((0.0, 10.0))
    assert first / second == pytest.approx(10)


def test_what_tells_nothing_gains_nothing() -> None:
    flat = Track("flat", ("a", "b"), {"x": ("often", "often"), "y": ("never", "always")})
    assert gain(flat, (0.5, 0.5), "x") == pytest.approx(0)
    assert gain(flat, (0.5, 0.5), "y") == pytest.approx(0.4486, abs=0.0001)
    assert gain(flat, (1.0, 0.0), "y") == pytest.approx(0)
    assert gain(flat, (0.5, 0.5), "elsewhere") == 0


# --- evidence --------------------------------------------------------------------------------------------------


def test_evidence_lines_say_which_answer_speaks_for_the_winner() -> None:
    answers = known(problem="yes", written="yes", budget="no", compared="yes")
    lines = evidence(TRACK, answers, best=2, rival=1, catalogue=SIGNALS)
    assert [(line.signals, line.db, line.capped) for line in lines] == [
        (("compared",), 3, False),
        (("written",), 1, False),
        (("budget",), -2, False),
    ]


def test_a_capped_topic_is_one_line_with_its_members() -> None:
    track = Track("t", ("a", "b"), {f"s{n}": ("never", "always") for n in range(3)})
    signals = catalogue(**{f"s{n}": signal("same") for n in range(3)})
    (line,) = evidence(track, known(s0="yes", s1="yes", s2="yes"), best=1, rival=0, catalogue=signals)
    assert (line.signals, line.answers, line.db, line.capped) == (("s0", "s1", "s2"), ("yes",) * 3, 8, True)


words = st.sampled_from(WORDS)
weights = st.sampled_from([1.0, 0.5, 0.25, 0.125, 0.5**20])


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Track, dict[str, Answer], dict[str, str]]:
    """Draw any track with any answers of any weight in any topics."""
    count = draw(st.integers(2, 8))
    names = [f"s{n}" for n in range(draw(st.integers(1, 20)))]
    rows = {name: tuple(draw(words) for _ in range(count)) for name in names}
    topics = {name: draw(st.sampled_from("abc")) for name in names}
    chosen = draw(st.lists(st.sampled_from(names), unique=True))
    values = {name: draw(st.sampled_from(["yes", "no"])) for name in chosen}
    answers = {name: Answer(name, value, DAY, weight=draw(weights)) for name, value in values.items()}  # type: ignore[arg-type]
    return Track("any", tuple(f"k{n}" for n in range(count)), rows), answers, topics


@given(sheets())
def test_evidence_adds_up_to_the_margin_exactly(sheet: tuple[Track, dict[str, Answer], dict[str, str]]) -> None:
    track, answers, topics = sheet
    signals = catalogue(**{name: signal(topic) for name, topic in topics.items()})
    result = score(track, answers, topics)
    lines = evidence(track, answers, result.best, result.runner_up, signals)
    assert sum(line.db for line in lines) == result.margin
    assert all(line.db for line in lines)


@given(sheets(), st.randoms())
def test_the_order_of_answers_does_not_matter(
    sheet: tuple[Track, dict[str, Answer], dict[str, str]], random: object
) -> None:
    track, answers, topics = sheet
    items = list(answers.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    assert score(track, dict(items), topics) == score(track, answers, topics)


@given(sheets())
def test_probabilities_add_up_and_follow_the_costs(sheet: tuple[Track, dict[str, Answer], dict[str, str]]) -> None:
    track, answers, topics = sheet
    result = score(track, answers, topics)
    assert sum(result.probabilities) == pytest.approx(1)
    assert result.costs[result.best] == min(result.costs)
    assert result.probabilities[result.best] == max(result.probabilities)


@given(sheets())
def test_more_evidence_for_the_best_state_never_lowers_it(
    sheet: tuple[Track, dict[str, Answer], dict[str, str]],
) -> None:
    track, answers, topics = sheet
    before = score(track, answers, topics)
    row = tuple("always" if state == before.best else "never" for state in range(len(track.states)))
    more = Track("more", track.states, {**track.rows, "proof": row})  # type: ignore[dict-item]
    after = score(more, {**answers, "proof": Answer("proof", "yes", DAY)}, {**topics, "proof": "z"})
    assert after.best == before.best
    assert after.confidence >= before.confidence


# --- what would change it --------------------------------------------------------------------------------------


@given(sheets())
def test_each_change_names_another_state_when_it_is_answered(
    sheet: tuple[Track, dict[str, Answer], dict[str, str]],
) -> None:
    track, answers, topics = sheet
    signals = catalogue(**{name: signal(topic) for name, topic in topics.items()})
    before = score(track, answers, topics)
    found = would_change(track, Knowledge(answers, newest=DAY), before, signals)
    for change in found:
        after = score(track, {**answers, change.signal: Answer(change.signal, change.answer, DAY)}, topics)
        assert after.verdict != "insufficient"
        assert track.states[after.best] == change.state
        assert after.best != before.best or before.verdict == "insufficient"
    assert len(found) <= 3
    assert [change.signal in answers for change in found] == sorted(change.signal in answers for change in found)


@given(sheets())
def test_where_no_change_is_listed_no_single_answer_makes_one(
    sheet: tuple[Track, dict[str, Answer], dict[str, str]],
) -> None:
    track, answers, topics = sheet
    signals = catalogue(**{name: signal(topic) for name, topic in topics.items()})
    before = score(track, answers, topics)
    if not would_change(track, Knowledge(answers, newest=DAY), before, signals):
        for name in track.rows:
            for value in ("yes", "no"):
                if name not in answers or answers[name].value != value:
                    after = score(track, {**answers, **known(**{name: value})}, topics)
                    assert after.verdict == "insufficient" or after.best == before.best


def test_a_supposed_answer_brings_what_it_implies() -> None:
    signals = catalogue(a=signal("x", implies=["b"]), b=signal("y"), c=signal("z"))
    rows = {"a": ("often", "often"), "b": ("never", "always"), "c": ("never", "always")}
    track = Track("t", ("one", "two"), rows)  # type: ignore[arg-type]
    for state, expected in (
        (Knowledge({}, newest=DAY), []),  # one answer of 4 dB makes 72 %: too little to name one of two states
        (Knowledge(known(c="yes"), newest=DAY), [("b", "yes", "two"), ("a", "yes", "two")]),
    ):
        found = would_change(track, state, score(track, state.known, signals.topic_of), signals)
        assert [(each.signal, each.answer, each.state) for each in found] == expected


# --- conflicts -------------------------------------------------------------------------------------------------

LADDER = catalogue(
    asked=signal(sort="happened"),
    compared=signal(sort="happened", implies=["asked"]),
    signed=signal(sort="happened", implies=["compared"]),
    agreed=signal(excludes=["reopened"]),
    reopened=signal(),
)
STEPS = Track("steps", ("a", "b"), dict.fromkeys(LADDER.signals, ("sometimes", "often")))


def found_conflicts(**answers: Answer | str) -> list[tuple[str, tuple[str, ...]]]:
    given_answers = {
        name: each if isinstance(each, Answer) else Answer(name, "yes" if each == "yes" else "no", DAY)
        for name, each in answers.items()
    }
    filled = with_implied(given_answers, LADDER)
    result = score(STEPS, filled, LADDER.topic_of)
    return [(each.kind, each.signals) for each in conflicts(STEPS, filled, result, LADDER)]


def test_two_that_exclude_each_other_and_are_both_yes() -> None:
    assert found_conflicts(agreed="yes", reopened="yes") == [("excluded", ("agreed", "reopened"))]
    assert found_conflicts(agreed="yes", reopened="no") == []


def test_a_pair_that_both_declare_is_one_contradiction() -> None:
    both = catalogue(agreed=signal(excludes=["reopened"]), reopened=signal(excludes=["agreed"]))
    assert both.excluded_pairs == (("agreed", "reopened"),)


def test_a_later_step_met_with_an_earlier_one_denied_names_the_nearest() -> None:
    assert found_conflicts(signed="yes", asked="no") == [("denied", ("signed", "asked"))]
    assert found_conflicts(signed="yes", compared="yes", asked="no") == [("denied", ("compared", "asked"))]
    assert found_conflicts(signed="no", asked="no") == []


def test_contradictions_of_other_tracks_are_not_this_ones() -> None:
    other = Track("other", ("a", "b"), {"elsewhere": ("never", "always")})
    both = {name: Answer(name, "yes", DAY) for name in ("agreed", "reopened")}
    assert conflicts(other, both, score(other, {}, {}), LADDER) == []


def test_a_capped_line_tells_the_newest_quote_with_its_own_day() -> None:
    track = Track("t", ("a", "b"), {f"s{n}": ("never", "always") for n in range(3)})
    signals = catalogue(**{f"s{n}": signal("same") for n in range(3)})
    told = {
        "s0": Answer("s0", "yes", date(2026, 1, 5), quote="January", by="Ann"),
        "s1": Answer("s1", "yes", date(2026, 2, 5), quote="February", by="Bo"),
        "s2": Answer("s2", "yes", date(2026, 3, 5), assumed=True, implied_by="s1", weight=0.5),
    }
    (line,) = evidence(track, told, best=1, rival=0, catalogue=signals)
    assert (line.quote, line.by, line.date) == ("February", "Bo", date(2026, 2, 5))
    assert (line.implied, line.assumed) == (False, False)


def read(track: Track, answers: Knowledge, signals: Catalogue) -> TrackReading:
    """Return the reading of a track by its own score."""
    return read_track(track, answers, score(track, answers.known, signals.topic_of), signals)


def test_answers_that_the_named_state_can_t_explain_are_named() -> None:
    rows = {f"a{n}": ("always", "never") for n in range(6)} | {f"z{n}": ("never", "always") for n in range(4)}
    track = Track("torn", ("a", "z"), rows)  # type: ignore[arg-type]
    signals = catalogue(**{name: signal(name) for name in rows})
    torn = read(track, Knowledge(known(**dict.fromkeys(rows, "yes")), newest=DAY), signals)
    assert [(c.kind, c.signals) for c in torn.conflicts] == [("unexplained", ("z0", "z1", "z2", "z3"))]
    whole = read(track, Knowledge(known(**{name: "yes" for name in rows if name[0] == "a"}), newest=DAY), signals)
    assert whole.conflicts == ()
