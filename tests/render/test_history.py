"""The course of a deal: the stage on each day, what turned, which jobs opened again and for how long."""

import json
from datetime import date
from typing import Any

import pytest
from rich.cells import cell_len

from builders import catalogue, course_of, entry, jobs, linear, shelf, signal
from buystage.diagnosis.history import History, since_last
from buystage.model.observation import Observation
from buystage.model.rows import JobState
from buystage.render.diagnosis.history import _strip
from conftest import ROOT, Cli, Golden, Write

EXAMPLE = str(ROOT / "examples/software-buyer.yaml")
NAMES = ("first", "second", "third", "done", "again")
SIGNALS = catalogue(**{name: signal(name) for name in NAMES}, going=signal("going", sort="ongoing"))
STAGES = linear(
    {
        "first": ["always", "rarely", "never"],
        "second": ["never", "always", "never"],
        "third": ["never", "never", "always"],
    }
)
JOBS = jobs({"need": {"active": ["going"], "done": ["done"], "reopened": ["again"]}})


def course(*log: Observation) -> History:
    return course_of(log, date(2026, 12, 1), shelf(SIGNALS, STAGES, JOBS))


def stages(found: History) -> list[tuple[str | None, str | None]]:
    return [(turn.stages["small"].stage, turn.stages["small"].back_from) for turn in found.turns]


def test_an_entry_of_the_log_is_a_line_of_the_course() -> None:
    call = Observation(date=date(2026, 1, 5), source="call with Ann", answers={})
    found = course(entry("2026-01-05", first="no"), call, entry("2026-02-05", going="yes"))
    days = [(turn.day, turn.source) for turn in found.turns]
    assert days == [(date(2026, 1, 5), None), (date(2026, 1, 5), "call with Ann"), (date(2026, 2, 5), None)]
    assert course() == History((), ())


def test_two_entries_of_a_day_are_one_day_for_the_jobs() -> None:
    found = course(entry("2026-01-05", done="yes"), entry("2026-01-05", done="no"), entry("2026-02-05", going="yes"))
    assert [turn.jobs["small-jobs"]["need"] for turn in found.turns] == ["not_started", "not_started", "active"]
    assert found.loops == ()
    assert [[flip.after.signal for flip in turn.flips] for turn in found.turns] == [[], ["done"], []]


def test_an_answer_turns_also_where_it_was_overtaken_or_only_followed_from_another() -> None:
    signals = catalogue(
        agreed=signal(implies=["chosen"]), chosen=signal(), again=signal(excludes=["agreed"]), other=signal()
    )
    log = (
        entry("2026-01-05", agreed="yes"),
        entry("2026-02-05", again="yes"),
        entry("2026-03-05", agreed="no", chosen="no", other="no"),
    )
    found = course_of(log, date(2026, 12, 1), shelf(signals))
    flips = [(flip.before.signal, flip.before.value, flip.before.implied_by) for flip in found.turns[-1].flips]
    assert flips == [("agreed", "yes", None), ("chosen", "yes", "agreed")]
    assert [known.signal for known in found.turns[-1].new] == ["other"]


def test_the_order_of_the_file_counts_within_a_day_alone() -> None:
    late, early = (
        entry("2026-02-05", first="no", second="yes"),
        entry("2026-01-05", first="yes", second="no", third="no"),
    )
    again = entry("2026-02-05", second="no", first="yes")
    assert course(late, early) == course(early, late)
    assert stages(course(early, late, again)) == [("first", None), ("second", None), ("first", None)]
    assert stages(course(early, again, late)) == [("first", None), ("first", None), ("second", None)]


def test_moves_forward_are_told_as_they_come() -> None:
    found = course(
        entry("2026-01-05", first="yes", second="no", third="no"),
        entry("2026-02-05", first="no", second="yes"),
        entry("2026-03-05", second="no", third="yes"),
    )
    assert stages(found) == [("first", None), ("second", None), ("third", None)]


def test_a_move_back_counts_only_with_a_lead_of_3_db() -> None:
    before = entry("2026-01-05", first="no", second="yes", third="no")
    assert stages(course(before, entry("2026-02-05", second="no", first="yes")))[-1] == ("first", "second")
    guess = {"answer": "no", "evidence": "assumed"}
    weak = course(entry("2026-01-05", second="yes", third="no"), entry("2026-02-05", second=guess))
    on = weak.turns[-1].stages["small"]
    assert (on.stage, on.back_from, on.leaning) == ("second", None, "first")
    assert on.confidence < 0.5  # of the stage that is reported, not of the one they lean to
    moved = since_last(weak)
    assert moved is not None
    assert (moved.stages, moved.leaning) == ((("small", "second", "first"),), ("small",))


def test_a_day_that_names_no_stage_ends_nothing() -> None:
    signals = catalogue(now=signal(sort="ongoing"), then=signal(sort="ongoing"))
    book = linear({"now": ["never", "never", "always"], "then": ["always", "never", "never"]})
    log = entry("2026-01-05", now="yes", then="no"), entry("2026-02-05", now="no"), entry("2026-03-05", then="yes")
    found = course_of(log, date(2026, 12, 1), shelf(signals, book))
    assert [turn.stages["small"].stage for turn in found.turns] == ["third", "second", "first"]


def test_what_turned_is_told_with_both_days_and_what_stands_comes_first() -> None:
    log = entry("2026-01-05", going="yes", done="no", first="yes"), entry("2026-02-05", going="no", done="yes")
    flips = [(flip.after.signal, flip.before.date, flip.after.date) for flip in course(*log).turns[-1].flips]
    assert flips == [(name, date(2026, 1, 5), date(2026, 2, 5)) for name in ("done", "going")]


def test_a_loop_has_its_days_and_its_cause_and_may_come_again() -> None:
    found = course(
        entry("2026-01-05", done="yes"),
        entry("2026-02-05", again={"answer": "yes", "quote": "the law changed"}, done="no"),
        entry("2026-02-20", going="yes"),
        entry("2026-03-05", done="yes", again="no", going="no"),
        entry("2026-04-05", again={"answer": "yes", "quote": "the boss left"}, done="no"),
    )
    assert [(loop.since, loop.until, loop.cause) for loop in found.loops] == [
        (date(2026, 2, 5), date(2026, 3, 5), "the law changed"),
        (date(2026, 4, 5), None, "the boss left"),
    ]


def test_what_was_told_for_the_first_time_is_new_and_each_yes_comes_first() -> None:
    found = course(entry("2026-01-05", going="yes"), entry("2026-02-05", first="no", going="yes", second="yes"))
    assert [[known.signal for known in turn.new] for turn in found.turns] == [["going"], ["second", "first"]]
    moved = since_last(found)
    assert moved is not None
    assert [known.signal for known in moved.facts] == ["second", "first"]


def test_a_loop_without_words_takes_none_from_a_later_one() -> None:
    found = course(
        entry("2026-01-05", done="yes"),
        entry("2026-02-05", again="yes"),
        entry("2026-03-05", done="yes", again="no"),
        entry("2026-04-05", again={"answer": "yes", "quote": "the boss left"}, done="no"),
    )
    assert [loop.cause for loop in found.loops] == [None, "the boss left"]


def test_since_the_day_before_the_last() -> None:
    log = (
        entry("2026-01-05", first="yes", second="no", third="no"),
        entry("2026-02-05", first="no", second="yes", done="yes"),
    )
    moved = since_last(course(*log))
    assert moved is not None
    assert (moved.day, moved.stages) == (date(2026, 1, 5), (("small", "first", "second"),))
    assert moved.jobs == (("small-jobs", "need", "satisfied"),)
    assert since_last(course(log[0])) is None


def test_a_strip_has_a_mark_a_day_and_shrinks_without_losing_a_loop() -> None:
    assert _strip(["not_started", "active", "reopened", "satisfied"], 20) == "· o ! #"
    assert _strip(["active"] * 30, 40) == "o" * 30
    settled: JobState = "satisfied"
    once: list[JobState] = [*[settled] * 40, "reopened", *[settled] * 59]
    squeezed = _strip(once, 10)
    assert (len(squeezed), squeezed.count("!")) == (10, 1)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_screen(cli: Cli, golden: Golden, language: str) -> None:
    result = cli("deal", "history", EXAMPLE, "--lang", language, "--as-of", "2026-07-31")
    golden(f"history.{language}.txt", result.stdout)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", [40, 50, 80, 100])
def test_no_line_is_wider_than_the_terminal(cli: Cli, columns: int, language: str) -> None:
    printed = cli("deal", "history", EXAMPLE, "--lang", language, env={"COLUMNS": str(columns)}).stdout
    assert [line for line in printed.splitlines() if cell_len(line) > columns] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_on_a_narrow_terminal_what_is_told_of_a_day_stands_below_it(cli: Cli, language: str) -> None:
    log = {"COLUMNS": "40", "BUYSTAGE_LANG": language}
    lines = cli("deal", "history", EXAMPLE, "-p", "linear", "-p", "gartner", env=log).stdout.splitlines()
    assert "    back from Need" in lines or "    从“需求确认”退回" in lines
    assert "    because: “Tom stopped the letters to" in lines or "    起因：“Tom stopped the letters to" in lines


def test_json_has_every_day_and_every_loop(cli: Cli) -> None:
    document: dict[str, Any] = json.loads(cli("deal", "history", EXAMPLE, "-f", "json", "--as-of", "2026-07-31").stdout)
    assert list(document) == ["schema", "deal", "observations", "loops"]
    assert len(document["observations"]) == 9
    assert document["observations"][-1]["stages"]["linear"]["back_from"] == "solution_confirmation"
    open_now = [loop["job"] for loop in document["loops"] if loop["until"] is None]
    assert open_now == ["supplier_selection", "consensus_creation"]


def test_an_empty_log_and_a_log_by_a_jobs_playbook_alone(cli: Cli, write: Write) -> None:
    assert "no news yet" in cli("deal", "history", str(write("deal.yaml", "name: Acme\n"))).stdout
    printed = cli("deal", "history", EXAMPLE, "-p", "gartner").stdout
    assert "Evaluation" not in printed
    assert "JOBS" in printed


def test_with_several_models_each_stage_says_whose_it_is(cli: Cli) -> None:
    path = str(ROOT / "examples/industrial-tender.yaml")
    printed = cli("deal", "history", path, "-p", "linear", "-p", "key-account").stdout
    assert "Four stages: Need" in printed
    assert "Key account: Search" in printed
