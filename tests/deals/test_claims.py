"""What the CRM's word claims: ranges of stages, never a guess."""

import pytest

from buystage.deals.crm_words import claim_of, crm_called, stage_words
from buystage.library.playbooks import load_shelf
from buystage.library.shipped import builtin_names
from buystage.model.claim import BEFORE, Claim, Unclear
from conftest import Cli, Write

SHELF = load_shelf(builtin_names())
STAGES = {book.name: list(book.stages) for book in SHELF.playbooks if book.kind == "linear"}


def linear(word: str, crm: str | None = None) -> tuple[int, int] | None:
    """Return the stages of the linear playbook that a word claims, counted from 1 (0: before the first)."""
    claim = claim_of(word, crm, {}, SHELF)
    assert isinstance(claim, Claim), claim
    span = claim.span("linear", STAGES["linear"])
    return (span[0] + 1, span[1] + 1) if span else None


@pytest.mark.parametrize(
    ("word", "crm", "stages"),
    [
        ("Prospecting", "salesforce", (0, 1)),
        ("Needs Analysis", "Salesforce", (1, 2)),
        ("Value Proposition", "salesforce", (2, 3)),
        ("Proposal/Price Quote", "salesforce", (3, 3)),
        ("Negotiation/Review", "salesforce", (4, 4)),
        ("Closed Won", "salesforce", (4, 4)),
        ("Contract sent", "hubspot", (4, 4)),
        ("Proposal Made", "Pipedrive", (3, 3)),
        ("Develop", "Dynamics 365", (1, 3)),
        ("Proposition", "odoo", (3, 3)),
        ("谈判/复审", "zoho", (4, 4)),
        ("06谈判/复审", "zoho", (4, 4)),
        ("方案/报价", "销售易", (3, 3)),
        ("立项汇报", "CordysCRM", (2, 3)),
        ("商务谈判", "简道云", (4, 4)),
    ],
)
def test_a_word_of_a_crm_claims_a_range_of_stages(word: str, crm: str, stages: tuple[int, int]) -> None:
    assert linear(word, crm) == stages


@pytest.mark.parametrize("word", ["negotiation / review", "NEGOTIATION/REVIEW", " Negotiation／Review "])
def test_case_and_spaces_make_no_difference(word: str) -> None:
    assert linear(word) == (4, 4)


def test_what_is_only_scheduled_claims_no_more_than_the_class_before() -> None:
    assert linear("Appointment scheduled", "hubspot") == (0, 1)
    assert linear("Presentation scheduled", "hubspot") == (1, 3)
    assert linear("Demo Scheduled", "pipedrive") == (1, 3)


def test_a_word_without_a_crm_must_mean_one_thing() -> None:
    assert linear("Qualified") == (1, 1)
    assert linear("方案/报价") == (3, 3)
    assert linear_of("Qualified", {"Qualified": "needs"}) == (0, 1)


@pytest.mark.parametrize(
    ("word", "crm", "why"),
    [
        ("Stage 4", None, "unknown"),
        ("Verbal", "salesforce", "unknown"),
        ("Qualified", "salesforce", "unknown"),
        ("decisionmakerboughtin", "hubspot", "internal_id"),
        ("appointmentscheduled", None, "internal_id"),
        ("Negotiation", "our own", "unknown_crm"),
    ],
)
def test_what_is_not_known_is_said_and_never_guessed(word: str, crm: str | None, why: str) -> None:
    claim = claim_of(word, crm, {}, SHELF)
    assert isinstance(claim, Unclear)
    assert claim.why == why


@pytest.mark.parametrize("word", ["Closed Lost", "closedlost", "输单", "无效", "Closed-Lost to Competition"])
def test_lost_deals_claim_no_stage(word: str) -> None:
    claim = claim_of(word, None, {}, SHELF)
    assert isinstance(claim, Claim)
    assert (claim.status, dict(claim.ranges)) == ("lost", {})


def test_a_stage_of_a_playbook_claims_itself() -> None:
    claim = claim_of("contract_signing", None, {}, SHELF)
    assert isinstance(claim, Claim)
    assert set(claim.ranges) == {"procurement", "key-account"}


def test_teams_map_their_own_words_to_classes_and_stages() -> None:
    own = {"Tech Win": "offer", "Paper chase": "solution_confirmation", "Odd": "nonsense"}
    assert linear_of("tech win", own) == (2, 2)
    assert linear_of("Paper chase", own) == (3, 3)
    assert isinstance(claim_of("Odd", None, own, SHELF), Unclear)


def linear_of(word: str, own: dict[str, str]) -> tuple[int, int] | None:
    claim = claim_of(word, None, own, SHELF)
    assert isinstance(claim, Claim)
    return claim.span("linear", STAGES["linear"])


# --- the file ----------------------------------------------------------------------------------------------------


def test_every_class_claims_stages_that_there_are_in_order() -> None:
    jobs = {name for book in SHELF.playbooks for name in book.jobs}
    for name, each in stage_words().classes.items():
        assert set(each.claims) == (set(STAGES) if each.status != "lost" else set()), name
        assert set(each.jobs) <= jobs
        for book, claimed in each.claims.items():
            first, last = (-1 if stage == BEFORE else STAGES[book].index(stage) for stage in claimed)
            assert first <= last


def test_every_word_belongs_to_a_class_and_every_crm_is_found_by_its_title() -> None:
    words = stage_words()
    for name, crm in words.crms.items():
        assert set(crm.words.values()) | set(crm.kept_ids.values()) <= set(words.classes)
        assert set(crm.scheduled) <= set(crm.words)
        assert crm_called(crm.title) == crm_called(name) == name


# --- on the screen -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("Negotiation/Review", "says Negotiation/Review, 1 stage ahead of the customer"),
        ("Qualification", "says Qualification, 2 stages behind the customer"),
        ("Proposal/Price Quote", "says Proposal/Price Quote, and what the customer does fits"),
        ("Closed Lost", "says Closed Lost: it is over there"),
        ("Stage 4", "says Stage 4, a word whose meaning is not known here"),
    ],
)
def test_the_screen_holds_the_word_against_what_the_customer_shows(
    cli: Cli, write: Write, word: str, says: str
) -> None:
    answers = "{requirements_agreed: yes, offers_being_compared: yes, preferred_named: no, supplier_once_chosen: no}"
    log = f"observations: [{{date: 2026-03-02, answers: {answers}}}]"
    deal = write("deal.yaml", f"name: Acme\ncrm: salesforce\nclaimed_stage: {word}\n{log}\n")
    assert says in " ".join(cli("diagnose", str(deal), "-p", "linear", "--as-of", "2026-03-03").stdout.split())


# --- playbooks of a team's own -----------------------------------------------------------------------------------

ONLY_OURS = """
schema: buystage.playbook/v1
name: our-way
version: 1
kind: linear
title: {en: Our way, zh: 我们的}
origin: [in-house]
stages:
  first_talks:
    title: {en: First talks}
    customer: {en: they talk}
    ends_when: {en: they know}
    rows: {ends: [requirements_agreed]}
  last_talks:
    title: {en: Last talks}
    customer: {en: they settle}
    ends_when: {en: it is signed}
    rows: {ends: [contract_signed]}
"""
DEAL = """
name: Acme
crm: salesforce
claimed_stage: WORD
observations: [{date: 2026-03-01, answers: {requirements_agreed: yes, preferred_named: no}}]
"""


@pytest.mark.parametrize("word", ["Negotiation/Review", "Closed Won"])
def test_a_word_that_is_no_stage_of_the_model_in_use_is_said_to_be_one(cli: Cli, write: Write, word: str) -> None:
    book = str(write("our-way.yaml", ONLY_OURS))
    deal = str(write("deal.yaml", DEAL.replace("WORD", word)))
    result = cli("review", deal, "-p", book, "--as-of", "2026-03-02")
    said = " ".join(result.stdout.split())
    assert "1 can't be judged" in said
    assert f"CRM says {word}; no stage of our-way is linked to that word, so it can't be judged" in said
    assert f"as in 'stage_words: {{{word}: last_talks}}'" in said


def test_once_it_is_mapped_the_word_is_held_against_the_customer(
    cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = write("our-way.yaml", ONLY_OURS)
    monkeypatch.chdir(book.parent)
    write("deal.yaml", DEAL.replace("WORD", "Negotiation/Review"))
    write("buystage.yaml", "stage_words: {Negotiation/Review: last_talks}\n")
    result = cli("review", "deal.yaml", "-p", "our-way.yaml", "--as-of", "2026-03-02")
    assert "no stage of our-way" not in result.stdout
    assert "CRM says Negotiation/Review" in result.stdout


def test_a_lost_deal_is_lost_whatever_the_model(cli: Cli, write: Write) -> None:
    book, deal = str(write("our-way.yaml", ONLY_OURS)), str(write("deal.yaml", DEAL.replace("WORD", "Closed Lost")))
    assert "it is over there" in cli("diagnose", deal, "-p", book).stdout
    assert "can't be judged" not in cli("review", deal, "-p", book).stdout


def test_without_any_stages_no_claim_can_be_judged(cli: Cli, write: Write) -> None:
    deal = str(write("deal.yaml", DEAL.replace("WORD", "Negotiation/Review")))
    said = " ".join(cli("review", deal, "-p", "gartner", "--as-of", "2026-03-02").stdout.split())
    assert "no model with stages is in use, so it can't be judged" in said
    assert "'--playbook linear'" in said


def test_a_stage_of_another_model_is_known_where_that_model_is(
    cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found in one folder is not remembered in another, though the process is the same."""
    deal = write("deal.yaml", DEAL.replace("WORD", "last_talks"))
    there = write("there/playbooks/our-way.yaml", ONLY_OURS).parent.parent
    write("there/buystage.yaml", "playbook_folders: [playbooks]\n")
    monkeypatch.chdir(there)
    assert "a stage of our-way, which is not in use" in cli("diagnose", str(deal)).stdout
    monkeypatch.chdir(deal.parent)
    assert "a word whose meaning is not known here" in " ".join(cli("diagnose", str(deal)).stdout.split())
    monkeypatch.chdir(there)
    assert "a stage of our-way, which is not in use" in cli("diagnose", str(deal)).stdout
