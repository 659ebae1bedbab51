"""What ships, parsed when a wheel is built: the same data, and never that of another text."""

from pathlib import Path

import pytest

from buystage.files.source import Source, read_source
from buystage.files.strict_yaml import parse
from buystage.library.prepared import prepare, prepared
from buystage.library.shipped import builtin_folder
from conftest import Cli, Write

SHIPPED = sorted(builtin_folder().glob("*.yaml"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel's folder of prepared files."""
    monkeypatch.setattr("buystage.library.prepared.FOLDER", tmp_path)
    prepare(SHIPPED, tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_prepared_is_what_the_yaml_holds(folder: Path, path: Path) -> None:
    source = read_source(str(path))
    assert prepared(source) == parse(source)


def test_a_text_that_was_changed_is_not_prepared(folder: Path) -> None:
    source = read_source(str(SHIPPED[0]))
    assert prepared(Source(source.name, source.text.replace("title:", "title: ", 1))) is None


@pytest.mark.parametrize("command", [["diagnose", "-a", "delivery_under_way=yes"], ["playbook", "show", "gartner"]])
def test_commands_say_the_same_with_prepared_playbooks(cli: Cli, tmp_path: Path, command: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("buystage.library.prepared.FOLDER", tmp_path)
        parsed = cli(*command)
        prepare(SHIPPED, tmp_path)
        assert cli(*command).stdout == parsed.stdout != ""


def test_what_is_wrong_with_a_copy_is_told_at_its_place(
    cli: Cli, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    write("models/own.yaml", (builtin_folder() / "linear.yaml").read_text("utf-8"))
    write("buystage.yaml", "playbook_folders: [models]\n")
    assert "own.yaml:8:7: the file is called 'own', but 'name' says 'linear'" in cli("playbook", "show", "own").stderr
