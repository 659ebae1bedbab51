"""People: who is missing among those who decide, one person before a call, and what stays private."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from buystage.diagnosis.people import gaps, person_called
from buystage.errors import UsageError
from buystage.language.people_words import (
    CAREER_ADVICE,
    ROLE_NAMES,
    ROLE_NEEDS,
    STANCE_ASKS,
    STANCE_AVOIDS,
    STANCE_NAMES,
)
from buystage.model.deal import Person
from buystage.model.playbook import Action
from conftest import Cli, Write

ROLES = ("user", "technical", "procurement", "executive")
DEAL = """
name: Acme
buying_group:
  - {name: Ann Lee, role: technical, stance: opponent, organisation_goal: fewer stops}
  - {name: Bo Anders, role: user}
observations:
  - {date: 2026-03-02, answers: {requirements_agreed: yes, offers_being_compared: yes, preferred_named: no}}
"""
PRIVATE = "people:\n  Ann Lee: {personal_goal: to lead the new line, career_situation: newcomer}\n"


def people(*roles: str, stance: str = "neutral") -> list[Person]:
    named = ({"name": f"P{number}", "role": role, "stance": stance} for number, role in enumerate(roles))
    return [Person.model_validate(each) for each in named]


def kinds(group: list[Person], *planned: Action) -> list[str]:
    return [gap.kind for gap in gaps(group, planned)]


def action(*roles: str) -> Action:
    text = {"en": "do", "zh": "做"}
    return Action.model_validate({"do": text, "why": text, "origin": ["in-house"], "for": {"roles": roles}})


# --- gaps ----------------------------------------------------------------------------------------------------------


def test_nobody_named_is_no_gap_but_a_question() -> None:
    assert kinds([]) == []


def test_a_single_contact_a_missing_role_an_opponent_a_small_group() -> None:
    assert kinds(people("technical")) == ["single", "roles"]
    assert kinds(people("technical", "user")) == ["roles", "few"]
    assert kinds(people(*ROLES)) == ["few"]
    assert kinds(people(*ROLES, "other", "user")) == []
    assert kinds(people(*ROLES, "other", "user", stance="opponent")) == ["opponents"]
    assert kinds(people(*ROLES, *["other"] * 6)) == []
    assert kinds(people(*ROLES, *["other"] * 7)) == ["many"]


def test_the_missing_roles_are_named() -> None:
    (roles, _) = gaps(people("technical", "user"), ())
    assert roles.roles == ("procurement", "executive")


def test_a_plan_for_one_person_alone_is_warned_of() -> None:
    group = people(*ROLES, "other", "user")
    assert kinds(group, action("technical"), action("technical")) == ["one_sided"]
    assert kinds(group, action("technical"), action("technical", "executive")) == []
    assert kinds(group, action("user"), action("user")) == []  # there are two of them
    assert kinds(group, action("technical")) == []
    assert kinds(group, action(), action()) == []
    assert kinds(people("technical"), action("technical"), action("technical")) == ["single", "roles"]
    (_, one_sided, _) = gaps(people("user", "technical"), [action("user", "executive"), action("user")])
    assert one_sided.names == ("P0",)


# --- one person ----------------------------------------------------------------------------------------------------


def test_a_person_is_found_by_name_its_beginning_or_a_part_of_it() -> None:
    group = [Person(name=name, role="user") for name in ("Ann Lee", "Anna Lees", "Bo")]
    assert person_called("ann lee", group).name == "Ann Lee"
    assert person_called("anna", group).name == "Anna Lees"
    assert person_called("lees", group).name == "Anna Lees"
    for wrong, code in (
        ("ann", "several_people"),
        ("lee", "several_people"),
        ("Cy", "unknown_person"),
        (" ", "unknown"),
    ):
        with pytest.raises(UsageError) as error:
            person_called(wrong, group)
        assert error.value.problems[0].code.startswith(code)
        assert error.value.problems[0].params.get("names") in ("Ann Lee, Anna Lees", "Ann Lee, Anna Lees, Bo")


def test_with_a_person_the_screen_is_about_the_talk_with_them(cli: Cli, write: Write) -> None:
    deal = str(write("deal.yaml", DEAL))
    head, shown = cli("diagnose", deal, "--with", "ann").stdout.split("WITH")
    assert "[EVALUATION]" in head
    assert "WHY" not in head
    assert "Ann Lee: technical, opponent" in shown
    assert "Wants for the company: fewer stops" in shown
    assert "What would have to change for you to agree?" in shown
    assert "Arguing, or going round them." in shown
    assert "ASK" in shown
    assert "Wants for the company: not known; ask" in cli("diagnose", deal, "--with", "Bo").stdout
    assert "面谈    Ann Lee：技术人员，反对" in cli("diagnose", deal, "--with", "ann", "--lang", "zh").stdout


def test_the_screen_of_the_deal_tells_the_worst_gap_and_how_many_are_known(cli: Cli, write: Write) -> None:
    shown = cli("diagnose", str(write("deal.yaml", DEAL))).stdout.split("PEOPLE")[1].split("ASK")[0]
    assert " ".join(shown.split()) == (
        "Against: Ann Lee. Learn why from them, not from others. "
        "No contact yet in these roles: purchasing, management. Ask who they are."
    )
    marked = cli("diagnose", str(write("deal.yaml", DEAL)), "-f", "markdown").stdout
    assert "You know 2 people; 6 to 10 usually take part (newer surveys: 5 to 16). Ask who else must agree." in marked


def test_where_contact_is_restricted_nobody_is_told_to_seek_it(cli: Cli, write: Write) -> None:
    deal = str(write("deal.yaml", DEAL + "context: {contact_restricted: yes}\n"))
    assert "Against: Ann Lee. Ask purchasing what contact is allowed." in cli("diagnose", deal).stdout
    shown = cli("diagnose", deal, "--with", "ann").stdout.split("WITH")[1]
    assert "Contact is restricted: only through the channel they allow." in shown
    assert "What would have to change for you to agree?" not in shown


def test_a_name_that_ends_in_a_full_stop_gets_no_second_one(cli: Cli, write: Write) -> None:
    def printed(name: str, language: str) -> str:
        path = write("deal.yaml", f"name: A\nbuying_group: [{{name: {name}, role: user, stance: opponent}}]\n")
        return cli("diagnose", str(path), "--lang", language).stdout

    assert "Against: Ann Lee jr. Learn why" in printed("Ann Lee jr.", "en")
    assert "反对的有《远大》。原因要当面问本人" in printed("《远大》。", "zh")


def test_an_unknown_person_is_a_wrong_command_line(cli: Cli, write: Write) -> None:
    result = cli("diagnose", str(write("deal.yaml", DEAL)), "--with", "Zoe")
    assert result.exit_code == 2
    assert "known are: Ann Lee, Bo Anders" in result.stderr
    nobody = cli("diagnose", "-a", "problem_named=yes", "--with", "Zoe")
    assert (nobody.exit_code, "names nobody" in nobody.stderr) == (2, True)


def test_every_role_stance_and_career_has_its_words() -> None:
    assert set(ROLE_NAMES) == set(ROLE_NEEDS) == {*ROLES, "other"}
    assert (
        set(STANCE_NAMES) == set(STANCE_ASKS) == set(STANCE_AVOIDS) == {"supporter", "neutral", "opponent", "unknown"}
    )
    tables = (ROLE_NAMES, ROLE_NEEDS, STANCE_NAMES, STANCE_ASKS, STANCE_AVOIDS, CAREER_ADVICE)
    assert all(set(words) == {"en", "zh"} for table in tables for words in table.values())


# --- what stays private --------------------------------------------------------------------------------------------


@pytest.fixture
def deal(write: Write) -> str:
    write("deal.private.yaml", PRIVATE)
    return str(write("deal.yaml", DEAL))


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_private_goals_leave_only_when_asked(cli: Cli, deal: str, format_: str) -> None:
    command = ("diagnose", deal, "--with", "Ann", "-f", format_)
    assert "lead the new line" not in cli(*command).stdout
    asked = cli(*command, "--private").stdout
    assert "lead the new line" in asked
    assert "give them something to present" in " ".join(asked.split())


@pytest.mark.parametrize("options", [("--with", "Ann", "-f", "json"), ("--with", "Ann", "--brief"), ("--private",)])
def test_there_is_no_private_json_or_brief(cli: Cli, deal: str, options: tuple[str, ...]) -> None:
    result = cli("diagnose", deal, *options)
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("options", [("-f", "markdown"), ("--output", "out.txt")])
def test_in_a_terminal_only_the_screen_is_private(deal: str, tmp_path: Path, options: tuple[str, ...]) -> None:
    seen = in_a_terminal("diagnose", deal, "--with", "Ann", *options, folder=tmp_path)
    assert b"lead the new line" not in seen
    assert not (tmp_path / "out.txt").exists() or "lead the new line" not in (tmp_path / "out.txt").read_text()


def test_a_file_is_not_a_terminal(cli: Cli, deal: str, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    cli("diagnose", deal, "--with", "Ann", "--output", str(target))
    assert "lead the new line" not in target.read_text()


def test_in_a_terminal_the_rep_sees_them(deal: str) -> None:
    assert b"Wants for themselves: to lead the new line" in in_a_terminal("diagnose", deal, "--with", "Ann")


def in_a_terminal(*arguments: str, folder: Path | None = None) -> bytes:
    """Return what a command prints on a terminal."""
    reader, writer = pty.openpty()
    command = [sys.executable, "-m", "buystage", *arguments, "--lang", "en"]
    environment = {**os.environ, "COLUMNS": "80", "LINES": "60"}
    with subprocess.Popen(command, stdout=writer, stderr=writer, env=environment, cwd=folder) as process:
        os.close(writer)
        seen = b"".join(iter(lambda: read_some(reader), b""))
    os.close(reader)
    assert process.returncode == 0
    return seen


def read_some(terminal: int) -> bytes:
    """Return what is there, nothing once the other end is closed."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_a_private_file_that_names_others_is_wrong_at_its_place(cli: Cli, deal: str) -> None:
    Path(deal).with_suffix(".private.yaml").write_text("people:\n  Cy: {personal_goal: x}\n")
    result = cli("diagnose", deal, "--with", "Ann")
    assert result.exit_code == 3
    assert "deal.private.yaml:2:3: unknown id '…'" in result.stderr
    assert "only people of the deal" in result.stderr
    assert cli("diagnose", deal).exit_code == 0  # read only where it is asked for


@pytest.mark.parametrize(
    "private",
    [
        "people: {Ann Lee: {personal_goal: SECRET, career_situation: newcommer}}",
        "people: {Ann Lee: {career_situation: SECRET}}",
        "people: {Ann Lee: {SECRET}}",
        "people: {Ann Lee: SECRET}",
        "people: {Ann Lee: {personal_goal: [SECRET]}}",
        "people: {Ann Lee: {personal_goal: SECRET: x}}",
        "SECRET",
        "people: {Bo Andres: {personal_goal: SECRET}}",
    ],
)
def test_errors_in_a_private_file_cite_nothing_of_it(cli: Cli, deal: str, private: str) -> None:
    Path(deal).with_suffix(".private.yaml").write_text(private)
    for command in (("diagnose", deal, "--with", "Ann", "--private"), ("deal", "check", deal)):
        result = cli(*command)
        assert result.exit_code in (1, 3)
        assert "deal.private.yaml:1:" in result.stderr
        assert "SECRET" not in result.stderr + result.stdout


def test_two_people_of_one_name_are_an_error(cli: Cli, write: Write) -> None:
    result = cli("deal", "check", str(write("deal.yaml", DEAL.replace("Bo Anders", "Ann Lee"))))
    assert (result.exit_code, "Ann Lee is in the buying group twice" in result.stderr) == (1, True)


def test_deal_check_reads_the_private_file_too(cli: Cli, deal: str) -> None:
    private = Path(deal).with_suffix(".private.yaml")
    assert cli("deal", "check", deal, str(private)).exit_code == 0
    private.write_text("people:\n  Cy: {personal_goal: x}\n")
    for named in (deal, str(private)):
        result = cli("deal", "check", named)
        assert (result.exit_code, "deal.private.yaml:2:3" in result.stderr) == (1, True)
    Path(deal).unlink()
    alone = cli("deal", "check", str(private))
    assert (alone.exit_code, "deal.yaml" in alone.stderr) == (3, True)


def test_private_goals_in_the_deal_itself_are_refused_with_the_way_out(cli: Cli, write: Write) -> None:
    wrong = DEAL.replace("organisation_goal: fewer stops", "personal_goal: promotion")
    result = cli("deal", "check", str(write("deal.yaml", wrong)))
    assert result.exit_code == 1
    assert ".private.yaml" in result.stderr
