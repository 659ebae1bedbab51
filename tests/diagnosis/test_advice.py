"""What to ask, what to do, what to leave alone: `asking.py` and `advice.py`."""

from datetime import date
from typing import Any

from builders import DAY, T, catalogue, entry, jobs, linear, shelf, signal
from buystage.diagnosis.advice import MOST_ACTIONS
from buystage.diagnosis.diagnose import diagnose
from buystage.diagnosis.result import DealDiagnosis, JobsDiagnosis
from buystage.model.deal import Deal
from buystage.model.observation import Observation
from buystage.model.playbook import Playbook

NAMES = ("needed", "going", "done", "reopened", "other_going", "other_done", "third_going", "third_done", "late")
SIGNALS = catalogue(**{name: signal(name) for name in NAMES})
STAGES = linear({"needed": ["rarely", "always", "always"], "late": ["never", "never", "always"]})
JOBS = jobs(
    {
        "need": {"active": ["going"], "done": ["done"], "reopened": ["reopened"]},
        "choice": {"active": ["other_going"], "done": ["other_done"]},
        "check": {"active": ["third_going"], "done": ["third_done"]},
    }
)


def with_actions(book: Playbook, state: str, **actions: dict[str, Any]) -> Playbook:
    """Return the playbook with actions in one stage or job."""
    base = {"do": T, "why": T, "origin": ["in-house"]}
    return with_parts(book, state, actions={name: {**base, **more} for name, more in actions.items()})


def with_avoid(book: Playbook, state: str, *texts: str) -> Playbook:
    """Return the playbook with things to leave alone in one stage or job."""
    return with_parts(book, state, avoid=[{"en": text, "zh": text} for text in texts])


def with_parts(book: Playbook, state: str, **parts: object) -> Playbook:
    data = book.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    if book.kind == "linear":
        data["rows"] = {name: list(row) for track in book.tracks for name, row in track.rows.items()}
    data["stages" if book.kind == "linear" else "jobs"][state] |= parts
    return Playbook.model_validate(data)


def diagnosed(*log: Observation, books: tuple[Playbook, ...] = (STAGES,), **deal: Any) -> DealDiagnosis:
    return diagnose(Deal(name="test", observations=log, **deal), shelf(SIGNALS, *books), DAY)


def asked(result: DealDiagnosis) -> list[tuple[str, str]]:
    return [(ask.signal, ask.state) for ask in result.ask]


def done(result: DealDiagnosis) -> list[str]:
    return [action.id for action in result.actions]


NAMED = entry(needed="yes", late="no")  # names the second stage


# --- ask -------------------------------------------------------------------------------------------------------


def test_with_nothing_known_the_three_that_tell_most_are_asked() -> None:
    result = diagnosed(books=(STAGES, JOBS))
    assert len(result.ask) == 3
    assert result.ask[0].signal in ("done", "other_done", "third_done", "late")


def test_what_closes_a_reopened_job_comes_before_what_closes_an_active_one() -> None:
    result = diagnosed(entry(other_going="yes", going="yes", reopened="yes", done="no"), books=(JOBS,))
    assert asked(result)[:2] == [("done", "need"), ("other_done", "choice")]


def test_nothing_is_asked_that_the_customer_has_closed() -> None:
    answers = {"going": "yes", "done": "yes", "other_going": "yes", "other_done": "no"}
    assert "done" not in [signal for signal, _ in asked(diagnosed(entry(**answers), books=(JOBS,)))]


def test_a_settled_job_is_not_asked_about_even_where_an_answer_would_open_it() -> None:
    shaky = jobs({"need": {"active": ["going"], "done": ["done"], "forbids_done": ["reopened"]}})
    result = diagnosed(entry(done="yes"), books=(shaky,))
    (read,) = result.diagnoses
    assert isinstance(read, JobsDiagnosis)
    assert read.jobs[0].state == "satisfied"
    assert any(change.worth_asking for change in read.jobs[0].reading.would_change)
    assert asked(result) == []


def test_of_regular_jobs_that_are_open_again_the_later_ones_wait_for_the_first() -> None:
    rows = {name: {"done": [f"{name}_done"], "reopened": [f"{name}_again"]} for name in ("need", "choice", "check")}
    signals = catalogue(**{each: signal(each) for name in rows for each in (f"{name}_done", f"{name}_again")})
    book = jobs(rows, always_on=("check",))
    again = entry(**{f"{name}_again": "yes" for name in rows})
    result = diagnose(Deal(name="test", observations=(again,)), shelf(signals, book), DAY)
    (read,) = result.diagnoses
    assert isinstance(read, JobsDiagnosis)
    assert read.focus == ("need", "choice", "check")
    assert read.agenda == ("need", "check", "choice")
    assert [ask.state for ask in result.ask] == ["need", "check", "choice"]


def test_a_job_not_begun_is_not_asked_about() -> None:
    result = diagnosed(entry(going="no", done="no"), books=(JOBS,))
    assert asked(result) == []


def test_what_they_are_busy_with_is_asked_once_what_closes_is() -> None:
    busy = catalogue(**{**SIGNALS.signals, "going": signal("going", sort="ongoing")})
    deal = Deal(name="test", observations=(entry(going="yes", done="no"),))
    result = diagnose(deal, shelf(busy, JOBS), DAY)
    assert [(ask.signal, ask.kind) for ask in result.ask][:2] == [("done", "closes"), ("going", "goes_on")]


def test_what_nobody_knew_last_time_is_asked_where_the_stage_usually_begins_to_show_it() -> None:
    book = linear(
        {
            "needed": ["rarely", "always", "always"],
            "late": ["never", "never", "always"],
            "other_done": ["rarely", "always", "always"],
            "third_done": ["never", "never", "always"],
            "done": ["rarely", "often", "often"],
            "going": ["often", "often", "often"],
        }
    )
    sure = entry(other_done="yes", third_done="no", done="unknown", going="unknown")
    result = diagnosed(NAMED, sure, books=(book,))
    assert ("done", "unknown") in [(ask.signal, ask.kind) for ask in result.ask]
    assert "going" not in [ask.signal for ask in result.ask if ask.kind == "unknown"]


def test_old_answers_are_asked_again() -> None:
    result = diagnosed(entry("2025-11-01", needed="yes", late="yes"))
    assert {signal for signal, _ in asked(result)} == {"needed", "late"}
    assert {ask.kind for ask in result.ask} == {"old", "changes"}  # `late` would also change the stage
    assert asked(diagnosed(entry(needed="yes", late="yes"))) == []


def test_what_a_stages_actions_work_towards_is_asked_when_it_is_within_reach() -> None:
    steps = catalogue(**{**SIGNALS.signals, "order": signal("order"), "signed": signal("signed", implies=["order"])})
    book = with_actions(STAGES, "second", sign={"for": {"signals": ["signed", "order"]}})
    deal = Deal(name="test", observations=(NAMED,))
    result = diagnose(deal, shelf(steps, book), DAY)
    assert [(ask.signal, ask.kind) for ask in result.ask if ask.signal in ("order", "signed")] == [("order", "closes")]


def test_far_steps_are_not_asked_before_near_ones() -> None:
    steps = catalogue(near=signal("near"), far=signal("far", implies=["near"]))
    book = linear({"near": ["rarely", "often", "often"], "far": ["never", "never", "always"]})
    result = diagnose(Deal(name="test"), shelf(steps, book), DAY)
    assert [ask.signal for ask in result.ask] == ["near"]


def test_nothing_is_asked_twice() -> None:
    result = diagnosed(entry(going="yes", needed="no"), books=(STAGES, JOBS))
    signals = [signal for signal, _ in asked(result)]
    assert len(signals) == len(set(signals))


# --- do --------------------------------------------------------------------------------------------------------


def test_actions_of_the_named_stage_with_the_signal_they_serve() -> None:
    book = with_actions(STAGES, "second", call={"for": {"signals": ["needed", "late"], "roles": ["technical"]}})
    (action,) = diagnosed(NAMED, books=(book,)).actions
    assert (action.id, action.state, action.signal, action.role) == ("call", "second", "late", "technical")


def test_an_action_that_has_done_its_work_is_left_out() -> None:
    book = with_actions(STAGES, "second", call={"for": {"signals": ["needed"]}}, write={})
    assert done(diagnosed(NAMED, books=(book,))) == ["write"]


def test_an_action_waits_for_what_must_come_first() -> None:
    book = with_actions(STAGES, "second", deliver={"for": {"after": ["needed"]}}, train={"for": {"after": ["late"]}})
    assert done(diagnosed(NAMED, books=(book,))) == ["deliver"]


def test_an_action_ends_with_what_makes_it_late() -> None:
    book = with_actions(
        STAGES, "second", invite={"for": {"until": ["needed", "late"]}}, train={"for": {"until": ["late"]}}
    )
    assert done(diagnosed(NAMED, books=(book,))) == ["train"]


def test_what_a_log_shows_to_be_open_again_counts_as_said() -> None:
    rows = {"need": {"active": ["going"], "done": ["done", "other_done"], "reopened": ["reopened"]}}
    book = with_actions(jobs(rows), "need", again={"for": {"after": ["reopened"]}})
    settled, undone = {"done": "yes", "other_done": "yes"}, {"done": "no", "other_done": "no", "going": "yes"}
    assert done(diagnosed(entry("2026-01-05", **settled), entry("2026-02-05", **undone), books=(book,))) == ["again"]
    assert done(diagnosed(entry(**undone), books=(book,))) == []


def test_every_signal_an_action_waits_for_must_be_there_and_still_go_on() -> None:
    fading = catalogue(**{**SIGNALS.signals, "going": signal("going", sort="ongoing")})
    book = with_actions(STAGES, "second", call={"for": {"after": ["needed", "going"]}})

    def advised(*log: Observation) -> list[str]:
        return done(diagnose(Deal(name="test", observations=log), shelf(fading, book), DAY))

    assert advised(NAMED) == []
    assert advised(NAMED, entry(going="yes")) == ["call"]
    assert advised(NAMED, entry("2025-11-01", going="yes")) == []


def test_our_guess_closes_nothing_and_serves_no_action() -> None:
    guess = {"answer": "yes", "evidence": "assumed"}
    book = with_actions(STAGES, "second", call={"for": {"signals": ["done"]}})
    assert done(diagnosed(NAMED, entry(done=guess), books=(book,))) == ["call"]
    result = diagnosed(entry(going="yes", done=guess), books=(JOBS,))
    assert ("done", "need") in asked(result)


def test_a_ban_on_contact_replaces_or_removes_what_it_forbids() -> None:
    unless = {"for": {"unless": ["contact_restricted"]}}
    book = with_actions(STAGES, "second", call=unless, visit={**unless, "instead": T}, write={})
    assert done(diagnosed(NAMED, books=(book,))) == ["call", "visit", "write"]
    banned = diagnosed(NAMED, books=(book,), context={"contact_restricted": "yes"})
    assert [(action.id, action.instead) for action in banned.actions] == [("visit", True), ("write", False)]


def test_no_more_than_five_and_none_twice_across_playbooks() -> None:
    many = with_actions(STAGES, "second", **{f"a{n}": {} for n in range(7)})
    assert done(diagnosed(NAMED, books=(many, many))) == [f"a{n}" for n in range(MOST_ACTIONS)]


def test_stage_and_open_jobs_take_turns_and_what_is_open_again_speaks_first() -> None:
    stage = with_actions(STAGES, "second", stage_1={}, stage_2={}, stage_3={})
    book = with_actions(with_actions(JOBS, "need", again_1={}, again_2={}), "choice", open_1={}, open_2={})
    log = (NAMED, entry(going="yes", reopened="yes", done="no", other_going="yes", other_done="no"))
    assert done(diagnosed(*log, books=(stage, book))) == ["again_1", "stage_1", "open_1", "again_2", "stage_2"]


def test_a_settled_job_gets_no_action_and_one_that_lags_gets_one() -> None:
    watched = jobs(
        {"need": {"done": ["done"]}, "check": {"active": ["third_going"], "done": ["third_done"]}}, always_on=("check",)
    )
    book = with_actions(with_actions(watched, "need", closed={}), "check", catch_up={})
    assert done(diagnosed(entry(done="yes"), books=(book,))) == ["catch_up"]


def test_what_to_leave_alone_takes_turns_too() -> None:
    stage = with_avoid(STAGES, "second", "one", "two", "three")
    book = with_avoid(JOBS, "need", "four", "five")
    result = diagnosed(NAMED, entry(going="yes", reopened="yes", done="no"), books=(stage, book))
    assert [text.en for text in result.avoid] == ["four", "one", "five"]


def test_without_a_stage_nothing_is_recommended() -> None:
    book = with_actions(STAGES, "second", call={})
    assert done(diagnosed(books=(book,))) == []


def test_the_buying_group_is_counted_and_missing_roles_are_named() -> None:
    people = [{"name": "Ann", "role": "user", "stance": "supporter"}, {"name": "Bo", "role": "user"}]
    group = diagnosed(entry(day=date(2026, 3, 1).isoformat()), buying_group=people).buying_group
    assert (group.known, group.missing_roles) == (2, ("technical", "procurement", "executive"))
    assert group.stances == {"supporter": 1, "neutral": 0, "opponent": 0, "unknown": 1}
