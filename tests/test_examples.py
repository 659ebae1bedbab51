"""The examples: what their comments promise is what comes out."""

import json
from typing import Any

import pytest
from rich.cells import cell_len

from conftest import ROOT, Cli

SOFTWARE = str(ROOT / "examples/software-buyer.yaml")


def jobs_on(cli: Cli, day: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the linear diagnosis of the software buyer on a day, and its jobs by id."""
    document = json.loads(cli("diagnose", SOFTWARE, "--as-of", day, "--format", "json").stdout)
    linear, jobs = document["diagnoses"]
    return linear, {job["id"]: job for job in jobs["jobs"]}


@pytest.mark.parametrize(
    ("day", "reopened", "cause"),
    [
        ("2026-02-27", {"problem_identification"}, "It isn't slow work. Two teams key in every claim twice"),
        ("2026-04-10", {"solution_exploration"}, "No suite does all forty with our ledger."),
        ("2026-06-09", {"requirements_building"}, "Before we pay for must seven we ask whether we need it"),
        ("2026-07-17", {"consensus_creation", "supplier_selection"}, "The field agents were never asked."),
    ],
)
def test_the_software_buyer_goes_back_four_times_each_for_its_reason(
    cli: Cli, day: str, reopened: set[str], cause: str
) -> None:
    _, jobs = jobs_on(cli, day)
    assert {name for name, job in jobs.items() if job["state"] == "reopened"} == reopened
    assert {job["since"] for job in jobs.values() if job["state"] == "reopened"} == {day}
    assert any((job["cause"] or "").startswith(cause) for job in jobs.values())


@pytest.mark.parametrize("day", ["2026-03-13", "2026-05-12", "2026-07-03"])
def test_what_was_open_again_is_settled_in_between(cli: Cli, day: str) -> None:
    _, jobs = jobs_on(cli, day)
    assert [name for name, job in jobs.items() if job["state"] == "reopened"] == []


def test_the_stage_follows_there_and_back(cli: Cli) -> None:
    stages = [jobs_on(cli, day)[0]["stage"] for day in ("2026-02-27", "2026-04-10", "2026-07-03", "2026-07-17")]
    assert stages == ["problem_discovery", "need_confirmation", "solution_confirmation", "solution_evaluation"]


# --- the tender and the insurance: the customer moves on from stage to stage --------------------------------------


def stage_on(cli: Cli, example: str, playbook: str, day: str) -> str | None:
    path = str(ROOT / f"examples/{example}.yaml")
    document = json.loads(cli("diagnose", path, "-p", playbook, "--as-of", day, "--format", "json").stdout)
    stage: str | None = document["diagnoses"][0]["stage"]
    return stage


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2026-01-20", "problem_and_need"),
        ("2026-02-24", "information_screening"),
        ("2026-04-14", "project_approval_buying_group"),
        ("2026-06-10", "purchasing_criteria"),
        ("2026-08-31", "evaluation_comparison"),
        ("2026-09-15", "evaluation_comparison"),
    ],
)
def test_the_tender_goes_through_the_steps_of_a_key_account(cli: Cli, day: str, stage: str) -> None:
    assert stage_on(cli, "industrial-tender", "key-account", day) == stage


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2026-01-15", "need_recognition"),
        ("2026-03-03", "information_search"),
        ("2026-04-20", "option_evaluation"),
        ("2026-06-05", "purchase_decision"),
        ("2026-06-29", "post_purchase_evaluation"),
        ("2026-11-10", "post_purchase_evaluation"),
    ],
)
def test_the_insurance_goes_round_the_cycle(cli: Cli, day: str, stage: str) -> None:
    assert stage_on(cli, "property-insurance", "purchase-cycle", day) == stage


def test_at_the_end_of_the_cycle_the_next_purchase_begins(cli: Cli) -> None:
    path = str(ROOT / "examples/property-insurance.yaml")
    assert (
        "> 下一次采购" in cli("diagnose", path, "-p", "purchase-cycle", "--lang", "zh", "--as-of", "2026-11-10").stdout
    )


def test_several_models_are_a_line_each_and_no_line_is_longer_than_the_screen(cli: Cli) -> None:
    path = str(ROOT / "examples/industrial-tender.yaml")
    books = ("linear", "procurement", "key-account", "purchase-cycle", "gartner")
    for columns, language in ((80, "en"), (80, "zh"), (50, "en"), (50, "zh")):
        arguments = ("diagnose", path, *(part for book in books for part in ("-p", book)), "--as-of", "2026-09-16")
        printed = cli(*arguments, "--lang", language, env={"COLUMNS": str(columns)}).stdout
        strips = [line for line in printed.splitlines() if " > [" in line]
        assert len(strips) == 4
        assert all(cell_len(line) <= columns for line in strips)
