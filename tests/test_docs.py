"""The docs tell the truth: sessions are real, commands run, everything there is is documented."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from buystage.errors import ExitCode
from buystage.files.source import read_source
from buystage.files.strict_yaml import parse
from buystage.language.error_words import ERROR_WORDS
from buystage.language.lint_words import LINT_WORDS
from buystage.language.screen_words import SCREEN_WORDS
from conftest import ROOT, Cli

README = (ROOT / "README.md").read_text("utf-8")
SESSION = re.compile(r"(```console\n\$ (?P<command>buystage [^\n]*)\n```\n.*?```text\n)(?P<output>.*?)(```)", re.DOTALL)
TABLE = re.search(r"\| you want to \| command \|\n\|---\|---\|\n(.*?)\n\n", README, re.DOTALL)
COMMANDS = re.findall(r"`(buystage [^`]*)`", TABLE.group(1) if TABLE else "")


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("name", ["README.md", "docs/scoring.md", "docs/reviewing.md"])
def test_sessions_show_what_the_program_prints(cli: Cli, name: str, request: pytest.FixtureRequest) -> None:
    path = ROOT / name
    text = path.read_text("utf-8")
    sessions = list(SESSION.finditer(text))
    assert sessions
    for session in sessions:
        result = cli(*shlex.split(session["command"])[1:])
        assert result.exit_code == 0
        if request.config.getoption("--update-goldens"):
            text = text.replace(session.group(), f"{session.group(1)}{result.stdout}{session.group(4)}")
            path.write_text(text, "utf-8")
        else:
            assert session["output"] == result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_the_readme_run(cli: Cli, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("examples", "playbooks"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)  # some write files
    earlier = COMMANDS[: COMMANDS.index(command)]
    for first in (each for each in earlier if each.startswith("buystage deal new")):
        cli(*shlex.split(first)[1:])
    result = cli(*shlex.split(command)[1:])
    assert result.exit_code == 0, result.stderr
    assert result.stdout


def test_the_readme_shows_more_than_a_dozen_commands() -> None:
    assert len(COMMANDS) > 12


def test_the_deal_in_the_readme_is_a_good_one(cli: Cli, tmp_path: Path) -> None:
    (deal,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    path = tmp_path / "deal.yaml"
    path.write_text(deal, "utf-8")
    assert cli("deal", "check", str(path)).exit_code == 0


def test_the_quick_start_runs_the_main_job_on_a_shipped_file() -> None:
    command = quick_start("run")
    (session,) = SESSION.finditer(README)
    assert command.endswith(session["command"])
    assert (ROOT / "examples/electronics-maker.yaml").is_file()


def test_ci_runs_the_test_command_as_it_stands_in_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    assert "quick start: test" in script
    awk = next(line for line in script.splitlines() if line.startswith("test_command="))
    shown = subprocess.run(
        ["bash", "-c", f'{awk}; printf "%s" "$test_command"'], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert shown.stdout == quick_start("test")


def quick_start(which: str) -> str:
    found = re.search(rf"<!-- quick start: {which} -->\n```sh\n(.*?)\n```", README)
    assert found
    return found.group(1)


def test_every_command_is_in_the_readme(cli: Cli) -> None:
    for command in ("diagnose", "playbook list", "playbook show", "playbook check", "playbook test", "playbook new"):
        assert f"buystage {command}" in README
    for command in ("deal check", "explain", "schema", "after"):
        assert f"buystage {command}" in README


@pytest.mark.slow
def test_the_benchmarks_run() -> None:
    command = [sys.executable, str(ROOT / "benchmarks"), "--pairs", "1", "choosing", "scoring", "--growth", "2", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "| choosing a question of 60 signals for 10 tracks |" in done.stdout
    assert "| `review`, 3 lines, memory of a process |" in done.stdout


def test_every_exit_code_is_in_the_readme() -> None:
    table = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert table == {int(code) for code in ExitCode}


def test_links_in_the_docs_lead_somewhere() -> None:
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), (path.name, target)


def test_contributing_names_every_module() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for path in (ROOT / "src/buystage").iterdir():
        if path.name not in ("__init__.py", "__main__.py", "__pycache__", "playbooks", "py.typed"):
            assert f"`{path.name}{'/' if path.is_dir() else ''}`" in text, path.name


def test_our_own_words_exist_in_both_languages_with_the_same_parameters() -> None:
    lint = {f"{rule} {part}": words for rule, parts in LINT_WORDS.items() for part, words in parts.items()}
    for code, words in {**ERROR_WORDS, **SCREEN_WORDS, **lint}.items():
        assert set(words) == {"en", "zh"}, code
        fields = {language: set(re.findall(r"{(\w+)(?::g)?}", text)) for language, text in words.items()}
        if code not in ("day", "day_and_year"):  # a month has a name in one language, a number in the other
            assert fields["en"] == fields["zh"], code


def test_our_own_words_are_all_in_use() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py") if "_words" not in path.name)
    composed = (
        "headline_",
        "conflict_",
        "kind_",
        "sort_",
        "list_",
        "claim_",
        "ask_",
        "gap_",
        "again_",
        "hint_",
        "key_",
        "note_",
    )  # the rest is filled in where it is said
    pydantic: tuple[str, ...] = (
        "_type",
        "_parsing",
        "string_too_short",
        "string_too_long",
        "too_short",
        "too_long",
        "finite_number",
        "int_from_float",
    )
    pydantic += ("greater_than", "greater_than_equal")
    unused = [
        key
        for key in {**ERROR_WORDS, **SCREEN_WORDS}
        if not (key.startswith(composed) or key.endswith(pydantic) or re.search(rf"\b{key}\b", code))
    ]
    assert unused == ["bad_answer_hint"]  # f"{code}_hint"


def test_the_schema_of_a_deal_knows_every_part_of_it() -> None:
    schema = json.loads((ROOT / "schemas/deal.schema.json").read_text("utf-8"))
    check = jsonschema.Draft202012Validator(schema)
    for example in sorted(ROOT.glob("examples/*.yaml")):
        check.validate(parse(read_source(str(example))))
    check.validate({"name": "Acme", "observations": None, "buying_group": None})
    for wrong in (
        {"observations": [{"date": "2026-03-02", "answer": {}}]},
        {"observations": [{"date": "2026-03-02", "answers": {"problem_named": "maybe"}}]},
        {"buying_group": [{"name": "Ann", "role": "boss"}]},
        {"waivers": [{"rule": "no-owner"}]},
        {"key_dates": [{"what": "offer"}]},
    ):
        assert not check.is_valid({"name": "Acme", **wrong}), wrong


@pytest.mark.parametrize("kind", ["playbook", "signals", "deal", "diagnosis"])
def test_committed_schemas_are_fresh(cli: Cli, kind: str, request: pytest.FixtureRequest) -> None:
    path = ROOT / "schemas" / f"{kind}.schema.json"
    printed = cli("schema", kind).stdout
    if request.config.getoption("--update-goldens"):
        path.write_text(printed, "utf-8")
    assert printed == path.read_text("utf-8"), f"run: buystage schema {kind} > schemas/{kind}.schema.json"


def test_version_loads_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "buystage", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not {"rich", "pydantic", "yaml", "importlib.metadata"} & loaded
    assert re.fullmatch(r"buystage \d+\.\d+\.\d+\n", done.stdout)


# --- docs/seeds.md: everything of the documents, and where it lives ---------------------------------------------


def explainable() -> tuple[set[str], set[str], set[str]]:
    """Return the ids that can be explained, the notes by path, and the actions that come from a document."""
    from buystage.library.playbooks import load_shelf
    from buystage.library.shipped import builtin_names
    from buystage.render.reference.explanation import names

    shelf = load_shelf(builtin_names())
    notes, actions = set(), set()
    for book in shelf.playbooks:
        notes |= {f"{book.name}:{note}" for note in book.notes}
        for name, state in book.states.items():
            notes |= {f"{book.name}:{name}:{note}" for note in state.notes}
            actions |= {each for each, action in state.actions.items() if set(action.origin) != {"in-house"}}
    return {*names(shelf), *(book.name for book in shelf.playbooks)}, notes, actions


def test_the_table_of_the_documents_names_only_what_there_is_and_all_that_comes_from_them() -> None:
    text = (ROOT / "docs/seeds.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| `00")]
    named = {span for row in rows for span in re.findall(r"`([^` ]+)`", row)} - {"NAME.private.yaml", "buying_group"}
    ids, notes, actions = explainable()
    assert named - ids - notes == set()
    assert notes - named == set()
    assert actions - named == set()
    for path in re.findall(r"\]\(\.\./([^)]*)\)", text):
        assert (ROOT / path).is_file()


# --- docs/writing-playbooks.md: from nothing to a tested model --------------------------------------------------

STEP = re.compile(r"<!-- (run|add|replace)([^\n]*) -->\n(?:```\w+\n(.*?)```\n)?(?:\n```text\n(.*?)```)?", re.DOTALL)


def test_the_way_to_a_playbook_of_ones_own_works_step_by_step(tmp_path: Path) -> None:
    text = (ROOT / "docs/writing-playbooks.md").read_text("utf-8")
    steps = STEP.findall(text[: text.index("## The keys")])
    assert len(steps) >= 12
    for kind, how, block, shown in steps:
        if kind == "run":
            _run(block, tmp_path, 1 if "ends with 1" in how else 0, shown)
        else:
            _edit(kind, how, block, tmp_path)
    assert (tmp_path / "cases.xml").is_file()


def _run(commands: str, folder: Path, code: int, shown: str) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    script = ["bash", "-e", "-c", commands]
    pipe, out = subprocess.PIPE, subprocess.STDOUT
    done = subprocess.run(script, cwd=folder, env=environment, check=False, stdout=pipe, stderr=out, text=True)
    assert done.returncode == code, done.stdout
    assert shown in ("", done.stdout)


def _edit(kind: str, how: str, block: str, folder: Path) -> None:
    """Do what the document tells to do in an editor: add a block under a line, or replace words that stand once."""
    *words, file = re.findall(r'"([^"]*)"| in (\S+)$', how)
    path = folder / file[1]
    text = path.read_text("utf-8")
    old = f"\n{words[0][0]}\n" if kind == "add" else words[0][0]
    new = old + block if kind == "add" else words[1][0]
    assert text.count(old) >= 1, old
    at = text.index(old) if kind == "add" or text.count(old) == 1 else text.index(old, text.index("cases:"))
    path.write_text(text[:at] + new + text[at + len(old) :], "utf-8")


def test_every_rule_of_the_linter_is_in_the_document() -> None:
    text = (ROOT / "docs/writing-playbooks.md").read_text("utf-8")
    table = text[text.index("| rule | finds |") :]
    assert {*re.findall(r"`([a-z]+(?:-[a-z]+)+)`", table.split("\n\n")[0])} == set(LINT_WORDS)


def test_the_document_names_every_key_and_topic() -> None:
    from buystage.library.signal_files import load_catalogue
    from buystage.model.catalogue import Signal
    from buystage.model.playbook import Action, Case, Expectation, Job, Playbook, Purpose, State

    text = (ROOT / "docs/writing-playbooks.md").read_text("utf-8")
    keys = text[text.index("## The keys") : text.index("## Where models are found")]
    named = set(re.findall(r"`([a-z_]+)", keys))
    models = (Playbook, State, Job, Action, Purpose, Signal, Case, Expectation)
    there = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert there - named == set()
    assert set(load_catalogue().topics) <= named
