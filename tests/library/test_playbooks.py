"""Everything that ships: complete in both languages, consistent, useful, and right by its own cases."""

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from buystage.authoring.cases import CaseReport, run_all_cases
from buystage.language import Language
from buystage.library.playbooks import load_cases, load_shelf
from buystage.library.shipped import builtin_folder, builtin_names, builtin_signals
from buystage.library.signal_files import load_catalogue
from buystage.model.catalogue import Signal
from buystage.model.fields import Text
from buystage.model.playbook import Case, Playbook, State
from conftest import ROOT

CATALOGUE = load_catalogue()
SHELF = load_shelf(builtin_names())
SIGNALS = sorted(CATALOGUE.signals.items())
STATES = [(book, name, state) for book in SHELF.playbooks for name, state in book.states.items()]
CHINESE = re.compile("[\u4e00-\u9fff]")
SELLER = re.compile(r"\b(we|our|us|I) (sent|gave|showed|demoed|offered|quoted|presented)\b|我们(发|送|演示|报)了", re.I)


def texts(part: object) -> Iterator[Text]:
    """Yield every text of a file, however deep."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name))
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from texts(value)


@pytest.mark.parametrize("part", [*CATALOGUE.signals.values(), *CATALOGUE.topics.values(), *SHELF.playbooks], ids=str)
def test_every_text_has_both_languages_and_each_is_its_own(part: BaseModel) -> None:
    for text in texts(part):
        assert text.en, text.zh
        assert text.zh, text.en
        assert not CHINESE.search(text.en)
        assert CHINESE.search(text.zh)
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]", text.zh), f"half-width punctuation: {text.zh}"
        for each in (text.en, text.zh):
            assert each == each.strip()
            assert "  " not in each


@pytest.mark.parametrize(("name", "signal"), SIGNALS)
def test_a_question_is_short_and_asks_about_the_customer(name: str, signal: Signal) -> None:
    ask = signal.ask
    assert len(ask[Language.EN].split()) <= 15
    assert len(CHINESE.findall(ask[Language.ZH])) <= 30
    assert ask[Language.EN].endswith("?")
    assert ask[Language.ZH].endswith("？")
    assert not SELLER.search(f"{ask.en} {ask.zh}")
    assert signal.probe[Language.EN].endswith("?")
    assert signal.probe[Language.ZH].endswith("？")


@pytest.mark.parametrize(("name", "signal"), SIGNALS)
def test_facts_are_statements_that_fit_into_a_sentence(name: str, signal: Signal) -> None:
    for fact in (signal.fact.if_yes, signal.fact.if_no):
        assert not re.search(r"[.。]$", fact[Language.EN] + fact[Language.ZH])
        assert len(fact[Language.EN]) <= 60
        assert len(fact[Language.ZH]) <= 22


def test_every_signal_tells_something_by_itself_or_by_what_it_implies() -> None:
    placed = {signal for book in SHELF.playbooks for track in book.tracks for signal in track.signals}
    assert placed <= set(CATALOGUE.signals)
    silent = {name for name in CATALOGUE.signals if not placed & {name, *CATALOGUE.implied_by[name]}}
    assert silent == set()


def test_every_topic_is_used() -> None:
    assert {signal.topic for signal in CATALOGUE.signals.values()} == set(CATALOGUE.topics)


def test_every_row_tells_something() -> None:
    for book in SHELF.playbooks:
        for track in book.tracks:
            for signal, row in track.rows.items():
                assert len(set(row)) > 1, (book.name, track.id, signal)


def test_the_file_of_a_playbook_is_called_like_it() -> None:
    assert [book.name for book in SHELF.playbooks] == builtin_names()


def test_the_quick_list_of_signals_is_the_real_one() -> None:
    assert builtin_signals() == list(CATALOGUE.signals)


@pytest.mark.parametrize(("book", "name", "state"), STATES, ids=[f"{book.name}-{name}" for book, name, _ in STATES])
def test_a_state_says_what_to_see_what_ends_it_and_what_to_do(book: Playbook, name: str, state: State) -> None:
    assert state.looks_like
    assert state.actions
    assert state.avoid
    assert state.expected_days
    assert len(f"{state.short[Language.EN]}") <= 12 if state.short else True


@pytest.fixture(scope="module", params=builtin_names())
def tested(request: pytest.FixtureRequest) -> CaseReport:
    return run_all_cases(request.param)


def test_every_state_has_a_case_that_expects_it_and_every_fact_is_answered_in_one(tested: CaseReport) -> None:
    assert tested.states.missing == ()
    assert tested.signals.missing == ()


def test_the_ways_back_are_cases_with_their_causes() -> None:
    _, cases = load_cases("gartner")
    causes = {job for case in cases if isinstance(case, Case) for job in case.expect.causes}
    assert causes == {"problem_identification", "solution_exploration", "requirements_building", "consensus_creation"}


@pytest.mark.parametrize(("book", "name", "state"), STATES, ids=[f"{book.name}-{name}" for book, name, _ in STATES])
def test_what_a_contact_ban_forbids_comes_with_what_is_allowed(book: Playbook, name: str, state: State) -> None:
    for action in state.actions.values():
        assert bool(action.for_.unless) == bool(action.instead), action.do[Language.EN]


def test_an_action_belongs_to_one_playbook() -> None:
    names = [name for _, _, state in STATES for name in state.actions]
    assert len(names) == len(set(names))


def test_the_cases_of_the_playbook_hold(tested: CaseReport) -> None:
    assert len(tested.results) >= 10
    assert [(result.case, result.differences) for result in tested.results if not result.passed] == []


def test_shipped_files_point_editors_to_their_schema() -> None:
    for path in builtin_folder().glob("*.yaml"):
        kind = "signals" if path.name == "signals.yaml" else "playbook"
        first = path.read_text("utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema=../schemas/{kind}.schema.json"
        assert (ROOT / "schemas" / f"{kind}.schema.json").is_file()
