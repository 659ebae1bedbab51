"""The sheets of two readers, and what the program makes of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from buystage.deals.load import load_deal
from buystage.diagnosis.diagnose import diagnose
from buystage.diagnosis.result import DealDiagnosis, JobsDiagnosis, LinearDiagnosis
from buystage.library.playbooks import load_shelf
from buystage.library.signal_files import load_catalogue
from buystage.model.deal import Deal
from buystage.model.observation import GivenAnswer, Observation
from conftest import ROOT

FOLDER = ROOT / "tests/sheets"


LABELS: Mapping[str, Any] = yaml.safe_load((FOLDER / "labels.yaml").read_text("utf-8"))


READERS = ("first", "second")


SHELF = load_shelf()


MODELS = {
    "linear": "stage",
    "procurement": "procurement",
    "key-account": "key_account",
    "purchase-cycle": "purchase_cycle",
}


TRACKS = {name: load_shelf([name]).playbooks[0].tracks[0] for name in MODELS}


STAGES = TRACKS["linear"]


CATALOGUE = load_catalogue()


READ_ON = date(2026, 12, 31)  # later than every sheet; only differences of days count


@dataclass(frozen=True)
class Diagnosed:
    """A deal as one reader read it, and what came out."""

    name: str
    deal: Deal
    stage: str | None
    jobs: Mapping[str, str]
    looped: bool
    focus: tuple[str, ...]


def sheet(reader: str, name: str) -> Deal:
    return load_deal(str(FOLDER / reader / f"{name}.yaml"), CATALOGUE, READ_ON)


def answers_of(deal: Deal) -> dict[str, GivenAnswer]:
    return {signal: given for entry in deal.observations for signal, given in entry.answers.items()}


def last_day(deal: Deal) -> date:
    return max(entry.date for entry in deal.observations)


def on_one_day(deal: Deal, answers: Mapping[str, GivenAnswer]) -> Deal:
    return deal.model_copy(update={"observations": (Observation(date=last_day(deal), answers=dict(answers)),)})


def read(name: str, deal: Deal) -> Diagnosed:
    linear, jobs = diagnoses(diagnose(deal, SHELF, last_day(deal)))
    states = {job.id: job.state for job in jobs.jobs}
    return Diagnosed(name, deal, linear.stage, states, jobs.looped, jobs.focus)


def diagnoses(result: DealDiagnosis) -> tuple[LinearDiagnosis, JobsDiagnosis]:
    linear, jobs = result.diagnoses
    assert isinstance(linear, LinearDiagnosis)
    assert isinstance(jobs, JobsDiagnosis)
    return linear, jobs


def steps_off(stage: str | None, label: str, stages: tuple[str, ...] = STAGES.states) -> int:
    """Return how many stages the result lies from the label; as far as can be where none is named."""
    return len(stages) if stage is None else abs(stages.index(stage) - stages.index(label))


def job_states(each: Diagnosed) -> Iterator[tuple[tuple[str, str], str]]:
    return zip(each.jobs.items(), LABELS[each.name]["jobs"], strict=True)
