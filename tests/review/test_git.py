"""What a repository can't make us do: `review --since` in repositories that are hostile, odd, large or slow.

Each trap is sprung once by git itself, called plainly, so that the test is known to be able to fail.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
import yaml

from conftest import ROOT, Cli
from samples import DAY, deal

GIT = shutil.which("git") or "git"
HOOKS = """
applypatch-msg commit-msg fsmonitor-watchman post-applypatch post-checkout post-commit post-index-change post-merge
post-receive post-rewrite post-update pre-applypatch pre-auto-gc pre-commit pre-merge-commit pre-push pre-rebase
pre-receive prepare-commit-msg proc-receive push-to-checkout reference-transaction sendemail-validate update
"""


def git(*arguments: str, check: bool = True, given: str = "") -> str:
    """Call git plainly in the current folder, as a person would."""
    identity = ("-c", "user.name=n", "-c", "user.email=n@example.com")
    done = subprocess.run([GIT, *identity, *arguments], check=check, capture_output=True, text=True, input=given)
    return done.stdout


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is set for git reaches the tests."""
    for name in [key for key in os.environ if key.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two deals, committed, as the current folder: one claims too much, one is fine."""
    folder = tmp_path / "team"
    (folder / "deals").mkdir(parents=True)
    monkeypatch.chdir(folder)
    git("init", "-q", "-b", "main")
    put("ahead", deal("Ahead", amount=100_000, currency="EUR"))
    put("fine", deal("Fine", claimed_stage="solution_evaluation"))
    commit()
    return folder


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """The file that every trap makes."""
    return tmp_path / "sprung"


def put(name: str, text: str) -> None:
    Path(f"deals/{name}.yaml").write_text(text, "utf-8")


def commit() -> None:
    git("add", "-A")
    git("commit", "-qm", "deals")


def worsen() -> None:
    """Change a deal so that one finding is new."""
    put("fine", deal("Fine"))


NEWS = [("Fine", "claimed-stage-ahead")]


def since(cli: Cli, ref: str = "HEAD", path: str = "deals") -> dict[str, Any]:
    result = cli("review", path, "--since", ref, "--as-of", DAY, "--format", "json")
    assert result.exit_code in (0, 1), result.stderr
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def news(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["deal"], each["rule"]) for each in report["findings"]]


def refused(cli: Cli, ref: str = "HEAD", *options: str) -> str:
    """Return why a review ends with 3; nothing is told then."""
    result = cli("review", "deals", "--since", ref, "--as-of", DAY, *options)
    assert (result.exit_code, result.stdout) == (3, ""), result.stderr
    return str(result.stderr)


def fake_git(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program of this name before git."""
    folder.mkdir(exist_ok=True)
    (folder / "git").write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


# --- nothing runs ------------------------------------------------------------------------------------------------


def test_git_is_called_in_one_place() -> None:
    starts = re.compile(r"\bsubprocess\b|\bos\.(system|popen|exec|spawn|posix_spawn|fork)|\bpty\b")
    files = [path for path in (ROOT / "src").rglob("*.py") if starts.search(path.read_text("utf-8"))]
    assert [path.name for path in files] == ["git.py"]


def test_a_folder_that_looks_like_a_repository_is_never_looked_at(
    cli: Cli, team: Path, marker: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would run a command, and say that the deal was as bad before."""
    worsen()
    commit()
    for part in ("HEAD", "index"):
        shutil.copy(team / ".git" / part, "deals")
    for part in ("objects", "refs"):
        shutil.copytree(team / ".git" / part, f"deals/{part}")
    trap = f'[core]\nrepositoryformatversion = 0\nbare = false\nworktree = ..\nfsmonitor = "touch {marker}; false"\n'
    Path("deals/config").write_text(trap, "utf-8")
    put("fine", deal("Fine", claimed_stage="solution_evaluation"))
    commit()
    git("clone", "-q", ".", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    worsen()
    for folder, path in ((".", "deals"), ("deals", "."), ("deals", "fine.yaml")):
        monkeypatch.chdir(tmp_path / "clone" / folder)
        assert news(since(cli, path=path)) == NEWS
        assert not marker.exists()
    git("status")
    assert marker.exists()


@pytest.mark.parametrize("settings", [{}, {"core.fsmonitor": "hook"}, {"core.hooksPath": "hook"}])
def test_no_hook_runs(cli: Cli, team: Path, marker: Path, settings: dict[str, str]) -> None:
    for name in HOOKS.split():
        hook = team / ".git/hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {marker}\n", "utf-8")
        hook.chmod(0o755)
    for key in settings:
        git("config", key, str(team / ".git/hooks" / ("fsmonitor-watchman" if key == "core.fsmonitor" else "")))
    worsen()
    assert news(since(cli)) == NEWS
    assert not marker.exists()
    git("add", "-A")  # post-index-change
    assert marker.exists()


@pytest.mark.parametrize(
    "trap",
    [
        {"filter.x.clean": "touch {}; cat", "filter.x.smudge": "touch {}; cat"},
        {"filter.x.process": "touch {}; false", "filter.x.required": "true"},
        {"diff.x.textconv": "touch {}; cat"},
        {"diff.x.command": "touch {}; true"},
        {"diff.external": "touch {}; true"},
    ],
    ids=lambda trap: next(iter(trap)),
)
def test_no_filter_and_no_program_for_differences_runs(
    cli: Cli, team: Path, marker: Path, trap: dict[str, str]
) -> None:
    Path(".gitattributes").write_text("*.yaml filter=x diff=x\n", "utf-8")
    commit()
    for key, value in trap.items():
        git("config", key, value.format(marker))
    worsen()
    Path("deals/ahead.yaml").rename("deals/moved.yaml")
    assert news(since(cli)) == NEWS
    assert not marker.exists()
    git("diff", "HEAD", check=False)
    assert marker.exists()


@pytest.mark.parametrize(
    ("url", "settings"),
    [
        ("ext::touch {}", {"protocol.ext.allow": "always"}),
        ("ssh://localhost/none", {"core.sshCommand": "touch {};"}),
        ("none::x", {"remote.origin.vcs": "ext", "protocol.allow": "always", "remote.origin.url": "touch {}"}),
        ("file://{}/../origin", {"remote.origin.uploadpack": "touch {}; git-upload-pack"}),
    ],
    ids=lambda value: value.split(":")[0] if isinstance(value, str) else "",
)
def test_what_a_partial_clone_has_left_out_is_not_fetched(
    cli: Cli, partial: Path, marker: Path, url: str, settings: dict[str, str]
) -> None:
    git("config", "remote.origin.url", url.format(marker))
    for key, value in settings.items():
        git("config", key, value.format(marker))
    reason = refused(cli, "HEAD~1")
    assert "git can't give a file as it was at 'HEAD~1'" in reason
    assert "git fetch --refetch --no-filter" in reason
    assert not marker.exists()
    git("cat-file", "-p", "HEAD~1:deals/fine.yaml", check=False)
    assert marker.exists()


@pytest.fixture
def partial(team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone without the files of old commits, in one of which a deal was otherwise."""
    worsen()
    commit()
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "-q", "--filter=blob:none", team.as_uri(), str(tmp_path / "partial"))
    monkeypatch.chdir(tmp_path / "partial")
    return tmp_path / "partial"


def test_a_partial_clone_has_enough_where_no_old_text_is_needed(cli: Cli, partial: Path) -> None:
    assert news(since(cli)) == []
    put("new", deal("New"))
    Path("deals/ahead.yaml").unlink()
    put("fine", deal("Fine", claimed_stage="solution_evaluation"))  # what it was at HEAD~1
    report = since(cli, "HEAD~1", "deals/fine.yaml")
    assert (report["deals"], report["findings"]) == ([], [])


def test_the_whole_of_a_partial_clone_can_be_fetched_as_the_hint_says(cli: Cli, partial: Path) -> None:
    git("fetch", "-q", "--refetch", "--no-filter")
    assert news(since(cli, "HEAD~1")) == NEWS


def test_a_file_that_git_has_lost_is_an_error(cli: Cli, team: Path) -> None:
    lost = git("rev-parse", "HEAD:deals/fine.yaml").strip()
    (team / ".git/objects" / lost[:2] / lost[2:]).unlink()
    assert news(since(cli)) == []
    worsen()
    assert "git can't give a file as it was at 'HEAD': deals/fine.yaml: missing" in refused(cli)


def test_what_is_set_for_git_elsewhere_leads_nowhere_else(
    cli: Cli, team: Path, marker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worsen()
    for name in ("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "COMMON_DIR"):
        monkeypatch.setenv(f"GIT_{name}", "/nowhere")
    for name in ("EXTERNAL_DIFF", "SSH_COMMAND", "ASKPASS", "PAGER"):
        monkeypatch.setenv(f"GIT_{name}", f"touch {marker}; false")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", f"'core.fsmonitor'='touch {marker}; false'")
    monkeypatch.setenv("GIT_TRACE", "1")
    assert news(since(cli)) == NEWS
    assert not marker.exists()


def test_a_program_called_git_in_the_current_folder_is_not_taken_for_it(
    cli: Cli, team: Path, marker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_git(team, monkeypatch, f'touch {marker}; exec {GIT} "$@"')
    monkeypatch.setenv("PATH", ".")
    assert "needs git" in refused(cli)
    assert not marker.exists()


# --- which repository, and whose ----------------------------------------------------------------------


@pytest.fixture
def foreign(team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that belongs to somebody else, as far as git knows."""
    fake_git(tmp_path / "bin", monkeypatch, f'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {GIT} "$@"')
    worsen()
    return team


def test_a_repository_of_somebody_else_is_refused_with_the_way_to_trust_it(cli: Cli, foreign: Path) -> None:
    reason = refused(cli)
    assert f"git refuses to read the repository {foreign}: " in reason
    assert f"git config --global --add safe.directory '{foreign}'" in reason


@pytest.mark.parametrize("where", ["a file", "the environment"])
def test_one_that_the_user_trusts_is_read(
    cli: Cli, foreign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    if where == "a file":
        (tmp_path / "config").write_text(f"[safe]\ndirectory = {foreign}\n", "utf-8")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    else:
        for name, value in {"COUNT": "1", "KEY_0": "safe.directory", "VALUE_0": str(foreign)}.items():
            monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    assert news(since(cli)) == NEWS


def test_git_is_not_looked_for_above_where_the_user_ends_it(
    cli: Cli, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worsen()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(team.parent))
    assert news(since(cli)) == NEWS
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(team))
    assert f"{team}/deals is in no git repository" in refused(cli)


# --- bounds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no answer within 1 seconds"), ("zh", "等了 1 秒 git 还没有结果")]
)
def test_a_git_that_hangs_is_ended_with_all_it_has_started(
    cli: Cli, team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    fake_git(tmp_path / "bin", monkeypatch, f"sleep 300 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr("buystage.review.git.TIME_LIMIT", 1)
    assert words in refused(cli, "HEAD", "--lang", language)
    assert is_over(int((tmp_path / "child").read_text()))


def is_over(process: int) -> bool:
    """Return whether a process ends soon, or waits only for somebody to take note."""
    until = monotonic() + 20
    while monotonic() < until:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state in "ZX":
            return True
        sleep(0.05)
    return False


def test_a_tree_without_end_is_refused_and_not_held(cli: Cli, team: Path) -> None:
    """Ten folders in each of ten folders, and so on: a few objects that are ten million files."""
    put("x", "name: x\n")
    entry = f"100644 blob {git('hash-object', '-w', 'deals/x.yaml').strip()}"
    for _ in range(7):
        listed = "".join(f"{entry}\tname{each}\n" for each in range(10))
        entry = f"040000 tree {git('mktree', given=listed).strip()}"
    bomb = git("commit-tree", entry.split()[2], "-m", "bomb").strip()
    assert "more than 100 MB" in refused(cli, bomb)


@pytest.fixture
def large(team: Path) -> str:
    """A file of 200 MB, committed as a deal."""
    with Path("deals/large.yaml").open("wb") as stream:
        stream.truncate(200_000_000)
    git("-c", "core.bigFileThreshold=1m", "-c", "core.compression=1", "add", "-A")
    git("commit", "-qm", "large")
    return "deals/large.yaml"


MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "buystage", "review", "deals", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000, file=sys.stderr)
sys.exit(done.returncode)
"""


def reviewed_by_itself(*options: str) -> tuple[int, str, str, int]:
    """Return exit code, both outputs and the peak of memory, in MB, of a review and the processes it starts."""
    command = [sys.executable, "-c", MEASURED, "--since", "HEAD", "--as-of", DAY, *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    *said, megabytes = done.stderr.splitlines()
    return done.returncode, done.stdout, "\n".join(said), int(megabytes)


def test_a_large_file_of_then_is_not_read(team: Path, large: str) -> None:
    put("large", deal("Large"))
    code, out, _, megabytes = reviewed_by_itself("-f", "json")
    report = json.loads(out)
    assert code == 1
    assert news(report) == [("Large", "claimed-stage-ahead")]
    assert report["moves"][0]["told"] == "could not be read then"
    assert megabytes < 150


def test_a_large_file_that_is_as_it_was_is_no_news(team: Path, large: str) -> None:
    code, out, _, megabytes = reviewed_by_itself()
    assert (code, out.splitlines()[0]) == (0, "No deal has changed since HEAD")
    assert megabytes < 150


def test_a_large_file_with_another_name_and_a_byte_more_is_not_compared(team: Path, large: str) -> None:
    Path(large).rename("deals/other.yaml")
    with Path("deals/other.yaml").open("ab") as stream:
        stream.write(b"\n")
    code, out, err, megabytes = reviewed_by_itself()
    assert code == 3
    assert "gone since HEAD: deals/large.yaml" in out
    assert "deals/other.yaml" in err
    assert megabytes < 150


def test_how_often_git_is_started_does_not_depend_on_how_many_files_there_are(
    cli: Cli, team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        put(f"deal{number}", deal(f"Deal {number}"))
    commit()
    for number in range(0, 60, 3):
        put(f"deal{number}", deal(f"Deal {number}", notes="a word more"))
        Path(f"deals/deal{number + 1}.yaml").rename(f"deals/moved{number}.yaml")
    fake_git(tmp_path / "bin", monkeypatch, f'echo "$@" >> {tmp_path}/calls; exec {GIT} "$@"')
    report = since(cli)
    assert (len(report["deals"]), report["findings"], report["gone"]) == (40, [], [])
    calls = (tmp_path / "calls").read_text("utf-8").splitlines()
    assert len(calls) <= 7
    asked = {re.search(" (rev-parse|ls-tree|cat-file) ", each) for each in calls}
    assert None not in asked  # what looks at the work tree or the index may run what a repository names


# --- line ends -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["core.autocrlf", "eol=crlf"])
def test_line_ends_that_git_has_converted_are_no_change(
    cli: Cli, team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "eol=crlf":
        Path(".gitattributes").write_text("*.yaml text eol=crlf\n", "utf-8")
        commit()
    git("-c", "core.autocrlf=true", "clone", "-q", ".", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert b"\r\n" in Path("deals/fine.yaml").read_bytes()
    report = since(cli)
    assert (report["deals"], report["findings"]) == ([], [])
    Path("deals/ahead.yaml").rename("deals/moved.yaml")
    Path("deals/fine.yaml").write_bytes(deal("Fine").replace("\n", "\r\n").encode())
    assert news(since(cli)) == NEWS


def test_line_ends_of_the_other_kind_in_git_change_nothing_that_is_said(cli: Cli, team: Path) -> None:
    Path("deals/ahead.yaml").write_bytes(Path("deals/ahead.yaml").read_bytes().replace(b"\n", b"\r\n"))
    commit()
    Path("deals/ahead.yaml").write_bytes(Path("deals/ahead.yaml").read_bytes().replace(b"\r\n", b"\n"))
    assert news(since(cli)) == []


# --- names -----------------------------------------------------------------------------------------------------------


def test_a_deal_that_was_only_moved_is_the_same_before_git_is_told(cli: Cli, team: Path) -> None:
    Path("deals/won").mkdir()
    Path("deals/ahead.yaml").rename("deals/won/ahead.yaml")
    report = since(cli)
    assert (report["findings"], report["gone"]) == ([], [])


def test_a_deal_that_was_moved_and_edited_is_the_same(cli: Cli, team: Path) -> None:
    Path("deals/ahead.yaml").unlink()
    put("moved", deal("Ahead", amount=100_000, currency="EUR", close_date="2026-03-01"))
    report = since(cli)
    assert (news(report), report["gone"]) == ([("Ahead", "close-date-past")], [])


def test_a_deal_that_shares_little_with_one_that_is_gone_is_new(cli: Cli, team: Path) -> None:
    Path("deals/ahead.yaml").unlink()
    put("new", "name: New\nclaimed_stage: solution_confirmation\n")
    report = since(cli)
    assert (report["gone"], report["moves"][0]["told"]) == (["deals/ahead.yaml"], "new")


def test_the_comments_of_the_template_make_two_deals_no_less_different(cli: Cli, team: Path) -> None:
    for name in ("new", "old"):
        cli("deal", "new", f"deals/{name}.yaml", "--as-of", DAY)
        text = Path(f"deals/{name}.yaml").read_text("utf-8")
        put(name, text + yaml.safe_dump({"owner": name, "notes": f"all about {name}, " * 9}))
    Path("deals/new.yaml").rename("../new.yaml")
    commit()
    Path("../new.yaml").rename("deals/new.yaml")
    Path("deals/old.yaml").unlink()
    assert since(cli)["gone"] == ["deals/old.yaml"]


def test_of_two_that_are_gone_the_likest_is_the_one(cli: Cli, team: Path) -> None:
    Path("deals/ahead.yaml").unlink()
    Path("deals/fine.yaml").unlink()
    put("moved", deal("Fine", claimed_stage="solution_evaluation", notes="a word more"))
    report = since(cli)
    assert (report["findings"], report["gone"]) == ([], ["deals/ahead.yaml"])


def test_a_great_many_deals_that_were_moved_and_edited_are_known_by_their_names_alone(
    cli: Cli, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("buystage.review.renames.MOST_PAIRS", 3)
    Path("deals/won").mkdir()
    for name, moved in (("ahead", "ahead"), ("fine", "well")):
        text = Path(f"deals/{name}.yaml").read_text("utf-8")
        Path(f"deals/{name}.yaml").unlink()
        put(f"won/{moved}", text + "notes: a word more\n")
    report = since(cli)
    assert (report["gone"], len(report["deals"])) == (["deals/fine.yaml"], 2)


# --- kinds of repositories -------------------------------------------------------------------------------------------


def test_a_linked_work_tree_is_one_like_any(cli: Cli, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("worktree", "add", "-q", "../linked")
    monkeypatch.chdir("../linked")
    assert Path(".git").is_file()
    worsen()
    assert news(since(cli)) == NEWS


def test_a_work_tree_of_a_bare_repository_too(cli: Cli, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("clone", "-q", "--bare", ".", "../bare.git")
    git("-C", "../bare.git", "worktree", "add", "-q", "../linked", "main")
    monkeypatch.chdir("../linked")
    worsen()
    assert news(since(cli)) == NEWS


def test_in_a_submodule_its_own_commits_count(cli: Cli, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q", "../whole")
    monkeypatch.chdir("../whole")
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(team), "sales")
    monkeypatch.chdir("sales")
    assert Path(".git").is_file()
    worsen()
    assert news(since(cli)) == NEWS


def test_ids_of_the_newer_kind_are_known(cli: Cli, tmp_path: Path, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q", "--object-format=sha256", str(tmp_path / "new"))
    shutil.copytree("deals", tmp_path / "new/deals")
    monkeypatch.chdir(tmp_path / "new")
    commit()
    assert since(cli)["deals"] == []
    worsen()
    assert news(since(cli)) == NEWS


def test_in_a_hook_of_git_the_review_is_the_same(cli: Cli, team: Path) -> None:
    hook = team / ".git/hooks/pre-commit"
    review = f"{sys.executable} -m buystage review deals --since HEAD --as-of {DAY} -f json -o ../report.json"
    hook.write_text(f"#!/bin/sh\nPYTHONPATH={ROOT}/src {review}\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    worsen()
    git("commit", "-qam", "worse", check=False)
    assert news(json.loads(Path("../report.json").read_text("utf-8"))) == NEWS
