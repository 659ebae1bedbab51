"""Strict YAML: what is text stays text, what is wrong is refused at its line and column."""

import pytest

from buystage.errors import InvalidContentError, Problem
from buystage.files.source import Source
from buystage.files.strict_yaml import location_of, parse
from conftest import Cli, Write


def read(text: str) -> dict[str, object]:
    return parse(Source("deal.yaml", text))


def problem(text: str) -> Problem:
    with pytest.raises(InvalidContentError) as caught:
        read(text)
    (found,) = caught.value.problems
    return found


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("off", "off"),
        ("true", True),
        ("False", False),
        ("2026-01-02", "2026-01-02"),
        ("12:30", "12:30"),
        ("007", "007"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("17", 17),
        ("-3", -3),
        ("2.5", 2.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("9" * 400, float("inf")),
        ("~", None),
        ("", None),
        ("null", None),
        ("'17'", "17"),
        ('"no"', "no"),
        ("<<", "<<"),
        ("=", "="),
        ("!", ""),
    ],
)
def test_plain_words_follow_yaml_1_2(written: str, value: object) -> None:
    assert read(f"a: {written}\n") == {"a": value}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate_key", 3, 1),
        ("a: {b: 1, b: 2}\n", "duplicate_key", 1, 11),
        ("a: &x 1\nb: *x\n", "alias", 2, 4),
        ("a: &x [*x]\n", "alias", 1, 8),
        ("a: !!python/object/apply:os.system [ls]\n", "tag", 1, 4),
        ("a: !custom 1\n", "tag", 1, 4),
        ("a: !!str 1\n", "tag", 1, 4),
        ("a: 1\n---\nb: 2\n", "second_document", 2, 1),
        ("a: [1\n", "yaml_syntax", 1, 6),
        ("# x\n%TAG !a! b\n---\na: 1\n", "directive", 2, 1),
        ("---\n---\na: 1\n", "second_document", 2, 1),
        ("a: [" + "1, " * 200_000 + "1]\n", "too_many_values", 1, 599_996),
        ("a:\n\tb: 1\n", "yaml_syntax", 2, 1),
        ("name: who: knows\n", "yaml_syntax", 1, 10),
        ("? [a]\n: 1\n", "key_not_text", 1, 3),
        ("", "empty_file", 1, 1),
        ("# nothing here\n", "empty_file", 1, 1),
        ("- a\n- b\n", "not_a_mapping", 1, 1),
        ("a: " + "[" * 31 + "\n", "too_deep", 1, 33),
    ],
)
def test_what_is_refused_names_its_place(text: str, code: str, line: int, column: int) -> None:
    found = problem(text)
    assert found.location is not None
    assert (found.code, found.location.line, found.location.column) == (code, line, column)


def test_a_duplicate_key_names_the_line_of_the_first() -> None:
    assert problem("a: 1\nb: 2\na: 3\n").params["first"] == 1


def test_carriage_returns_and_accents_keep_columns_right() -> None:
    found = problem("name: Zoë\r\n客户: 1\r\n客户: 2\r\n")
    assert found.location is not None
    assert (found.location.line, found.location.column, found.location.source_line) == (3, 1, "客户: 2")


def test_lines_are_counted_as_the_parser_counts_them() -> None:
    found = problem("# \u2028\nname: a\nowner: b\nname: c\n")
    assert found.location is not None
    assert (found.location.line, found.location.source_line) == (5, "name: c")


def test_a_path_leads_to_the_value_the_key_or_the_nearest_thing_around() -> None:
    source = Source("deal.yaml", "people:\n  - {name: Ann, role: user}\n")
    data = parse(source)

    def at(*path: str | int, key: bool = False) -> tuple[int, int]:
        place = location_of(data, path, source, key=key)
        return place.line, place.column

    assert at("people", 0, "role") == (2, 23)
    assert at("people", 0, "role", key=True) == (2, 17)
    assert at("people", 0, "stance") == (2, 5)
    assert at("nothing") == (1, 1)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("name: a\n\tcustomer: b\n", "spaces instead of tabs"),
        ("name: a\n  customer: b\n", "quotes around them"),
        ("context: {complexity: high\nname: a\n", "not closed"),
        ("name: 'it's'\n", "indented differently"),
        ('name: "a\n', "not closed"),
        ("name: a\nobservations:\n  - date: 2026-01-02\n   answers: {}\n", "indented differently"),
        ("name：a\ncustomer: b\n", "half-width colon"),
    ],
)
def test_each_slip_of_syntax_has_a_hint_of_its_own(cli: Cli, write: Write, text: str, hint: str) -> None:
    result = cli("deal", "check", str(write("deal.yaml", text)))
    assert result.exit_code == 1
    assert hint in result.stderr
