"""People: who is missing among those who decide, one person before a call, and what stays private."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from buystage.deal import Person
from buystage.errors import UsageError
from buystage.language.people_words import (
    CAREER_ADVICE,
    ROLE_NAMES,
    ROLE_NEEDS,
    STANCE_ASKS,
    STANCE_AVOIDS,
    STANCE_NAMES,
)
from buystage.people import gaps, person_called
from buystage.playbook import Action
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
    assert kinds(people("technical")) == ["single"]
    assert kinds(people("technical", "user")) == ["roles", "few"]
    assert kinds(people(*ROLES)) == ["few"]
    assert kinds(people(*ROLES, "other", "user")) == []
    assert kinds(people(*ROLES, "other", "user", stance="opponent")) == ["opponents"]


def test_the_missing_roles_are_named() -> None:
    (roles, _) = gaps(people("technical", "user"), ())
    assert roles.roles == ("procurement", "executive")


def test_a_plan_for_one_kind_of_person_alone_is_warned_of() -> None:
    group = people(*ROLES, "other", "user")
    assert kinds(group, action("technical"), action("technical")) == ["one_sided"]
    assert kinds(group, action("technical"), action("technical", "user")) == []
    assert kinds(group, action("technical")) == []
    assert kinds(group, action(), action()) == []


# --- one person ----------------------------------------------------------------------------------------------------


def test_a_person_is_found_by_name_its_beginning_or_a_part_of_it() -> None:
    group = [Person(name=name, role="user") for name in ("Ann Lee", "Anna Lees", "Bo")]
    assert person_called("ann lee", group).name == "Ann Lee"
    assert person_called("anna", group).name == "Anna Lees"
    assert person_called("lees", group).name == "Anna Lees"
    for wrong in ("ann", "lee", "Cy"):
        with pytest.raises(UsageError):
            person_called(wrong, group)


def test_with_a_person_the_screen_adds_what_to_ask_do_and_leave_alone(cli: Cli, write: Write) -> None:
    deal = str(write("deal.yaml", DEAL))
    shown = cli("diagnose", deal, "--with", "ann").stdout.split("WITH")[1]
    assert "Ann Lee: technical, opponent" in shown
    assert "Wants for the firm: fewer stops" in shown
    assert "What would have to change for you to agree?" in shown
    assert "Arguing, or going round them." in shown
    assert "2 people known; 6 to 10" in " ".join(shown.split())
    assert "WITH" not in cli("diagnose", deal).stdout
    assert "Wants for the firm: not known; ask" in cli("diagnose", deal, "--with", "Bo").stdout
    assert "面谈    Ann Lee：技术，反对" in cli("diagnose", deal, "--with", "ann", "--lang", "zh").stdout


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


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_private_goals_leave_only_when_asked_and_never_as_json(cli: Cli, deal: str, format_: str) -> None:
    command = ("diagnose", deal, "--with", "Ann", "-f", format_)
    assert "lead the new line" not in cli(*command).stdout
    asked = cli(*command, "--private").stdout
    assert ("lead the new line" in asked) == (format_ != "json")
    assert ("give them something to present" in " ".join(asked.split())) == (format_ != "json")
    if format_ == "json":
        json.loads(asked)


def test_a_file_is_not_a_terminal(cli: Cli, deal: str, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    cli("diagnose", deal, "--with", "Ann", "--output", str(target))
    assert "lead the new line" not in target.read_text()


def test_in_a_terminal_the_rep_sees_them(deal: str) -> None:
    reader, writer = pty.openpty()
    command = [sys.executable, "-m", "buystage", "diagnose", deal, "--with", "Ann", "--lang", "en"]
    environment = {**os.environ, "COLUMNS": "80", "LINES": "60"}
    with subprocess.Popen(command, stdout=writer, stderr=writer, env=environment) as process:
        os.close(writer)
        seen = b"".join(iter(lambda: read_some(reader), b""))
    os.close(reader)
    assert process.returncode == 0
    assert b"Wants for themselves: to lead the new line" in seen


def read_some(terminal: int) -> bytes:
    """Return what is there, nothing once the other end is closed."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_a_private_file_that_names_others_is_wrong_at_its_place(cli: Cli, deal: str) -> None:
    Path(deal).with_suffix(".private.yaml").write_text("people:\n  Cy: {personal_goal: x}\n")
    result = cli("diagnose", deal)
    assert result.exit_code == 3
    assert "deal.private.yaml:2:3: unknown id 'Cy'" in result.stderr
    assert "only people of the deal" in result.stderr


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
