"""Settings of a team and of a user: what they change, where they are found, what is wrong with them."""

import json
from pathlib import Path

import pytest

from buystage.diagnosis.rules import ALL
from buystage.model.finding import WORST_FIRST
from buystage.settings.values import SEVERITIES, THRESHOLDS, RuleSettings, Settings
from conftest import Cli, Write
from samples import DAY, deal


@pytest.fixture(autouse=True)
def in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def found(cli: Cli, *paths: str) -> dict[str, str]:
    """Return how bad each finding of a review is, by rule."""
    report = json.loads(cli("review", *(paths or (".",)), "--as-of", DAY, "--format", "json").stdout)
    return {each["rule"]: each["severity"] for each in report["findings"]}


def test_every_rule_has_a_severity_and_only_one_stops_a_forecast() -> None:
    assert set(SEVERITIES) == {*ALL, "waiver-expired", "waiver-unused"}
    assert [rule for rule, severity in SEVERITIES.items() if severity == "error"] == ["claimed-stage-ahead"]
    assert 8 <= sum(severity != "notice" for severity in SEVERITIES.values()) <= 13
    assert set(THRESHOLDS) < set(SEVERITIES)
    assert set(SEVERITIES.values()) <= set(WORST_FIRST)


def test_a_rule_is_as_bad_as_the_team_says(cli: Cli, write: Write) -> None:
    write("a.yaml", deal(close_date="2026-03-01"))
    assert found(cli) == {"claimed-stage-ahead": "error", "close-date-past": "notice"}
    write("buystage.yaml", "rules: {claimed-stage-ahead: warning, close-date-past: {severity: error}}\n")
    assert found(cli) == {"claimed-stage-ahead": "warning", "close-date-past": "error"}
    write("buystage.yaml", "rules: {claimed-stage-ahead: off}\n")
    assert found(cli) == {"close-date-past": "notice"}


@pytest.mark.parametrize(
    ("setting", "rule"),
    [
        ("customer-silent: {days: 6}", "customer-silent"),
        ("stage-overdue: {percent: 10}", "stage-overdue"),
        ("single-contact: {people: 2}", "single-contact"),
    ],
)
def test_a_threshold_is_the_teams_to_set(cli: Cli, write: Write, setting: str, rule: str) -> None:
    people = [{"name": "Ann", "role": "executive"}, {"name": "Bo", "role": "user"}]
    write("a.yaml", deal(buying_group=people))
    assert rule not in found(cli)
    write("buystage.yaml", f"rules: {{{setting}}}\n")
    assert rule in found(cli)


@pytest.mark.parametrize("setting", ["close-date-past: {days: 9}", "next-step-past: {days: 30}"])
def test_a_team_may_wait_before_a_day_counts_as_past(cli: Cli, write: Write, setting: str) -> None:
    write("a.yaml", deal(close_date="2026-03-01", next_step={"what": "Visit", "by": "both", "date": "2026-02-20"}))
    rule = setting.partition(":")[0]
    assert rule in found(cli)
    write("buystage.yaml", f"rules: {{{setting}}}\n")
    assert rule not in found(cli)


def test_settings_hold_for_a_diagnosis_too(cli: Cli, write: Write) -> None:
    path = str(write("a.yaml", deal()))
    risks = json.loads(cli("diagnose", path, "--as-of", DAY, "--format", "json").stdout)["risks"]
    assert risks == []
    write("buystage.yaml", "rules: {customer-silent: {severity: error, days: 1}}\n")
    risks = json.loads(cli("diagnose", path, "--as-of", DAY, "--format", "json").stdout)["risks"]
    assert [(each["rule"], each["severity"]) for each in risks] == [("customer-silent", "error")]


def test_what_a_folder_says_goes_before_what_a_folder_around_it_says(cli: Cli, write: Write) -> None:
    for folder in ("deals", "deals/renewals", "deals/renewals/north", "deals/renewals-old"):
        write(f"{folder}/a.yaml", deal())
    write(
        "buystage.yaml",
        "folders:\n"
        "  deals/renewals: {rules: {claimed-stage-ahead: notice, customer-silent: {days: 1}}}\n"
        "  deals/renewals/north: {rules: {claimed-stage-ahead: warning}}\n",
    )
    assert found(cli, "deals/a.yaml") == {"claimed-stage-ahead": "error"}
    assert found(cli, "deals/renewals/a.yaml") == {"claimed-stage-ahead": "notice", "customer-silent": "notice"}
    assert found(cli, "deals/renewals/north/a.yaml") == {"claimed-stage-ahead": "warning", "customer-silent": "notice"}
    assert found(cli, "deals/renewals-old/a.yaml") == {"claimed-stage-ahead": "error"}


def test_a_folder_of_deals_that_is_empty_breaks_nothing(cli: Cli, write: Write) -> None:
    """Git keeps no empty folder: the last deal of a folder may be gone tomorrow."""
    write("a.yaml", deal())
    write("buystage.yaml", "folders: {deals/gone: {rules: {no-next-step: off}}}\n")
    assert found(cli) == {"claimed-stage-ahead": "error"}


def test_the_nearest_settings_count_from_the_current_folder_up(
    cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("buystage.yaml", "rules: {claimed-stage-ahead: warning}\n")
    folder = write("team/deals/a.yaml", deal()).parent
    monkeypatch.chdir(folder)
    assert found(cli)["claimed-stage-ahead"] == "warning"
    write("team/buystage.yaml", "rules: {claimed-stage-ahead: notice}\n")
    assert found(cli)["claimed-stage-ahead"] == "notice"


def test_the_users_own_settings_fill_in_what_the_team_leaves_open(cli: Cli, write: Write) -> None:
    write("config/buystage/buystage.yaml", "language: zh\nrules: {claimed-stage-ahead: notice, no-next-step: off}\n")
    path = str(write("a.yaml", deal()))
    assert "超前" in cli("review", path, "--as-of", DAY, "-v").stdout
    assert found(cli, path) == {"claimed-stage-ahead": "notice"}
    write("buystage.yaml", "language: en\nrules: {claimed-stage-ahead: warning}\n")
    assert "ahead of the customer" in cli("review", path, "--as-of", DAY).stdout
    assert found(cli, path) == {"claimed-stage-ahead": "warning"}


def test_a_flag_goes_before_the_environment_before_the_settings(cli: Cli, write: Write) -> None:
    write("buystage.yaml", "language: zh\n")
    path = str(write("a.yaml", deal()))
    assert "怎么办" in cli("review", path, "--as-of", DAY).stdout
    assert "To clear" in cli("review", path, "--as-of", DAY, env={"BUYSTAGE_LANG": "en"}).stdout
    assert "怎么办" in cli("review", path, "--as-of", DAY, "--lang", "zh", env={"BUYSTAGE_LANG": "en"}).stdout


def test_the_playbooks_of_a_team_are_used_where_no_flag_names_others(cli: Cli, write: Write) -> None:
    def playbooks(*options: str) -> list[str]:
        report = json.loads(cli("diagnose", path, "--as-of", DAY, "--format", "json", *options).stdout)
        return [each["playbook"] for each in report["diagnoses"]]

    path = str(write("a.yaml", deal(claimed_stage="negotiation_decision")))
    assert playbooks() == ["linear", "gartner"]
    write("buystage.yaml", "playbooks: [procurement]\n")
    assert playbooks() == ["procurement"]
    assert playbooks("-p", "linear") == ["linear"]


# --- stage words -------------------------------------------------------------------------------------------------


def test_a_team_says_what_its_own_words_mean(cli: Cli, write: Write) -> None:
    write("verbal.yaml", deal(claimed_stage="Verbal"))
    write("stage.yaml", deal(claimed_stage="Stage 4"))
    assert found(cli, "verbal.yaml", "stage.yaml") == {"unknown-stage-word": "warning"}
    write("buystage.yaml", 'stage_words: {verbal: terms, "Stage 4": solution_evaluation}\n')
    assert found(cli, "verbal.yaml") == {"claimed-stage-ahead": "error"}
    assert found(cli, "stage.yaml") == {}


def test_a_team_may_call_a_kind_of_claim_by_its_own_name(cli: Cli, write: Write) -> None:
    write("buystage.yaml", "stage_words: {Terms: terms}\n")
    assert found(cli, str(write("a.yaml", deal(claimed_stage="terms")))) == {"claimed-stage-ahead": "error"}


def test_a_flag_makes_up_for_playbooks_that_are_not_there(cli: Cli, write: Write) -> None:
    write("buystage.yaml", "playbooks: [liner]\n")
    assert cli("review", str(write("a.yaml", deal())), "-p", "linear").exit_code == 1


def test_settings_hold_behind_a_link_too(cli: Cli, write: Write, tmp_path: Path) -> None:
    write("deals/a.yaml", deal())
    write("buystage.yaml", "folders: {deals: {rules: {claimed-stage-ahead: notice}}}\n")
    (tmp_path / "link").symlink_to(tmp_path)
    assert found(cli, "link/deals/a.yaml") == {"claimed-stage-ahead": "notice"}


def test_the_meaning_that_a_team_gives_goes_before_what_a_crm_ships_with(cli: Cli, write: Write) -> None:
    path = str(write("a.yaml", deal(claimed_stage="Negotiation/Review", crm="salesforce")))
    assert found(cli, path) == {"claimed-stage-ahead": "error"}
    write("buystage.yaml", "stage_words: {Negotiation/Review: offer}\n")
    assert found(cli, path) == {}


def test_a_stage_may_be_claimed_by_the_name_it_has_on_screens(cli: Cli, write: Write) -> None:
    for name in ("Choice", "方案确认"):
        assert found(cli, str(write("a.yaml", deal(claimed_stage=name)))) == {"claimed-stage-ahead": "error"}


def test_the_stage_of_a_playbook_that_is_not_in_use_is_said_to_be_one(cli: Cli, write: Write) -> None:
    path = str(write("a.yaml", deal(claimed_stage="negotiation_decision")))
    printed = cli("review", path, "--as-of", DAY).stdout
    assert "a stage of procurement, which is not in use here" in printed.replace("\n    ", " ")
    assert found(cli, path) == {"unknown-stage-word": "warning"}


def test_a_broken_playbook_that_is_not_in_use_stops_no_review(cli: Cli, write: Write) -> None:
    write("models/broken.yaml", "schema: buystage.playbook/v1\nstages: 3\n")
    write("buystage.yaml", "playbook_folders: [models]\nstage_words: {Verbal: terms}\n")
    assert found(cli, str(write("a.yaml", deal(claimed_stage="evaluation_comparison")))) == {
        "unknown-stage-word": "warning"
    }


@pytest.mark.parametrize(
    ("crm", "word", "remedy"),
    [
        ("salesforce", "Verbal", "stage_words: {Verbal: terms}"),
        (None, "Qualification", None),
        ("SFDC", "Verbal", "or take out 'crm'"),
        ("hubspot", "contractsent", "write the name of the stage instead of the id"),
        ("salesforce", "negotiation_decision", "add the playbook to 'playbooks'"),
    ],
)
def test_the_way_out_fits_what_is_unclear(
    cli: Cli, write: Write, crm: str | None, word: str, remedy: str | None
) -> None:
    path = str(write("a.yaml", deal(claimed_stage=word, **({"crm": crm} if crm else {}))))
    printed = " ".join(cli("review", path, "--as-of", DAY).stdout.split())
    assert (remedy in printed) if remedy else ("stage_words" not in printed)


def test_to_clear_names_a_word_of_the_deals_own_crm_before_one_of_the_team(cli: Cli, write: Write) -> None:
    write("buystage.yaml", "stage_words: {Tender submitted: solution_evaluation, Verbal: terms}\n")
    own = cli(
        "review", str(write("a.yaml", deal(claimed_stage="Negotiation/Review", crm="salesforce"))), "--as-of", DAY
    )
    assert "set the CRM to Proposal/Price Quote (Evaluation)" in own.stdout
    team = cli("review", str(write("a.yaml", deal(claimed_stage="Verbal"))), "--as-of", DAY)
    assert "set the CRM to Tender submitted (Evaluation)" in team.stdout


# --- what is wrong with them -------------------------------------------------------------------------------------

WRONG = {
    "rules: {no-nex-step: off}\n": ("buystage.yaml:1:9", "did you mean 'no-next-step'?"),
    "rules: {no-next-step: {days: 3}}\n": ("buystage.yaml:1:24", "no threshold in days"),
    "rules: {customer-silent: {people: 3}}\n": ("buystage.yaml:1:27", "it counts in days"),
    "rules: {customer-silent: {days: -3}}\n": ("buystage.yaml:1:", "days"),
    "rules: {customer-silent: warn}\n": ("buystage.yaml:1:26", "error, warning, notice, off"),
    "playbooks: [liner]\n": ("buystage.yaml:1:1", "did you mean 'linear'?"),
    "playbooks: []\n": ("buystage.yaml:1:", "playbooks"),
    "stage_words: {Verbal: negotiated}\n": ("buystage.yaml:1:15", "contact, qualified, needs"),
    "stage_words: {Verbal: terms, ' verbal ': contact}\n": ("buystage.yaml:1:30", "the same word"),
    "languages: en\n": ("buystage.yaml:1:1", "did you mean 'language'?"),
    "language: de\n": ("buystage.yaml:1:11", "en, zh"),
    "folders: [a]\n": ("buystage.yaml:1:10", "folders"),
    "[]\n": ("buystage.yaml:1:1", "mapping"),
    "\x00": ("buystage.yaml:1:1", "U+0000"),
}


@pytest.mark.parametrize("text", WRONG)
@pytest.mark.parametrize("command", ["review", "config"])
def test_wrong_settings_stop_everything_with_their_place(cli: Cli, write: Write, text: str, command: str) -> None:
    write("a.yaml", deal())
    write("buystage.yaml", text)
    result = cli("config", "show") if command == "config" else cli("review", ".")
    place, said = WRONG[text]
    assert result.exit_code == 3
    assert result.stdout == ""
    assert place in result.stderr
    assert said in result.stderr


def test_settings_that_are_no_file_are_an_error(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "buystage.yaml").mkdir()
    assert cli("review", ".").exit_code == 3


# --- config show -------------------------------------------------------------------------------------------------


def shown(cli: Cli, *options: str, env: dict[str, str] | None = None) -> dict[str, list[str]]:
    lines = cli("config", "show", *options, env={"COLUMNS": "100", **(env or {})}).stdout.splitlines()
    return {line.split()[0]: line.split(maxsplit=1)[1].split("  ") for line in lines}


def test_config_show_says_what_holds_and_where_it_comes_from(cli: Cli, write: Write) -> None:
    write("config/buystage/buystage.yaml", "language: en\nrules: {no-owner: off}\n")
    write(
        "buystage.yaml",
        "playbooks: [linear]\nrules:\n  customer-silent: {days: 21}\nfolders:\n  a:\n    rules: {no-owner: error}\n",
    )
    printed = {name: " ".join(values).split() for name, values in shown(cli).items()}
    assert printed["playbooks"] == ["linear", "buystage.yaml:1"]
    assert printed["language"][0] == "en"
    assert printed["language"][1].endswith("config/buystage/buystage.yaml:1")
    assert printed["rules.customer-silent"] == ["notice,", "21", "days", "buystage.yaml:3"]
    assert printed["rules.no-owner"][0] == "off"
    assert printed["rules.no-next-step"] == ["warning", "as", "shipped"]
    assert printed["folders.a.no-owner"] == ["error", "buystage.yaml:6"]
    assert {name.removeprefix("rules.") for name in printed if name.startswith("rules.")} == set(SEVERITIES)


def test_config_show_names_what_sets_the_language(cli: Cli, write: Write) -> None:
    assert "locale" in shown(cli)["language"][-1]
    assert "BUYSTAGE_LANG" in shown(cli, env={"BUYSTAGE_LANG": "en"})["language"][-1]
    assert "--lang" in shown(cli, "--lang", "en", env={"BUYSTAGE_LANG": "zh"})["language"][-1]


def test_at_fifty_columns_nothing_of_it_is_cut_off(cli: Cli, write: Write) -> None:
    write("buystage.yaml", "rules: {customer-silent: {days: 21}}\n")
    printed = cli("config", "show", env={"COLUMNS": "50"}).stdout
    assert "…" not in printed
    assert max(map(len, printed.splitlines())) <= 50


def test_the_closest_settings_win() -> None:
    outer, inner = RuleSettings({"no-owner": "off"}, {"customer-silent": 9}), RuleSettings({"no-owner": "error"})
    settings = Settings(folders={"/d": outer, "/d/e": inner})
    assert settings.rules_for("/d/e/x.yaml").level("no-owner") == "error"
    assert settings.rules_for("/d/e/x.yaml").threshold("customer-silent") == 9
    assert settings.rules_for("/x.yaml").level("no-owner") == SEVERITIES["no-owner"]


@pytest.mark.parametrize(
    "text",
    [
        "playbooks: [" + "linear, " * 21 + "]",
        "playbook_folders: [" + "., " * 21 + "]",
        "stage_words: {" + ", ".join(f"w{n}: terms" for n in range(1001)) + "}",
        "folders: {" + ", ".join(f"f{n}: {{}}" for n in range(1001)) + "}",
    ],
    ids=lambda text: text[:12],
)
def test_settings_have_a_size_that_keeps_no_command_busy(
    cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.chdir(write("buystage.yaml", text).parent)
    result = cli("config", "show")
    assert result.exit_code == 3
    assert "more than" in result.stderr
