"""Twelve deals kept as dated logs: the program comes to what readers of the notes concluded, since when and why.

`tests/logs/README.md` says how the logs were made.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher
from typing import Any

import pytest
import yaml

from buystage.deals.load import load_deal
from buystage.diagnosis.diagnose import diagnose
from buystage.diagnosis.result import JobDiagnosis
from conftest import ROOT
from sheet_reading import CATALOGUE, LABELS, READ_ON, SHELF, Diagnosed, diagnoses, job_states, last_day, read, steps_off

FOLDER = ROOT / "tests/logs"
SINCE: Mapping[str, Mapping[str, Any]] = yaml.safe_load((FOLDER / "since.yaml").read_text("utf-8"))
KEEPERS = ("first", "second")


@pytest.fixture(scope="module", params=KEEPERS)
def reads(request: pytest.FixtureRequest) -> list[Diagnosed]:
    """The twelve deals as one keeper logged them."""
    folder = FOLDER / request.param
    return [read(name, load_deal(str(folder / f"{name}.yaml"), CATALOGUE, READ_ON)) for name in LABELS]


def test_the_stage_is_right_in_eleven_and_never_more_than_one_off(reads: list[Diagnosed]) -> None:
    off = {each.name: steps_off(each.stage, LABELS[each.name]["stage"]) for each in reads}
    assert sum(each == 0 for each in off.values()) >= 11, off
    assert max(off.values()) <= 1, off


def test_sixty_six_of_seventy_two_job_states_are_right(reads: list[Diagnosed]) -> None:
    wrong = [
        (each.name, job, state, want) for each in reads for (job, state), want in job_states(each) if state != want
    ]
    assert len(wrong) <= 6, wrong


def test_every_loop_is_seen_and_none_invented(reads: list[Diagnosed]) -> None:
    assert {each.name: each.looped for each in reads} == {name: label["looped"] for name, label in LABELS.items()}


def test_the_focus_overlaps_the_readers_in_eleven(reads: list[Diagnosed]) -> None:
    missed = [each.name for each in reads if not set(each.focus) & set(LABELS[each.name]["focus"])]
    assert len(missed) <= 1, missed


def open_again(reads: list[Diagnosed]) -> Iterator[tuple[str, JobDiagnosis, Mapping[str, Any]]]:
    """Yield the jobs that are open again, with what the reader of the notes said of each."""
    for each in reads:
        _, jobs = diagnoses(diagnose(each.deal, SHELF, last_day(each.deal)))
        for job in jobs.jobs:
            if job.state == "reopened" and job.id in SINCE[each.name]:
                yield each.name, job, SINCE[each.name][job.id]


def test_all_but_one_job_are_open_again_since_a_day_that_the_notes_give(reads: list[Diagnosed]) -> None:
    """The one: a new version is told of on the 23rd, and the reader goes back to the letter that led to it."""
    dated: list[tuple[str, str, date | None, list[date]]] = [
        (name, job.id, job.since, said["since"]) for name, job, said in open_again(reads) if said["since"]
    ]
    assert len(dated) >= 4
    assert len([each for each in dated if each[2] not in each[3]]) <= 1, dated


def test_all_but_one_cause_are_lines_that_the_reader_would_cite(reads: list[Diagnosed]) -> None:
    told = [(name, job.id, job.cause or "", said["why"]) for name, job, said in open_again(reads)]
    assert len(told) >= 9
    assert len([each for each in told if not any(same_line(each[2], line) for line in each[3])]) <= 1, told


def same_line(one: str, other: str) -> bool:
    """Whether two quotes are of the same line: the shorter is mostly within the longer."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size >= 0.6 * min(len(one), len(other))
