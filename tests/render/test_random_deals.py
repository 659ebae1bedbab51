"""No deal, however odd, ends in a crash, in a line that says nothing or in a document that its readers refuse.

The deals are made at random from seeds that are the same in every run. A failed test names the seed of its deal, and
`python -m pytest tests/render/test_random_deals.py --seed SEED` tries that deal alone.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from rich.console import RenderableType

from buystage.diagnosis.answers import by_entry
from buystage.diagnosis.diagnose import diagnose
from buystage.diagnosis.history import history
from buystage.diagnosis.result import DealDiagnosis
from buystage.interview.choosing import Given, Move, Plan, Question, carrying, climbed, interview, open_again
from buystage.language import Language
from buystage.library.playbooks import Shelf, load_shelf
from buystage.model.deal import Deal, Person, PrivateFile, PrivatePerson
from buystage.model.observation import Observation, answer_from
from buystage.render.diagnosis.brief import render_brief
from buystage.render.diagnosis.history import history_json, history_screen
from buystage.render.diagnosis.json import render_json
from buystage.render.diagnosis.markdown import render_markdown
from buystage.render.diagnosis.points import points
from buystage.render.diagnosis.screen import screen
from buystage.render.diagnosis.sections import view
from buystage.settings.values import SEVERITIES
from buystage.terminal.console import drawn, width
from conftest import Cli
from random_deals import ALL_PLAYBOOKS, EVERY_FORMAT, TODAY, RandomDeal, json_lines, random_deal
from saying import VALID, bare_bullets, bare_lines, empty_or_broken, is_well_formed, unfilled_lines

SHELVES = (load_shelf(), load_shelf(ALL_PLAYBOOKS))
DEALS, DOCUMENTS, INTERVIEWS, REVIEWED, REVIEWED_ALONE = 450, 24, 80, 100, 25
WIDTHS = (40, 80, 100)

# --- one deal after the other, in this process -------------------------------------------------------------------


class Trial(NamedTuple):
    """A random deal, read, with the playbooks and the language that its seed gives it, and its diagnosis."""

    made: RandomDeal
    deal: Deal
    shelf: Shelf
    language: Language
    random: Random

    @property
    def result(self) -> DealDiagnosis:
        return diagnose(self.deal, self.shelf, self.made.as_of, file="deal.yaml", what_if=self.made.what_if or None)

    def someone(self) -> tuple[Person | None, PrivatePerson | None]:
        """Return one of the people, with what is private about them, or nobody."""
        if not self.deal.buying_group or self.random.random() < 0.5:
            return None, None
        person = self.random.choice(self.deal.buying_group)
        return person, PrivateFile.model_validate(self.made.private).people.get(person.name)

    def drawn(self, *parts: RenderableType) -> str:
        return drawn(*parts, columns=width(), color=self.random.random() < 0.1)


def trial(seed: int) -> Trial:
    """Return the deal of a seed as its file would be read; the seeds take shelves and languages in turn."""
    made = random_deal(seed)
    context = {"signals": SHELVES[0].catalogue.signals, "rules": SEVERITIES, "latest_day": TODAY + timedelta(days=1)}
    deal = Deal.model_validate(made.data, context=context)
    return Trial(made, deal, SHELVES[seed % 2], list(Language)[seed // 2 % 2], Random(seed))


@pytest.fixture
def each_deal(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int, Callable[[Trial], None]], None]:
    """Try so many deals, or the one that was asked for; a failure says which deal it was and how to try it again."""
    only = request.config.getoption("--seed")

    def run(count: int, check: Callable[[Trial], None]) -> None:
        for seed in range(count) if only is None else [only]:
            monkeypatch.setenv("COLUMNS", str(WIDTHS[seed % len(WIDTHS)]))
            try:
                check(trial(seed))
            except Exception as error:
                error.add_note(f"again: python -m pytest tests/render/test_random_deals.py --seed {seed}")
                raise

    return run


EachDeal = Callable[[int, Callable[[Trial], None]], None]


def test_every_line_of_every_screen_says_something(each_deal: EachDeal) -> None:
    each_deal(DEALS, says_something)


def says_something(each: Trial) -> None:
    """Check the screen, the brief and the Markdown of a deal, or of a call with one of its people."""
    result = each.result
    words = view(result, each.shelf, each.language, *each.someone())
    assert empty_or_broken(words) == []
    assert bare_lines(each.drawn(screen(words, each.language))) == []
    assert bare_lines(render_brief(result, each.shelf, words, each.language)) == []
    assert bare_bullets(render_markdown(words, each.language)) == []


def test_every_document_is_as_its_schema_says_and_every_sum_is_told(each_deal: EachDeal) -> None:
    each_deal(DOCUMENTS, is_documented)


def is_documented(each: Trial) -> None:
    """Check the JSON, the points and the history of a deal."""
    result = each.result
    VALID["diagnosis"].validate(json.loads(render_json(result, each.shelf, each.language, ascii_only=False)))
    assert unfilled_lines(each.drawn(points(result, each.shelf, each.language))) == []
    course = history(by_entry(each.deal.observations, each.made.as_of, each.shelf.catalogue), each.shelf)
    name, day = each.deal.name, each.made.as_of
    told = history_screen(course, each.deal, each.shelf, each.language, today=day, columns=width())
    assert bare_lines(each.drawn(told)) == []
    assert json.loads(history_json(course, name, "deal.yaml", ascii_only=True))["schema"] == "buystage.history/v1"


def test_an_interview_ends_with_a_screen_whatever_is_answered(each_deal: EachDeal) -> None:
    each_deal(INTERVIEWS, is_interviewed)


def is_interviewed(each: Trial) -> None:
    """Check the screen after an interview that takes up the log of a deal."""
    shelf, log, day = each.shelf, each.deal.observations, TODAY
    everything = each.random.random() < 0.2
    plan = Plan(log, day, {}, shelf, *((len(shelf.catalogue.signals), 0.0) if everything else ()))
    given, _ = interview(plan, asker(each), lambda _: None)
    entries = (*log, Observation(date=day, answers=dict(given)))
    result = diagnose(each.deal.model_copy(update={"observations": entries}), shelf, day)
    assert set(carrying(result, given, shelf)) <= set(given)
    assert empty_or_broken(view(result, shelf, each.language)) == []


def asker(each: Trial) -> Callable[[Question], Given | Move]:
    """Return a person who answers at random, goes back now and then, and hardly ever leaves."""
    random = each.random

    def ask(question: Question) -> Given | Move:
        if random.random() < 0.1:
            return Move.BACK if random.random() < 0.9 else Move.STOP
        if question.kind == "ladder":
            return climbed(question.signals, random.choice((*question.signals, None)))
        if question.kind == "again":
            chosen = random.sample(question.signals, random.randint(0, len(question.signals)))
            return open_again(question.signals, chosen, each.shelf)
        return {question.signals[0]: answer_from(random.choice(("yes", "no", "unknown", "no:assumed")))}

    return ask


# --- a whole pipeline under review -------------------------------------------------------------------------------


def test_every_line_of_a_review_says_something_in_every_format(cli: Cli, tmp_path: Path) -> None:
    for language in Language:
        reviewed(cli, json_lines(tmp_path, range(REVIEWED)), language)


@pytest.mark.slow
def test_a_long_review_says_something_in_every_line_too(cli: Cli, tmp_path: Path) -> None:
    for language in Language:
        reviewed(cli, json_lines(tmp_path, range(1_000_000, 1_002_000)), language)


def reviewed(cli: Cli, deals: Path, language: Language) -> dict[str, str]:
    """Review deals in every format at once; check each and return them."""
    files = {name: deals.with_name(f"report.{name}") for name in EVERY_FORMAT}
    reports = (part for name, file in files.items() for part in ("--report", f"{name}={file}"))
    result = review(cli, deals, "text", language, *reports)
    texts = {name: file.read_text("utf-8") for name, file in files.items()}
    assert result == texts["text"]
    for name, text in texts.items():
        is_well_formed(name, text)
    return texts


def review(cli: Cli, deals: Path, kind: str, language: Language, *options: str) -> str:
    """Review deals in one process and return what was printed."""
    done = cli("review", str(deals), "-f", kind, "--lang", language, "--as-of", str(TODAY), "--workers", "1", *options)
    assert (done.exit_code, done.stderr) in ((0, ""), (1, "")), done.stderr
    return done.stdout


def test_a_format_says_the_same_whatever_else_is_asked_for(cli: Cli, tmp_path: Path) -> None:
    deals = json_lines(tmp_path, range(REVIEWED_ALONE))
    for language in Language:
        together = reviewed(cli, deals, language)
        alone = {name: review(cli, deals, name, language) for name in EVERY_FORMAT}
        assert [name for name in EVERY_FORMAT if alone[name] != together[name]] == []
