"""Jobs playbooks: a state per job, what is open again, what to work on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import catalogue, entry, jobs, shelf, signal
from buystage.diagnosis.answers import timeline
from buystage.diagnosis.diagnose import diagnose
from buystage.diagnosis.jobs import diagnose_jobs, job_courses
from buystage.diagnosis.result import DealDiagnosis, JobDiagnosis, JobsDiagnosis
from buystage.model.deal import Deal
from buystage.model.observation import Observation
from buystage.model.playbook import Playbook

NAMES = ("started", "going", "done", "proof", "doubt", "reopened", "other_going", "other_done", "third_going")
SORTS = {
    "started": "happened",
    "going": "ongoing",
    "proof": "happened",
    "other_going": "ongoing",
    "third_going": "ongoing",
}
SIGNALS = catalogue(**{name: signal(name, sort=SORTS.get(name, "stands")) for name in NAMES})
BOOK = jobs(
    {
        "need": {
            "started": ["started"],
            "active": ["going"],
            "done": ["done"],
            "proves": ["proof"],
            "forbids_done": ["doubt"],
            "reopened": ["reopened"],
        },
        "choice": {"active": ["other_going"], "done": ["other_done"]},
        "check": {"active": ["third_going"]},
    }
)


def diagnosed(*log: Observation, day: str = "2026-06-01") -> DealDiagnosis:
    deal = Deal(name="test", observations=log)
    return diagnose(deal, shelf(SIGNALS, BOOK), date.fromisoformat(day))


def job(result: DealDiagnosis, name: str = "need") -> JobDiagnosis:
    (found,) = result.diagnoses
    assert isinstance(found, JobsDiagnosis)
    return next(each for each in found.jobs if each.id == name)


def focus(result: DealDiagnosis) -> tuple[str, ...]:
    (found,) = result.diagnoses
    assert isinstance(found, JobsDiagnosis)
    return found.focus


@given(st.dictionaries(st.sampled_from(["started", "going", "done", "proof", "doubt"]), st.sampled_from(["yes", "no"])))
def test_nothing_is_settled_without_a_yes_that_settles_it(answers: dict[str, str]) -> None:
    closed = "yes" in (answers.get("done"), answers.get("proof"))
    assert job(diagnosed(entry(**answers))).state != "satisfied" or closed


def test_the_cause_is_told_in_the_words_of_the_day_it_opened() -> None:
    log = (
        entry("2026-01-05", done="yes"),
        entry("2026-02-05", reopened={"answer": "yes", "quote": "the law changed"}, done="no"),
        entry("2026-03-05", reopened="yes"),
    )
    assert job(diagnosed(*log)).cause == "the law changed"
    same_day = entry("2026-02-05", reopened="yes", done={"answer": "yes", "quote": "signed by all"})
    assert job(diagnosed(same_day)).cause is None


def test_a_job_nobody_answered_for_is_not_started_and_says_that_nothing_is_known() -> None:
    found = job(diagnosed(entry(other_going="yes")))
    assert (found.state, found.reading.verdict) == ("not_started", "insufficient")
    assert job(diagnosed(entry(going="unknown"))).reading.verdict == "insufficient"


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"started": "yes", "going": "yes", "done": "no"}, "active"),
        ({"started": "yes", "going": "no", "done": "yes"}, "satisfied"),
        ({"started": "no", "going": "no", "done": "no"}, "not_started"),
        ({"proof": "yes"}, "satisfied"),
        ({"started": "yes", "doubt": "yes"}, "active"),
    ],
)
def test_the_state_with_the_least_cost_is_the_state(answers: dict[str, str], state: str) -> None:
    assert job(diagnosed(entry(**answers))).state == state


def test_the_costs_of_a_job_by_hand() -> None:
    found = job(diagnosed(entry(started="yes", going="yes", done="no")))
    # started yes: 3 0 0    going yes: 3 0 3    done no: 0 0 4
    assert [state.cost_db for state in found.reading.states] == [6, 0, 7]


def test_always_on_does_not_change_the_arithmetic() -> None:
    deal = Deal(name="test", observations=(entry(going="yes"),))
    rows = {"active": ["going"], "done": ["done"]}
    plain, always = jobs({"need": rows}), jobs({"need": rows}, always_on=("need",))
    day = date(2026, 6, 1)
    assert job(diagnose(deal, shelf(SIGNALS, plain), day)) == job(diagnose(deal, shelf(SIGNALS, always), day))


# --- reopened --------------------------------------------------------------------------------------------------


def test_a_reopening_answer_opens_a_job_with_its_day_and_the_customers_words() -> None:
    told = {"answer": "yes", "quote": "the marks no longer mean anything"}
    result = diagnosed(entry("2026-04-02", done="yes"), entry("2026-04-16", reopened=told))
    assert (job(result).state, job(result).since) == ("reopened", date(2026, 4, 16))
    assert job(result).cause == "the marks no longer mean anything"
    assert result.looped


def test_it_is_open_since_the_first_day_of_the_present_loop() -> None:
    log = (
        entry("2026-01-10", reopened="yes"),
        entry("2026-02-10", done="yes"),
        entry("2026-03-10", reopened="yes"),
        entry("2026-04-10", reopened="yes"),
    )
    assert job(diagnosed(*log, day="2026-01-20")).since == date(2026, 1, 10)
    assert job(diagnosed(*log, day="2026-02-20")).state == "satisfied"
    assert job(diagnosed(*log)).since == date(2026, 3, 10)


@pytest.mark.parametrize("closing", [{"done": "yes"}, {"proof": "yes"}, {"reopened": "no"}])
def test_a_later_answer_closes_it_again(closing: dict[str, str]) -> None:
    opened = entry("2026-03-10", reopened="yes", done="no")
    assert job(diagnosed(opened)).state == "reopened"
    assert job(diagnosed(opened, entry("2026-04-10", **closing))).state != "reopened"


def test_a_yes_of_the_same_day_or_an_earlier_one_does_not_close_it() -> None:
    assert job(diagnosed(entry("2026-03-10", reopened="yes", done="yes"))).state == "reopened"
    assert job(diagnosed(entry("2026-03-01", done="yes"), entry("2026-03-10", reopened="yes"))).state == "reopened"


def test_the_log_alone_shows_a_settled_job_that_is_worked_on_again() -> None:
    settled = entry("2026-03-01", started="yes", going="no", done="yes")
    again = entry("2026-04-01", going="yes", done="no")
    assert job(diagnosed(settled)).state == "satisfied"
    found = job(diagnosed(settled, again))
    assert (found.state, found.since) == ("reopened", date(2026, 4, 1))


def test_a_job_that_was_never_settled_is_worked_on_not_reopened() -> None:
    first = entry("2026-03-01", started="yes", going="yes", done="no")
    assert job(diagnosed(first, entry("2026-04-01", going="yes", done="no"))).state == "active"
    assert not diagnosed(first).looped


@pytest.mark.parametrize(
    ("settled", "again", "state"),
    [
        # done yes: 4 3 0 → satisfied 65 % or more only with more than this one answer
        ({"done": "yes"}, {"done": "no", "going": "yes"}, "active"),
        ({"done": "yes", "started": "yes"}, {"done": "no"}, "active"),
        ({"done": "yes", "proof": "yes"}, {"done": "no", "proof": "no", "going": "yes"}, "reopened"),
    ],
)
def test_only_what_was_settled_with_65_percent_can_be_reopened_by_the_log(
    settled: dict[str, str], again: dict[str, str], state: str
) -> None:
    first = job(diagnosed(entry("2026-03-01", **settled)))
    assert (first.reading.states[2].probability >= 0.65) == (state == "reopened")
    assert job(diagnosed(entry("2026-03-01", **settled), entry("2026-03-20", **again))).state == state


def test_a_lead_of_3_decibels_is_enough_to_reopen() -> None:
    settled = entry("2026-03-01", started="yes", going="no", done="yes")
    exactly = entry("2026-03-20", going="yes", done={"answer": "unknown"}, doubt="no")
    found = job(diagnosed(settled, exactly))
    costs = {state.id: state.cost_db for state in found.reading.states}
    # started yes: 3 0 0    going yes: 3 0 3    done yes: 4 3 0    doubt no: 1 1 0
    assert costs == {"not_started": 11, "active": 4, "satisfied": 3}
    assert found.state == "satisfied"


def test_the_cause_is_told_since_the_job_is_open_not_before() -> None:
    before = {"answer": "no", "quote": "long ago"}
    result = diagnosed(entry("2026-01-10", done=before), entry("2026-03-10", reopened="yes"))
    assert job(result).cause is None


def test_a_lead_of_under_3_decibels_reopens_nothing() -> None:
    settled = entry("2026-03-01", started="yes", going="no", done="yes")
    wavering = entry("2026-04-01", doubt="no", going="no", done={"answer": "no", "evidence": "assumed"})
    found = job(diagnosed(settled, wavering))
    costs = {state.id: state.cost_db for state in found.reading.states}
    assert costs["satisfied"] - costs["active"] < 3
    assert found.state != "reopened"


# --- focus -----------------------------------------------------------------------------------------------------


def test_focus_is_reopened_jobs_first_then_active_ones_by_probability() -> None:
    weak = {"answer": "yes", "evidence": "assumed"}
    result = diagnosed(entry(third_going=weak, other_going="yes", reopened="yes"))
    assert focus(result) == ("need", "choice", "check")


def test_equal_jobs_stay_in_the_order_of_the_playbook() -> None:
    assert focus(diagnosed(entry(third_going="yes", other_going="yes"))) == ("choice", "check")


def test_no_more_than_three_jobs_are_in_focus() -> None:
    book = jobs({f"j{n}": {"active": ["going"]} for n in range(5)})
    (found,) = diagnose(
        Deal(name="test", observations=(entry(going="yes"),)), shelf(SIGNALS, book), date(2026, 6, 1)
    ).diagnoses
    assert isinstance(found, JobsDiagnosis)
    assert found.focus == ("j0", "j1", "j2")


def test_settled_and_unknown_jobs_are_not_in_focus() -> None:
    assert focus(diagnosed(entry(done="yes", proof="yes"))) == ()


# --- always on ---------------------------------------------------------------------------------------------------

WATCHED = jobs(
    {
        "need": {"active": ["going"], "done": ["done"]},
        "choice": {"active": ["other_going"], "done": ["other_done"]},
        "check": {"active": ["third_going"], "done": ["proof"], "proves": ["started"], "reopened": ["reopened"]},
    },
    always_on=("check",),
)


def jobs_of(book: Playbook, **answers: str) -> JobsDiagnosis:
    deal = Deal(name="test", observations=(entry(**answers),))
    (found,) = diagnose(deal, shelf(SIGNALS, book), date(2026, 6, 1)).diagnoses
    assert isinstance(found, JobsDiagnosis)
    return found


@pytest.mark.parametrize(
    ("answers", "lagging"),
    [
        ({"going": "yes"}, ()),  # nothing else is settled yet
        ({"done": "yes"}, ("check",)),  # half of the others are settled, and it has not begun
        ({"done": "yes", "third_going": "yes"}, ()),  # begun in time
        ({"done": "yes", "other_done": "yes", "third_going": "yes"}, ("check",)),  # the others are all settled
        ({"done": "yes", "other_done": "yes", "proof": "yes"}, ()),
        ({"done": "yes", "other_done": "yes", "third_going": "yes", "started": "yes"}, ()),  # proved: nothing waits
        ({"done": "yes", "other_done": "yes", "reopened": "yes"}, ()),  # "open again" says it already
    ],
)
def test_an_always_on_job_lags_behind_the_others(answers: dict[str, str], lagging: tuple[str, ...]) -> None:
    assert jobs_of(WATCHED, **answers).lagging == lagging


def test_lagging_does_not_change_the_arithmetic() -> None:
    never_on = {name: each.model_copy(update={"always_on": "no"}) for name, each in WATCHED.jobs.items()}
    answers = {"done": "yes", "third_going": "yes", "other_done": "yes"}
    watched = jobs_of(WATCHED, **answers)
    plain = jobs_of(WATCHED.model_copy(update={"jobs": never_on}), **answers)
    assert watched.jobs == plain.jobs
    assert (watched.lagging, plain.lagging) == (("check",), ())


LOGS = st.lists(
    st.dictionaries(st.sampled_from(("done", "reopened")), st.sampled_from(("yes", "no")), min_size=1), min_size=3
)


@given(LOGS)
def test_the_state_of_a_job_today_is_the_end_of_its_course(answers: list[dict[str, str]]) -> None:
    log = [entry(f"2026-{day:02}-01", **each) for day, each in enumerate(answers[:12], start=1)]
    past = timeline(log, date(2027, 1, 1), SIGNALS)
    today = diagnose_jobs(BOOK, "built-in", past, SIGNALS).jobs
    courses = job_courses([BOOK], past, SIGNALS)[BOOK.name]
    assert [(job.state, job.since) for job in today] == [(course[-1].state, course[-1].since) for course in courses]
