"""The interview's logic, with a fake person who answers: the opening, what comes next, going back, when it ends."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest

from buystage.diagnosis.diagnose import diagnose
from buystage.diagnosis.result import DealDiagnosis
from buystage.interview.choosing import (
    LADDER,
    Asker,
    Given,
    Move,
    Plan,
    Question,
    carrying,
    climbed,
    interview,
    listed,
    open_again,
)
from buystage.library.playbooks import load_shelf
from buystage.model.deal import Deal
from buystage.model.observation import GivenAnswer, Observation, answer_from
from sheet_reading import LABELS, READERS, SHELF, answers_of, diagnoses, last_day, on_one_day, sheet, steps_off

DAY = date(2026, 3, 2)
AGAIN = ("problem_reopened", "exploration_reopened", "requirements_reopened", "selection_reopened")


def given(**answers: str) -> dict[str, GivenAnswer]:
    return {name: answer_from(word) for name, word in answers.items()}


def plan(*log: Observation, most: int = 12, least_gain: float = 0.25, **before: str) -> Plan:
    return Plan(log, DAY, given(**before), SHELF, most, least_gain)


def says(*replies: Given | Move) -> tuple[Asker, list[Question]]:
    """Return a person who gives these replies one after the other, and what they are asked."""
    asked: list[Question] = []
    waiting = list(replies)

    def ask(question: Question) -> Given | Move:
        asked.append(question)
        return waiting.pop(0) if waiting else Move.STOP

    return ask, asked


def run(start: Plan, *replies: Given | Move) -> tuple[Given, list[Question]]:
    ask, asked = says(*replies)
    answers, _ = interview(start, ask, lambda _: None)
    return answers, asked


# --- the opening -------------------------------------------------------------------------------------------------


def test_it_opens_with_the_ladder_and_with_what_is_open_again() -> None:
    _, asked = run(plan(), climbed(LADDER, "contract_signed"), {})
    assert [(each.kind, each.number) for each in asked] == [("ladder", 1), ("again", 2), ("fact", 3)]
    assert asked[0].signals == LADDER


def test_a_rung_is_a_yes_and_all_above_it_a_no() -> None:
    answers = climbed(LADDER, "offers_requested")
    assert {name: answer.answer for name, answer in answers.items()} == {
        "offers_requested": "yes",
        "compared_or_tested_once": "no",
        "supplier_once_chosen": "no",
        "contract_signed": "no",
        "in_regular_use": "no",
    }
    assert {answer.answer for answer in climbed(LADDER, None).values()} == {"no"}
    assert len(climbed(LADDER, None)) == len(LADDER)


def test_what_is_open_again_undoes_what_it_excludes() -> None:
    answers = open_again(AGAIN, ("requirements_reopened",), SHELF)
    assert answers["requirements_reopened"].answer == "yes"
    assert answers["requirements_agreed"].answer == "no"
    assert {answers[name].answer for name in AGAIN if name != "requirements_reopened"} == {"no"}
    assert set(open_again(AGAIN, (), SHELF)) == set(AGAIN)


def test_only_what_can_have_been_settled_is_offered_as_open_again() -> None:
    _, asked = run(plan(), climbed(LADDER, "problem_named"))
    assert "requirements_reopened" not in asked[1].signals
    assert "selection_reopened" not in asked[1].signals
    assert "problem_reopened" in asked[1].signals


def test_a_log_shortens_the_ladder_and_the_last_rung_ends_it() -> None:
    log = Observation(date=date(2026, 1, 5), answers=given(offers_requested="yes"))
    assert run(plan(log))[1][0].signals == LADDER[LADDER.index("offers_requested") :]
    last = Observation(date=date(2026, 1, 5), answers=given(in_regular_use="yes"))
    assert run(plan(last))[1][0].kind == "again"
    for answered in ({"supplier_once_chosen": "no"}, {"problem_named": "yes"}, {"contract_signed": "yes"}):
        start = Plan((), DAY, given(**answered), SHELF)
        assert run(start)[1][0].kind == "again"  # what was given is not asked about in other words
    denied = run(plan(decider_approved_choice="no"))[1][0]
    assert (denied.kind, "contract_signed" in denied.signals) == ("ladder", False)


def test_without_jobs_nothing_can_be_open_again() -> None:
    shelf = load_shelf(["linear"])
    ask, asked = says(climbed(LADDER, "problem_named"))
    interview(Plan((), DAY, {}, shelf), ask, lambda _: None)
    assert [each.kind for each in asked] == ["ladder", "fact"]


# --- what comes next ---------------------------------------------------------------------------------------------


def test_nothing_is_asked_that_was_answered_follows_or_can_t_be() -> None:
    start = plan(requirements_agreed="yes", contract_signed="no", owner_named="unknown", most=60, least_gain=0.0)
    never = {"requirements_agreed", "owner_named", "change_decided", "solution_type_chosen", "problem_named"}
    never |= {"requirements_reopened", "in_regular_use", "delivery_accepted", "delivery_under_way"}
    facts = asked_of(start)
    assert not never & facts
    assert len(facts) > 20


def test_a_no_of_earlier_days_and_what_is_old_may_be_asked_again_and_what_is_sure_not() -> None:
    log = Observation(date=date(2026, 2, 20), answers=given(preferred_named="no", budget_approved="yes"))
    start = Plan((log,), DAY, {}, SHELF, 60, 0.0)
    facts = asked_of(start)
    assert "preferred_named" in facts
    assert "budget_approved" not in facts
    old = Observation(date=date(2025, 11, 1), answers=given(budget_approved="yes"))
    assert "budget_approved" in asked_of(Plan((old,), DAY, {}, SHELF, 60, 0.0))


def asked_of(start: Plan) -> set[str]:
    """Return all facts that are asked of somebody who never knows."""
    asked: set[str] = set()

    def ask(question: Question) -> Given:
        if question.kind != "fact":
            return {}
        asked.add(question.signals[0])
        return {question.signals[0]: answer_from("unknown")}

    interview(start, ask, lambda _: None)
    return asked


def test_a_topic_of_which_nothing_is_known_is_left() -> None:
    topic_of = SHELF.catalogue.topic_of
    first = plan()([]) and run(plan(), {}, {})[1][2]
    assert first
    _, asked = run(plan(), {}, {}, {first.signals[0]: answer_from("unknown")})
    assert topic_of[asked[3].signals[0]] != topic_of[first.signals[0]]


# --- going back and ending ---------------------------------------------------------------------------------------


def test_back_takes_the_last_answer_away_and_asks_again() -> None:
    answers, asked = run(plan(), climbed(LADDER, "contract_signed"), Move.BACK, climbed(LADDER, "problem_named"))
    assert [each.kind for each in asked] == ["ladder", "again", "ladder", "again"]
    assert answers["contract_signed"].answer == "no"


def test_back_at_the_first_question_stays_there() -> None:
    _, asked = run(plan(), Move.BACK, Move.BACK)
    assert [each.kind for each in asked] == ["ladder", "ladder", "ladder"]


def test_it_stops_when_the_person_wants_the_result() -> None:
    ask, asked = says(climbed(LADDER, "problem_named"), Move.STOP)
    answers, stopped = interview(plan(), ask, lambda _: None)
    assert (len(asked), stopped) == (2, True)
    assert answers["problem_named"].answer == "yes"


def test_it_asks_no_more_than_it_may() -> None:
    ask, asked = says(*[given() for _ in range(20)])
    _, stopped = interview(plan(most=5), ask, lambda _: None)
    assert (len(asked), stopped) == (5, False)


def test_it_ends_when_nothing_tells_more() -> None:
    assert len(asked_of(plan(most=60))) > len(asked_of(plan(most=60, in_regular_use="yes"))) > 0
    assert len(asked_of(plan(most=60, in_regular_use="yes"))) < 12


def test_all_answers_so_far_are_handed_over_after_each_reply() -> None:
    kept: list[Given] = []
    ask, _ = says(climbed(LADDER, "contract_signed"), Move.BACK, given(problem_named="yes"))
    interview(plan(), ask, kept.append)
    assert [len(each) for each in kept] == [2, 0, 1]


def test_a_list_of_facts_is_asked_in_its_order() -> None:
    ask, asked = says(given(budget_approved="yes"), Move.BACK, given(budget_approved="no"), given(owner_named="yes"))
    answers, stopped = interview(listed(["budget_approved", "owner_named"]), ask, lambda _: None)
    assert [each.signals[0] for each in asked] == ["budget_approved", "owner_named", "budget_approved", "owner_named"]
    assert ({name: each.answer for name, each in answers.items()}, stopped) == (
        {"budget_approved": "no", "owner_named": "yes"},
        False,
    )


def test_what_carries_the_result_is_what_is_open_again_then_what_names_the_stage() -> None:
    answers = given(requirements_reopened="yes", requirements_being_written="yes", offers_requested="unknown")
    result = on_day(answers)
    assert carrying(result, answers, SHELF)[:2] == ("requirements_reopened", "requirements_being_written")
    told = {**answers, "requirements_reopened": GivenAnswer(answer="yes", quote="we start over")}
    assert "requirements_reopened" not in carrying(result, told, SHELF)
    assert carrying(result, {}, SHELF) == ()


def on_day(answers: Given) -> DealDiagnosis:
    log = Observation(date=DAY, answers=dict(answers))
    return diagnose(Deal(name="x", observations=(log,)), SHELF, DAY)


# --- the twelve deals --------------------------------------------------------------------------------------------

Sheet = Mapping[str, GivenAnswer]
Outcome = tuple[str | None, frozenset[str]]


def reader_of(answers: Sheet) -> Callable[[Question], Given]:
    """Return a person who answers as on a sheet: the furthest rung that is yes, each thing that is open again."""

    def yes(signals: Sequence[str]) -> list[str]:
        return [name for name in signals if answers[name].answer == "yes"]

    def ask(question: Question) -> Given:
        if question.kind == "ladder":
            return climbed(question.signals, next(reversed(yes(question.signals)), None))
        if question.kind == "again":
            return open_again(question.signals, yes(question.signals), SHELF)
        return {name: answers[name] for name in question.signals}

    return ask


def outcome(deal: Deal) -> Outcome:
    linear, jobs = diagnoses(diagnose(deal, SHELF, last_day(deal)))
    return linear.stage, frozenset(job.id for job in jobs.jobs if job.state == "reopened")


def asked_like(deal: Deal, answers: Sheet, most: int = 12) -> Outcome:
    start = Plan((), last_day(deal), {}, SHELF, most)
    found, _ = interview(start, reader_of(answers), lambda _: None)
    return outcome(on_one_day(deal, dict(found)))


@pytest.fixture(scope="module", params=READERS)
def sheets(request: pytest.FixtureRequest) -> list[tuple[str, Deal, Outcome]]:
    deals = [(name, sheet(request.param, name)) for name in LABELS]
    return [(name, deal, outcome(on_one_day(deal, answers_of(deal)))) for name, deal in deals]


def test_twelve_questions_come_to_what_the_whole_sheet_comes_to(sheets: list[tuple[str, Deal, Outcome]]) -> None:
    found = [(asked_like(deal, answers_of(deal)), full) for _, deal, full in sheets]
    assert sum(short[0] == full[0] for short, full in found) >= 11
    assert sum(short[1] == full[1] for short, full in found) >= 11


@pytest.mark.slow
def test_with_every_tenth_answer_unknown_ten_of_twelve_still_do(sheets: list[tuple[str, Deal, Outcome]]) -> None:
    """Every tenth of the catalogue, from ten starts. Of what is open again, who does not know can say nothing."""
    stages = [sum(tenth(deal, start)[0] == full[0] for _, deal, full in sheets) for start in range(10)]
    loops = [sum(tenth(deal, start)[1] == full[1] for _, deal, full in sheets) for start in range(10)]
    assert min(stages) >= 10
    assert sum(loops) / len(loops) >= 10


def tenth(deal: Deal, start: int) -> Outcome:
    answers = dict(answers_of(deal))
    answers |= {name: answer_from("unknown") for name in list(SHELF.catalogue.signals)[start::10]}
    return asked_like(deal, answers)


def test_six_questions_alone_come_within_one_stage(sheets: list[tuple[str, Deal, Outcome]]) -> None:
    six = [(name, asked_like(deal, answers_of(deal), most=6)[0]) for name, deal, _ in sheets]
    assert [each for each in six if steps_off(each[1], LABELS[each[0]]["stage"]) > 1] == []
