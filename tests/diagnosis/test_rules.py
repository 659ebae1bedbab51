"""Rules: what a manager would stop at, each with what it rests on and what to do about it."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import yaml

from buystage.deals.load import load_deal
from buystage.diagnosis.diagnose import diagnose
from buystage.diagnosis.rules import ALL
from buystage.diagnosis.rules.risks import RISKS as RULES
from buystage.language import Language
from buystage.language.rule_words import RULE_WORDS
from buystage.library.playbooks import load_shelf
from buystage.library.signal_files import load_catalogue
from buystage.model.deal import Deal
from buystage.model.finding import Finding
from buystage.render.diagnosis.findings import why_text
from buystage.settings.values import RuleSettings, Settings
from conftest import ROOT, Cli, Write

SHELF = load_shelf()
PARTS = {"title", "detects", "why", "effect", "countermeasure"}
SEEDS = ("requirement-change", "information-asymmetry", "vendor-choice-difficulty")


def found(day: str = "2026-03-10", **deal: Any) -> dict[str, Finding]:
    read = Deal.model_validate({"name": "test", **deal})
    return {each.rule: each for each in diagnose(read, SHELF, date.fromisoformat(day)).risks}


def log(*days: tuple[str, Mapping[str, object]]) -> list[dict[str, object]]:
    return [{"date": day, "answers": answers} for day, answers in days]


def on_3_march(**answers: object) -> dict[str, Finding]:
    return found(observations=log(("2026-03-03", answers)))


# --- each rule ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "answers", "harmless"),
    [
        ("requirement-change", {"requirements_reopened": "yes"}, {"requirements_being_written": "yes"}),
        ("information-asymmetry", {"information_lacking": "yes"}, {"information_lacking": "no"}),
        ("vendor-choice-difficulty", {"choice_stuck": "yes"}, {"offers_being_compared": "yes"}),
        (
            "vendor-choice-difficulty",
            {"selection_reopened": "yes", "offers_being_compared": "yes"},
            {"selection_reopened": "yes"},
        ),
        ("chosen-elsewhere", {"we_make_up_numbers": "yes"}, {"we_are_behind": "yes"}),
        (
            "chosen-elsewhere",
            {"preferred_named": "yes", "we_are_behind": "yes"},
            {"preferred_named": "yes", "we_are_ahead": "yes"},
        ),
        ("job-reopened", {"problem_reopened": "yes"}, {"problem_being_examined": "yes"}),
        (
            "consensus-lagging",
            {"preferred_named": "yes", "requirements_agreed": "yes"},
            {"preferred_named": "yes", "requirements_agreed": "yes", "group_agrees": "yes"},
        ),
        (
            "validation-lagging",
            {"preferred_named": "yes", "requirements_agreed": "yes"},
            {"preferred_named": "yes", "requirements_agreed": "yes", "checks_passed": "yes"},
        ),
        (
            "contradiction",
            {"requirements_agreed": "yes", "requirements_being_written": "yes"},
            {"requirements_agreed": "yes", "requirements_being_written": "no"},
        ),
        (
            "step-skipped",
            {
                "offers_being_compared": "yes",
                "shortlist_made": "yes",
                "checks_passed": "yes",
                "requirements_agreed": "no",
            },
            {"requirements_being_written": "yes", "requirements_agreed": "no", "change_decided": "yes"},
        ),
        ("no-owner", {"change_decided": "yes", "owner_named": "no"}, {"problem_named": "yes", "owner_named": "no"}),
    ],
)
def test_a_rule_speaks_where_it_should_and_not_where_it_should_not(
    rule: str, answers: dict[str, str], harmless: dict[str, str]
) -> None:
    assert rule in on_3_march(**answers)
    assert rule not in on_3_march(**harmless)


def test_only_answers_of_the_customer_break_the_silence() -> None:
    heard = ("2026-01-05", {"problem_named": "yes"})
    ours = ("2026-03-01", {"change_decided": {"answer": "no", "evidence": "assumed"}, "owner_named": "unknown"})
    assert found(observations=log(heard, ours))["customer-silent"].numbers == {"days": 64}
    assert "customer-silent" not in found("2026-02-04", observations=log(heard, ours))
    assert "customer-silent" in found("2026-02-05", observations=log(heard, ours))
    assert "customer-silent" not in found(observations=[])


EVALUATION = log(
    ("2026-01-05", {"requirements_agreed": "yes", "offers_being_compared": "yes", "preferred_named": "no"})
)


def test_a_stage_is_overdue_by_its_own_measure_and_that_of_complex_purchases() -> None:
    last_day, first_day = "2026-03-06", "2026-03-07"
    assert "stage-overdue" not in found(last_day, observations=EVALUATION)
    assert found(first_day, observations=EVALUATION)["stage-overdue"].numbers == {"days": 61, "expected": 60}
    complex_one = {"observations": EVALUATION, "context": {"complexity": "high"}}
    assert "stage-overdue" not in found(first_day, **complex_one)
    assert "stage-overdue" in found("2026-04-06", **complex_one)


def test_a_stage_counts_from_the_day_it_was_reached_without_a_break() -> None:
    back_and_forth = [
        *EVALUATION,
        *log(("2026-02-20", {"requirements_agreed": "no", "requirements_being_written": "yes"})),
    ]
    assert "stage-overdue" not in found(observations=back_and_forth)


def test_a_pause_the_customer_announced_keeps_the_clock_quiet_and_nothing_else() -> None:
    paused = {"until": "2026-05-01", "reason": "budget year"}
    deal = {"observations": [*EVALUATION, *log(("2026-01-05", {"choice_stuck": "yes"}))], "paused": paused}
    assert "vendor-choice-difficulty" in found("2026-04-20", **deal)
    assert not {"customer-silent", "stage-overdue"} & set(found("2026-04-20", **deal))
    assert not {"customer-silent", "stage-overdue"} & set(found("2026-05-31", **deal))  # it counts from the end
    assert found("2026-06-01", **deal)["customer-silent"].numbers == {"days": 31}
    assert found("2026-07-01", **deal)["stage-overdue"].numbers == {"days": 61, "expected": 60}


def test_a_waiver_sets_a_finding_aside_until_its_day() -> None:
    waiver = {"rule": "information-asymmetry", "reason": "they get our data on Friday", "until": "2026-03-10"}
    deal = {"observations": log(("2026-03-03", {"information_lacking": "yes"})), "waivers": [waiver]}
    assert "information-asymmetry" not in found("2026-03-10", **deal)
    assert "information-asymmetry" in found("2026-03-11", **deal)


def test_warnings_come_before_notices() -> None:
    severities = [
        each.severity for each in on_3_march(change_decided="yes", owner_named="no", choice_stuck="yes").values()
    ]
    assert severities == sorted(severities, reverse=True)
    assert set(severities) == {"warning", "notice"}


# --- what a rule must not fall for -------------------------------------------------------------------------------


def test_what_has_faded_is_no_finding() -> None:
    old = ("2026-01-05", {"information_lacking": "yes", "choice_stuck": "yes", "offers_being_compared": "yes"})
    news = {"owner_named": "yes"}
    assert {"information-asymmetry", "vendor-choice-difficulty"} <= set(
        found(observations=log(old, ("2026-03-01", news)))
    )
    assert not {"information-asymmetry", "vendor-choice-difficulty"} & set(
        found("2026-06-01", observations=log(old, ("2026-06-01", news)))
    )


def test_whether_we_lead_is_told_by_the_latest_news_of_theirs() -> None:
    leading = ("2026-02-01", {"preferred_named": "yes", "we_are_ahead": "yes"})
    trailing = ("2026-03-01", {"we_are_behind": "yes"})
    assert "chosen-elsewhere" in found(observations=log(leading, trailing))
    back = ("2026-03-05", {"we_are_ahead": "yes"})
    assert "chosen-elsewhere" not in found(observations=log(leading, trailing, back))
    hope = ("2026-03-05", {"we_are_ahead": {"answer": "yes", "evidence": "assumed"}})
    assert "chosen-elsewhere" in found(observations=log(("2026-02-01", {"preferred_named": "yes"}), trailing, hope))
    assert "chosen-elsewhere" not in on_3_march(we_are_behind="yes", preferred_named="no")


def test_what_matters_until_the_signature_is_quiet_after_it_and_our_guess_is_none() -> None:
    open_points = {"information_lacking": "yes", "choice_stuck": "yes", "owner_named": "no", "change_decided": "yes"}
    rules = {"information-asymmetry", "vendor-choice-difficulty", "no-owner", "customer-silent"}
    before = ("2026-01-20", open_points)
    assert rules <= set(found(observations=log(before)))
    assert not rules & set(found(observations=log(before, ("2026-01-25", {"contract_signed": "yes"}))))
    guess = {"contract_signed": {"answer": "yes", "evidence": "assumed"}}
    assert rules <= set(found(observations=log(before, ("2026-01-20", guess))))


def test_a_requirement_that_was_settled_again_is_not_changing() -> None:
    days = (("2026-01-05", {"requirements_agreed": "yes"}), ("2026-01-20", {"requirements_reopened": "yes"}))
    assert "requirement-change" in found(observations=log(*days))
    assert "requirement-change" not in found(observations=log(*days, ("2026-02-20", {"contract_signed": "yes"})))


def test_a_requirement_that_the_log_shows_to_be_open_again_is_changing_with_its_cause() -> None:
    no = {"answer": "no", "quote": "we start over"}
    days = ("2026-01-05", {"requirements_agreed": "yes"}), ("2026-02-20", {"requirements_agreed": no})
    assert found(observations=log(*days))["requirement-change"].words == "we start over"


def test_without_jobs_the_requirement_changes_where_they_say_so() -> None:
    deal = Deal.model_validate({"name": "x", "observations": log(("2026-03-03", {"requirements_reopened": "yes"}))})
    risks = diagnose(deal, load_shelf(["linear"]), date(2026, 3, 10)).risks
    assert [each.rule for each in risks] == ["requirement-change"]


def test_what_was_settled_and_is_open_again_was_not_skipped() -> None:
    late = {"offers_being_compared": "yes", "shortlist_made": "yes", "checks_passed": "yes"}
    undone = ("2026-01-05", {"requirements_agreed": "yes"}), ("2026-03-03", {**late, "requirements_agreed": "no"})
    assert "step-skipped" not in found(observations=log(*undone))


def test_a_log_of_guesses_alone_is_silent_from_its_first_day() -> None:
    guesses = log(("2026-01-05", {"problem_named": {"answer": "yes", "evidence": "assumed"}}), ("2026-03-09", {}))
    assert found(observations=guesses)["customer-silent"].numbers == {"days": 64}


def test_how_long_silence_may_be_is_a_setting() -> None:
    deal = Deal.model_validate({"name": "x", "observations": log(("2026-03-03", {"problem_named": "yes"}))})
    day = date(2026, 3, 10)
    settings = Settings(rules=RuleSettings(thresholds={"customer-silent": 6}))
    assert [each.rule for each in diagnose(deal, SHELF, day, settings=settings).risks] == ["customer-silent"]


def test_a_day_that_names_no_stage_is_no_break_in_it() -> None:
    unclear = ("2026-01-17", {"final_choice_being_made": "no", "approval_being_sought": "yes", "users_asked": "no"})
    answers: dict[str, object] = {"requirements_being_written": "yes", "requirements_agreed": "no"}
    days = (("2026-01-05", answers), ("2026-03-12", {"criteria_being_written": "yes"}))
    assert found("2026-03-12", observations=log(*days))["stage-overdue"].numbers["days"] == 66
    assert found("2026-03-12", observations=log(days[0], unclear, days[1]))["stage-overdue"].numbers["days"] == 66


def test_a_stage_is_overdue_by_the_number_that_is_told() -> None:
    problem = log(("2026-01-05", {"problem_named": "yes", "problem_being_examined": "yes", "change_decided": "no"}))
    simple = {"observations": problem, "context": {"complexity": "low"}}
    assert "stage-overdue" not in found("2026-02-08", **simple)  # 34 of about 34
    assert found("2026-02-09", **simple)["stage-overdue"].numbers == {"days": 35, "expected": 34}


def test_a_contradiction_names_both_facts_and_misfits_are_none() -> None:
    finding = on_3_march(requirements_agreed="yes", requirements_being_written="yes")["contradiction"]
    assert why_text(finding, SHELF, Language.EN) == (
        "The log contradicts itself: the requirement is agreed; the requirement is being written or changed"
    )
    odd = on_3_march(contract_signed="yes", problem_being_examined="yes", options_being_searched="yes")
    assert "contradiction" not in odd


def test_a_waiver_names_a_rule_that_there_is(cli: Cli, write: Write) -> None:
    waiver = "{rule: custmer-silent, reason: holidays, until: 2026-03-10}"
    result = cli("deal", "check", str(write("deal.yaml", f"name: Acme\nwaivers: [{waiver}]\n")))
    assert (result.exit_code, "did you mean 'customer-silent'?" in result.stderr) == (1, True)


# --- words -------------------------------------------------------------------------------------------------------


def test_every_rule_has_all_its_words_in_both_languages_with_the_same_parameters() -> None:
    assert set(RULE_WORDS) == {*ALL, "waiver-expired", "waiver-unused"}
    for rule, parts in RULE_WORDS.items():
        assert set(parts) == PARTS, rule
        for words in parts.values():
            assert set(words) == {"en", "zh"}
            assert set(re.findall(r"{(\w+)}", words["en"])) == set(re.findall(r"{(\w+)}", words["zh"]))


def test_the_reason_is_told_in_the_deals_own_words() -> None:
    finding = on_3_march(choice_stuck={"answer": "yes", "quote": "I can't tell you apart"})["vendor-choice-difficulty"]
    assert why_text(finding, SHELF, Language.EN) == "They find it hard to choose a supplier: “I can't tell you apart”"
    assert why_text(finding, SHELF, Language.ZH) == "客户在几家之间难以取舍：“I can't tell you apart”"


def test_json_has_them_all_and_explain_has_a_page_for_each(cli: Cli) -> None:
    answers = ("-a", "choice_stuck=yes", "-a", "problem_reopened=yes")
    risks = json.loads(cli("diagnose", *answers, "-f", "json").stdout)["risks"]
    assert [risk["rule"] for risk in risks] == ["vendor-choice-difficulty", "job-reopened"]
    assert list(risks[0]) == ["rule", "severity", "why", "countermeasure"]
    for rule in RULES:
        for language in ("en", "zh"):
            page = cli("explain", rule, "--lang", language)
            assert page.exit_code == 0
            assert rule in page.stdout


def test_the_screen_tells_at_most_two_and_none_twice(cli: Cli) -> None:
    many = ("choice_stuck", "information_lacking", "we_make_up_numbers", "requirements_reopened", "problem_reopened")
    printed = cli("diagnose", *(part for each in many for part in ("-a", f"{each}=yes"))).stdout
    assert len(re.findall("^ .*! |^RISKS .*! ", printed, re.MULTILINE)) == 2
    assert "is open again" not in printed.split("RISKS")[1].split("ASK")[0]


def test_words_that_stand_beside_the_open_job_are_not_told_again(cli: Cli, write: Write) -> None:
    said = '{requirements_reopened: {answer: yes, quote: "new rules on hygiene"}}'
    first = "  - {date: 2026-01-05, answers: {requirements_agreed: yes}}"
    log = f"observations:\n{first}\n  - {{date: 2026-03-03, answers: {said}}}\n"
    printed = cli("diagnose", str(write("deal.yaml", f"name: Acme\n{log}")), "--as-of", "2026-03-10").stdout
    assert "The requirement they agreed is changing. Stay in close touch" in " ".join(printed.split())
    assert printed.count("new rules on hygiene") == 1


# --- the twelve deals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", ["first", "second"])
@pytest.mark.parametrize("rule", SEEDS)
def test_the_risks_of_the_seeds_are_found_where_readers_saw_them(rule: str, reader: str) -> None:
    labels = yaml.safe_load((ROOT / "tests/sheets/labels.yaml").read_text("utf-8"))
    seen = {name for name, label in labels.items() if rule in label["risks"]}
    named = {name for name in labels if rule in rules_of(reader, name)}
    assert len(seen & named) >= 0.8 * len(seen)
    assert len(named - seen) <= 2


def rules_of(reader: str, name: str) -> set[str]:
    deal = load_deal(str(ROOT / f"tests/sheets/{reader}/{name}.yaml"), load_catalogue(), date(2026, 12, 31))
    return {each.rule for each in diagnose(deal, SHELF, max(entry.date for entry in deal.observations)).risks}
