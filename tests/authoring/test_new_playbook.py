"""`playbook new`: a starter that passes `check` and `test` as it is, in the team's folder, and never overwrites."""

from pathlib import Path

import pytest

from buystage.library.shipped import builtin_names
from conftest import Cli, Write


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Each test works in a folder of its own."""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_starter_passes_check_and_test_and_names_stages_at_once(cli: Cli, language: str) -> None:
    created = cli("playbook", "new", "our-way", "--lang", language)
    assert created.exit_code == 0, created.stderr
    assert sorted(path.name for path in Path().iterdir()) == ["our-way.yaml", "signals.yaml"]
    checked = cli("playbook", "check", ".")
    assert checked.exit_code == 0, checked.stderr
    tested = cli("playbook", "test", "our-way.yaml")
    assert tested.exit_code == 0, tested.stdout
    assert "7" in tested.stdout
    shown = cli("diagnose", "-p", "./our-way.yaml", "-a", "security_cleared=yes", "-a", "preferred_named=yes")
    assert shown.exit_code == 0, shown.stderr


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_a_team_has_signals_already_the_starter_does_without_one_of_its_own(cli: Cli, language: str) -> None:
    first = cli("playbook", "new", "first", "--lang", language)
    signals = Path("signals.yaml").read_bytes()
    second = cli("playbook", "new", "second", "--lang", language)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert Path("signals.yaml").read_bytes() == signals
    assert "security_cleared" not in Path("second.yaml").read_text("utf-8")
    assert cli("playbook", "check", ".").exit_code == 0
    assert cli("playbook", "test", "second.yaml").exit_code == 0


@pytest.mark.parametrize("base", builtin_names())
def test_a_copy_of_any_built_in_playbook_passes_under_its_own_name(cli: Cli, base: str) -> None:
    assert cli("playbook", "new", "ours", "--from", base).exit_code == 0
    assert cli("playbook", "check", ".").exit_code == 0
    result = cli("playbook", "test", "ours.yaml")
    assert result.exit_code == 0
    assert result.stdout.startswith("ours: ")


def test_it_goes_to_the_folder_of_the_team_and_is_found_there(cli: Cli, write: Write) -> None:
    write("buystage.yaml", "playbook_folders: [models]\n")
    Path("models").mkdir()
    created = cli("playbook", "new", "our-way")
    assert "wrote models/our-way.yaml" in created.stdout
    assert "by name" not in created.stdout
    assert cli("diagnose", "-p", "our-way", "-a", "problem_named=yes").exit_code == 0


def test_outside_a_team_it_says_how_to_use_it(cli: Cli) -> None:
    printed = cli("playbook", "new", "our-way").stdout
    assert "buystage diagnose -p our-way.yaml" in printed
    assert "playbook_folders: [.]" in printed


def test_a_path_says_where_to_write_it(cli: Cli) -> None:
    Path("team").mkdir()
    assert cli("playbook", "new", "team/our-way.yaml").exit_code == 0
    assert "name: our-way" in Path("team/our-way.yaml").read_text("utf-8")


def test_nothing_is_overwritten(cli: Cli, write: Write) -> None:
    mine = write("our-way.yaml", "mine\n")
    result = cli("playbook", "new", "our-way")
    assert result.exit_code == 3
    assert "is there already" in result.stderr
    assert mine.read_text("utf-8") == "mine\n"
    assert not Path("signals.yaml").exists()


@pytest.mark.parametrize("name", ["Our Way", "our_way", "3rd", "ünser", "", "signals", "buystage", "null", "a" * 61])
def test_a_name_that_can_t_be_one_is_refused(cli: Cli, name: str) -> None:
    result = cli("playbook", "new", name)
    assert result.exit_code == 2
    assert list(Path().iterdir()) == []


def test_an_unknown_base_is_refused_and_nothing_written(cli: Cli) -> None:
    result = cli("playbook", "new", "ours", "--from", "liner")
    assert result.exit_code == 2
    assert "did you mean 'linear'" in result.stderr
    assert list(Path().iterdir()) == []


def test_a_folder_that_is_not_there_is_an_input_error(cli: Cli) -> None:
    assert cli("playbook", "new", "nowhere/ours.yaml").exit_code == 3


def test_a_second_folder_of_the_team_gets_no_second_signal_of_the_same_id(cli: Cli, write: Write) -> None:
    write("buystage.yaml", "playbook_folders: [a, b]\n")
    Path("a").mkdir()
    Path("b").mkdir()
    assert cli("playbook", "new", "first").exit_code == 0
    assert cli("playbook", "new", "b/second").exit_code == 0
    assert cli("playbook", "check", "a", "b").exit_code == 0


@pytest.mark.parametrize("text", ["name: Acme\n", "schema: buystage.playbook/v1\nname: x\n", "{a: b}\n"])
def test_only_a_good_playbook_can_be_copied(cli: Cli, write: Write, text: str) -> None:
    base = write("base.yaml", text)
    assert cli("playbook", "new", "ours", "--from", str(base)).exit_code == 3
    assert not Path("ours.yaml").exists()


def test_a_copy_whose_signals_lie_elsewhere_is_not_written(cli: Cli, write: Write) -> None:
    from small_playbooks import PLAYBOOK, SIGNALS

    write("theirs/signals.yaml", SIGNALS)
    base = write("theirs/team.yaml", PLAYBOOK)
    result = cli("playbook", "new", "ours", "--from", str(base))
    assert result.exit_code == 3
    assert "pilot_agreed" in result.stderr
    assert not Path("ours.yaml").exists()


def test_signals_that_are_there_already_stay_as_they_are(cli: Cli, write: Write) -> None:
    from small_playbooks import PLAYBOOK, SIGNALS

    mine = write("signals.yaml", SIGNALS)
    write("team.yaml", PLAYBOOK)
    before = mine.read_bytes()
    assert cli("playbook", "new", "second").exit_code == 0
    assert mine.read_bytes() == before
    assert cli("playbook", "check", ".").exit_code == 0


def test_a_copy_begins_at_version_one(cli: Cli, write: Write) -> None:
    from small_playbooks import PLAYBOOK, SIGNALS

    write("signals.yaml", SIGNALS)
    base = write("base.yaml", PLAYBOOK.replace("version: 1", "version: 7"))
    assert cli("playbook", "new", "ours", "--from", str(base)).exit_code == 0
    assert "\nversion: 1\n" in Path("ours.yaml").read_text("utf-8")


def test_a_folder_outside_that_settings_name_takes_no_new_playbook(
    cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings may have come with a repository: the person named no more than the playbook."""
    outside = write("outside/keep.txt", "").parent
    monkeypatch.chdir(write("team/buystage.yaml", "playbook_folders: [../outside]\n").parent)
    result = cli("playbook", "new", "evil")
    assert result.exit_code == 2
    assert "lies outside the folder of the settings" in result.stderr
    assert [path.name for path in outside.iterdir()] == ["keep.txt"]


def test_a_folder_that_one_s_own_settings_name_may_be_anywhere(
    cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = write("mine/keep.txt", "").parent
    own = write("config/buystage/buystage.yaml", f"playbook_folders: [{mine}]\n").parent.parent
    monkeypatch.setenv("XDG_CONFIG_HOME", str(own))
    monkeypatch.chdir(write("team/buystage.yaml", "language: en\n").parent)
    assert cli("playbook", "new", "our-way").exit_code == 0
    assert (mine / "our-way.yaml").is_file()
