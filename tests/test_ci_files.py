"""What others build on: the hooks of pre-commit, the composite action, and the jobs in the docs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, Cli, Write
from samples import deal

REVIEWING = (ROOT / "docs/reviewing.md").read_text("utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}


def block(mark: str) -> str:
    """Return the YAML in the docs below a mark."""
    found = re.search(rf"<!-- {mark}: [^>]*-->\n```yaml\n(.*?)```", REVIEWING, re.DOTALL)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    ("mark", "schema"),
    [("github", "vendor.github-workflows"), ("gitlab", "vendor.gitlab-ci"), ("", "vendor.github-actions")],
)
def test_jobs_and_action_are_as_their_schemas_say(write: Write, mark: str, schema: str) -> None:
    path = write("ci.yml", block(mark)) if mark else ROOT / "action.yml"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_settings_in_the_docs_are_good_ones(cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write("buystage.yaml", block("settings")).parent)
    result = cli("config", "show")
    assert result.exit_code == 0, result.stderr
    assert "stage_words.Tender submitted" in result.stdout


def test_the_waiver_in_the_docs_is_a_good_one(cli: Cli, write: Write) -> None:
    assert cli("deal", "check", str(write("a.yaml", f"name: x\n{block('waiver')}"))).exit_code == 0


def test_the_hooks_in_the_docs_are_those_there_are() -> None:
    (repo,) = yaml.safe_load(block("pre-commit"))["repos"]
    assert [hook["id"] for hook in repo["hooks"]] == list(HOOKS)


# --- pre-commit itself -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scratch repository with good and bad files of each kind, all staged."""
    folder = tmp_path_factory.mktemp("team")
    files = {
        "deals/fine.yaml": deal(claimed_stage="solution_evaluation"),
        "deals/fine.private.yaml": "people: {}\n",
        "deals/north/ahead.yaml": deal(),
        "--output=odd/deals/fine.yaml": deal("Odd path", claimed_stage="solution_evaluation"),
        "other/ahead.yaml": "this: is no deal\n",
        "playbooks/own.yaml": (ROOT / "playbooks/linear.yaml").read_text("utf-8").replace("name: linear", "name: own"),
        "buystage.yaml": "rules: {no-next-step: off}\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it installs, once for all hooks; beside it this checkout as a repository."""
    home = tmp_path_factory.mktemp("pre-commit")
    for name in ("src", "playbooks"):
        shutil.copytree(ROOT / name, home / "tool" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, home / "tool" / name)
    for command in ("init -q", "add -A", "-c user.name=n -c user.email=n@example.com commit -qm tool"):
        subprocess.run(["git", *command.split()], cwd=home / "tool", check=True)
    return home


def run_hook(hook: str, repository: Path, home: Path) -> tuple[int, str]:
    """Run a hook on all files as pre-commit does; return its code and what it said."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=home / "tool", capture_output=True, text=True, check=True)
    config = {"repos": [{"repo": str(home / "tool"), "rev": head.stdout.strip(), "hooks": [{"id": hook}]}]}
    (home / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    options = ("--config", str(home / "config.yaml"), "--all-files", "--verbose")
    environment = {**clean, "PRE_COMMIT_HOME": str(home / "cache"), "PRE_COMMIT_COLOR": "never"}
    command = [sys.executable, "-m", "pre_commit", "run", hook, *options]
    done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_the_review_hook_stops_a_commit_of_a_deal_that_claims_too_much(repository: Path, home: Path) -> None:
    code, said = run_hook("buystage-review", repository, home)
    assert code == 1
    assert "3 deals, 1 claims more than the customer has shown" in said
    assert "deals/north/ahead.yaml:2" in said


@pytest.mark.slow
@pytest.mark.parametrize("hook", ["buystage-deal-check", "buystage-playbook-check", "buystage-config"])
def test_the_other_hooks_pass_what_is_right_and_stop_what_is_wrong(repository: Path, home: Path, hook: str) -> None:
    wrong = {
        "buystage-deal-check": ("deals/fine.yaml", "claimed_stage:", "claimed_stag:"),
        "buystage-playbook-check": ("playbooks/own.yaml", "kind: linear", "kind: liner"),
        "buystage-config": ("buystage.yaml", "no-next-step", "no-nex-step"),
    }
    name, right, slip = wrong[hook]
    code, said = run_hook(hook, repository, home)
    assert code == 0, said
    path = repository / name
    text = path.read_text("utf-8")
    path.write_text(text.replace(right, slip, 1), "utf-8")
    code, said = run_hook(hook, repository, home)
    path.write_text(text, "utf-8")
    assert code == 1
    assert f"{name}:" in said


# --- the action --------------------------------------------------------------------------------------------------


@pytest.fixture
def runner(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of GitHub's as the action sees it: its folders, with buystage where its first step puts it."""
    program = tmp_path / "temp/buystage/bin/buystage"
    program.parent.mkdir(parents=True)
    program.symlink_to(Path(sys.executable).parent / "buystage")
    monkeypatch.setenv("RUNNER_TEMP", str(tmp_path / "temp"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    monkeypatch.chdir(write("work/deals/ahead.yaml", deal()).parent.parent)
    return tmp_path


def run_action(**inputs: str) -> "subprocess.CompletedProcess[str]":
    """Run the second step of the action with inputs, as its runner does."""
    _, step = ACTION["runs"]["steps"]
    given = {name: spec["default"] for name, spec in ACTION["inputs"].items()} | inputs
    environment = {
        variable: given[re.sub(r"\$\{\{ inputs\.([\w-]+) }}", r"\1", value)] for variable, value in step["env"].items()
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)


def test_the_action_marks_the_lines_fails_the_job_and_shows_the_review_on_its_page(runner: Path) -> None:
    done = run_action(paths=" deals \n\n")
    assert done.returncode == 1, done.stderr
    assert "::error file=deals/ahead.yaml,line=2" in done.stdout
    assert "### 1 deal, 1 claims more" in (runner / "summary.md").read_text("utf-8")


def test_in_a_folder_below_the_action_names_paths_from_the_root_of_the_repository(
    runner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q", str(runner)], check=True)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(runner))
    done = run_action(paths="deals", sarif="out.sarif")
    assert "::error file=work/deals/ahead.yaml,line=2" in done.stdout
    assert '"uri": "work/deals/ahead.yaml"' in Path("out.sarif").read_text("utf-8")


def test_the_action_passes_on_what_it_is_given(runner: Path) -> None:
    inputs = {"fail-on": "never", "sarif": "out.sarif", "junit": "out.xml", "summary": "false", "lang": "zh"}
    done = run_action(**inputs)
    assert done.returncode == 0, done.stderr
    assert "超前" in done.stdout
    assert Path("out.sarif").exists()
    assert Path("out.xml").exists()
    assert not (runner / "summary.md").exists()


def test_the_action_can_not_be_made_to_run_anything_else(runner: Path) -> None:
    done = run_action(paths="$(touch hacked)\n--output=hacked", since="$(touch hacked)")
    assert done.returncode == 3
    assert not Path("hacked").exists()


def test_the_first_step_installs_this_checkout() -> None:
    first, _ = ACTION["runs"]["steps"]
    assert '"$GITHUB_ACTION_PATH"' in first["run"]
    assert (ROOT / "pyproject.toml").is_file()
