"""Twelve deals as careful readers read them: the playbooks come to what other readers concluded.

`tests/sheets/README.md` says how the sheets were made.
"""

import random
from pathlib import Path

import pytest

from buystage.deals.load import load_deal
from buystage.diagnosis.answers import answers_on
from buystage.diagnosis.scoring import score
from buystage.model.deal import Deal
from buystage.model.playbook import Track
from conftest import ROOT
from sheet_reading import (
    CATALOGUE,
    FOLDER,
    LABELS,
    MODELS,
    READ_ON,
    READERS,
    TRACKS,
    Diagnosed,
    answers_of,
    job_states,
    last_day,
    on_one_day,
    read,
    sheet,
    steps_off,
)

DRAWS = 100


@pytest.fixture(scope="module", params=[(reader, dated) for reader in READERS for dated in (True, False)], ids=str)
def reads(request: pytest.FixtureRequest) -> list[Diagnosed]:
    """The twelve deals of a reader: as a dated log, and with all answers given on the last day."""
    reader, dated = request.param
    deals = {name: sheet(reader, name) for name in LABELS}
    return [read(name, deal if dated else on_one_day(deal, answers_of(deal))) for name, deal in deals.items()]


def test_the_stage_is_right_in_eleven_and_never_more_than_one_off(reads: list[Diagnosed]) -> None:
    off = {each.name: steps_off(each.stage, LABELS[each.name]["stage"]) for each in reads}
    assert sum(each == 0 for each in off.values()) >= 11, off
    assert max(off.values()) <= 1, off


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("folder", ["sheets", "logs"])
@pytest.mark.parametrize("reader", READERS)
def test_every_model_is_right_in_eleven_and_never_more_than_one_off(model: str, folder: str, reader: str) -> None:
    off = {}
    for name, label in LABELS.items():
        deal = load_deal(str(ROOT / "tests" / folder / reader / f"{name}.yaml"), CATALOGUE, READ_ON)
        off[name] = steps_off(stage_alone(deal, TRACKS[model]), label[MODELS[model]], TRACKS[model].states)
    assert sum(each == 0 for each in off.values()) >= 11, off
    assert max(off.values()) <= 1, off


def test_sixty_six_of_seventy_two_job_states_are_right(reads: list[Diagnosed]) -> None:
    pairs = [(each.name, job, state, want) for each in reads for (job, state), want in job_states(each)]
    assert len(pairs) == 72
    wrong = [pair for pair in pairs if pair[2] != pair[3]]
    assert len(pairs) - len(wrong) >= 66, wrong


def test_every_loop_is_seen_and_none_invented(reads: list[Diagnosed]) -> None:
    assert {each.name: each.looped for each in reads} == {name: label["looped"] for name, label in LABELS.items()}


def test_the_focus_overlaps_the_readers_in_eleven(reads: list[Diagnosed]) -> None:
    missed = [each.name for each in reads if not set(each.focus) & set(LABELS[each.name]["focus"])]
    assert len(missed) <= 1, missed


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("reader", READERS)
def test_half_the_answers_still_lead_to_within_one_stage(reader: str, model: str) -> None:
    track = TRACKS[model]
    drawn, near = 0, 0
    chance = random.Random(f"{reader} half")
    for name, label in LABELS.items():
        deal = sheet(reader, name)
        given = sorted((signal, each) for signal, each in answers_of(deal).items() if each.answer != "unknown")
        for _ in range(DRAWS):
            kept = dict(chance.sample(given, len(given) // 2))
            stage = stage_alone(on_one_day(deal, kept), track)
            drawn, near = drawn + 1, near + (steps_off(stage, label[MODELS[model]], track.states) <= 1)
    assert near / drawn >= 0.95


def stage_alone(deal: Deal, track: Track) -> str | None:
    """Return the stage without the rest of a diagnosis, which takes most of its time."""
    result = score(track, answers_on(deal.observations, last_day(deal), CATALOGUE).known, CATALOGUE.topic_of)
    return None if result.verdict == "insufficient" else track.states[result.best]


def both_readings(signal: str) -> list[tuple[str, str]]:
    pairs = (tuple(answers_of(sheet(reader, name))[signal].answer for reader in READERS) for name in LABELS)
    return [(first, second) for first, second in pairs]


def test_two_readers_agree() -> None:
    agreement = {signal: [a == b for a, b in both_readings(signal)] for signal in CATALOGUE.signals}
    together = [each for signal in agreement.values() for each in signal]
    assert sum(together) / len(together) >= 0.95
    assert [signal for signal, each in agreement.items() if sum(each) / len(each) < 0.8] == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_sheet_answers_every_question_and_cites_what_it_rests_on(path: Path) -> None:
    answers = answers_of(load_deal(str(path), CATALOGUE, READ_ON))
    assert set(answers) == set(CATALOGUE.signals)
    assert [signal for signal, given in answers.items() if given.answer != "unknown" and not given.quote] == []
