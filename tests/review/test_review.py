"""`buystage review`: whose claim runs ahead of the customer, what is missing, and no noise."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from buystage.deals.load import load_deal
from buystage.diagnosis.rules import UNTIL_SIGNED
from buystage.diagnosis.rules.claims import CLAIMS
from buystage.diagnosis.rules.plans import PLANS
from buystage.library.playbooks import load_shelf
from buystage.review.incoming import Incoming
from buystage.review.reviewer import Review, Reviewer
from buystage.settings.values import Settings
from conftest import ROOT, Cli, Write

SHELF = load_shelf()
DEFAULTS = Settings()
DAY = date(2026, 3, 10)
AT_EVALUATION = {
    "requirements_agreed": "yes",
    "offers_being_compared": "yes",
    "preferred_named": "no",
    "supplier_once_chosen": "no",
    "checks_under_way": "yes",
    "agreement_being_sought": "yes",
}
AT_CHOICE = {"preferred_named": "yes", "terms_being_negotiated": "yes", "requirements_agreed": "yes"}
QUOTED = {"requirements_agreed": {"answer": "yes", "quote": "Version 3 is signed"}}


def reviewed(
    answers: dict[str, Any] | None = None, day: str = "2026-03-03", settings: Settings = DEFAULTS, **deal: Any
) -> Review:
    """Return the review of a deal with one log entry, on 10 March."""
    log = [{"date": day, "answers": answers}] if answers else []
    text = yaml.safe_dump({"name": "Acme", **deal, "observations": log}, allow_unicode=True, sort_keys=False)
    return Reviewer(SHELF, settings, DAY, DAY).review(Incoming("deal.yaml", text.encode()))


def rules(result: Review) -> set[str]:
    return {each.finding.rule for each in result.findings}


STEP: dict[str, Any] = {"next_step": {"what": "Visit", "by": "both", "date": "2026-03-20"}}
FOUND: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "claimed-stage-ahead": (AT_EVALUATION, {"claimed_stage": "solution_confirmation"}),
    "claimed-stage-behind": (AT_CHOICE, {"claimed_stage": "need_confirmation"}),
    "claim-unproven": ({"problem_named": "yes"}, {"claimed_stage": "solution_evaluation"}),
    "claim-unquoted": (AT_CHOICE, {"claimed_stage": "Negotiation/Review"}),
    "unknown-stage-word": (AT_CHOICE, {"claimed_stage": "Stage 4"}),
    "not-enough-evidence": ({"problem_named": "yes"}, {}),
    "rests-on-guesses": ({name: {"answer": a, "evidence": "assumed"} for name, a in AT_CHOICE.items()}, {}),
    "no-next-step": (AT_CHOICE, {}),
    "next-step-past": (AT_CHOICE, {"next_step": {"what": "Visit", "by": "both", "date": "2026-03-09"}}),
    "next-step-ours-only": (AT_CHOICE, {"next_step": {"what": "Send a quote", "by": "us"}}),
    "close-date-past": (AT_CHOICE, {"close_date": "2026-03-09"}),
    "key-date-past": (AT_CHOICE, {"key_dates": [{"what": "award", "date": "2026-03-09"}]}),
    "no-decision-maker": (AT_CHOICE, {"buying_group": [{"name": "Ann", "role": "user"}]}),
    "single-contact": (AT_CHOICE, {"buying_group": [{"name": "Ann", "role": "executive"}]}),
}
HARMLESS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "claimed-stage-ahead": (AT_CHOICE, {"claimed_stage": "solution_confirmation"}),
    "claimed-stage-behind": (AT_EVALUATION, {"claimed_stage": "solution_evaluation"}),
    "claim-unproven": ({"problem_named": "yes"}, {"claimed_stage": "problem_discovery"}),
    "claim-unquoted": ({**AT_CHOICE, **QUOTED}, {"claimed_stage": "Negotiation/Review"}),
    "unknown-stage-word": (AT_CHOICE, {"claimed_stage": "Negotiation/Review"}),
    "not-enough-evidence": (AT_CHOICE, {}),
    "rests-on-guesses": (AT_CHOICE, {}),
    "no-next-step": (AT_CHOICE, {"paused": {"until": "2026-05-01", "reason": "budget year"}}),
    "next-step-past": (AT_CHOICE, {"next_step": {"what": "Visit", "by": "both", "date": "2026-03-10"}}),
    "next-step-ours-only": (AT_CHOICE, {"next_step": {"what": "Send a quote", "by": "both"}}),
    "close-date-past": (AT_CHOICE, {"close_date": "2026-03-10"}),
    "key-date-past": (AT_CHOICE, {"key_dates": [{"what": "award", "date": "2026-03-10"}]}),
    "no-decision-maker": (AT_CHOICE, {"buying_group": [{"name": "Ann", "role": "executive"}]}),
    "single-contact": (AT_CHOICE, {}),
}


@pytest.mark.parametrize("rule", FOUND)
def test_a_rule_finds_what_it_is_for_and_nothing_beside_it(rule: str) -> None:
    answers, deal = FOUND[rule]
    assert rule in rules(reviewed(answers, **deal))
    answers, deal = HARMLESS[rule]
    assert rule not in rules(reviewed(answers, **deal))


def test_every_rule_of_a_review_has_a_test() -> None:
    assert set(FOUND) == set(HARMLESS) == set(CLAIMS) | set(PLANS)


def test_once_it_is_signed_nobody_asks_for_a_next_step() -> None:
    signed = reviewed({"contract_signed": "yes"}, close_date="2026-01-01")
    assert not rules(signed) & {"no-next-step", "close-date-past"}


def test_a_pause_excuses_a_missing_next_step_until_it_is_over() -> None:
    assert "no-next-step" not in rules(reviewed(AT_CHOICE, paused={"until": "2026-03-10", "reason": "budget year"}))
    assert "no-next-step" in rules(reviewed(AT_CHOICE, paused={"until": "2026-03-09", "reason": "budget year"}))


def test_of_several_key_dates_past_the_latest_is_told_at_its_line() -> None:
    dates = [{"what": "offer lapses", "date": "2026-03-08"}, {"what": "award", "date": "2026-02-01"}]
    (found,) = (each for each in reviewed(AT_CHOICE, key_dates=dates).findings if each.finding.rule == "key-date-past")
    assert found.finding.texts == {"what": "offer lapses"}
    assert found.location.source_line == "- what: offer lapses"


def test_too_little_evidence_is_not_the_same_as_ahead() -> None:
    result = reviewed({"problem_named": "yes"}, claimed_stage="solution_confirmation")
    assert "claim-unproven" in rules(result)
    assert "claimed-stage-ahead" not in rules(result)


def test_a_range_that_reaches_the_claim_is_not_ahead() -> None:
    """Between Evaluation and Choice, a claim of Choice may be right."""
    answers = {"requirements_agreed": "yes", "budget_approved": "no", "offers_being_compared": "yes"}
    assert "claimed-stage-ahead" not in rules(reviewed(answers, claimed_stage="solution_confirmation"))


def test_a_deal_that_is_lost_has_no_findings() -> None:
    assert rules(reviewed(AT_EVALUATION, claimed_stage="Closed Lost")) == set()


# --- the twelve deals --------------------------------------------------------------------------------------------

LABELS = yaml.safe_load((ROOT / "tests/sheets/labels.yaml").read_text("utf-8"))
STAGES = list(SHELF.playbooks[0].stages)


@pytest.mark.parametrize("reader", ["first", "second"])
def test_every_claim_that_is_too_late_is_reported_and_no_right_one(reader: str) -> None:
    ahead, wanted = set(), set()
    for name, label in LABELS.items():
        path = str(ROOT / "tests/sheets" / reader / f"{name}.yaml")
        deal = load_deal(path, SHELF.catalogue, date(2026, 12, 31))
        day = max(entry.date for entry in deal.observations)
        result = Reviewer(SHELF, DEFAULTS, day, date(2026, 12, 31)).review(Incoming(path))
        if deal.claimed_stage and STAGES.index(deal.claimed_stage) > STAGES.index(label["stage"]):
            wanted.add(name)
        ahead |= {name for each in result.findings if each.finding.rule == "claimed-stage-ahead"}
    assert ahead == wanted
    assert wanted


# --- waivers -----------------------------------------------------------------------------------------------------


def waiver(rule: str, until: str) -> dict[str, Any]:
    return {"waivers": [{"rule": rule, "reason": "agreed", "until": until}]}


def test_what_is_waived_is_counted_apart_until_its_day_is_over() -> None:
    waived = reviewed(AT_CHOICE, **waiver("no-next-step", "2026-03-10"))
    assert [each.finding.rule for each in waived.waived] == ["no-next-step"]
    assert "no-next-step" not in rules(waived)
    lapsed = reviewed(AT_CHOICE, **waiver("no-next-step", "2026-03-09"))
    assert {"no-next-step", "waiver-expired"} <= rules(lapsed)
    assert lapsed.waived == ()


def test_a_waiver_of_what_is_not_found_is_one_too_many() -> None:
    result = reviewed(AT_CHOICE, **STEP, **waiver("no-next-step", "2026-12-31"))
    assert "waiver-unused" in rules(result)
    assert "waiver-unused" not in rules(reviewed(AT_CHOICE, **STEP, **waiver("no-next-step", "2026-01-31")))


def test_a_waiver_that_was_renewed_is_no_longer_told_to_be_over() -> None:
    old, new = waiver("no-next-step", "2026-03-01")["waivers"], waiver("no-next-step", "2026-03-31")["waivers"]
    result = reviewed(AT_CHOICE, waivers=[*old, *new])
    assert "waiver-expired" not in rules(result)
    assert [each.waiver.until.isoformat() for each in result.waived if each.waiver] == ["2026-03-31"]


def test_on_its_last_day_a_waiver_is_not_over() -> None:
    assert "waiver-expired" not in rules(reviewed(AT_CHOICE, **waiver("no-next-step", "2026-03-10")))


def test_a_waiver_of_a_deal_that_is_lost_is_not_one_too_many() -> None:
    result = reviewed(AT_CHOICE, claimed_stage="Closed Lost", **waiver("no-next-step", "2026-12-31"))
    assert rules(result) == set()


def test_a_notice_about_a_waiver_may_be_waived_too() -> None:
    both = [*waiver("no-next-step", "2026-03-01")["waivers"], *waiver("waiver-expired", "2026-12-31")["waivers"]]
    assert rules(reviewed(AT_CHOICE, waivers=both)) & {"waiver-expired", "waiver-unused"} == set()


# --- where a finding stands --------------------------------------------------------------------------------------


def at(result: Review, rule: str) -> str:
    """Return the line of the text that a finding stands on."""
    (placed,) = [each for each in result.findings if each.finding.rule == rule]
    return placed.location.source_line.strip()


def log_of(*entries: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"observations": [{"date": day, "answers": answers} for day, answers in entries]}


def reviewed_log(*entries: tuple[str, dict[str, Any]], **keys: Any) -> Review:
    text = yaml.safe_dump({"name": "Acme", **keys, **log_of(*entries)}, sort_keys=False)
    return Reviewer(SHELF, DEFAULTS, DAY, date(2026, 12, 31)).review(Incoming("deal.yaml", text.encode()))


def test_a_finding_stands_at_the_newest_answer_up_to_the_day() -> None:
    stuck = {"choice_stuck": {"answer": "yes", "quote": "one"}}
    result = reviewed_log(
        ("2026-03-05", {"choice_stuck": {"answer": "yes", "quote": "newest"}}),
        ("2026-03-03", stuck),
        ("2026-04-03", {"choice_stuck": {"answer": "yes", "quote": "not yet"}}),
    )
    (placed,) = [each for each in result.findings if each.finding.rule == "vendor-choice-difficulty"]
    assert placed.location.line == 5


def test_a_job_that_is_open_again_stands_where_its_cause_is_quoted() -> None:
    settled = {**AT_CHOICE, "supplier_once_chosen": "yes"}
    again = {"selection_reopened": {"answer": "yes", "quote": "Tom stopped the letters"}}
    assert at(reviewed_log(("2026-02-03", settled), ("2026-03-03", again)), "job-reopened") == "selection_reopened:"


def test_findings_of_one_rule_are_told_apart_by_their_subject() -> None:
    again = {"selection_reopened": "yes", "consensus_reopened": "yes"}
    result = reviewed_log(("2026-02-03", {**AT_CHOICE, "group_agrees": "yes"}), ("2026-03-03", again))
    subjects = [each.finding.subject for each in result.findings if each.finding.rule == "job-reopened"]
    assert sorted(subjects) == ["consensus_creation", "supplier_selection"]


def test_the_answer_that_a_finding_rests_on_is_not_what_it_is_about() -> None:
    one = reviewed({"choice_stuck": "yes"})
    other = reviewed({"selection_reopened": "yes", "offers_being_compared": "yes"})
    subjects = {
        e.finding.subject for r in (one, other) for e in r.findings if e.finding.rule == "vendor-choice-difficulty"
    }
    assert subjects == {"deal"}


def test_behind_by_our_own_guesses_is_not_behind() -> None:
    guessed = {name: {"answer": answer, "evidence": "assumed"} for name, answer in AT_CHOICE.items()}
    assert "claimed-stage-behind" in rules(reviewed(AT_CHOICE, claimed_stage="need_confirmation"))
    assert "claimed-stage-behind" not in rules(reviewed(guessed, claimed_stage="need_confirmation"))


@pytest.mark.parametrize("rule", sorted(UNTIL_SIGNED & set(PLANS)))
def test_what_no_longer_matters_once_it_is_signed_is_not_told(rule: str) -> None:
    _, deal = FOUND[rule]
    assert rule not in rules(reviewed({"contract_signed": "yes"}, **deal))


def test_while_something_is_open_again_nobody_counts_the_days_of_a_stage() -> None:
    long_ago = ("2025-09-03", AT_EVALUATION)
    assert "stage-overdue" in rules(reviewed_log(long_ago))
    assert "stage-overdue" not in rules(reviewed_log(long_ago, ("2025-10-03", {"requirements_reopened": "yes"})))


# --- the command -------------------------------------------------------------------------------------------------

AHEAD = """
name: Meridian
amount: 1200000
currency: EUR
claimed_stage: solution_confirmation
next_step: {what: Visit, by: both, date: 2026-04-01}
observations:
  - date: 2026-03-03
    answers:
      requirements_agreed: {answer: yes, quote: "Version 3 is signed", by: Ann}
      offers_being_compared: yes
      preferred_named: no
      supplier_once_chosen: no
      checks_under_way: yes
      agreement_being_sought: yes
"""
FINE = AHEAD.replace("Meridian", "Halden").replace("1200000", "2000000").replace("_confirmation", "_evaluation")


@pytest.fixture
def deals(write: Write) -> Path:
    write("deals/settings/buystage.yaml", "playbook_folders: []\n")
    write("deals/fine.yaml", FINE)
    write("deals/fine.private.yaml", "people: {}\n")
    return write("deals/ahead.yaml", AHEAD).parent


def test_the_sum_comes_first_and_a_tally_last(cli: Cli, deals: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(deals.parent)
    result = cli("review", "deals", "--as-of", "2026-03-10")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0] == "2 deals, 1 claims more than the customer has shown: 1.2 M of 3.2 M EUR"
    assert lines[-1] == "deals: 2, errors: 1, warnings: 0, notices: 0, waived: 0, not readable: 0"
    assert "\ndeals/ahead.yaml:4\n" in result.stdout
    assert "To clear: set the CRM back to Evaluation" in result.stdout
    assert "or: log it in their words" in result.stdout
    assert "Halden" not in result.stdout


def test_with_v_everything_is_named_and_rules_have_their_ids(cli: Cli, deals: Path) -> None:
    printed = cli("review", str(deals), "--as-of", "2026-03-10", "-v").stdout
    assert "[claimed-stage-ahead]" in printed
    assert "Halden: no findings" in printed


def test_a_chinese_review_speaks_chinese(cli: Cli, deals: Path) -> None:
    printed = cli("review", str(deals), "--as-of", "2026-03-10", "--lang", "zh").stdout
    assert "共 2 个商机，其中 1 个 CRM 阶段比客户实际靠前，涉及 120 万（共 320 万）EUR" in printed
    assert "怎么办：" in printed


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("notice", 1), ("never", 0)])
def test_the_gate_is_where_it_is_set(cli: Cli, deals: Path, fail_on: str, code: int) -> None:
    assert cli("review", str(deals), "--as-of", "2026-03-10", "--fail-on", fail_on).exit_code == code
    fine = str(deals / "fine.yaml")
    assert cli("review", fine, "--as-of", "2026-03-10", "--fail-on", fail_on).exit_code == 0


def test_notices_fail_only_where_asked(cli: Cli, deals: Path) -> None:
    fine = str(deals / "fine.yaml")
    assert cli("review", fine, "--as-of", "2026-04-05").exit_code == 0
    assert cli("review", fine, "--as-of", "2026-04-05", "--fail-on", "notice").exit_code == 1


def test_one_bad_file_is_named_and_the_good_ones_are_reviewed(cli: Cli, deals: Path, write: Write) -> None:
    write("deals/bad.yaml", "nam: x\n")
    result = cli("review", str(deals), "--as-of", "2026-03-10")
    assert result.exit_code == 3
    assert "bad.yaml:1:1" in result.stderr
    assert "Meridian" in result.stdout
    assert "not readable: 1" in result.stdout


def test_a_path_that_is_not_there_is_named_and_the_others_are_reviewed(cli: Cli, deals: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = cli("review", str(tmp_path / "empty"), "nowhere.yaml", str(deals), "--as-of", "2026-03-10")
    assert result.exit_code == 3
    assert "Meridian" in result.stdout
    assert "not readable: 2" in result.stdout


def test_an_export_that_came_out_empty_is_no_success(cli: Cli, write: Write) -> None:
    assert cli("review", str(write("a.jsonl", "\n\n"))).exit_code == 3


def test_an_empty_folder_is_no_success(cli: Cli, tmp_path: Path) -> None:
    assert cli("review", str(tmp_path)).exit_code == 3


def test_standard_input_is_a_deal_too(cli: Cli) -> None:
    result = cli("review", "-", "--as-of", "2026-03-10", stdin=AHEAD.lstrip())
    assert result.exit_code == 1
    assert "-:4" in result.stdout


def test_on_a_first_run_over_the_examples_nobody_drowns(cli: Cli) -> None:
    printed = cli("review", str(ROOT / "examples"), "--as-of", "2026-09-16").stdout
    for block in printed.split("\n\n")[1:-1]:
        assert len(re.findall("^  [✗!·] ", block, re.MULTILINE)) <= 2, block
