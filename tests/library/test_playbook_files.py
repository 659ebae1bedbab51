"""Playbooks that teams write: what `playbook check`, `test` and `--playbook PATH` accept, refuse and say."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from buystage.library.shipped import builtin_folder
from conftest import Cli, Write, places
from own_files import JOBS, SIGNALS

PLAYBOOK = """
schema: buystage.playbook/v1
name: team
version: 1
kind: linear
title: {en: Our way}
origin: [in-house]
stages:
  talk:
    title: {en: Talk}
    customer: {en: They talk.}
    ends_when: {en: A pilot is agreed.}
    rows:
      ends: [pilot_agreed]
    actions:
      call: {do: {en: Call.}, why: {en: To hear.}, origin: [in-house]}
  pilot:
    title: {en: Pilot}
    customer: {en: They try it.}
    ends_when: {en: They sign.}
    actions:
      watch: {do: {en: Watch.}, why: {en: To learn.}, origin: [in-house]}
rows:
  contract_signed: {talk: never, pilot: sometimes}
  preferred_named: [never, often]
cases:
  - name: a pilot
    answers: {pilot_agreed: yes, preferred_named: yes}
    expect: {stage: pilot}
"""


@pytest.fixture
def team(write: Write) -> str:
    """A team's playbook with its own signals beside it."""
    write("signals.yaml", SIGNALS)
    return str(write("team.yaml", PLAYBOOK))


def test_a_playbook_by_path_brings_the_signals_beside_it(cli: Cli, team: str) -> None:
    result = cli("diagnose", "--playbook", team, "-a", "pilot_agreed=yes", "-a", "preferred_named=yes")
    assert result.exit_code == 0, result.stderr
    assert "Pilot: they try it." in result.stdout


def test_a_text_missing_in_one_language_is_shown_in_the_other(cli: Cli, team: str) -> None:
    assert "Our way" in cli("playbook", "show", team, "--lang", "zh").stdout


def test_a_jobs_playbook_is_shown_diagnosed_and_tested(cli: Cli, write: Write) -> None:
    write("signals.yaml", SIGNALS)
    path = str(write("jobs.yaml", JOBS))
    assert cli("playbook", "test", path).stdout == (
        "team-jobs: 2 of 2 cases passed\n"
        "        states with a case: 2 of 4; none for need=not_started, need=active\n"
        "        facts answered in a case: 3 of 4; none for requirements_being_written\n"
    )
    assert "always on" in cli("playbook", "show", path).stdout
    assert "Open again when: A pilot is agreed" in cli("playbook", "show", path, "need").stdout
    result = cli("diagnose", "-p", path, "-p", "linear", "-a", "pilot_agreed=yes", "--as-of", "2026-03-05", "--explain")
    assert "OPEN AGAIN" in result.stdout
    assert "5 Mar" in result.stdout
    assert "It is agreed." in result.stdout


def test_check_accepts_files_and_folders_and_counts_them(cli: Cli, team: str, write: Write) -> None:
    write("jobs.yaml", JOBS)
    folder = team.removesuffix("/team.yaml")
    result = cli("playbook", "check", folder, team)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "3 checked, 0 with errors"


def test_a_failing_case_says_what_it_expected_and_got(cli: Cli, write: Write) -> None:
    write("signals.yaml", SIGNALS)
    path = str(
        write("team.yaml", PLAYBOOK.replace("expect: {stage: pilot}", "expect: {stage: talk, verdict: between}"))
    )
    result = cli("playbook", "test", path)
    assert result.exit_code == 1
    assert result.stdout == (
        "FAILED  team: a pilot\n"
        "        stage: expected talk, got pilot\n"
        "        verdict: expected between, got named\n"
        "team: 0 of 1 cases passed\n"
        "        states with a case: 1 of 2; none for pilot\n"
        "        facts answered in a case: 2 of 3; none for contract_signed\n"
    )


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ("{causes: {choice: 'x'}}", "unknown state 'choice'"),
        ("{jobs: {}}", "expects nothing"),
        ("{causes: {need: 'never said'}}", None),
    ],
)
def test_a_case_may_expect_the_cause_of_a_job_that_there_is(
    cli: Cli, write: Write, expect: str, says: str | None
) -> None:
    write("signals.yaml", SIGNALS)
    path = str(write("jobs.yaml", re.sub(r"expect: \{.*\}", f"expect: {expect}", JOBS, count=1)))
    result = cli("playbook", "check" if says else "test", path)
    assert result.exit_code == 1
    if says:
        assert says in result.stderr
    else:
        assert "causes.need: expected never said" in result.stdout


def test_what_a_case_or_a_cause_contains_can_t_act_on_the_terminal(cli: Cli, write: Write) -> None:
    write("signals.yaml", SIGNALS)
    escape = '"\\e[31mred"'
    path = str(
        write(
            "jobs.yaml", re.sub(r"expect: \{.*\}", lambda _: f"expect: {{causes: {{need: {escape}}}}}", JOBS, count=1)
        )
    )
    assert "\x1b" not in cli("playbook", "test", path).stdout
    deal = write(
        "deal.yaml",
        f"""
        name: Acme
        observations:
          - {{date: 2026-03-02, answers: {{requirements_reopened: {{answer: yes, quote: {escape}}}}}}}
        """,
    )
    for arguments in ((), ("-f", "markdown"), ("--brief",), ("--explain",)):
        shown = cli("diagnose", str(deal), *arguments).stdout
        assert "[31mred" in shown or arguments == ("--brief",)
        assert "\x1b" not in shown
    assert "\x1b" not in cli("deal", "history", str(deal)).stdout


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ("ends: [pilot_agreed]", "ends: [pilot_agred]", 13, "did you mean 'pilot_agreed'?"),
        ("ends: [pilot_agreed]", "end: [pilot_agreed]", 13, "did you mean 'ends'?"),
        ("[never, often]", "[never]", 24, "must give one word to each of talk, pilot"),
        ("[never, often]", "[never, offen]", 24, "must be one of never, rarely, sometimes, often, always (got offen)"),
        ("{talk: never, pilot: sometimes}", "{talk: sometimes}", 23, "goes wrong at pilot"),
        ("{talk: never, pilot: sometimes}", "{talk..pilt: sometimes}", 23, "goes wrong at pilt"),
        ("preferred_named: [", "pilot_agreed: [", 24, "has a row already, at stages.talk.rows.ends.0"),
        ("expect: {stage: pilot}", "expect: {stage: pilott}", 28, "unknown state 'pilott'"),
        ("expect: {stage: pilot}", "expect: {}", 28, "expects nothing"),
        ("expect: {stage: pilot}", "expect: {jobs: {pilot: done}}", 28, "must be one of not_started"),
        ("kind: linear", "kind: jobs", 4, "a jobs playbook needs 'jobs'"),
        ("version: 1", "version: 0", 3, "must be 1 or more"),
        ("name: team", "name: Team", 2, "not a well-formed id"),
        ("origin: [in-house]\nstages", "origin: []\nstages", 6, "must not be empty"),
        ("title: {en: Talk}", "title: {}", 9, "needs a text for 'en' or 'zh'"),
        ("    ends_when: {en: They sign.}\n", "", 16, "'ends_when' is missing"),
        ("schema: buystage.playbook/v1", "schema: buystage.playbook/v2", 1, "'schema' must be"),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(
    cli: Cli, write: Write, before: str, after: str, line: int, says: str
) -> None:
    assert before in PLAYBOOK
    write("signals.yaml", SIGNALS)
    path = str(write("team.yaml", PLAYBOOK.lstrip().replace(before, after)))
    result = cli("playbook", "check", path)
    assert result.exit_code == 1
    assert says in result.stderr
    assert line in [found for found, _ in places(result.stderr)]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("implies: [problem_named]", "implies: [offers_being_compared]", "is 'ongoing' and can't be implied"),
        ("implies: [problem_named]", "implies: [pilot_agreed]", "implies this signal again"),
        ("implies: [problem_named]", "excludes: [pilot_agreed]", "excludes itself"),
        ("implies: [problem_named]", "implies: [problem_nmed]", "did you mean 'problem_named'?"),
        ("topic: own\n", "topic: owned\n", "unknown id 'owned'"),
        ("pilot_agreed:", "problem_named:", "exists already"),
        ("pilot_agreed:", "Pilot-Agreed:", "not a well-formed id"),
        ("sort: stands", "sort: stays", "must be one of happened, stands, ongoing (got stays)"),
    ],
)
def test_signals_that_don_t_fit_are_named(cli: Cli, write: Write, before: str, after: str, says: str) -> None:
    assert before in SIGNALS
    path = write("signals.yaml", SIGNALS.replace(before, after))
    result = cli("playbook", "check", str(path))
    assert result.exit_code == 1
    assert says in result.stderr
    assert places(result.stderr)


def test_a_circle_of_implications_is_refused(cli: Cli, write: Write) -> None:
    first, body = SIGNALS.split("  pilot_agreed:\n")
    second = body.replace("implies: [problem_named]", "implies: [pilot_agreed]")
    circle = first + "  pilot_agreed:\n" + body.replace("[problem_named]", "[pilot_paid]") + "  pilot_paid:\n" + second
    result = cli("playbook", "check", str(write("signals.yaml", circle)))
    assert result.exit_code == 1
    assert result.stderr.count("implies this signal again") == 2


def test_an_unknown_name_is_a_usage_error_with_a_guess(cli: Cli) -> None:
    result = cli("playbook", "show", "liner")
    assert result.exit_code == 2
    assert "did you mean 'linear'?" in result.stderr
    assert "playbook list" in cli("diagnose", "-p", "zzz", "-a", "problem_named=yes").stderr


def test_a_wrong_built_in_state_is_a_usage_error_that_lists_them(cli: Cli) -> None:
    result = cli("playbook", "show", "linear", "evaluating")
    assert result.exit_code == 2
    assert "problem_discovery, need_confirmation" in result.stderr


@pytest.mark.parametrize("name", ["solution_evaluation", "Evaluation", "evaluate solutions", "方案评估"])
def test_a_state_answers_to_the_names_on_the_screen(cli: Cli, name: str) -> None:
    assert "Evaluate solutions" in cli("playbook", "show", "linear", name).stdout


def test_a_copy_of_the_built_in_signals_beside_a_playbook_adds_nothing(cli: Cli, write: Write) -> None:
    copies = {path.name: path.read_text("utf-8") for path in builtin_folder().glob("*.yaml")}
    for name, text in copies.items():
        folder = write(f"copy/{name}", text).parent
    assert cli("playbook", "check", str(folder)).exit_code == 0
    assert cli("diagnose", "-p", str(folder / "linear.yaml"), "-a", "problem_named=yes").exit_code == 0


def test_a_changed_copy_says_how_to_change_built_in_signals(cli: Cli, write: Write) -> None:
    text = (builtin_folder() / "signals.yaml").read_text("utf-8")
    result = cli("playbook", "check", str(write("signals.yaml", text + "# changed")))
    assert result.exit_code == 1
    assert "pip install -e ." in result.stderr


def test_a_playbook_named_twice_is_used_once_and_two_of_one_name_are_refused(cli: Cli, team: str, write: Write) -> None:
    path = str(builtin_folder() / "linear.yaml")
    printed = cli("diagnose", "-p", "linear", "-p", "linear", "-p", path, "-a", "problem_named=yes").stdout
    assert printed.count("Stage ") == 1
    other = write("other.yaml", PLAYBOOK)
    result = cli("diagnose", "-p", team, "-p", str(other), "-a", "problem_named=yes")
    assert result.exit_code == 2
    assert "two of the playbooks are called 'team'" in result.stderr


def test_every_kind_of_expectation_can_fail(cli: Cli, write: Write) -> None:
    write("signals.yaml", SIGNALS)
    wrong_stage = PLAYBOOK.replace("expect: {stage: pilot}", "expect: {not: pilot}")
    assert "stage: expected not pilot, got pilot" in cli("playbook", "test", str(write("a.yaml", wrong_stage))).stdout
    wrong_loop = JOBS.replace("looped: yes", "looped: no").replace("{need: reopened}", "{need: active}")
    printed = cli("playbook", "test", str(write("b.yaml", wrong_loop))).stdout
    assert "looped: expected no, got yes" in printed
    assert "need: expected active, got reopened" in printed


def test_deals_with_a_teams_own_signals_are_checked_with_its_playbook(cli: Cli, team: str, write: Write) -> None:
    deal = str(write("d/deal.yaml", "name: Acme\nobservations: [{date: 2026-03-01, answers: {pilot_agreed: yes}}]\n"))
    assert cli("deal", "check", deal).exit_code == 1
    assert cli("deal", "check", deal, "--playbook", team).exit_code == 0


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (JOBS, "expect: {jobs: {need: satisfied}, looped: no}", "expect: {stage: need}"),
        (JOBS, "expect: {jobs: {need: satisfied}, looped: no}", "expect: {verdict: named}"),
        (PLAYBOOK, "expect: {stage: pilot}", "expect: {jobs: {pilot: satisfied}}"),
        (PLAYBOOK, "expect: {stage: pilot}", "expect: {looped: yes}"),
    ],
)
def test_a_case_that_could_not_fail_is_refused(cli: Cli, write: Write, text: str, before: str, after: str) -> None:
    assert before in text
    write("signals.yaml", SIGNALS)
    result = cli("playbook", "check", str(write("book.yaml", text.replace(before, after))))
    assert result.exit_code == 1
    assert "can't expect" in result.stderr


def test_a_file_of_signals_is_checked_whatever_it_is_called(cli: Cli, write: Write) -> None:
    broken = write("my-signals.yaml", "schema: buystage.signals/v1\nsignals: {broken: 1}\n")
    assert cli("playbook", "check", str(broken)).exit_code == 1
    assert cli("playbook", "check", "-", stdin=broken.read_text()).exit_code == 1
    good = write("more-signals.yaml", SIGNALS)
    assert cli("playbook", "check", "-", stdin=good.read_text()).exit_code == 0


def test_a_linear_playbook_may_call_its_stages_like_the_states_of_jobs(cli: Cli, write: Write) -> None:
    write("signals.yaml", SIGNALS)
    text = (
        PLAYBOOK.replace("talk", "not_started")
        .replace("pilot:\n", "active:\n")
        .replace("pilot: sometimes", "active: sometimes")
    )
    path = str(write("team.yaml", text.replace("stage: pilot", "stage: active")))
    for arguments in (("diagnose", "-p", path, "-a", "problem_named=unknown", "--explain"), ("playbook", "show", path)):
        assert cli(*arguments).exit_code == 0
    assert "Talk" in cli("diagnose", "-p", path, "-a", "pilot_agreed=yes", "--explain").stdout


def test_control_characters_in_a_playbook_stay_off_the_screen(cli: Cli, write: Write) -> None:
    write("signals.yaml", SIGNALS)
    text = PLAYBOOK.replace("title: {en: Pilot}", 'title: {en: "\\e[31mPi\\nlot"}').replace(
        "name: a pilot", 'name: "a \\e[31mpilot"'
    )
    path = str(write("team.yaml", text.replace("expect: {stage: pilot}", "expect: {stage: talk}")))
    answers = ("-a", "pilot_agreed=yes", "-a", "preferred_named=yes")
    for arguments in (("playbook", "test", path), ("diagnose", "-p", path, *answers, "--brief")):
        assert "\x1b" not in cli(*arguments).stdout
    assert len(cli("diagnose", "-p", path, *answers, "--brief").stdout.splitlines()) <= 5


def test_a_missing_playbook_file_is_an_input_error(cli: Cli) -> None:
    assert cli("diagnose", "-p", "./nothing.yaml", "-a", "problem_named=yes").exit_code == 3
    assert cli("playbook", "check", "./nothing.yaml").exit_code == 3


def test_an_empty_folder_is_an_input_error_not_a_success(cli: Cli, write: Write) -> None:
    folder = write("sub/readme.txt", "x").parent
    result = cli("playbook", "check", str(folder))
    assert result.exit_code == 3
    assert "no .yaml or .yml file" in result.stderr


# --- what build servers read -----------------------------------------------------------------------------------

MIXED = (
    PLAYBOOK
    + """
  - name: wrong
    answers: {pilot_agreed: yes, preferred_named: yes}
    expect: {stage: talk}
  - name: "broken <by> \\"a signal\\" & more"
    answers: {no_such_signal: yes}
    expect: {stage: talk}
  - name: unknown state
    answers: {pilot_agreed: yes}
    expect: {stage: walk}
  - not a case
"""
)


@pytest.fixture
def mixed(write: Write) -> str:
    """A playbook with one case that holds, one that fails, and three that can't be run."""
    write("signals.yaml", SIGNALS)
    return str(write("team.yaml", MIXED))


def test_a_broken_case_fails_alone_and_says_where_it_is_broken(cli: Cli, mixed: str) -> None:
    result = cli("playbook", "test", mixed)
    assert result.exit_code == 1
    assert "team: 1 of 5 cases passed" in result.stdout
    line = MIXED.strip().splitlines().index("    answers: {no_such_signal: yes}") + 1
    assert f"{mixed}:{line}:15: unknown id 'no_such_signal'" in result.stdout
    assert "unknown state 'walk'" in result.stdout
    assert "stage: expected talk, got pilot" in result.stdout


def test_json_lists_every_case_with_what_differs_and_what_is_broken(cli: Cli, mixed: str) -> None:
    result = cli("playbook", "test", mixed, "--format", "json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["schema"] == "buystage.tests/v1"
    (playbook,) = document["playbooks"]
    assert (playbook["playbook"], playbook["passed"], playbook["failed"]) == ("team", 1, 4)
    cases = playbook["cases"]
    assert [case["passed"] for case in cases] == [True, False, False, False, False]
    assert cases[1]["differences"] == [{"what": "stage", "expected": "talk", "got": "pilot"}]
    assert [len(case["errors"]) for case in cases] == [0, 0, 1, 1, 1]
    assert playbook["untested"] == {"states": [], "signals": ["contract_signed"]}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_junit_counts_failures_and_errors_and_escapes_what_it_names(cli: Cli, mixed: str, language: str) -> None:
    text = cli("playbook", "test", mixed, "linear", "--format", "junit", "--lang", language).stdout
    suites = ElementTree.fromstring(text)
    assert [suite.get("name") for suite in suites] == ["team", "linear"]
    mine = suites[0]
    assert (mine.get("tests"), mine.get("failures"), mine.get("errors")) == ("5", "1", "3")
    assert [len(case) for case in mine] == [0, 1, 1, 1, 1]
    assert mine[2].get("name") == 'broken <by> "a signal" & more'
    assert mine[2][0].tag == "error"
    assert mine[1][0].tag == "failure"
    assert suites.get("tests") == str(5 + len(suites[1]))


def test_results_can_be_written_to_a_file(cli: Cli, mixed: str, tmp_path: Path) -> None:
    target = tmp_path / "cases.xml"
    result = cli("playbook", "test", mixed, "-f", "junit", "-o", str(target))
    assert (result.exit_code, result.stdout) == (1, "")
    assert ElementTree.parse(target).getroot().tag == "testsuites"


def test_a_file_that_is_wrong_does_not_keep_the_others_from_their_tests(cli: Cli, mixed: str, write: Write) -> None:
    bad = str(write("bad.yaml", PLAYBOOK.replace("kind: linear", "kind: round")))
    result = cli("playbook", "test", bad, "linear", mixed)
    assert result.exit_code == 3
    assert "bad.yaml" in result.stderr
    assert "linear: 25 of 25" in result.stdout
    assert "team: 1 of 5" in result.stdout


def test_what_is_wrong_in_signals_is_told_once_and_the_playbook_says_what_it_waits_for(cli: Cli, write: Write) -> None:
    write("signals.yaml", SIGNALS.replace("topic: own", "topic: onw"))
    folder = write("team.yaml", PLAYBOOK).parent
    result = cli("playbook", "check", str(folder))
    assert result.exit_code == 1
    assert result.stderr.count("error:") == 1
    assert "signals.yaml: can't be checked before that is mended" in result.stderr.replace("team.yaml", "signals.yaml")


def test_what_says_no_known_kind_is_refused_and_the_others_are_still_checked(cli: Cli, team: str, write: Write) -> None:
    odd = str(write("odd.yaml", "schema: [buystage.playbook/v1]\n"))
    result = cli("playbook", "check", odd, team)
    assert result.exit_code == 1
    assert f"{team}: ok" in result.stdout


@pytest.mark.parametrize("encoding", ["latin-1", "gbk", "ascii"])
def test_json_and_junit_are_whole_on_a_terminal_of_any_encoding(write: Write, encoding: str) -> None:
    write("signals.yaml", SIGNALS)
    path = str(write("team.yaml", PLAYBOOK.replace("name: a pilot", "name: 试点 ü €")))
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "buystage", "playbook", "test", path, "--format"]
    printed = [
        subprocess.run([*command, name], capture_output=True, env=environment, check=True).stdout
        for name in ("json", "junit")
    ]
    assert json.loads(printed[0])["playbooks"][0]["cases"][0]["case"] == "试点 ü €"
    assert ElementTree.fromstring(printed[1])[0][0].get("name") == "试点 ü €"


def test_cases_that_are_no_list_are_an_error_in_test_as_in_check(cli: Cli, write: Write) -> None:
    write("signals.yaml", SIGNALS)
    text = PLAYBOOK[: PLAYBOOK.index("cases:")] + "cases: {}\n"
    path = str(write("team.yaml", text))
    assert cli("playbook", "test", path).exit_code == 3
    assert cli("playbook", "check", path).exit_code == 1


def test_what_can_t_be_read_weighs_more_than_what_is_wrong_whatever_the_order(
    cli: Cli, team: str, write: Write
) -> None:
    wrong = str(write("wrong.yaml", PLAYBOOK.replace("kind: linear", "kind: round")))
    for paths in ((wrong, "gone.yaml"), ("gone.yaml", wrong), ("gone.yaml", team), (wrong, "gone.yaml", team)):
        assert cli("playbook", "check", *paths).exit_code == 3
