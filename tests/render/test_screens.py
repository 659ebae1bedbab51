"""What people read: whole screens in both languages, and what must hold on any of them."""

import re
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from buystage.diagnosis.diagnose import diagnose
from buystage.diagnosis.result import Ask
from buystage.language import Language
from buystage.library.playbooks import load_shelf
from buystage.model.deal import Deal
from buystage.render.words import ask_text
from conftest import ROOT, Cli, Golden, Write
from own_files import JOBS, SIGNALS

SHELF = load_shelf()

EXAMPLE = "examples/electronics-maker.yaml"
DAY = ("--as-of", "2026-04-24")

UNQUOTED = (
    "requirements_reopened=yes",
    "requirements_agreed=no",
    "supplier_once_chosen=no",
    *("change_decided=yes", "solution_type_chosen=yes", "shortlist_made=yes", "comparison_finished=yes"),
)
"""A job that is open again and a step that was skipped, without a word of the customer's."""

SCREENS = {
    "diagnose": ("diagnose", EXAMPLE, *DAY),
    "diagnose-first-day": ("diagnose", EXAMPLE, "--as-of", "2026-01-14"),
    "diagnose-what-if": (
        "diagnose",
        EXAMPLE,
        *DAY,
        "--what-if",
        "preferred_named=yes",
        "--what-if",
        "offers_being_compared=no",
    ),
    "diagnose-explain": ("diagnose", EXAMPLE, *DAY, "--explain"),
    "diagnose-brief": ("diagnose", EXAMPLE, *DAY, "--brief"),
    "diagnose-markdown": ("diagnose", EXAMPLE, *DAY, "--format", "markdown"),
    "diagnose-nothing": ("diagnose", "-a", "problem_named=unknown", *DAY),
    "diagnose-little": ("diagnose", "-a", "problem_named=yes", *DAY),
    "diagnose-no-quotes": ("diagnose", *(part for each in UNQUOTED for part in ("-a", each)), *DAY),
    "playbook-list": ("playbook", "list"),
    "playbook-show": ("playbook", "show", "linear"),
    "playbook-show-state": ("playbook", "show", "linear", "need_confirmation"),
    "playbook-show-jobs": ("playbook", "show", "gartner"),
    "playbook-show-job": ("playbook", "show", "gartner", "consensus_creation"),
    "playbook-test": ("playbook", "test"),
    "sheet-a09": ("diagnose", "tests/sheets/first/a09.yaml", "--as-of", "2026-05-02"),
    "sheet-b16": ("diagnose", "tests/sheets/first/b16.yaml", "--as-of", "2026-06-11"),
    "sheet-b20": ("diagnose", "tests/sheets/first/b20.yaml", "--as-of", "2026-05-15"),
    "explain-signal": ("explain", "requirements_agreed"),
    "explain-action": ("explain", "work_with_engineers"),
    "explain": ("explain",),
}


UNWRAPPED = ("diagnose-brief", "diagnose-markdown", "playbook-test")  # lines for other programs, not for the eye


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", SCREENS)
def test_screens(cli: Cli, golden: Golden, name: str, language: str) -> None:
    result = cli(*SCREENS[name], "--lang", language)
    assert result.exit_code == 0, result.stderr
    golden(f"{name}.{language}.txt", result.stdout)


@pytest.fixture
def looped(write: Write) -> tuple[str, ...]:
    """A deal with a job that is open again, in a small jobs playbook beside the linear one."""
    write("signals.yaml", SIGNALS)
    book = write("jobs.yaml", JOBS)
    deal = write(
        "deal.yaml",
        """
        name: Meridian
        observations:
          - {date: 2026-03-02, answers: {requirements_agreed: yes}}
          - {date: 2026-04-16, answers: {pilot_agreed: {answer: yes, quote: "start again"}, requirements_agreed: no}}
        """,
    )
    return (str(deal), "-p", "linear", "-p", str(book), *DAY)


def test_a_reopened_job_stands_on_the_screen_with_its_day(cli: Cli, golden: Golden, looped: tuple[str, ...]) -> None:
    golden("diagnose-reopened.en.txt", cli("diagnose", *looped).stdout)
    golden("diagnose-reopened.zh.txt", cli("diagnose", *looped, "--lang", "zh").stdout)


def test_the_next_step_and_the_nearest_key_date_count_down(cli: Cli, write: Write) -> None:
    deal = write(
        "deal.yaml",
        """
        name: Acme
        next_step: {what: visit, by: customer, date: 2026-05-06}
        key_dates: [{what: budget closes, date: 2026-06-01}, {what: offer lapses, date: 2026-05-08}]
        """,
    )
    shown = {
        day: cli("diagnose", str(deal), "--as-of", day).stdout for day in ("2026-05-01", "2026-05-06", "2026-07-01")
    }
    assert "Next    6 May, in 5 days: visit (theirs)" in shown["2026-05-01"]
    assert "Date    8 May, in 7 days: offer lapses" in shown["2026-05-01"]
    assert "Next    6 May, today: visit" in shown["2026-05-06"]
    assert "Next    6 May, 56 days overdue: visit" in shown["2026-07-01"]
    assert "Date    1 Jun, 30 days ago: budget closes" in shown["2026-07-01"]  # all are past: the latest of them
    assert (
        "下一步   5月6日（还有 5 天）：visit（客户来办）"
        in cli("diagnose", str(deal), "--as-of", "2026-05-01", "--lang", "zh").stdout
    )


def test_always_on_jobs_that_lag_are_said_aloud(cli: Cli) -> None:
    printed = cli("diagnose", "-a", "preferred_named=yes", "-a", "requirements_agreed=yes").stdout
    assert "lagging behind the other jobs: Validation, Consensus" in printed
    late = ("-a", "preferred_named=yes", "-a", "requirements_agreed=yes", "-a", "checks_passed=yes", "--lang", "zh")
    assert "进度落后：共识建立" in cli("diagnose", *late).stdout


def test_a_supposition_about_jobs_says_what_it_changes_or_that_it_changes_nothing(
    cli: Cli, looped: tuple[str, ...]
) -> None:
    book = looped[looped.index("-p", 3) + 1]
    deal = (looped[0], "-p", book, *DAY)
    assert "nothing changes" in cli("diagnose", *deal, "--what-if", "performance_fixed=no").stdout
    assert (
        "Need becomes"
        in cli("diagnose", *deal, "--what-if", "pilot_agreed=no", "--what-if", "requirements_agreed=yes").stdout
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", [40, 50, 80, 100])
@pytest.mark.parametrize("name", [name for name in SCREENS if name not in UNWRAPPED])
def test_no_line_is_wider_than_the_terminal(cli: Cli, name: str, columns: int, language: str) -> None:
    printed = cli(*SCREENS[name], "--lang", language, env={"COLUMNS": str(columns)}).stdout
    assert [line for line in printed.splitlines() if cell_len(line) > columns] == []
    assert not re.search(r"[ \t]$", printed, re.MULTILINE)


@pytest.mark.parametrize("columns", range(40, 101, 3))
def test_no_line_begins_with_a_closing_mark(cli: Cli, columns: int) -> None:
    for name in ("diagnose", "playbook-show", "playbook-show-state", "explain", "explain-signal", "diagnose-explain"):
        printed = cli(*SCREENS[name], "--lang", "zh", env={"COLUMNS": str(columns)}).stdout
        assert [line for line in printed.splitlines() if line.lstrip()[:1] in tuple("，。；：！？、）》】”’")] == []


def test_the_screen_fits_on_a_screen(cli: Cli) -> None:
    assert len(cli(*SCREENS["diagnose"]).stdout.splitlines()) <= 28


def test_no_percentage_on_the_screen_that_could_be_taken_for_a_chance(cli: Cli) -> None:
    quoted = re.sub("“.*?”", "", cli(*SCREENS["diagnose"]).stdout, flags=re.DOTALL)
    assert "%" not in quoted


def test_brief_is_five_lines_at_most(cli: Cli) -> None:
    conflict = ("-a", "requirements_agreed=yes", "-a", "requirements_being_written=yes", "-a", "preferred_named=no")
    assert len(cli("diagnose", *conflict, "--brief").stdout.splitlines()) == 5
    assert len(cli(*SCREENS["diagnose-nothing"], "--brief").stdout.splitlines()) == 2
    assert "What if: If they have settled" in cli(*SCREENS["diagnose-what-if"], "--brief").stdout


def test_a_contradiction_names_the_day_of_each_answer_and_which_is_our_guess(cli: Cli) -> None:
    conflict = ("-a", "requirements_agreed=yes:assumed", "-a", "requirements_being_written=yes", *DAY)
    printed = " ".join(cli("diagnose", *conflict).stdout.split())
    assert "the requirement is agreed (24 Apr, only our guess); the requirement is being written" in printed


def test_old_news_is_called_old(cli: Cli) -> None:
    assert "The last news is 61 days old." in " ".join(cli("diagnose", EXAMPLE, "--as-of", "2026-06-22").stdout.split())
    assert "days old" not in cli("diagnose", EXAMPLE, "--as-of", "2026-06-21").stdout


def test_many_answers_without_a_stage_point_to_different_ones(cli: Cli) -> None:
    torn = (
        "contract_signed=no",
        "preferred_named=yes",
        "requirements_agreed=no",
        "change_decided=no",
        "options_known=yes",
    )
    printed = cli("diagnose", *(part for each in torn for part in ("-a", each))).stdout
    assert "The answers point to different stages" in printed
    assert not [line for line in printed.splitlines() if " + " in line or "does not fit" in line]


def test_a_year_is_named_where_it_is_another_one(cli: Cli) -> None:
    assert "last news 22 Apr 2026" in cli("diagnose", EXAMPLE, "--as-of", "2027-01-05").stdout
    assert "2026年4月22日" in cli("diagnose", EXAMPLE, "--as-of", "2027-01-05", "--lang", "zh").stdout


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        ("problem_discovery", "says Problem, 2 stages behind the customer"),
        ("need_confirmation", "says Need, 1 stage behind the customer"),
        ("solution_evaluation", "says Evaluation, and what the customer does fits"),
        ("solution_confirmation", "says Choice, 1 stage ahead of the customer"),
        ("Negotiation/Review", "says Negotiation/Review, 1 stage ahead of the customer"),
        ("Stage 4", "says Stage 4, a word whose meaning is not known here"),
    ],
)
def test_the_claim_of_the_crm_is_held_against_the_customer(cli: Cli, tmp_path: Path, claim: str, says: str) -> None:
    text = (ROOT / EXAMPLE).read_text("utf-8").replace("solution_confirmation\n", f"{claim}\n")
    path = tmp_path / "deal.yaml"
    path.write_text(text, "utf-8")
    assert says in cli("diagnose", str(path), *DAY).stdout


def test_a_claim_within_reach_of_an_unclear_stage_may_be_right(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", "name: Acme\nclaimed_stage: solution_evaluation\n")
    printed = cli("diagnose", str(path), "-a", "offers_requested=yes").stdout
    assert "anything from Need to Choice fits" in printed
    assert "says Evaluation, which may be right" in " ".join(printed.split())


def test_two_stages_that_fit_alike_are_both_named(cli: Cli) -> None:
    printed = cli("diagnose", "-a", "requirements_agreed=yes").stdout
    assert "Between Evaluation and Choice: the facts so far fit both." in printed


def test_what_is_new_is_told_where_nothing_moved(cli: Cli, write: Write) -> None:
    log = """
        name: Acme
        observations:
          - {date: 2026-03-02, answers: {requirements_agreed: yes, offers_being_compared: yes, preferred_named: no}}
          - {date: 2026-03-20, answers: {offers_being_compared: yes, budget_approved: yes, references_contacted: no}}
        """
    deal = str(write("deal.yaml", log))
    since = cli("diagnose", deal, "--as-of", "2026-03-20").stdout.splitlines()[1]
    assert since == "Since 2 Mar: the money is approved; they have checked neither users nor a track"


def test_a_job_that_is_begun_is_told(cli: Cli, write: Write) -> None:
    deal = write(
        "deal.yaml",
        """
        name: Acme
        observations:
          - {date: 2026-03-02, answers: {problem_named: yes, change_decided: yes}}
          - {date: 2026-03-20, answers: {offers_requested: yes}}
        """,
    )
    assert "Since 2 Mar: in progress: Selection." in cli("diagnose", str(deal), "--as-of", "2026-03-20").stdout


def test_explain_says_why_no_stage_is_named(cli: Cli) -> None:
    printed = " ".join(cli("diagnose", "-a", "offers_requested=yes", "--explain", "-p", "linear").stdout.split())
    assert "No stage is named: 75 % takes everything from Need to Choice, more than half of the stages." in printed


def test_what_speaks_for_the_stage_before_is_no_reason(cli: Cli) -> None:
    facts = ("requirements_agreed=yes", "offers_being_compared=yes", "budget_approved=no")
    why = cli("diagnose", *(word for fact in facts for word in ("-a", fact))).stdout.split("WHY")[1].split("JOBS")[0]
    assert "The requirement is agreed" in why
    assert "money" not in why


def test_an_old_yes_is_asked_about_as_what_it_is() -> None:
    day = date(2026, 7, 1)
    log = [{"date": "2026-01-12", "answers": {"owner_named": "yes", "budget_approved": "no"}}]
    result = diagnose(Deal.model_validate({"name": "Acme", "observations": log}), SHELF, day)
    old = [Ask(name, "linear", "need_confirmation", "old") for name in ("owner_named", "budget_approved")]
    texts = [ask_text(ask, result, SHELF, Language.EN) for ask in old]
    assert texts[0] == "Is this still so: one of their people is in charge of it?"
    assert texts[1] == SHELF.catalogue.signals["budget_approved"].probe.en


def test_a_supposition_may_leave_the_stage_unnamed(cli: Cli) -> None:
    printed = cli("diagnose", "-a", "problem_named=yes", "-p", "linear", "--what-if", "offers_requested=no").stdout
    assert "still no stage can be named" in " ".join(printed.split())


def test_a_claim_without_evidence_is_open_not_wrong(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", "name: Acme\nclaimed_stage: solution_evaluation\n")
    assert "says Evaluation; the customer has shown nothing of the kind yet" in cli("diagnose", str(path)).stdout


# --- user text is literal --------------------------------------------------------------------------------------

NASTY = 'name: "[red]x[/red] \\e]0;title\\a\\e[31m \\u202egnp.exe {name} %s *b* <i>\\r\\n## h"\n'


@pytest.mark.parametrize("form", [(), ("--brief",), ("--format", "markdown"), ("--explain", "--color", "always")])
def test_names_are_printed_literally_whatever_is_in_them(cli: Cli, write: Write, form: tuple[str, ...]) -> None:
    path = write("deal.yaml", NASTY)
    printed = cli("diagnose", str(path), *form).stdout
    plain = re.sub(r"\x1b\[[0-9;]*m", "", printed).replace("\\", "")
    assert "[red]x[/red]" in plain
    assert "{name} %s *b* <i>" in re.sub(r"\s+", " ", plain)
    assert not re.search("[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202e]", printed)
    assert "\x1b]" not in printed
    if "--color" not in form:
        assert "\x1b" not in printed


def test_markdown_shows_names_instead_of_obeying_them(cli: Cli, write: Write) -> None:
    first, *rest = cli("diagnose", str(write("deal.yaml", NASTY)), "--format", "markdown").stdout.splitlines()
    assert first.startswith(r"## \[red\]x\[/red\]")
    assert r"\*b\* \<i\>" in first
    assert not any(line.startswith("## ") for line in rest)


def test_a_long_name_without_spaces_is_folded_not_cut(cli: Cli, write: Write) -> None:
    name = "江苏某某电子科技股份有限公司苏州工业园区第三工厂贴片生产线自动化改造升级项目二期"
    printed = cli("diagnose", str(write("deal.yaml", f"name: {name}\n")), "--lang", "zh").stdout
    head = "".join(printed.splitlines()[:3])
    assert all(character in head for character in name)
    assert "…" not in head


@pytest.mark.parametrize("character", ["\u061c", "\u180e", "\u00ad", "\u200d", "\u2066", "\U000e0041"])
def test_characters_that_hide_or_turn_text_are_not_printed(cli: Cli, write: Write, character: str) -> None:
    path = str(write("deal.yaml", f"name: a{character}b\n"))
    for form in ((), ("--brief",), ("--format", "markdown"), ("--format", "json")):
        assert character not in cli("diagnose", path, *form).stdout


def test_quotes_and_people_are_literal_too(cli: Cli, write: Write) -> None:
    path = write(
        "deal.yaml",
        r"""
        name: Acme
        observations:
          - date: 2026-04-01
            answers:
              requirements_agreed: {answer: yes, quote: "[bold]signed[/bold] \e[2J", by: "[link=x]Ann[/link]"}
              preferred_named: no
              offers_being_compared: yes
        """,
    )
    printed = cli("diagnose", str(path), *DAY).stdout
    assert "[bold]signed[/bold]" in printed
    assert "[link=x]Ann[/link]" in printed
    assert "\x1b" not in printed


# --- pauses, key dates, entries to come --------------------------------------------------------------------------

PAUSED = """
name: Acme
paused: {until: 2026-03-01, reason: budget year}
key_dates: [{what: offer lapses, date: 2026-02-20}, {what: kick-off, date: 2026-01-10}, {what: award, date: 2026-04-05}]
observations:
  - {date: 2026-02-02, answers: {budget_approved: yes}}
  - {date: 2026-03-20, answers: {budget_approved: yes}}
"""


@pytest.mark.parametrize(
    ("day", "language", "says"),
    [
        ("2026-02-28", "en", "Pause until 1 Mar, tomorrow: budget year"),
        ("2026-03-01", "en", "Pause until 1 Mar, today: budget year"),
        ("2026-03-04", "en", "Pause over since 1 Mar, 3 days ago, and nothing heard since: budget year"),
        ("2026-03-04", "zh", "暂停 3月1日到期（已过 3 天），之后还没有消息：budget year"),
    ],
)
@pytest.mark.parametrize("command", [("diagnose",), ("diagnose", "-f", "markdown"), ("review", "-v")])
def test_a_pause_is_said_while_it_lasts_and_when_it_is_over(
    cli: Cli, write: Write, day: str, language: str, says: str, command: tuple[str, ...]
) -> None:
    name, *options = command
    result = cli(name, str(write("a.yaml", PAUSED)), "--as-of", day, "--lang", language, *options)
    assert says in " ".join(result.stdout.replace("Pause:", "Pause").replace("暂停：", "暂停 ").split())


@pytest.mark.parametrize("command", ["diagnose", "review"])
def test_a_pause_that_news_has_ended_is_not_told(cli: Cli, write: Write, command: str) -> None:
    assert "Pause" not in cli(command, str(write("a.yaml", PAUSED)), "--as-of", "2026-03-21").stdout


def test_the_latest_key_date_past_is_told_beside_the_next_one(cli: Cli, write: Write) -> None:
    screen = cli("diagnose", str(write("a.yaml", PAUSED)), "--as-of", "2026-03-04").stdout
    assert "5 Apr, in 32 days: award" in screen
    assert "20 Feb, 12 days ago: offer lapses" in screen
    assert "kick-off" not in screen


@pytest.mark.parametrize("command", [("diagnose",), ("diagnose", "-f", "markdown"), ("deal", "history")])
def test_entries_after_the_day_are_said_to_be_left_out(cli: Cli, write: Write, command: tuple[str, ...]) -> None:
    path = str(write("a.yaml", PAUSED))
    assert "1 later entry left out" in cli(*command, path, "--as-of", "2026-03-04").stdout
    assert "之后的 2 条记录没算" in cli(*command, path, "--as-of", "2026-01-04", "--lang", "zh").stdout
    assert "left out" not in cli(*command, path, "--as-of", "2026-03-20").stdout


def test_a_review_counts_the_entries_it_leaves_out(cli: Cli, write: Write) -> None:
    path = str(write("a.yaml", PAUSED))
    for format_ in ("text", "markdown", "github"):
        printed = cli("review", path, "--as-of", "2026-01-04", "-f", format_).stdout
        assert "log entries dated after 4 Jan, left out: 2" in printed
