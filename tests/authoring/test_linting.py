"""What `playbook check` finds in a model that is well-formed and yet not good: one test a rule, with its line."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product

import pytest

from buystage.authoring.reachability import FEW_SIGNALS, Effort, best_answers
from buystage.authoring.wording import has_two_facts, names_our_act
from buystage.diagnosis.scoring import Score, score
from buystage.language.lint_words import LINT_WORDS
from buystage.library.playbooks import load_shelf
from buystage.library.signal_files import load_catalogue
from buystage.model.answer import Answer, Value
from buystage.model.playbook import Track
from buystage.model.rows import WORDS
from conftest import Cli, Write
from small_playbooks import PLAYBOOK, SIGNALS

Check = Callable[..., list[tuple[str, int]]]


JOBS = """
schema: buystage.playbook/v1
name: team-jobs
version: 1
kind: jobs
title: {en: Jobs}
origin: [in-house]
jobs:
  need:
    title: {en: Need}
    customer: {en: They write.}
    ends_when: {en: It is agreed.}
    rows:
      active: [pilot_agreed]
      done: [requirements_agreed]
    actions:
      help: {do: {en: Help.}, why: {en: To learn.}, origin: [in-house]}
"""


@pytest.fixture
def check(cli: Cli, write: Write) -> Check:
    """Return what `check` says of a playbook and of the signals beside it: pairs of rule and line, by file."""

    def run(playbook: str = PLAYBOOK, signals: str = SIGNALS, language: str = "en") -> list[tuple[str, int]]:
        write("signals.yaml", signals)
        folder = write("team.yaml", playbook).parent
        result = cli("playbook", "check", str(folder), "--lang", language)
        found = re.findall(r"^(?:error: |错误：).*?\.yaml:(\d+):\d+: .* \[([a-z-]+)\]$", result.stderr, re.MULTILINE)
        assert result.exit_code == (1 if found else 0), result.stderr
        assert len(re.findall("^(?:error: |错误：)", result.stderr, re.MULTILINE)) == len(found), result.stderr
        return [(rule, int(line)) for line, rule in found]

    return run


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.strip().splitlines(), start=1) if part in line)


def test_a_good_model_has_no_findings(check: Check) -> None:
    assert check() == []
    assert check(JOBS) == []


BAD_PLAYBOOKS = {
    "all-equal-row": ("[sometimes, often, always]", "[often, often, often]", "proof_asked_for: ["),
    "tells-nothing": (
        "  proof_asked_for: [sometimes, often, always]",
        "  proof_asked_for: [sometimes, often, always]\n  owner_named: [often, always, often]",
        "owner_named",
    ),
    "seller-activity": ("{en: They choose.}", "{en: We have sent a quote.}", "We have sent"),
    "state-without-action": (
        "    actions:\n      sign: {do: {en: Sign.}, why: {en: To finish.}, origin: [in-house]}\n",
        "",
        "  buy:",
    ),
    "action-without-why": ("why: {en: To hear.}, ", "", "call:"),
    "missing-language": ("{en: They complain.}", "{en: They complain., zh: 他们抱怨。}", "title: {en: Our way}"),
    "implication-contradicts-rows": ("[sometimes, often, always]", "[rarely, rarely, always]", "proof_asked_for: ["),
}


@pytest.mark.parametrize("rule", BAD_PLAYBOOKS)
def test_a_rule_finds_what_is_wrong_in_a_playbook_and_where(check: Check, rule: str) -> None:
    old, new, at = BAD_PLAYBOOKS[rule]
    bad = changed(PLAYBOOK, old, new)
    found = check(bad)
    assert found[0] == (rule, line_of(bad, at)), found
    assert {each for each, _ in found} == {rule}


BAD_SIGNALS = {
    "seller-activity": ("{en: Have they agreed to a pilot?,", "{en: Have we sent them a plan for a pilot?,", "ask:"),
    "two-facts": ("{en: Have they agreed to a pilot?,", "{en: Have they agreed to a pilot and named a team?,", "ask:"),
    "long-question": (
        "Have they agreed to a pilot?",
        "Have all of them agreed in writing to a pilot on one of their own lines this year?",
        "ask:",
    ),
    "implication-cycle": ("implies: [proof_asked_for]", "implies: [pilot_agreed]", "implies:"),
    "missing-language": ("{en: A date., zh: 有日期。}", "{en: A date.}", "counts_as_yes"),
}


@pytest.mark.parametrize("rule", BAD_SIGNALS)
def test_a_rule_finds_what_is_wrong_in_signals_and_where(check: Check, rule: str) -> None:
    old, new, at = BAD_SIGNALS[rule]
    bad = changed(SIGNALS, old, new)
    assert (rule, line_of(bad, at)) in check(signals=bad)


@pytest.mark.parametrize(
    ("rule", "ask"),
    [
        ("seller-activity", "我们是否已给客户发了报价？"),
        ("seller-activity", "我们发了方案吗？"),
        ("two-facts", "客户是否已立项，并且批了预算？"),
        ("long-question", "客户那边所有应该参与这件事情的部门，现在是不是都已经书面同意先做一个小范围的试点再说？"),
    ],
)
def test_chinese_questions_are_read_too(check: Check, rule: str, ask: str) -> None:
    bad = changed(SIGNALS, "客户是否已同意试点？", ask)
    assert [each for each, _ in check(signals=bad, language="zh")] == [rule]


@pytest.mark.parametrize(
    ("old", "new"),
    [("{en: They complain.}", "{en: We have sent a quote.}"), ("{en: They talk.}", "{en: We visited them.}")],
)
def test_our_acts_are_found_in_what_a_stage_looks_like_too(check: Check, old: str, new: str) -> None:
    assert [rule for rule, _ in check(changed(PLAYBOOK, old, new))] == ["seller-activity"]


def test_our_acts_are_found_in_what_counts_as_yes_and_in_facts(check: Check) -> None:
    for old in ("{en: A date., zh: 有日期。}", "{en: A pilot is agreed, zh: 试点已定}"):
        bad = changed(SIGNALS, old, "{en: We sent a plan, zh: 有日期}")
        assert [rule for rule, _ in check(signals=bad)] == ["seller-activity"]


def test_a_reason_without_a_word_is_none(check: Check) -> None:
    assert [rule for rule, _ in check(changed(PLAYBOOK, "{en: To hear.}", '{en: "…"}'))] == ["action-without-why"]


def test_findings_come_in_the_order_of_the_file(check: Check) -> None:
    bad = changed(PLAYBOOK, "[sometimes, often, always]", "[often, often, often]")
    bad = changed(bad, "{en: They complain.}", "{en: We have sent a quote.}")
    lines = [line for _, line in check(bad)]
    assert lines == sorted(lines)
    assert len(lines) == 2


def test_a_finding_in_a_shorthand_or_in_the_words_of_a_job_has_its_line(check: Check) -> None:
    bad = changed(PLAYBOOK, "until: [problem_being_examined]", "begins: [owner_named]")
    assert check(bad) == [("tells-nothing", line_of(bad, "begins:"))]
    words = "      done: [requirements_agreed]\n      words:\n        owner_named: [often, often, often]\n"
    jobs = changed(JOBS, "      done: [requirements_agreed]\n", words)
    assert check(jobs) == [("all-equal-row", line_of(jobs, "owner_named:"))]


def test_a_signal_that_counts_nowhere_is_unused_and_one_that_implies_another_is_not(check: Check) -> None:
    without = changed(PLAYBOOK, "      ends: [pilot_agreed]\n", "      ends: [change_decided]\n")
    without = changed(without, "pilot_agreed: yes", "change_decided: yes")
    assert check(without) == []
    alone = changed(SIGNALS, "    implies: [proof_asked_for]\n", "")
    assert check(without, alone) == [("unused-signal", line_of(alone, "  pilot_agreed:"))]


def test_a_stage_that_no_answers_can_name_is_unreachable(check: Check) -> None:
    same = changed(PLAYBOOK, "      during: [checks_under_way]\n      ends: [preferred_named]\n", "      during: []\n")
    for row in ("[sometimes, often, always]", "[rarely, often, always]", "[never, rarely, often]"):
        same = changed(same, row, "[rarely, often, often]")
    same = changed(same, "until: [problem_being_examined]", "until: []").replace("checks_under_way: yes, ", "")
    same = same.replace(", preferred_named: no", "")
    assert ("unreachable-state", line_of(same, "  buy:")) in check(same)


def test_a_stage_that_leads_but_is_never_named_is_unreachable(check: Check) -> None:
    one_row = (
        PLAYBOOK[: PLAYBOOK.index("stages:")]
        + """stages:
  talk: {title: {en: A}, customer: {en: They talk.}, ends_when: {en: They buy.}, actions: {call: ACTION}}
  buy: {title: {en: B}, customer: {en: They buy.}, ends_when: {en: They use it.}, actions: {sign: ACTION}}
rows:
  owner_named: [never, always]
""".replace("ACTION", "{do: {en: Call.}, why: {en: To hear.}, origin: [in-house]}")
    )
    assert [rule for rule, _ in check(one_row, SIGNALS.replace("[proof_asked_for]", "[owner_named]"))] == [
        "unreachable-state",
        "unreachable-state",
    ]


def test_a_job_that_nothing_settles_is_unreachable(check: Check) -> None:
    bad = changed(JOBS, "      done: [requirements_agreed]\n", "      started: [requirements_agreed]\n")
    assert ("unreachable-state", line_of(bad, "  need:")) in check(bad)


def test_a_topic_may_not_outweigh_all_others(check: Check) -> None:
    names = ("checks_passed", "doubt_open", "references_contacted")
    rows = "".join(f"  {name}: [never, rarely, always]\n" for name in names)
    bad = changed(PLAYBOOK, "cases:", f"{rows}cases:")
    assert check(bad) == [("topic-outweighs", line_of(bad, "stages:"))]


def test_a_line_says_itself_that_it_is_right_as_it_is(check: Check) -> None:
    equal = "[often, often, often]    # allow:"
    assert check(changed(PLAYBOOK, "[sometimes, often, always]", f"{equal} all-equal-row (on purpose)")) == []
    other = changed(PLAYBOOK, "[sometimes, often, always]", f"{equal} two-facts, not all-equal-row")
    assert [rule for rule, _ in check(other)] == ["all-equal-row"]


def test_every_rule_is_found_in_a_test_above_and_explained(cli: Cli) -> None:
    elsewhere = {"unused-signal", "unreachable-state", "topic-outweighs"}
    assert {*BAD_PLAYBOOKS, *BAD_SIGNALS, *elsewhere} == set(LINT_WORDS)
    for rule, words in LINT_WORDS.items():
        for language in ("en", "zh"):
            printed = cli("explain", rule, "--lang", language).stdout.replace("\n", "")
            assert words["why"][language].replace(" ", "")[:20] in printed.replace(" ", "")


OUR_ACTS = {
    "en": [
        "Have we sent a quote?",
        "Did our consultant present the product?",
        "Has the quote gone out?",
        "Was the demo given to the shift leaders?",
        "Has my team run a workshop with them?",
        "The proposal has been sent out.",
        "We run a pilot with our consultants.",
        "Have they received our offer?",
        "Has the rep visited them?",
        "We ran a demo for them.",
        "Our sales engineer visited the plant.",
    ],
    "zh": [
        "报价发给客户了吗？",
        "销售是否已经拜访过厂长？",
        "已经给厂长演示了吗？",
        "顾问做过现场调研吗？",
        "我方样机装好了吗？",
        "我们是否已给客户发了报价？",
        "报价单已发出。",
        "我司已报价。",
        "我们已经把方案发给客户。",
    ],
}
THEIR_ACTS = {
    "en": [
        "Have they tested the software we installed?",
        "Do they want our offer only for comparison?",
        "Has the person with the last word approved buying from the chosen supplier?",
        "A team put together just to negotiate goes through the clauses.",
        "They have read what the web says about you.",
        "Someone there asked us to send an offer.",
        "Was our quote accepted?",
        "They have asked for our quote in writing.",
        "Our sample passed their test.",
    ],
    "zh": [
        "客户是否回复了我们的报价？",
        "客户是否让我们报价？",
        "我们在客户那边领先吗？",
        "客户要求我们报价。",
        "客户接受了我们的报价。",
    ],
}
TWO_FACTS = {
    "en": [
        "Have they approved the budget and named a team?",
        "Do they have a budget as well as a date?",
        "Do they have a budget and a deadline?",
    ],
    "zh": [
        "清单定了没有，预算批了没有？",
        "客户是不是既有清单又有预算？",
        "预算批了吗，负责人定了吗？",
        "有没有批预算并指定负责人？",
    ],
}


def each_of(texts: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, each in texts.items() for text in each]


@pytest.mark.parametrize(("language", "text"), each_of(OUR_ACTS))
def test_what_we_did_is_told_from_its_wording(language: str, text: str) -> None:
    assert names_our_act(text, language)


@pytest.mark.parametrize(("language", "text"), each_of(THEIR_ACTS))
def test_what_the_customer_did_is_theirs_also_where_it_was_about_us(language: str, text: str) -> None:
    assert names_our_act(text, language) == ""


@pytest.mark.parametrize(("language", "text"), each_of(TWO_FACTS))
def test_two_facts_are_told_from_their_wording(language: str, text: str) -> None:
    assert has_two_facts(text, language)


@pytest.mark.parametrize(
    "question",
    [
        "Are price, delivery, payment and liability all settled with the chosen supplier?",
        "Does everyone whose agreement they need accept both the solution and the supplier?",
        "Have they spoken to existing users, or looked into a supplier's track record?",
        "Do they want our offer only for comparison?",
    ],
)
def test_one_fact_with_several_parts_is_one_fact(check: Check, question: str) -> None:
    assert check(signals=changed(SIGNALS, "Have they agreed to a pilot?", f'"{question}"')) == []


def test_asking_several_suppliers_at_the_same_time_is_one_fact() -> None:
    assert not has_two_facts("有没有同时问几家供应商？", "zh")


# --- reachability ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_a_stage_is_called_unreachable_only_where_no_answers_name_it(seed: int) -> None:
    """Small models made at random, their rows longer than what is tried out in full, against all answers there are."""
    chance = random.Random(seed)
    names = [f"s{number}" for number in range(FEW_SIGNALS + 1)]
    states = ("a", "b", "c")
    rows = {name: tuple(chance.choice(WORDS) for _ in states) for name in names}
    topics = {name: f"t{chance.randrange(3)}" for name in names}
    track = Track("random", states, rows)
    named = {result.best for result in every_score(track, topics) if result.verdict != "insufficient"}
    assert {state for state in range(3) if best_answers(track, state, topics, Effort()) is not None} == named


def test_a_model_of_any_size_is_checked_in_bounds(cli: Cli, write: Write) -> None:
    stages = "".join(
        f"  s{n}: {{title: {{en: S{n}}}, customer: {{en: They act.}}, ends_when: {{en: They decide.}}}}\n"
        for n in range(50)
    )
    signals = list(load_catalogue().signals)[:40]
    rows = "".join(f"  {name}: {{s0..s24: rarely, s25..s49: often}}\n" for name in signals)
    head = "schema: buystage.playbook/v1\nname: large\nversion: 1\nkind: linear\ntitle: {en: L}\norigin: [in-house]\n"
    path = write("large.yaml", f"{head}stages:\n{stages}rows:\n{rows}")
    effort = Effort()
    (track,) = load_shelf([str(path)]).playbooks[0].tracks
    for state in range(50):
        best_answers(track, state, load_catalogue().topic_of, effort)
    assert -(len(track.states) ** 2) < effort.left < 0


def every_score(track: Track, topics: dict[str, str]) -> Iterator[Score]:
    values: tuple[Value | None, ...] = ("yes", "no", None)
    for given in product(values, repeat=len(track.rows)):
        pairs = zip(track.rows, given, strict=True)
        yield score(track, {name: Answer(name, value, date(2026, 1, 1)) for name, value in pairs if value}, topics)
