"""`review --since`: what is new against a git revision, and what moved in the words of buyers."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from conftest import Cli, Write
from samples import DAY, REPORT, deal

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A git repository as the current folder, with a command to change it."""
    folder = tmp_path / "team"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in [key for key in os.environ if key.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    def run(*arguments: str) -> str:
        identity = ("-c", "user.name=n", "-c", "user.email=n@example.com")
        done = subprocess.run(["git", *identity, *arguments], check=True, capture_output=True, text=True)
        return done.stdout

    run("init", "-q", "-b", "main")
    return run


@pytest.fixture
def deals(git: Git) -> Path:
    """Three deals, committed: one claims too much, one may, one is fine."""
    folder = Path("deals")
    folder.mkdir()
    put("ahead", deal("Ahead", amount=100_000, currency="EUR"))
    put("fine", deal("Fine", claimed_stage="solution_evaluation"))
    put("other", deal("Other", claimed_stage="solution_evaluation"))
    commit(git)
    return folder


def put(name: str, text: str) -> None:
    (Path("deals") / f"{name}.yaml").write_text(text, "utf-8")


def commit(git: Git) -> None:
    git("add", "-A")
    git("commit", "-qm", "deals")


def later(text: str, **answers: Any) -> str:
    """Return a deal with a later entry in its log."""
    found = yaml.safe_load(text)
    found["observations"].append({"date": "2026-03-09", "answers": answers})
    return yaml.safe_dump(found, sort_keys=False)


def since(cli: Cli, ref: str = "HEAD", *options: str, path: str = "deals") -> dict[str, Any]:
    result = cli("review", path, "--since", ref, "--as-of", DAY, "--format", "json", *options)
    assert result.exit_code in (0, 1), result.stderr
    report: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(report, REPORT)
    return report


def rules(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["deal"], each["rule"]) for each in report["findings"]]


def test_where_nothing_has_changed_nothing_is_told(cli: Cli, deals: Path) -> None:
    report = since(cli)
    assert (report["deals"], report["findings"], report["since"]) == ([], [], "HEAD")
    result = cli("review", "deals", "--since", "HEAD", "--as-of", DAY)
    assert result.exit_code == 0
    assert result.stdout.startswith("No deal has changed since HEAD\n")


def test_only_what_is_new_is_told_and_fails(cli: Cli, deals: Path) -> None:
    put("ahead", deal("Ahead", amount=100_000, currency="EUR", close_date="2026-03-01"))
    put("fine", deal("Fine", claimed_stage="solution_confirmation"))
    report = since(cli)
    assert rules(report) == [("Ahead", "close-date-past"), ("Fine", "claimed-stage-ahead")]
    assert report["summary"]["ahead"] == 1
    moves = {each["deal"]: each for each in report["moves"]}
    assert moves["Fine"]["claimed_stage"] == ["solution_evaluation", "solution_confirmation"]
    assert moves["Ahead"]["close_date"] == [None, "2026-03-01"]
    assert moves["Ahead"]["still"] == 1
    assert cli("review", "deals", "--since", "HEAD", "--as-of", DAY).exit_code == 1


def test_what_is_no_longer_new_does_not_fail(cli: Cli, deals: Path) -> None:
    put("ahead", deal("Ahead", amount=100_000, currency="EUR", notes="a word more"))
    result = cli("review", "deals", "--since", "HEAD", "--as-of", DAY, "-v")
    assert result.exit_code == 0
    assert "Ahead: nothing new, still open: 1" in result.stdout


def test_what_moved_is_told_in_the_words_of_buyers(cli: Cli, deals: Path) -> None:
    back = {"requirements_agreed": {"answer": "no", "quote": "another line speed"}, "requirements_reopened": "yes"}
    put("fine", later(deal("Fine", claimed_stage="solution_evaluation"), **back))
    put("ahead", deal("Ahead", claimed_stage="solution_evaluation", amount=90_000, currency="EUR"))
    report = since(cli)
    moves = {each["deal"]: each for each in report["moves"]}
    assert moves["Fine"]["jobs"] == [{"playbook": "gartner", "job": "requirements_building", "now": "reopened"}]
    assert "open again: Requirements" in moves["Fine"]["told"]
    assert moves["Ahead"]["cleared"] == ["claimed-stage-ahead"]
    assert moves["Ahead"]["amount"] == [100_000, 90_000]
    printed = cli("review", "deals", "--since", "HEAD", "--as-of", DAY).stdout
    assert "Since HEAD: CRM: solution_confirmation → solution_evaluation; amount 100,000 → 90,000" in " ".join(
        printed.split()
    )


def test_that_a_job_fell_behind_is_told(cli: Cli, deals: Path) -> None:
    answers = {"problem_named": "yes", "change_decided": "yes", "preferred_named": "yes"}
    quiet = yaml.safe_load(deal("Fine", claimed_stage="solution_evaluation"))
    quiet["observations"] = [{"date": "2026-03-01", "answers": {"problem_named": "yes"}}]
    put("fine", yaml.safe_dump(quiet))
    subprocess.run(["git", "-c", "user.name=n", "-c", "user.email=n@e", "commit", "-qam", "quiet"], check=True)
    quiet["observations"].append({"date": "2026-03-09", "answers": {**answers, "requirements_agreed": "yes"}})
    put("fine", yaml.safe_dump(quiet))
    (move,) = since(cli)["moves"]
    assert move["lagging"]
    assert "fell behind: " in move["told"]


def test_a_new_file_is_new_and_a_renamed_one_is_the_same_deal(cli: Cli, git: Git, deals: Path) -> None:
    put("new", deal("New"))
    git("mv", "deals/ahead.yaml", "deals/moved.yaml")
    report = since(cli)
    assert rules(report) == [("New", "claimed-stage-ahead")]
    assert report["gone"] == []
    assert "Since HEAD: new" in cli("review", "deals", "--since", "HEAD", "--as-of", DAY).stdout


def test_a_deal_that_is_gone_is_named(cli: Cli, deals: Path) -> None:
    (deals / "ahead.yaml").unlink()
    assert since(cli)["gone"] == ["deals/ahead.yaml"]
    alone = cli("review", "deals/ahead.yaml", "--since", "HEAD")
    assert alone.exit_code == 0
    assert "gone since HEAD: deals/ahead.yaml" in alone.stdout


def test_all_that_is_told_of_a_deal_that_was_broken_is_new(cli: Cli, git: Git, deals: Path) -> None:
    put("ahead", "nam: x\n")
    commit(git)
    put("ahead", deal("Ahead"))
    report = since(cli)
    assert rules(report) == [("Ahead", "claimed-stage-ahead")]
    assert report["moves"][0]["told"] == "could not be read then"


def test_hidden_files_settings_and_private_files_are_no_deals(cli: Cli, git: Git, deals: Path, write: Write) -> None:
    for name in (".hidden.yaml", "buystage.yaml", "fine.private.yaml"):
        (deals / name).write_text("playbooks: [linear]\n" if name == "buystage.yaml" else "{}\n", "utf-8")
    commit(git)
    for name in (".hidden.yaml", "buystage.yaml", "fine.private.yaml"):
        (deals / name).unlink()
    assert since(cli)["gone"] == []


def test_a_waiver_that_was_taken_out_brings_its_finding_back(cli: Cli, git: Git, deals: Path) -> None:
    waiver = {"rule": "claimed-stage-ahead", "reason": "x", "until": "2026-12-31"}
    put("ahead", deal("Ahead", waivers=[waiver]))
    commit(git)
    put("ahead", deal("Ahead"))
    assert rules(since(cli)) == [("Ahead", "claimed-stage-ahead")]


def test_from_a_folder_inside_the_repository_it_is_the_same(
    cli: Cli, deals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("fine", deal("Fine"))
    monkeypatch.chdir(deals)
    result = cli("review", ".", "--since", "HEAD", "--as-of", DAY, "--format", "json")
    assert rules(json.loads(result.stdout)) == [("Fine", "claimed-stage-ahead")]


def test_file_names_that_git_would_quote_are_compared_too(cli: Cli, git: Git, deals: Path) -> None:
    name = '商机 "a"\tb'
    put(name, deal("Odd"))
    commit(git)
    put(name, deal("Odd", close_date="2026-03-01"))
    assert rules(since(cli)) == [("Odd", "close-date-past")]


def test_in_a_hook_git_may_say_where_its_things_are(
    cli: Cli, git: Git, deals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("fine", deal("Fine"))
    for value in (".git", str(Path(".git").resolve())):
        monkeypatch.setenv("GIT_DIR", value)
        monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
        assert rules(since(cli)) == [("Fine", "claimed-stage-ahead")]


def test_a_deal_behind_a_link_that_is_named_is_compared_by_what_it_says(cli: Cli, git: Git, deals: Path) -> None:
    Path("text").write_text(deal("Linked", claimed_stage="solution_evaluation"), "utf-8")
    (deals / "link.yaml").symlink_to("../text")
    commit(git)
    assert rules(since(cli, path="deals/link.yaml")) == []
    Path("text").write_text(deal("Linked"), "utf-8")
    assert rules(since(cli, path="deals/link.yaml")) == [("Linked", "claimed-stage-ahead")]


def test_a_link_in_a_folder_is_no_deal_that_has_gone(cli: Cli, git: Git, deals: Path) -> None:
    (deals / "link.yaml").symlink_to("../text")
    commit(git)
    report = since(cli)
    assert (report["gone"], report["findings"]) == ([], [])


def test_a_link_that_is_gone_was_no_deal(cli: Cli, git: Git, deals: Path) -> None:
    (deals / "link.yaml").symlink_to("fine.yaml")
    commit(git)
    (deals / "link.yaml").unlink()
    assert since(cli)["gone"] == []


def test_a_folder_whose_deals_are_all_gone_is_news_and_no_error(cli: Cli, deals: Path) -> None:
    for path in deals.iterdir():
        path.unlink()
    assert len(since(cli)["gone"]) == 3


def test_another_name_makes_it_no_other_deal(cli: Cli, deals: Path) -> None:
    put("ahead", deal("Renamed", amount=100_000, currency="EUR"))
    assert since(cli)["findings"] == []


def test_what_was_there_already_and_is_worse_now_is_new(cli: Cli, git: Git, deals: Path) -> None:
    at_need = {
        "observations": [
            {"date": "2026-03-03", "answers": {"requirements_being_written": "yes", "requirements_agreed": "no"}}
        ]
    }
    put("fine", yaml.safe_dump({"name": "Fine", "claimed_stage": "solution_evaluation", "next_step": None, **at_need}))
    commit(git)
    put(
        "fine", yaml.safe_dump({"name": "Fine", "claimed_stage": "solution_confirmation", "next_step": None, **at_need})
    )
    assert ("Fine", "claimed-stage-ahead") in rules(since(cli))


def test_a_deal_moved_to_a_folder_that_judges_harder_is_news(cli: Cli, git: Git, deals: Path) -> None:
    (deals / "renewals").mkdir()
    git("mv", "deals/ahead.yaml", "deals/renewals/ahead.yaml")
    Path("buystage.yaml").write_text("folders: {deals/renewals: {rules: {claimed-stage-ahead: notice}}}\n", "utf-8")
    commit(git)
    git("mv", "deals/renewals/ahead.yaml", "deals/ahead.yaml")
    assert rules(since(cli)) == [("Ahead", "claimed-stage-ahead")]


def test_a_folder_that_is_gone_with_its_last_deal_is_news_and_no_error(cli: Cli, git: Git, deals: Path) -> None:
    git("rm", "-rqf", "deals")
    assert not deals.exists()
    assert len(since(cli)["gone"]) == 3


def test_a_hidden_folder_may_be_named(cli: Cli, git: Git, deals: Path) -> None:
    git("mv", "deals", ".deals")
    commit(git)
    Path(".deals/fine.yaml").unlink()
    result = cli("review", ".deals", "--since", "HEAD", "--format", "json")
    assert json.loads(result.stdout)["gone"] == [".deals/fine.yaml"]


def test_a_folder_beside_with_a_longer_name_is_another_one(cli: Cli, git: Git, deals: Path) -> None:
    Path("deals-old").mkdir()
    Path("deals-old/a.yaml").write_text(deal(), "utf-8")
    commit(git)
    Path("deals-old/a.yaml").unlink()
    assert since(cli)["gone"] == []


def test_from_a_subfolder_what_is_gone_is_named_as_seen_from_there(
    cli: Cli, git: Git, deals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("config", "diff.relative", "true")
    put("fine", deal("Fine"))
    (deals / "ahead.yaml").unlink()
    monkeypatch.chdir(deals)
    report = json.loads(cli("review", ".", "--since", "HEAD", "--as-of", DAY, "--format", "json").stdout)
    assert report["gone"] == ["ahead.yaml"]
    assert rules(report) == [("Fine", "claimed-stage-ahead")]


def test_a_path_outside_the_repository_is_a_usage_error(cli: Cli, deals: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text(deal(), "utf-8")
    result = cli("review", "deals", "../outside.yaml", "--since", "HEAD")
    assert result.exit_code == 2
    assert "outside the git repository" in result.stderr


# --- never "nothing new" where git can't tell --------------------------------------------------------------------


@pytest.mark.parametrize("ref", ["nope", "--all", "", "HEAD~9", "HEAD:deals", "a\nb"])
def test_a_revision_that_git_does_not_know_is_an_error(cli: Cli, deals: Path, ref: str) -> None:
    result = cli("review", "deals", f"--since={ref}")
    assert result.exit_code == 3
    assert "git knows no revision" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("ref", ["main@{1 week ago}", "HEAD@{yesterday}", "@{2026-01-01}"])
def test_a_day_of_the_clone_s_own_log_is_refused(cli: Cli, deals: Path, ref: str) -> None:
    """git would give the oldest commit that its log knows, and in a fresh clone that is the newest."""
    result = cli("review", "deals", f"--since={ref}")
    assert result.exit_code == 3
    assert "--since '1 week ago'" in result.stderr


def test_the_place_a_branch_was_at_before_is_a_revision(cli: Cli, git: Git, deals: Path) -> None:
    put("fine", deal("Fine"))
    commit(git)
    assert rules(since(cli, "main@{1}")) == [("Fine", "claimed-stage-ahead")]


def test_a_shallow_clone_says_how_to_get_the_rest(
    cli: Cli, git: Git, deals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("fine", deal("Fine"))
    commit(git)
    git("clone", "-q", "--depth", "1", f"file://{Path.cwd()}", "../shallow")
    monkeypatch.chdir("../shallow")
    result = cli("review", "deals", "--since", "HEAD~1")
    assert result.exit_code == 3
    assert "fetch-depth: 0" in result.stderr


def test_outside_a_repository_there_is_nothing_to_compare_with(
    cli: Cli, tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write("deals/a.yaml", deal())
    result = cli("review", str(tmp_path / "deals"), "--since", "HEAD")
    assert result.exit_code == 3
    assert "no git repository" in result.stderr


def test_without_git_it_says_so(cli: Cli, deals: Path) -> None:
    result = cli("review", "deals", "--since", "HEAD", env={"PATH": "/nowhere"})
    assert result.exit_code == 3
    assert "needs git" in result.stderr


@pytest.mark.parametrize("path", ["-", "deals.jsonl"])
def test_a_stream_has_no_revision(cli: Cli, deals: Path, path: str) -> None:
    result = cli("review", path, "--since", "HEAD", stdin="")
    assert result.exit_code == 2
    assert "--since compares deal files" in result.stderr


# --- since a day, by the deals' own logs -------------------------------------------------------------------------


def logged(name: str, *entries: tuple[str, dict[str, Any]], **keys: Any) -> dict[str, Any]:
    log = [{"date": day, "answers": answers} for day, answers in entries]
    return {"name": name, "next_step": None, **keys, "observations": log}


NEEDED = {"problem_named": "yes", "requirements_being_written": "yes", "requirements_agreed": "no"}
AGREED = {"requirements_agreed": "yes", "offers_being_compared": "yes", "offers_requested": "yes"}


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Four deals without any git: one moved in March, one did not, one began in March, one has no log."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    deals = [
        logged("Moved", ("2026-02-01", NEEDED), ("2026-03-05", AGREED)),
        logged("Still", ("2026-02-01", NEEDED)),
        logged("Begun", ("2026-03-05", NEEDED)),
        logged("Empty"),
    ]
    Path("rows.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in deals), "utf-8")
    return "rows.jsonl"


def told(cli: Cli, path: str, day: str, *options: str, as_of: str = DAY) -> dict[str, str]:
    result = cli("review", path, "--since", day, "--as-of", as_of, "--format", "json", "--fail-on", "never", *options)
    assert result.exit_code == 0, result.stderr
    report = json.loads(result.stdout)
    jsonschema.validate(report, REPORT)
    return {each["deal"]: each["told"] for each in report["moves"]}


def test_since_a_day_only_deals_with_news_are_told_and_what_moved_in_them(cli: Cli, rows: str) -> None:
    moved = told(cli, rows, "2026-03-01")
    assert set(moved) == {"Moved", "Begun"}
    assert moved["Moved"].startswith("from Need to Evaluation")
    assert moved["Begun"] == "new"


def test_what_was_found_by_that_day_is_not_new(cli: Cli, rows: str) -> None:
    result = cli("review", rows, "--since", "2026-03-01", "--as-of", DAY, "--format", "json")
    found = {(each["deal"], each["rule"]) for each in json.loads(result.stdout)["findings"]}
    assert ("Moved", "no-next-step") not in found
    assert ("Begun", "no-next-step") in found


def test_what_was_logged_on_the_day_itself_was_known_then(cli: Cli, rows: str) -> None:
    assert set(told(cli, rows, "2026-03-04")) == {"Moved", "Begun"}
    assert told(cli, rows, "2026-03-05") == {}
    assert "No deal has changed since 2026-03-05" in cli("review", rows, "--since", "2026-03-05", "--as-of", DAY).stdout


@pytest.mark.parametrize(
    "words", ["1 week ago", "1.week.ago", "7 days ago", "2026-03-03", "1周前", "7 天前", "1 个星期前"]
)
def test_a_day_may_be_named_as_people_do(cli: Cli, rows: str, words: str) -> None:
    assert set(told(cli, rows, words)) == {"Moved", "Begun"}
    (line, *_) = cli("review", rows, "--since", words, "--as-of", DAY).stdout.splitlines()
    assert "since 2026-03-03" in line


def test_entries_after_the_day_of_the_review_are_no_news(cli: Cli, rows: str) -> None:
    assert told(cli, rows, "2026-02-15", as_of="2026-03-01") == {}


def test_a_day_after_that_of_the_review_is_a_usage_error(cli: Cli, rows: str) -> None:
    result = cli("review", rows, "--since", "2026-03-11", "--as-of", DAY)
    assert result.exit_code == 2
    assert "--since 2026-03-11 lies after the day of the review, 2026-03-10" in result.stderr


def test_since_a_day_is_the_same_with_any_number_of_processes(cli: Cli, rows: str) -> None:
    lines = Path(rows).read_text("utf-8") * 15
    Path("many.jsonl").write_text(lines, "utf-8")
    one, two = (told(cli, "many.jsonl", "2026-03-01", "--workers", each) for each in "12")
    assert one == two


@pytest.mark.parametrize("day", ["2026-02-30", "2026-3-1", "2026.03.01", "2026年3月1日"])
def test_what_looks_like_a_day_and_is_none_is_no_revision(cli: Cli, rows: str, day: str) -> None:
    result = cli("review", rows, "--since", day)
    assert result.exit_code == 2
    assert "--since must be a day like 2026-11-22" in result.stderr
