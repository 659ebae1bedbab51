"""The formats of a review: each is read by a real reader of its kind, whatever people wrote in their deals."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml
from sarif_pydantic import Sarif  # type: ignore[import-untyped]

from buystage.language import Language
from buystage.model.finding import WORST_FIRST
from buystage.render.review.markdown import MOST_CHARACTERS
from buystage.render.review.totals import money
from buystage.settings.values import SEVERITIES
from conftest import ROOT, Cli, Write
from samples import DAY, REPORT, deal

HARD = "a,b\n::error::%25 [red]x[/] <&\"'> \x1b[31m *_`| @all =1+1 \u202e\U000e0041\x00"


@pytest.fixture
def deals(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a deal that claims too much, one that may, one whose findings are waived, and a broken file."""
    waived = [{"rule": "claimed-stage-ahead", "reason": "they sign on the 12th", "until": "2026-03-12"}]
    write("deals/ahead.yaml", deal(amount=1_200_000, currency="EUR", owner="Lin Yue", close_date="2026-03-01"))
    write("deals/fine.yaml", deal("Halden", claimed_stage="solution_evaluation", amount=2_000_000, currency="EUR"))
    write("deals/waived.yaml", deal("Waived", waivers=waived))
    monkeypatch.chdir(write("deals/bad.yaml", "nam: x\n").parent.parent)
    return Path("deals")


def told(cli: Cli, deals: Path, format_: str, *options: str) -> str:
    result = cli("review", str(deals), "--as-of", DAY, "--format", format_, *options)
    assert result.exit_code == 3, result.stderr  # one file is broken
    return result.stdout


# --- JSON --------------------------------------------------------------------------------------------------------

DIAGNOSIS = json.loads((ROOT / "schemas/diagnosis.schema.json").read_text("utf-8"))


def test_the_json_is_as_its_schema_says_and_holds_whole_diagnoses(cli: Cli, deals: Path) -> None:
    report = json.loads(told(cli, deals, "json"))
    jsonschema.validate(report, REPORT)
    for each in report["deals"]:
        jsonschema.validate(each, DIAGNOSIS)
    assert [each["deal"]["name"] for each in report["deals"]] == ["Meridian", "Halden", "Waived"]
    assert report["summary"] == {
        "deals": 3,
        "ahead": 1,
        "worth": [
            {"currency": "EUR", "all": 3_200_000.0, "ahead": 1_200_000.0},
            {"currency": None, "all": 0.0, "ahead": 0.0},
        ],
        "errors": 1,
        "warnings": 0,
        "notices": 1,
        "waived": 1,
        "unreadable": 1,
    }
    (unreadable,) = report["unreadable"][:1]
    assert (unreadable["file"], unreadable["line"]) == ("deals/bad.yaml", 1)


def test_a_finding_names_its_line_what_it_is_about_and_how_to_clear_it(cli: Cli, deals: Path) -> None:
    finding = json.loads(told(cli, deals, "json"))["findings"][0]
    lines = (deals / "ahead.yaml").read_text("utf-8").splitlines()
    assert lines[finding["line"] - 1][finding["column"] - 1 :].startswith("claimed_stage: solution_confirmation")
    assert finding["rule"] == "claimed-stage-ahead"
    assert finding["subject"] == "claimed_stage"
    assert finding["clear"] == [
        "set the CRM back to Evaluation",
        "log it in their words, once it is so: they have settled on a supplier",
    ]


def test_the_diagnosis_in_a_report_is_the_one_that_diagnose_prints(cli: Cli, deals: Path) -> None:
    alone = cli("diagnose", "deals/ahead.yaml", "--as-of", DAY, "--format", "json").stdout
    assert json.loads(told(cli, deals, "json"))["deals"][0] == json.loads(alone)


def test_fingerprints_do_not_depend_on_language_line_or_spelling_of_the_path(
    cli: Cli, deals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def marks(*command: str) -> list[str]:
        report = cli("review", *command, "--as-of", DAY, "--format", "json").stdout
        return [each["fingerprint"] for each in json.loads(report)["findings"]]

    first = marks("deals")
    assert len(set(first)) == len(first) == 2
    assert marks("deals", "--lang", "zh") == marks("./deals/") == marks(str(deals.resolve())) == first
    (deals / "ahead.yaml").write_text("# a line more\n" + (deals / "ahead.yaml").read_text("utf-8"), "utf-8")
    assert marks("deals") == first


def test_a_record_of_the_crm_keeps_its_fingerprint_when_the_file_moves(cli: Cli, write: Write) -> None:
    def mark(path: Path) -> str:
        report = json.loads(cli("review", str(path), "--as-of", DAY, "--format", "json").stdout)
        return str(report["findings"][0]["fingerprint"])

    assert mark(write("a.yaml", deal(crm_id="006A"))) == mark(write("b/c.yaml", deal("Renamed", crm_id="006A")))
    assert mark(write("a.yaml", deal())) != mark(write("c.yaml", deal()))


def test_json_lines_are_a_deal_a_line_in_the_order_they_came_in(cli: Cli, deals: Path) -> None:
    lines = [json.loads(line) for line in told(cli, deals, "jsonl").splitlines()]
    for each in lines:
        jsonschema.validate(each, REPORT)
    assert [each["name"] for each in lines] == ["Meridian", "Halden", "Waived"]
    assert lines[0]["where"][0]["stage"] == "solution_evaluation"
    assert [each["rule"] for each in lines[0]["findings"]] == ["claimed-stage-ahead", "close-date-past"]
    assert lines[2]["waived"][0]["reason"] == "they sign on the 12th"


# --- build servers -----------------------------------------------------------------------------------------------


def test_junit_has_a_suite_a_deal_and_a_case_a_rule_that_can_fail(cli: Cli, deals: Path) -> None:
    suites = {suite.get("name"): suite for suite in ElementTree.fromstring(told(cli, deals, "junit"))}
    (case,) = suites["Meridian"].findall("testcase")
    failure = case.find("failure")
    assert case.get("name") == "claimed-stage-ahead"
    assert failure is not None
    assert "To clear: set the CRM back to Evaluation" in (failure.text or "")
    assert "close-date-past" in (suites["Meridian"].findtext("system-out") or "")
    assert suites["Halden"].get("failures") == "0"
    skipped = suites["Waived"].find("testcase/skipped")
    assert skipped is not None
    assert skipped.get("message") == "waived until 2026-03-12: they sign on the 12th"
    assert suites["deals/bad.yaml"].find("testcase/error") is not None


def test_junit_asks_as_much_as_the_gate_does(cli: Cli, deals: Path) -> None:
    strict = ElementTree.fromstring(told(cli, deals, "junit", "--fail-on", "notice"))
    assert len(strict[0].findall("testcase")) == len(SEVERITIES)
    assert strict[0].get("failures") == "2"
    never = ElementTree.fromstring(told(cli, deals, "junit", "--fail-on", "never"))
    assert never[0].findall("testcase") == []


def test_sarif_is_valid_and_waived_findings_are_suppressed(cli: Cli, deals: Path) -> None:
    text = told(cli, deals, "sarif")
    (run,) = Sarif.model_validate_json(text).runs
    assert run.results is not None
    assert [each.rule_id for each in run.results] == ["claimed-stage-ahead", "close-date-past", "claimed-stage-ahead"]
    raw = json.loads(text)["runs"][0]
    rules = raw["tool"]["driver"]["rules"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in raw["results"])
    assert [bool(each.get("suppressions")) for each in raw["results"]] == [False, False, True]
    assert raw["invocations"][0]["executionSuccessful"] is False
    assert {rule["id"] for rule in rules} == set(SEVERITIES)


COMMAND = re.compile(r"::(error|warning|notice) (file=[^:,]*,line=\d+,col=\d+(?:,title=[^:,]*)?)::(.*)")


def test_github_gets_real_lines_the_worst_first_then_sum_and_tally(cli: Cli, deals: Path) -> None:
    lines = told(cli, deals, "github").splitlines()
    commands = [COMMAND.fullmatch(line) for line in lines[:-2]]
    assert all(commands)
    ranks = [WORST_FIRST.index(each.group(1)) for each in commands if each]
    assert ranks == sorted(ranks)
    assert lines[-2].startswith("3 deals, 1 claims more")
    assert lines[-1].startswith("deals: 3, errors: 1")
    ahead = next(line for line in lines if "claimed-stage-ahead" in line)
    assert "file=deals/ahead.yaml,line=2,col=1,title=Meridian · 1.2 M EUR · Lin Yue%3A Claimed stage ahead" in ahead


def test_a_step_that_ends_in_a_full_stop_gets_no_second_one(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", deal(next_step={"what": "Send the offer.", "by": "us"}))
    lines = cli("review", str(path), "--as-of", DAY, "--format", "github").stdout
    assert "Only we have something to do next: Send the offer. To clear: " in lines


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_that_people_write_breaks_out_of_a_format(cli: Cli, write: Write, language: str) -> None:
    text = json.dumps({**yaml.safe_load(deal(HARD)), "owner": HARD, "customer": HARD, "currency": HARD, "amount": 5})
    path = str(write("hard.jsonl", text + "\n"))

    def review(format_: str) -> str:
        options = ("--as-of", DAY, "--lang", language, "--fail-on", "never")
        result = cli("review", path, "--format", format_, *options)
        assert result.exit_code == 0, result.stderr
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e\U000e0041]", result.stdout)
        return str(result.stdout)

    assert all(not line or COMMAND.fullmatch(line) or "::" not in line for line in review("github").splitlines()[:-2])
    ElementTree.fromstring(review("junit"))
    json.loads(review("json"))
    json.loads(review("jsonl"))
    Sarif.model_validate_json(review("sarif"))
    assert "[red]x[/]" in review("text")
    assert "<&" not in review("markdown").replace("\\<\\&", "")
    for row in csv.reader(io.StringIO(review("csv"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


ODD_NAMES = ["esc\x1b[31m", "new\nline", "bidi\u202e", "tick``s", "\udcff bytes", "comma, colon: %25", "<&>"]


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_nothing_in_a_file_name_breaks_out_of_a_format(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(f"{name}.yaml").write_text(deal(), "utf-8")
    Path(f"{name} bad.yaml").write_text("nam: x\n", "utf-8")

    def review(format_: str) -> str:
        result = cli("review", ".", "--as-of", DAY, "--format", format_)
        assert result.exit_code == 3, result.stderr
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e\ud800-\udfff]", result.stdout)
        return str(result.stdout)

    assert json.loads(review("json"))["findings"][0]["file"] == f"./{name}.yaml"
    ElementTree.fromstring(review("junit"))
    Sarif.model_validate_json(review("sarif"))
    assert all("::" not in line or COMMAND.fullmatch(line) for line in review("github").splitlines())
    assert len(list(csv.reader(io.StringIO(review("csv"))))) == 4  # names, the deal, two problems of the other file
    assert "## " not in review("markdown").replace("### ", "")
    review("text")


def test_nobody_is_called_by_a_comment(cli: Cli, write: Write) -> None:
    path = write("a.yaml", deal("@org/team see https://evil.example and www.evil.example"))
    text = cli("review", str(path), "--as-of", DAY, "--format", "markdown").stdout
    assert not re.search(r"@\w|://\w|www\.", text)


def test_sums_beyond_what_money_can_be_are_refused(cli: Cli, write: Write) -> None:
    result = cli("review", str(write("a.yaml", deal(amount=1e300))), "--format", "json")
    assert result.exit_code == 3
    assert "must be at most 1e+15" in result.stderr


def test_a_formula_stays_a_text_in_a_table(cli: Cli, write: Write) -> None:
    path = write("a.yaml", deal("=HYPERLINK(1)", owner="@SUM(A1)", customer="-1"))
    rows = list(csv.DictReader(io.StringIO(cli("review", str(path), "--as-of", DAY, "--format", "csv").stdout)))
    assert rows[0]["deal"] == "'=HYPERLINK(1)"
    assert (rows[0]["owner"], rows[0]["customer"]) == ("'@SUM(A1)", "'-1")


def test_the_table_has_a_row_a_finding_and_one_for_a_deal_without(cli: Cli, deals: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(told(cli, deals, "csv"))))
    found = [(row["deal"], row["severity"], row["rule"], row["waived_until"]) for row in rows]
    assert found == [
        ("Meridian", "error", "claimed-stage-ahead", ""),
        ("Meridian", "notice", "close-date-past", ""),
        ("Halden", "", "", ""),
        ("Waived", "error", "claimed-stage-ahead", "2026-03-12"),
        ("", "error", "readable", ""),
        ("", "error", "readable", ""),
    ]


def test_markdown_fits_a_comment_however_many_deals_there_are(cli: Cli, write: Write) -> None:
    lines = (json.dumps({**yaml.safe_load(deal(f"Deal {n} {'x' * 300}"))}) for n in range(200))
    path = write("many.jsonl", "\n".join(lines))
    text = cli("review", str(path), "--as-of", DAY, "--format", "markdown").stdout
    assert MOST_CHARACTERS / 2 < len(text) < 65_536
    assert re.search(r"and \d+ more deals with findings", text)
    assert text.rstrip().endswith("not readable: 0")


# --- several at once ---------------------------------------------------------------------------------------------


def test_several_formats_in_one_run_each_in_its_file(cli: Cli, deals: Path) -> None:
    text = told(
        cli, deals, "text", "--report", "junit=out.xml", "--report", "sarif=out.sarif", "--report", "jsonl=o.jsonl"
    )
    assert text == told(cli, deals, "text")
    assert Path("out.xml").read_text("utf-8") == told(cli, deals, "junit")
    assert Path("out.sarif").read_text("utf-8") == told(cli, deals, "sarif")
    assert Path("o.jsonl").read_text("utf-8") == told(cli, deals, "jsonl")


@pytest.mark.parametrize("value", ["junit", "junit=", "nope=x", "=x"])
def test_a_report_without_format_or_file_is_a_usage_error(cli: Cli, deals: Path, value: str) -> None:
    result = cli("review", str(deals), "--report", value)
    assert result.exit_code == 2
    assert "FORMAT=FILE" in result.stderr


def test_two_outputs_into_one_file_are_refused_before_anything_is_written(cli: Cli, deals: Path) -> None:
    for options in (("-o", "x", "--report", "csv=x"), ("--report", "csv=x", "--report", "junit=./x")):
        assert cli("review", str(deals), *options).exit_code == 2
    assert not Path("x").exists()


def test_no_input_is_replaced_whichever_of_them_it_is(cli: Cli, deals: Path, write: Write) -> None:
    many = write("many.jsonl", "".join(f'{{"name": "Deal {n}"}}\n' for n in range(250)))
    second = write("second.jsonl", '{"name": "x"}\n')
    before = second.read_bytes()
    assert cli("review", str(many), str(second), "-f", "jsonl", "-o", str(second)).exit_code == 2
    assert second.read_bytes() == before


def test_a_review_is_never_written_over_what_it_read(cli: Cli, deals: Path, write: Write) -> None:
    lines = write("in.jsonl", json.dumps({"name": "x"}) + "\n")
    before = lines.read_bytes()
    for options in (("--format", "jsonl", "-o", str(lines)), ("--report", f"jsonl={lines}")):
        assert cli("review", str(lines), *options).exit_code == 2
    assert lines.read_bytes() == before


@pytest.mark.parametrize(
    ("amount", "en", "zh"),
    [
        (950, "950", "950"),
        (64_000, "64 k", "6.4 万"),
        (640_000, "640 k", "64 万"),
        (1_200_000, "1.2 M", "120 万"),
        (34_000_000, "34 M", "3,400 万"),
        (250_000_000, "250 M", "2.5 亿"),
    ],
)
def test_sums_read_as_people_say_them(amount: float, en: str, zh: str) -> None:
    assert (money(amount, Language.EN), money(amount, Language.ZH)) == (en, zh)
