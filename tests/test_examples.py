"""The examples: what their comments promise is what comes out."""

import json
from typing import Any

import pytest

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
