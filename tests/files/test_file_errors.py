"""What a person sees when a file is wrong: file, line, column, the source line with a caret, the way out."""

from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from buystage.errors import InvalidContentError
from buystage.files.source import Source
from buystage.files.strict_yaml import parse
from buystage.files.validation import validate
from buystage.language import Language
from buystage.model.deal import Deal
from buystage.render.problems import error_text
from conftest import Cli, Write, places

GOOD = """
name: Acme
observations:
  - date: 2026-03-01
    answers: {problem_named: yes}
"""


def test_an_error_shows_the_line_a_caret_and_the_way_out(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", "name: Acme\nobservation: []\n")
    result = cli("diagnose", str(path))
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr == (
        f"error: {path}:2:1: unknown key 'observation'\n"
        "  2 | observation: []\n"
        "      ^\n"
        "hint: did you mean 'observations'?\n"
    )


def test_the_same_error_in_chinese(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", "name: Acme\nobservation: []\n")
    result = cli("diagnose", str(path), "--lang", "zh")
    assert result.stderr.splitlines()[0] == f"错误：{path}:2:1: 没有 'observation' 这个键"
    assert result.stderr.splitlines()[-1] == "提示：是不是想写 'observations'？"


def test_the_caret_stands_under_wide_characters(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", "name: {客户名称: 1}\n")
    line, caret = cli("diagnose", str(path)).stderr.splitlines()[1:3]
    assert line == "  1 | name: {客户名称: 1}"
    assert caret == " " * len("  1 | name: ") + "^"
    path = write("deal.yaml", "客户: {a: [}\n")
    caret = cli("diagnose", str(path)).stderr.splitlines()[2]
    assert caret == " " * len("  1 | ....: {a: [") + "^"  # each of the two characters is two columns wide


def test_all_errors_of_a_file_come_at_once_in_its_order(cli: Cli, write: Write) -> None:
    path = write(
        "deal.yaml",
        """
        name: [Acme]
        amount: much
        close_date: soon
        next_step: {what: Visit, by: them}
        buying_group:
          - {name: Ann, role: boss}
        observations:
          - date: 2026-02-30
            answers: {problem_namd: yes, budget_approved: maybe}
        notices: x
        """,
    )
    result = cli("diagnose", str(path))
    assert places(result.stderr) == [(1, 7), (2, 9), (3, 13), (4, 30), (6, 23), (8, 11), (9, 15), (9, 51), (10, 1)]
    assert "did you mean 'problem_named'?" in result.stderr
    assert "did you mean 'notes'?" in result.stderr


def test_more_than_ten_errors_are_counted(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", "name: Acme\n" + "".join(f"zzz{number}: 1\n" for number in range(14)))
    result = cli("diagnose", str(path))
    assert len(places(result.stderr)) == 10
    assert result.stderr.endswith("and 4 more\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("customer: Acme\n", "'name' is missing"),
        ("name: Acme\namount: -1\n", "must be 0 or more (got -1)"),
        ("name: Acme\namount: .inf\n", "must be a number (got .inf)"),
        (f"name: Acme\namount: {'9' * 400}\n", "must be a number"),
        ("name: 2026\n", "put it in quotes, so that it is read as text"),
        ("name: ''\n", "must not be empty"),
        ('name: "\\u200b\\u202e"\n', "name: has no character that can be seen"),
        ('name: Acme\nnext_step: {what: "\\u2060", by: us}\n', "what: has no character that can be seen"),
        ("name: Acme\nclose_date: 2026-1-2\n", "must be a day like 2026-11-21 (got 2026-1-2)"),
        ("name: Acme\nwaivers: [{rule: No_Such, reason: x, until: 2026-01-01}]\n", "not a well-formed id"),
        ("name: Acme\nobservations: 3\n", "must be a list (got 3)"),
        ("name: Acme\ncontext: {complexity: huge}\n", "must be one of low, normal, high (got huge)"),
        (
            "name: Acme\nbuying_group: [{name: Ann, role: user, personal_goal: promotion}]\n",
            "keep it in NAME.private.yaml beside the deal",
        ),
        ("name: Acme\nobservations: [{date: 2999-01-01, answers: {}}]\n", "lies in the future"),
        ("name: Acme\nobservations: [{date: 2026-01-01, answers: {no_such_thing_at_all: yes}}]\n", "buystage explain"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(cli: Cli, write: Write, text: str, says: str) -> None:
    result = cli("diagnose", str(write("deal.yaml", text)))
    assert result.exit_code == 3
    assert says in result.stderr
    assert len(places(result.stderr)) == 1


@pytest.mark.parametrize("value", ["yes", "no", "unknown", "true", "false", "{answer: yes, by: Ann}", '"yes"'])
def test_answers_may_be_written_in_several_ways(cli: Cli, write: Write, value: str) -> None:
    path = write("deal.yaml", GOOD.replace("yes}", value + "}"))
    assert cli("deal", "check", str(path)).exit_code == 0


@pytest.mark.parametrize("value", ["maybe", "1", "null", "[yes]", "{answers: yes}", "{answer: yes, evidence: gossip}"])
def test_other_answers_are_refused(cli: Cli, write: Write, value: str) -> None:
    path = write("deal.yaml", GOOD.replace("yes}", value + "}"))
    assert cli("deal", "check", str(path)).exit_code == 1


def test_a_day_without_answers_is_an_entry_too(cli: Cli, write: Write) -> None:
    log = "name: Acme\nobservations:\n  - {date: 2026-03-02, source: no reply}\n  - date: 2026-03-03\n    answers:\n"
    path = write("deal.yaml", log)
    assert cli("deal", "check", str(path)).exit_code == 0
    assert "no news yet" in cli("diagnose", str(path)).stdout


def test_on_a_narrow_terminal_errors_break_between_words_and_the_caret_stays() -> None:
    text = "name: Acme\nbuying_group: [{name: Ann, role: user}, {name: Bo, role: purchaser}, {name: Cy, role: user}]\n"
    with pytest.raises(InvalidContentError) as error:
        validate(Deal, parse(Source("deal.yaml", text)), Source("deal.yaml", text), {})
    for columns in (40, 50, 80):
        lines = error_text(error.value, Language.EN, columns).splitlines()
        assert max(map(cell_len, lines)) <= columns
        caret = next(line for line in lines if line.strip() == "^").index("^")
        assert next(line for line in lines if " | " in line)[caret:].startswith("purchaser")
        assert "procurement, executive," in " ".join(" ".join(lines).split())


def test_entries_after_tomorrow_are_errors_but_not_before_as_of(cli: Cli, write: Write) -> None:
    path = write("deal.yaml", GOOD.replace("2026-03-01", "2999-03-01"))
    assert cli("diagnose", str(path)).exit_code == 3
    assert cli("diagnose", str(path), "--as-of", "2999-03-02").exit_code == 0


def test_an_empty_path_is_no_deal_and_no_folder(cli: Cli) -> None:
    assert cli("diagnose", "").exit_code == 3
    assert cli("deal", "check", "").exit_code == 3


def test_ten_years_of_daily_notes_can_be_read(cli: Cli, write: Write) -> None:
    start = date(2015, 1, 1).toordinal()
    entry = "  - {{date: {}, source: daily call, answers: {{offers_being_compared: yes, owner_named: no}}}}\n"
    days = "".join(entry.format(date.fromordinal(start + n)) for n in range(3650))
    path = write("deal.yaml", f"name: Acme\nobservations:\n{days}")
    assert cli("diagnose", str(path)).exit_code == 0


def test_a_missing_file_a_folder_and_a_closed_one_are_input_errors(cli: Cli, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.yaml", tmp_path, tmp_path / "a\0b"):
        result = cli("diagnose", str(path))
        assert result.exit_code == 3
        assert result.stderr.startswith("error: can't read")


# --- hostile input ---------------------------------------------------------------------------------------------

BOMB = "a: &a [x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"name: a\x00b\n", "control character U+0000"),
        (b"name: \x1b[31mred\n", "control character U+001B"),
        ("name: café\n".encode("latin-1"), "not UTF-8"),
        (b"\xff\xfen\x00a\x00", "not UTF-8"),
        (b"[" * 50_000, "nested deeper"),
        (b"{a: " * 50_000, "nested deeper"),
        (b"- " * 50_000 + b"x", "nested deeper"),
        (b"name: " + b"x" * 10_000_000, "larger than 4 MB"),
        (b"name: " + b"x" * 3_000_000, "longer than 1000 characters"),
        (BOMB.encode(), "aliases"),
        (b"name: &a [*a]\n", "aliases"),
        (b"name: !!python/object/apply:os.system ['touch /tmp/owned']\n", "tags"),
        (b"\x00" * 100, "control character"),
        (b"", "empty"),
        (b"name: a\xc2\x80b\n", "control character U+0080"),
        ("name: a\ufffeb\n".encode(), "control character U+FFFE"),
        (b'name: a\n"[key]": 1\n', "unknown key '[key]'"),
        (b"name: a\nbuying_group: {'[key]': 1}\n", "must be a list"),
        (b"".join(b"%%TAG !a%x! t\n" % n for n in range(50_000)) + b"---\nname: a\n", "directives"),
        (b"name: a\nobservations:\n" + b"- 1\n" * 100_000, "and 99990 more"),
        (b"name: a\n" + b"".join(b"k%x: 1\n" % n for n in range(90_000)), "and 89990 more"),
        (b"name: a\nextra: {a: [" + b"[]," * 1_000_000 + b"[]]}\n", "more than 200000 values"),
        (b"name: a\n" + b"k" * 3_000_000 + b": 1\n", "YAML"),
        (b"name: a\n? " + b"k" * 3_000_000 + b"\n: 1\n", "unknown key"),
        (b"%YAML 9.9\n---\nname: x\n", "YAML"),
    ],
)
def test_hostile_files_end_in_one_clear_error(cli: Cli, tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "deal.yaml"
    path.write_bytes(content)
    for result in (cli("diagnose", str(path)), cli("diagnose", "-", stdin=content)):
        assert result.exit_code == 3
        assert says in result.stderr
        assert "Traceback" not in result.stderr
        assert len(result.stderr) < 4000
        assert result.stdout == ""


def test_a_byte_order_mark_and_carriage_returns_are_fine(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.lstrip().replace("\n", "\r\n").encode())
    assert cli("diagnose", str(path), "--as-of", "2026-03-02").exit_code == 0


def test_a_deep_file_is_refused_without_using_up_memory(cli: Cli, tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "deal.yaml"
    path.write_bytes(b"{a: " * 900_000)
    tracemalloc.start()
    try:
        assert cli("diagnose", str(path)).exit_code == 3
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_odd_values_in_free_places_never_show_a_traceback(cli: Cli, write: Write) -> None:
    for text in ("name: x\nextra: {a: {b: {c: 1}}}\n", "name: x\nextra: []\n", "name: x\nnotes: 5\n"):
        result = cli("diagnose", str(write("deal.yaml", text)))
        assert result.exit_code in (0, 3)
        assert "Traceback" not in result.stderr + result.stdout


def test_the_line_of_a_byte_that_is_no_text_is_shown_whatever_stands_before_it(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_bytes(b"name: x\x0c\nnotes: caf\xff\n")
    error = cli("deal", "check", str(path)).stderr
    assert "deal.yaml:2:11: not UTF-8 text\n  2 | notes: caf" in error


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("observations:\n\t- date: 2026-03-01\n", "use spaces instead of tabs"),
        ("name：Acme\n", "a half-width colon and a space"),
        (
            "name: A\nobservations: [{date: 2026-03-01, answers: problem_named：yes}]\n",
            "a half-width colon and a space",
        ),
        ("name: A\nnext_step: ｛what: call｝\nnotes: {\n", "only half-width marks count"),
        ("name: A\nnext_step: {what: call，by: us, x\n", "only half-width marks count"),
        ('name: A\namount: "5000"\n', "take the quotes off"),
    ],
)
def test_a_slip_of_the_hand_gets_the_hint_that_fits(cli: Cli, write: Write, text: str, hint: str) -> None:
    result = cli("deal", "check", str(write("deal.yaml", text)))
    assert result.exit_code == 1
    assert hint in result.stderr


@pytest.mark.parametrize("value", ["", "1", "[yes, no]"])
def test_what_is_no_answer_is_told_what_one_is(cli: Cli, write: Write, value: str) -> None:
    text = f"name: A\nobservations:\n  - date: 2026-03-01\n    answers:\n      problem_named: {value}\n"
    result = cli("diagnose", str(write("deal.yaml", text)))
    assert "must be yes, no or unknown" in result.stderr


def test_keys_with_nothing_behind_them_say_nothing(cli: Cli, write: Write) -> None:
    assert cli("deal", "check", str(write("deal.yaml", "name: A\ncontext:\nextra:\n"))).exit_code == 0
