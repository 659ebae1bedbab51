"""Where build servers read reviews: paths of the repository, one name a deal, nothing dropped, nothing run."""

import csv
import io
import json
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from buystage.language import Language, say
from buystage.render.review.formats import FORMATS
from conftest import Cli, Write
from samples import DAY, deal


@pytest.fixture
def nested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `sales` of a repository, as the current one, with a deal that claims too much and a broken file."""
    subprocess.run(["git", "init", "-q", str(tmp_path / "team")], check=True)
    folder = tmp_path / "team" / "sales"
    (folder / "deals").mkdir(parents=True)
    (folder / "deals/ahead.yaml").write_text(deal(), "utf-8")
    (folder / "deals/bad.yaml").write_text("nam: x\n", "utf-8")
    monkeypatch.chdir(folder)
    return folder


def review(cli: Cli, format_: str, *options: str, path: str = "deals") -> str:
    result = cli("review", path, "--as-of", DAY, "--format", format_, *options)
    assert result.exit_code in (0, 1, 3), result.stderr
    return str(result.stdout)


# --- places ------------------------------------------------------------------------------------------------------


def files_named(text: str, format_: str) -> set[str]:
    """Return the files that a report for a service names."""
    if format_ == "github":
        return set(re.findall(r"file=([^,]*),", text))
    if format_ == "junit":
        return {str(each.get("file")) for each in ElementTree.fromstring(text).iter() if each.get("file")}
    if format_ == "gitlab":
        return {each["location"]["path"] for each in json.loads(text)}
    (run,) = json.loads(text)["runs"]
    placed = [*run["results"], *run["invocations"][0]["toolExecutionNotifications"]]
    return {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in placed}


FOR_SERVICES = ["github", "sarif", "gitlab", "junit"]


@pytest.mark.parametrize("format_", FOR_SERVICES)
def test_services_are_told_paths_from_the_root_of_the_repository(cli: Cli, nested: Path, format_: str) -> None:
    assert files_named(review(cli, format_), format_) == {"sales/deals/ahead.yaml", "sales/deals/bad.yaml"}


@pytest.mark.parametrize("format_", FOR_SERVICES)
def test_a_workspace_without_git_has_a_root_too(
    cli: Cli, nested: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    (nested.parent / ".git").rename(nested.parent.parent / "away")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(nested.parent))
    assert files_named(review(cli, format_), format_) == {"sales/deals/ahead.yaml", "sales/deals/bad.yaml"}
    monkeypatch.setenv("GITHUB_WORKSPACE", str(nested.parent / "sal"))
    assert files_named(review(cli, format_), format_) == {"deals/ahead.yaml", "deals/bad.yaml"}


def test_a_finding_is_the_same_from_whichever_folder_it_is_looked_for(
    cli: Cli, nested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def marks(path: str) -> set[str]:
        return {each["fingerprint"] for each in json.loads(review(cli, "json", path=path))["findings"]}

    from_below = marks("deals")
    monkeypatch.chdir(nested.parent)
    assert marks("sales/deals") == from_below


# --- each deal its own -------------------------------------------------------------------------------------------


def test_deals_of_one_name_have_junit_cases_of_their_own(
    cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write("deals/a.yaml", deal("Same")).parent.parent)
    write("deals/b.yaml", deal("Same"))
    write("deals/c.yaml", deal("Same", crm_id="006C"))
    write("deals/d.yaml", deal("Other"))
    write("deals/bad.yaml", "nam: x\nowne: y\n")

    def cases() -> list[tuple[str | None, str | None]]:
        root = ElementTree.fromstring(review(cli, "junit", "--fail-on", "notice"))
        return [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]

    found = cases()
    assert len(set(found)) == len(found)
    assert {name for name, _ in found} == {
        "Same (deals/a.yaml::Same)", "Same (deals/b.yaml::Same)", "Same (crm:006C)", "Other", "deals/bad.yaml"
    }  # fmt: skip
    assert cases() == found


def test_rows_of_one_name_have_fingerprints_of_their_own(cli: Cli, write: Write) -> None:
    row = json.dumps(yaml.safe_load(deal("Same")), default=str)
    path = str(write("rows.jsonl", f"{row}\n" * 3))
    lines = [json.loads(line) for line in review(cli, "jsonl", path=path).splitlines()]
    marks = [each["fingerprint"] for line in lines for each in line["findings"]]
    assert len(set(marks)) == len(marks) == 3
    (run,) = json.loads(review(cli, "sarif", path=path))["runs"]
    assert [each["partialFingerprints"]["buystage/v1"] for each in run["results"]] == marks
    write("rows.jsonl", f"{row}\n" * 4)
    more = [json.loads(line) for line in review(cli, "jsonl", path=path).splitlines()]
    assert [each["fingerprint"] for line in more[:3] for each in line["findings"]] == marks


# --- GitHub ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_github_does_not_show_is_said_and_stands_in_the_log(cli: Cli, write: Write, language: str) -> None:
    """GitHub shows ten annotations of a severity for a step and drops the others without a word."""
    rows = [json.dumps(yaml.safe_load(deal(f"Deal {n}")), default=str) for n in range(25)]
    path = str(write("rows.jsonl", "\n".join(rows)))
    lines = review(cli, "github", "--lang", language, path=path).splitlines()
    shown = [line for line in lines if line.startswith("::error ")]
    assert len(shown) == 10
    assert say("review_in_the_log", Language(language), count=15) in shown[-1]
    assert not any(say("review_in_the_log", Language(language), count=15) in line for line in shown[:-1])
    assert sum(line.startswith("error: ") for line in lines) == 15
    assert sorted({int(number) for number in re.findall(r"Deal (\d+)", "\n".join(lines))}) == [*range(25)]


COMMAND = re.compile(r"##(\[|vso\[)|^\s*::(error|warning|notice|stop-commands|add-mask|set-output)\b", re.IGNORECASE)
HOSTILE = ["##[error]gone", "##vso[task.complete]", "::error::gone", "x ::stop-commands::t", "## ##[add-mask]*"]


def commands(text: str) -> list[str]:
    """Return the lines that a build server would take for a command."""
    return [line for line in text.splitlines() if COMMAND.search(line)]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_no_command_in_any_format_nor_on_the_error_stream(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("deals").mkdir()
    Path(f"deals/{name}.yaml").write_text(deal(name, owner=name, customer=name), "utf-8")
    Path(f"deals/{name}-bad.yaml").write_text(f"name: x\n{name}: 1\n", "utf-8")
    for format_ in ("text", *FORMATS):
        for width in ("40", "80"):
            result = cli("review", "deals", "--as-of", DAY, "-f", format_, "-v", env={"COLUMNS": width})
            ours = [line for line in commands(result.stdout) if not line.startswith("::error file=")]
            assert ours == [line for line in ours if line.startswith(("::warning file=", "::notice file="))], format_
            assert not any("##[" in line or "##vso[" in line for line in commands(result.stdout)), format_
            assert commands(result.stderr) == [], format_


def test_a_deal_that_is_gone_is_no_command(cli: Cli, nested: Path) -> None:
    path = Path("deals/##[error]gone.yaml")
    path.write_text(deal(), "utf-8")
    for command in (["add", "-A"], ["-c", "user.name=n", "-c", "user.email=n@example.com", "commit", "-qm", "deals"]):
        subprocess.run(["git", *command], check=True)
    path.unlink()
    result = cli("review", "deals", "--since", "HEAD", "-f", "github")
    assert "gone since HEAD: deals/# #[error]gone.yaml" in result.stdout
    assert commands(result.stdout + result.stderr) == [
        line for line in result.stdout.splitlines() if "::error f" in line
    ]


def test_what_is_there_to_paste_says_the_same_and_is_no_command(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", "{name: x, observations: [{date: 2026-03-01, answers: {}}]}\n")
    source = "##[error]a ::error::b"
    options = ("--save", "--source", source, "-a", "problem_named=yes", "--as-of", DAY)
    result = cli("diagnose", str(path), *options)
    assert result.exit_code == 3
    assert commands(result.stderr) == []
    pasted = yaml.safe_load(result.stderr.split("\n\n")[1])
    assert pasted["observations"][0]["source"] == source


# --- literal -----------------------------------------------------------------------------------------------------


def test_sarif_shows_brackets_and_braces_as_they_were_written(cli: Cli, write: Write) -> None:
    path = str(write("a.yaml", deal("[x](https://evil.example) {0} [y]")))
    (run,) = json.loads(review(cli, "sarif", path=path))["runs"]
    text = run["results"][0]["message"]["text"]
    assert text.startswith("\\[x](https://evil.example) {{0}} [y]: ")


def test_markdown_makes_no_issue_and_no_picture_of_a_word(cli: Cli, write: Write) -> None:
    path = str(write("a.yaml", deal("GH-3 gh-4 :tada: 10:30 a:b")))
    text = review(cli, "markdown", path=path)
    shown = text.replace("<!-- -->", "").replace("\\", "")
    assert "GH-3 gh-4 :tada: 10:30 a:b" in shown
    assert not re.search(r"gh-\d|:tada:", text, re.IGNORECASE)


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_a_formula_in_full_width_signs_stays_a_text(cli: Cli, write: Write, mark: str) -> None:
    path = str(write("a.yaml", deal(f"{mark}1+1")))
    rows = list(csv.DictReader(io.StringIO(review(cli, "csv", path=path))))
    assert rows[0]["deal"] == f"'{mark}1+1"


def test_a_table_begins_with_the_mark_by_which_spreadsheets_know_utf_8(cli: Cli, write: Write, tmp_path: Path) -> None:
    path = str(write("a.yaml", deal("北港机床", owner="林悦")))
    review(cli, "json", "--report", f"csv={tmp_path / 'out.csv'}", path=path)
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbffile,line")
    assert "北港机床" in data.decode("utf-8-sig")
    assert review(cli, "csv", path=path).startswith("\ufefffile,line")


def test_gitlab_has_an_issue_a_finding_and_one_for_what_can_not_be_read(cli: Cli, nested: Path) -> None:
    issues = json.loads(review(cli, "gitlab"))
    found = {each["check_name"]: each for each in issues}
    assert found["claimed-stage-ahead"]["severity"] == "critical"
    assert found["claimed-stage-ahead"]["location"] == {"path": "sales/deals/ahead.yaml", "lines": {"begin": 2}}
    assert "To clear: set the CRM back to Evaluation" in found["claimed-stage-ahead"]["description"]
    assert found["readable"]["severity"] == "blocker"
    assert all(set(each) == {"description", "check_name", "fingerprint", "severity", "location"} for each in issues)
    assert len({each["fingerprint"] for each in issues}) == len(issues)


# --- the same in all formats -------------------------------------------------------------------------------------


@pytest.fixture
def many(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Deals of each kind: ahead, fine, hardly known, paused, waived, with a later entry, and a broken file."""
    waiver = [{"rule": "claimed-stage-ahead", "reason": "they sign on the 12th", "until": "2026-03-12"}]
    write("deals/ahead.yaml", deal(amount=1_200_000, currency="EUR", owner="Lin Yue", close_date="2026-03-01"))
    write("deals/fine.yaml", deal("Halden", claimed_stage="solution_evaluation", next_step=None))
    write("deals/little.yaml", "name: Little\nobservations: [{date: 2026-03-02, answers: {budget_approved: yes}}]\n")
    write("deals/later.yaml", "name: Later\nobservations: [{date: 2026-03-11, answers: {budget_approved: yes}}]\n")
    paused = {"until": "2026-03-05", "reason": "budget year"}
    write("deals/paused.yaml", deal("Paused", paused=paused, next_step=None, claimed_stage="solution_evaluation"))
    write("deals/waived.yaml", deal("Waived", waivers=waiver))
    write("deals/unknown.yaml", deal("Unknown", claimed_stage="Wobble *stage*"))
    monkeypatch.chdir(write("deals/bad.yaml", "nam: x\n").parent.parent)
    return Path("deals")


def bare(text: str) -> str:
    """Return text without white space, which differs where lines are broken."""
    return "".join(text.split())


def sentences(markdown: str) -> list[str]:
    """Return what Markdown says, line by line, as it shows, without white space; a title part by part."""
    shown = re.sub(r"<!-- -->|\\(?=[\W_])|\*\*|^#+ |^- ", "", markdown, flags=re.MULTILINE)
    parts = (part for line in shown.splitlines() for part in line.split(" · "))
    return [bare(part.strip("`")) for part in parts if part.strip()]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("options", [(), ("-v",), ("--since", "2026-03-02", "-v")])
def test_markdown_says_what_text_says(cli: Cli, many: Path, language: str, options: tuple[str, ...]) -> None:
    left = bare(review(cli, "text", "--lang", language, *options))
    unread = [bare(each["message"]) for each in json.loads(review(cli, "json", "--lang", language))["unreadable"]]
    told = sentences(review(cli, "markdown", "--lang", language, *options))
    assert len(told) > 20
    for sentence in sorted(told, key=len, reverse=True):
        if not any(sentence.endswith(message) for message in unread):  # told on the error stream besides text
            assert sentence in left, sentence
            left = left.replace(sentence, "|", 1)
    assert re.fullmatch(r"[|✗!·]*", left), left


@pytest.mark.parametrize("format_", ["text", *FORMATS])
def test_no_format_depends_on_which_others_are_asked_for(cli: Cli, many: Path, tmp_path: Path, format_: str) -> None:
    alone = review(cli, format_)
    reports = [option for each in FORMATS for option in ("--report", f"{each}={tmp_path / each}")]
    assert review(cli, format_, *reports) == alone
    for each in FORMATS:
        assert (tmp_path / each).read_text("utf-8") == review(cli, each), each


@pytest.mark.parametrize("format_", ["text", "markdown", "github"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_a_mark_alone(cli: Cli, many: Path, format_: str, language: str) -> None:
    for line in review(cli, format_, "-v", "--lang", language).splitlines():
        assert not re.fullmatch(r"\s*[-✗!·*]+\s*|- \*\*.\*\*\s*", line), line


def test_a_table_names_what_could_not_be_read(cli: Cli, nested: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(review(cli, "csv").removeprefix("\ufeff"))))
    unread = [(row["file"], row["line"], row["severity"], row["message"]) for row in rows if row["rule"] == "readable"]
    assert ("deals/bad.yaml", "1", "error", "'name' is missing") in unread


@pytest.mark.parametrize("word", ["Stage #3", "Proposal, sent", "Verbal: 90 %", "{x}", "*a", "[x]", "Verbal ok"])
def test_the_way_to_map_a_stage_word_can_be_pasted(
    cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.chdir(write("a.yaml", deal(claimed_stage=word)).parent)
    found = json.loads(review(cli, "json", path="a.yaml"))["findings"]
    way = next(each["clear"][0] for each in found if each["rule"] == "unknown-stage-word")
    shown = re.search(r"'stage_words: (\{.*\})'", way)
    assert shown
    write("buystage.yaml", f"stage_words: {shown.group(1)}\n")
    assert "unknown-stage-word" not in review(cli, "json", path="a.yaml")


@pytest.mark.parametrize(("day", "says"), [("2026-03-09", "1 day ago"), ("2026-03-08", "2 days ago")])
def test_one_day_is_no_plural(cli: Cli, write: Write, day: str, says: str) -> None:
    path = str(write("a.yaml", deal(close_date=day)))
    assert f"The close date was {says}" in review(cli, "text", "-v", path=path)


@pytest.mark.parametrize("inside", ["x;=1+1;", "x; @SUM(A1)", "x|-1", "x;＝1"])
def test_a_formula_behind_the_separator_of_another_country_stays_a_text(cli: Cli, write: Write, inside: str) -> None:
    text = review(cli, "csv", path=str(write("a.yaml", deal(inside)))).removeprefix("\ufeff")
    for delimiter in ",;|":
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            assert not any(cell.strip().startswith(("=", "@", "-1", "＝")) for cell in row)
