"""Where playbooks come from: a path, the folders of the team, the user's own folder, built in. The first hit wins."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from conftest import ROOT, Cli, Write
from small_playbooks import PLAYBOOK, SIGNALS


@pytest.fixture
def team(home: Path, write: Write) -> Path:
    """A team that keeps a playbook and a signal of its own in `models/`."""
    write("buystage.yaml", "playbook_folders: [models]\n")
    write("models/signals.yaml", SIGNALS)
    return write("models/team.yaml", PLAYBOOK)


def test_a_playbook_of_the_team_is_found_by_its_name_from_any_folder_below(
    cli: Cli, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = team.parent / "deep" / "er"
    below.mkdir(parents=True)
    for folder in (team.parents[1], below):
        monkeypatch.chdir(folder)
        assert "Trial" in cli("playbook", "show", "team").stdout
        assert "team" in cli("playbook", "list").stdout
        assert "team: 1 of 1 cases passed" in cli("playbook", "test").stdout
        assert "playbook team" in cli("explain").stdout


def test_a_deal_may_answer_signals_of_the_team_whatever_playbook_reads_it(cli: Cli, team: Path, write: Write) -> None:
    deal = write("acme.yaml", "name: Acme\nobservations:\n  - {date: 2026-01-05, answers: {pilot_agreed: yes}}\n")
    assert cli("diagnose", str(deal)).exit_code == 0
    assert cli("deal", "check", str(deal)).exit_code == 0
    assert cli("diagnose", "-a", "pilot_agreed=yes").exit_code == 0


def test_the_users_own_folder_comes_after_that_of_the_team_and_before_what_is_built_in(
    cli: Cli, team: Path, write: Write
) -> None:
    mine = PLAYBOOK.replace("Our way", "My way").replace("pilot_agreed", "checks_passed")
    write("data/buystage/playbooks/team.yaml", mine)
    write("data/buystage/playbooks/mine.yaml", mine.replace("name: team", "name: mine"))
    assert "Our way" in cli("playbook", "show", "team").stdout
    assert "My way" in cli("playbook", "show", "mine").stdout
    listed = cli("playbook", "list").stdout
    assert "hides" in listed
    assert str(Path("data/buystage/playbooks/team.yaml")) in listed.replace("\n  ", "")


def test_a_built_in_playbook_that_is_hidden_is_named_in_the_list_and_in_every_diagnosis(
    cli: Cli, team: Path, write: Write
) -> None:
    write("models/linear.yaml", PLAYBOOK.replace("name: team", "name: linear"))
    assert "hides built-in" in cli("playbook", "list").stdout
    text = cli("diagnose", "-a", "preferred_named=yes").stdout
    assert "linear from models/linear.yaml, not the built-in one" in text
    markdown = cli("diagnose", "-a", "preferred_named=yes", "--format", "markdown").stdout
    assert "models/linear.yaml" in markdown
    document = json.loads(cli("diagnose", "-a", "preferred_named=yes", "--format", "json").stdout)
    assert [each["origin"] for each in document["diagnoses"]] == ["models/linear.yaml", "built-in"]


def test_a_path_comes_before_every_name(cli: Cli, team: Path, write: Write) -> None:
    other = write("other/team.yaml", PLAYBOOK.replace("Our way", "Their way"))
    assert "Their way" in cli("playbook", "show", str(other)).stdout


def test_without_a_team_the_program_looks_nowhere_else(cli: Cli, home: Path) -> None:
    assert [line for line in cli("playbook", "list").stdout.splitlines() if "hides" in line] == []


def test_a_folder_of_playbooks_may_hold_deals_and_settings_too(cli: Cli, home: Path, write: Write) -> None:
    write("buystage.yaml", "playbook_folders: [.]\n")
    write("acme.yaml", "name: Acme\n")
    write("team.yaml", PLAYBOOK)
    write("signals.yaml", SIGNALS)
    assert "team" in cli("playbook", "list").stdout
    assert cli("diagnose", "-p", "acme", "-a", "problem_named=yes").exit_code == 2


def test_folders_may_begin_at_home_and_files_may_end_in_yml(
    cli: Cli, home: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(home / "me"))
    write("buystage.yaml", "playbook_folders: [~/models]\n".replace("~/models", '"~/models"'))
    write("me/models/signals.yaml", SIGNALS)
    write("me/models/team.yml", PLAYBOOK)
    write("me/models/.hidden.yaml", PLAYBOOK.replace("name: team", "name: hidden"))
    assert "Our way" in cli("playbook", "show", "team").stdout
    assert "hidden" not in cli("playbook", "list").stdout


def test_settings_that_are_a_dangling_link_are_an_error(cli: Cli, home: Path) -> None:
    (home / "buystage.yaml").symlink_to("gone.yaml")
    assert cli("playbook", "list").exit_code == 3


# --- bad input -------------------------------------------------------------------------------------------------


def test_a_folder_that_vanished_is_named_with_its_line(cli: Cli, team: Path) -> None:
    team.parent.rename(team.parents[1] / "gone")
    for command in (["diagnose", "-a", "problem_named=yes"], ["playbook", "list"], ["explain"]):
        result = cli(*command)
        assert result.exit_code == 3
        assert "buystage.yaml:1:20: there is no folder 'models'" in result.stderr
        assert "hint:" in result.stderr


def test_two_signals_of_one_id_in_two_folders_are_refused_with_both_places(cli: Cli, team: Path, write: Write) -> None:
    write("buystage.yaml", "playbook_folders: [models, more]\n")
    other = write("more/signals.yaml", SIGNALS)
    result = cli("diagnose", "-a", "problem_named=yes")
    assert result.exit_code == 3
    assert f"{other}:3:3: 'pilot_agreed' exists already, in {team.parent / 'signals.yaml'}" in result.stderr


def test_a_playbook_is_called_like_its_file(cli: Cli, team: Path, write: Write) -> None:
    write("models/their-way.yaml", PLAYBOOK)
    result = cli("diagnose", "-p", "their-way", "-a", "problem_named=yes")
    assert result.exit_code == 3
    assert "the file is called 'their-way', but 'name' says 'team'" in result.stderr
    assert cli("playbook", "check", "models/their-way.yaml").exit_code == 1
    assert cli("explain", "two-facts").exit_code == 0


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("playbook_folders: models\n", "must be a list"),
        ("playbook_folder: [models]\n", "unknown key 'playbook_folder'"),
        ("playbook_folders: [models\n", "buystage.yaml:"),
        ("- models\n", "buystage.yaml:1:1"),
    ],
)
def test_broken_settings_are_errors_with_their_place(
    cli: Cli, home: Path, write: Write, settings: str, says: str
) -> None:
    write("buystage.yaml", settings)
    result = cli("diagnose", "-a", "problem_named=yes")
    assert result.exit_code == 3
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unreadable_name_is_guessed_from_the_teams_playbooks_too(cli: Cli, team: Path) -> None:
    result = cli("diagnose", "-p", "teem", "-a", "problem_named=yes")
    assert result.exit_code == 2
    assert "did you mean 'team'" in result.stderr


def test_a_broken_case_stops_no_diagnosis(cli: Cli, team: Path) -> None:
    team.write_text(team.read_text("utf-8").replace("answers: {pilot_agreed", "answers: {no_such_signal"), "utf-8")
    assert cli("diagnose", "-p", "team", "-a", "preferred_named=yes").exit_code == 0
    assert cli("playbook", "check", str(team)).exit_code == 1
    team.write_text(team.read_text("utf-8") + "  - {not closed\n", "utf-8")
    assert cli("diagnose", "-p", "team", "-a", "preferred_named=yes").exit_code == 0
    moved = team.read_text("utf-8").replace("version: 1\n", "").replace("{not closed", "{name: x}") + "version: 1\n"
    team.write_text(moved, "utf-8")
    assert cli("diagnose", "-p", "team", "-a", "preferred_named=yes").exit_code == 0


def completed(begun: str, folder: Path) -> tuple[str, str]:
    """Return the playbooks that the TAB key offers in a folder, and which slow modules were loaded for that."""
    script = (
        "import sys\n"
        "from buystage.cli.options import playbook_names\n"
        f"print(*playbook_names({begun!r}))\n"
        "print(*(each for each in ('pydantic', 'yaml', 'buystage.model.playbook') if each in sys.modules))"
    )
    command = [sys.executable, "-c", script]
    names, modules = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder).stdout.splitlines()
    return names, modules


def test_the_tab_key_offers_the_teams_playbooks_and_loads_no_more_than_it_needs(home: Path, write: Write) -> None:
    assert completed("li", home) == ("linear", "")
    write("buystage.yaml", "playbook_folders: [models]\n")
    write("models/team.yaml", PLAYBOOK)
    assert completed("te", home)[0] == "team"
    write("buystage.yaml", "broken")
    assert completed("li", home)[0] == ""


def test_the_tab_key_offers_no_name_that_a_shell_could_run(home: Path, write: Write) -> None:
    write("buystage.yaml", "playbook_folders: [models]\n")
    for name in ("team", "`touch PWNED`", "$(touch PWNED)", "a;b", "a b", "-rm", "A", "ünï"):
        write(f"models/{name}.yaml", PLAYBOOK)
    assert completed("", home)[0].split() == [
        "linear",
        "gartner",
        "key-account",
        "procurement",
        "purchase-cycle",
        "team",
    ]


# --- what a team's file must not be taken for ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "begin",
    [
        "\ufeffschema: buystage.playbook/v1\n",
        '"schema": buystage.playbook/v1\n',
        "schema : buystage.playbook/v1\n",
        "schema:\n  buystage.playbook/v1\n",
        "schema: 'buystage.playbook/v1'\n",
    ],
)
def test_a_teams_playbook_is_its_own_however_its_first_line_is_written(
    cli: Cli, team: Path, write: Write, begin: str
) -> None:
    text = PLAYBOOK.replace("name: team", "name: linear").replace("\nschema: buystage.playbook/v1\n", "")
    write("models/linear.yaml", "x").write_text(begin + text, "utf-8")
    assert "Our way" in cli("playbook", "show", "linear").stdout


@pytest.mark.parametrize("schema", ["buystage.playbok/v1", "buystage.playbook/v2", "buystge.playbook/v1"])
def test_a_teams_playbook_that_can_t_be_read_is_an_error_and_not_passed_over(
    cli: Cli, team: Path, write: Write, schema: str
) -> None:
    write("models/linear.yaml", PLAYBOOK.replace("name: team", "name: linear").replace("buystage.playbook/v1", schema))
    assert cli("diagnose", "-a", "problem_named=yes").exit_code == 3


def test_a_teams_playbook_without_a_schema_is_an_error_and_not_passed_over(cli: Cli, team: Path, write: Write) -> None:
    text = PLAYBOOK.replace("name: team", "name: linear").replace("schema: buystage.playbook/v1\n", "")
    write("models/linear.yaml", "# schema: buystage.deal/v1\n" + text)
    assert cli("diagnose", "-a", "problem_named=yes").exit_code == 3


def test_a_folder_named_twice_hides_nothing(cli: Cli, team: Path, write: Write) -> None:
    write("buystage.yaml", "playbook_folders: [models, ./models]\n")
    assert "hides" not in cli("playbook", "list").stdout


def test_what_is_wrong_with_signals_is_told_once(cli: Cli, team: Path, write: Write) -> None:
    write("models/signals.yaml", SIGNALS.replace("topic: proof", "topic: prof"))
    for command in ("list", "test"):
        result = cli("playbook", command)
        assert result.exit_code == 3
        assert result.stderr.count("error:") == 1


def test_a_dangling_link_of_that_name_is_an_error(cli: Cli, team: Path) -> None:
    (team.parent / "linear.yaml").symlink_to("gone.yaml")
    assert cli("diagnose", "-a", "problem_named=yes").exit_code == 3


def test_what_would_never_end_is_not_read(cli: Cli, home: Path) -> None:
    os.mkfifo(home / "buystage.yaml")
    result = cli("playbook", "list")
    assert result.exit_code == 3
    assert "no ordinary file" in result.stderr
    (home / "buystage.yaml").unlink()
    (home / "buystage.yaml").write_text("playbook_folders: [.]\n", "utf-8")
    os.mkfifo(home / "linear.yaml")
    assert cli("diagnose", "-a", "problem_named=yes").exit_code == 3


def test_a_current_folder_that_is_gone_has_no_settings(home: Path) -> None:
    command = [sys.executable, "-m", "buystage", "diagnose", "-a", "problem_named=yes"]
    script = f"mkdir gone && cd gone && rmdir ../gone && {shlex.join(command)}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(["bash", "-c", script], cwd=home, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_one_broken_playbook_does_not_hide_the_others(cli: Cli, team: Path, write: Write) -> None:
    write("models/broken.yaml", PLAYBOOK.replace("kind: linear", "kind: round"))
    listed = cli("playbook", "list")
    assert listed.exit_code == 3
    assert "Our way" in listed.stdout
    assert "broken.yaml" in listed.stderr
    explained = cli("explain", "requirements_agreed")
    assert explained.exit_code == 3
    assert "one written version" in explained.stdout
    assert cli("explain", "two-facts").exit_code == 0


# --- what is read is not written over -----------------------------------------------------------------------------


def test_output_takes_the_place_of_nothing_that_was_read(cli: Cli, team: Path, write: Write) -> None:
    deal = write("acme.yaml", "name: Acme\nbuying_group: [{name: Omar, role: user}]\n")
    private = write("acme.private.yaml", "people: {Omar: {personal_goal: a promotion}}\n")
    settings = team.parents[1] / "buystage.yaml"
    diagnose = ("diagnose", str(deal), "-p", "team")
    for path, command in [
        (team, diagnose),
        (team.parent / "signals.yaml", diagnose),
        (settings, diagnose),
        (private, (*diagnose, "--with", "Omar", "--private")),
        (private, diagnose),
        (team, ("playbook", "test", "team")),
    ]:
        before = path.read_bytes()
        result = cli(*command, "-o", str(path))
        assert result.exit_code == 2, command
        assert "would" in result.stderr
        assert path.read_bytes() == before
    other = team.parents[1] / "out.txt"
    assert cli(*diagnose, "-o", str(other)).exit_code == 0
    assert cli(*diagnose, "-o", str(other)).exit_code == 0


# --- large input --------------------------------------------------------------------------------------------------


def test_guesses_are_made_only_for_the_errors_that_are_shown(
    cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from buystage.files import validation

    asked: list[str] = []
    guess = validation.nearest

    def counted(word: str, known: Iterable[str]) -> str | None:
        asked.append(word)
        return guess(word, known)

    monkeypatch.setattr(validation, "nearest", counted)
    write("signals.yaml", SIGNALS)
    cases = "".join(f"  - {{name: c{n}, answers: {{no_{n}: yes}}, expect: {{stage: talk}}}}\n" for n in range(200))
    result = cli("playbook", "check", str(write("team.yaml", PLAYBOOK + cases)))
    assert "and 190 more" in result.stderr
    assert len(asked) <= 10


# --- files that a stranger's settings name -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "settings",
    ["playbooks: [SECRET]", "playbooks: [./link.yaml]", "playbook_folders: [FOLDER]", "playbooks: [../s.yaml]"],
)
@pytest.mark.parametrize("command", [("config", "show"), ("diagnose", "-a", "problem_named=yes"), ("playbook", "list")])
def test_nothing_is_cited_of_a_file_outside_that_settings_name(
    cli: Cli, home: Path, write: Write, monkeypatch: pytest.MonkeyPatch, settings: str, command: tuple[str, ...]
) -> None:
    """A repository brings its settings, and may name any file of the one who works in it."""
    secret = write("s.yaml", "https://me:ghp_TOPSECRET@example.com\nghp_TOPSECRET: 1\n")
    write("folder/signals.yaml", "ghp_TOPSECRET: 1\n")
    text = settings.replace("SECRET", str(secret)).replace("FOLDER", str(home / "folder"))
    monkeypatch.chdir(write("team/buystage.yaml", f"{text}\n").parent)
    Path("link.yaml").symlink_to(secret)
    result = cli(*command)
    assert "TOPSECRET" not in result.stdout + result.stderr
    if command[0] != "playbook":
        assert result.exit_code == 3


def test_a_playbook_inside_the_team_s_folder_is_cited(
    cli: Cli, home: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write("buystage.yaml", "playbooks: [./own.yaml]\n").parent)
    write("own.yaml", "nam: x\n")
    assert "nam: x" in cli("diagnose", "-a", "problem_named=yes").stderr
