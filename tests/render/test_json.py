"""The JSON of a diagnosis: a contract for scripts."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from buystage.files.source import read_source
from buystage.files.strict_yaml import parse
from conftest import ROOT, Cli, Write
from own_files import JOBS, SIGNALS

EXAMPLE = str(ROOT / "examples/electronics-maker.yaml")
SCHEMA = json.loads((ROOT / "schemas/diagnosis.schema.json").read_text("utf-8"))

KEYS = [
    "schema", "buystage", "language", "as_of", "deal", "looped", "diagnoses", "ask", "actions", "avoid", "risks",
    "buying_group", "what_if", "answers",
]  # fmt: skip
LINEAR_KEYS = [
    "playbook", "version", "origin", "kind", "verdict", "stage", "range", "confidence", "runner_up", "margin_db",
    "stages", "evidence", "would_change", "conflicts",
]  # fmt: skip
JOB_KEYS = ["id", "state", "verdict", "confidence", "since", "cause", "states", "evidence", "would_change", "conflicts"]
EVIDENCE_KEYS = ["topic", "signals", "answers", "db", "capped", "date", "quote", "implied"]


def diagnosed(cli: Cli, *arguments: str) -> dict[str, Any]:
    result = cli("diagnose", *arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    document: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(document, SCHEMA)
    return document


def test_all_keys_are_there_in_their_order(cli: Cli) -> None:
    document = diagnosed(cli, EXAMPLE, "--as-of", "2026-04-24")
    linear, jobs = document["diagnoses"]
    assert list(document) == KEYS
    assert (linear["playbook"], jobs["playbook"]) == ("linear", "gartner")
    assert list(linear) == LINEAR_KEYS
    assert list(document["deal"]) == ["name", "file", "claimed_stage", "last_observation"]
    assert list(linear["stages"][0]) == ["id", "cost_db", "probability"]
    assert list(linear["evidence"][0]) == EVIDENCE_KEYS
    assert list(document["ask"][0]) == ["signal", "probe", "settles"]
    assert list(document["actions"][0]) == ["id", "do", "why", "playbook", "state", "signal", "role"]
    assert list(document["buying_group"]) == ["known", "missing_roles", "stances"]
    assert list(document["answers"]) == ["yes", "no", "unknown", "implied", "not_asked"]


def test_jobs_have_their_keys_too(cli: Cli, write: Write) -> None:
    write("signals.yaml", SIGNALS)
    path = str(write("jobs.yaml", JOBS))
    document = diagnosed(cli, "-p", path, "-a", "pilot_agreed=yes", "-a", "requirements_agreed=no")
    (jobs,) = document["diagnoses"]
    assert list(jobs) == ["playbook", "version", "origin", "kind", "focus", "jobs"]
    assert list(jobs["jobs"][0]) == JOB_KEYS
    assert (jobs["origin"], jobs["focus"], document["looped"]) == (path, ["need"], True)


def test_the_margin_is_the_sum_of_the_evidence_exactly(cli: Cli) -> None:
    for day in ("2026-01-20", "2026-02-20", "2026-03-25", "2026-04-24"):
        linear, jobs = diagnosed(cli, EXAMPLE, "--as-of", day)["diagnoses"]
        assert all(job["state"] == "reopened" or lead_of(job) >= 0 for job in jobs["jobs"])
        costs = {stage["id"]: stage["cost_db"] for stage in linear["stages"]}
        assert sum(line["db"] for line in linear["evidence"]) == linear["margin_db"]
        assert costs[linear["runner_up"]] - costs[linear["stage"]] == linear["margin_db"]


def lead_of(job: dict[str, Any]) -> float:
    """Return by how many decibels the evidence puts a job's state before its runner-up."""
    return float(sum(line["db"] for line in job["evidence"]))


@pytest.mark.parametrize("answers", [["problem_named=unknown"], ["problem_named=yes"]])
def test_too_little_known_names_no_stage_and_still_lists_all(cli: Cli, answers: list[str]) -> None:
    linear = diagnosed(cli, *(part for each in answers for part in ("-a", each)))["diagnoses"][0]
    assert linear["verdict"] == "insufficient"
    assert (linear["stage"], linear["runner_up"], linear["margin_db"]) == (None, None, None)
    assert linear["stages"][0]["id"] == "problem_discovery"
    assert len(linear["stages"]) == 4


def test_an_empty_deal_names_no_stage(cli: Cli, write: Write) -> None:
    document = diagnosed(cli, str(write("deal.yaml", "name: Acme\n")))
    assert document["diagnoses"][0]["verdict"] == "insufficient"
    assert document["deal"]["last_observation"] is None
    assert len(document["ask"]) == 3


def test_answers_are_counted_among_the_linked_signals(cli: Cli) -> None:
    document = diagnosed(
        cli, "-a", "requirements_agreed=yes", "-a", "budget_approved=no", "-a", "shortlist_made=unknown"
    )
    tally = document["answers"]
    assert {key: tally[key] for key in ("yes", "no", "unknown", "implied")} == {
        "yes": 1,
        "no": 1,
        "unknown": 1,
        "implied": 4,  # requirements_once_agreed, change_decided, solution_type_chosen, problem_named
    }
    assert sum(tally.values()) == len(builtin_rows())


def builtin_rows() -> set[str]:
    from buystage.library.playbooks import load_shelf

    return {signal for book in load_shelf().playbooks for track in book.tracks for signal in track.signals}


def test_what_if_is_null_or_says_what_would_come_out(cli: Cli) -> None:
    day = ("--as-of", "2026-04-24")
    assert diagnosed(cli, EXAMPLE, *day)["what_if"] is None
    supposed = ("--what-if", "preferred_named=yes", "--what-if", "offers_being_compared=no")
    document = diagnosed(cli, EXAMPLE, *day, *supposed)
    assert document["what_if"]["answers"] == {"preferred_named": "yes", "offers_being_compared": "no"}
    assert document["what_if"]["diagnoses"][0]["stage"] == "solution_confirmation"
    assert document["diagnoses"][0]["stage"] == "solution_evaluation"


def test_supposing_what_is_so_already_changes_nothing_whatever_the_day(cli: Cli) -> None:
    for day in ("2026-04-24", "2027-01-01"):
        document = diagnosed(cli, EXAMPLE, "--as-of", day, "--what-if", "preferred_named=no")
        assert document["what_if"]["diagnoses"] == document["diagnoses"]


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [("playbook", "playbooks/[!s]*.yaml"), ("signals", "playbooks/signals.yaml"), ("deal", "examples/*.yaml")],
)
def test_shipped_files_are_valid_by_their_published_schemas(kind: str, pattern: str) -> None:
    schema = json.loads((ROOT / f"schemas/{kind}.schema.json").read_text("utf-8"))
    files = sorted(ROOT.glob(pattern))
    assert files
    for path in files:
        jsonschema.validate(parse(read_source(str(path))), schema)


@pytest.mark.parametrize(
    "extra", ["crm_id: 42", "observations:", "buying_group:", "context: {contact_restricted: true}"]
)
def test_what_deal_files_accept_their_schema_accepts_too(cli: Cli, write: Write, extra: str) -> None:
    path = write("deal.yaml", f"name: Acme\n{extra}\n")
    assert cli("deal", "check", str(path)).exit_code == 0
    schema = json.loads((ROOT / "schemas/deal.schema.json").read_text("utf-8"))
    jsonschema.validate(parse(read_source(str(path))), schema)


@pytest.mark.parametrize("key", ["schema_: buystage.deal/v1", "for_: {}", "not_: x"])
def test_names_inside_the_program_are_no_keys(cli: Cli, write: Write, key: str) -> None:
    assert cli("deal", "check", str(write("deal.yaml", f"name: Acme\n{key}\n"))).exit_code == 1


def test_the_file_is_as_given_a_dash_or_null(cli: Cli) -> None:
    assert diagnosed(cli, EXAMPLE)["deal"]["file"] == EXAMPLE
    assert diagnosed(cli, "-a", "problem_named=yes")["deal"] == {
        "name": None,
        "file": None,
        "claimed_stage": None,
        "last_observation": diagnosed(cli, "-a", "problem_named=yes")["as_of"],
    }
    text = Path(EXAMPLE).read_text("utf-8")
    result = cli("diagnose", "-", "--format", "json", stdin=text)
    assert json.loads(result.stdout)["deal"]["file"] == "-"


def test_the_same_input_gives_the_same_bytes(cli: Cli) -> None:
    arguments = ("diagnose", EXAMPLE, "--as-of", "2026-04-24", "--format", "json")
    assert cli(*arguments).stdout_bytes == cli(*arguments).stdout_bytes


def test_the_clock_moves_dates_and_never_the_stage(cli: Cli) -> None:
    early, late = (diagnosed(cli, EXAMPLE, "--as-of", day) for day in ("2026-04-24", "2027-12-31"))
    assert early["diagnoses"] == late["diagnoses"]


def test_chinese_texts_with_the_same_ids(cli: Cli) -> None:
    english, chinese = (diagnosed(cli, EXAMPLE, "--as-of", "2026-04-24", "--lang", each) for each in ("en", "zh"))
    assert chinese["language"] == "zh"
    assert [ask["signal"] for ask in english["ask"]] == [ask["signal"] for ask in chinese["ask"]]
    assert english["diagnoses"] == chinese["diagnoses"]
    assert english["actions"][0]["do"] != chinese["actions"][0]["do"]


def test_contradictions_are_named_with_a_reason(cli: Cli) -> None:
    document = diagnosed(cli, "-a", "requirements_agreed=yes", "-a", "requirements_being_written=yes")
    (conflict,) = document["diagnoses"][0]["conflicts"]
    assert conflict["signals"] == ["requirements_agreed", "requirements_being_written"]
    assert "can't both hold today" in conflict["why"]


def test_control_characters_stay_escaped(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", 'name: "a\\e[31mb\\u009bc"\n')
    printed = cli("diagnose", str(path), "--format", "json").stdout
    assert "\x1b" not in printed
    assert "\x9b" not in printed
    assert json.loads(printed)["deal"]["name"] == "a\x1b[31mb\x9bc"
