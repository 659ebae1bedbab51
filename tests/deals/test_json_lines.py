"""Where something is wrong in a line of JSON: whatever JSON allows, the place is right, or it is the line alone."""

import json

import pytest

from conftest import Cli, Write

WRONG = '"amount": "12"'

BEFORE = {  # what stands in the line before the amount that is wrong
    "a pair of surrogates": r'{"name": "Deal \ud83d\ude00", ',
    "an escaped slash": r'{"name": "a\/b", ',
    "a NUL": r'{"name": "a\u0000b", ',
    "all short escapes": r'{"name": "\"\\\/\b\f\n\r\tx", ',
    "tabs between tokens": '{\t"name"\t:\t"x"\t,\t',
    "a carriage return between tokens": '{"name":\r"x",\r',
    "a raw line separator": '{"name": "a\u2028b", ',
    "a raw next line": '{"name": "a\x85b", ',
    "an emoji": '{"name": "a😀b", ',
    "an escape in a key": r'{"n\u0061me": "x", ',
    "too large a number": '{"name": "x", "extra": {"a": 1e999}, ',
    "a number of many digits": '{"name": "x", "crm_id": 12345678901234567890, ',
    "brackets in a text": '{"name": "x", "notes": "]}{[\\"", ',
    "what YAML would take for a tag": '{"name": "x", "extra": {"!a": "&b", "*c": "%TAG", "? d": "- e"}, ',
    "key and value without a space": '{"name":"x","extra":{"a":[1,-2.5e3,true,false,null,[],{}]},',
}


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("mark", "end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_what_is_wrong_is_told_at_its_column_whatever_json_stands_before_it(
    cli: Cli, write: Write, before: str, mark: str, end: str
) -> None:
    path = write("deals.jsonl", f"{mark}{BEFORE[before]}{WRONG}}}{end}")
    result = cli("review", str(path))
    column = len(BEFORE[before]) + WRONG.index('"12"') + 1
    assert f"deals.jsonl:1:{column}: amount: must be a number (got 12)" in result.stderr
    assert result.exit_code == 3


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        (r'{"name": "a\ud800b"}', 10, "control character U+D800"),
        (r'{"name": "x", "na\udc00": 1}', 15, "control character U+D800"),
        ('{"name": "x", "extra": {"a": 1, "b": {"a": 1, "a": 2}}}', 47, "a second time"),
        (r'{"name": "x", "n\u0061me": "y"}', 15, "a second time"),
        ('{"name": "x", "amount": [1, -Infinity]}', 29, "no JSON"),
        ('{"name": "x", "amount": ' + "9" * 5000 + "}", 25, "no JSON"),
        ('{"name": "a\tb"}', 12, "no JSON"),
        ('{"name": "a\u2028b", oops}', 17, "no JSON"),
        ('{"name": "a\u2028b", "notes": "\x01"}', 27, "control character U+0001"),
        ('{"name": "x", "extra": ' + '{"a":' * 30 + "1" + "}" * 31, 169, "nested deeper than 30 levels"),
        ('{"name": "x", "extra": {"a": ' + "[" * 500 + "]" * 500 + "}}", 58, "nested deeper than 30 levels"),
        ('{"name": "x", "extra": {"a": [' + "1," * 200_000 + "1]}}", 400_017, "more than 200000 values"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_json_allows_and_a_deal_does_not_is_told_at_its_column(
    cli: Cli, write: Write, line: str, column: int, says: str
) -> None:
    good = json.dumps({"name": "Deal"})
    path = write("deals.jsonl", f"{good}\n{line}\n{good}\n")
    result = cli("review", str(path), "--format", "jsonl")
    assert f"deals.jsonl:2:{column}: " in result.stderr
    assert says in result.stderr
    assert "YAML" not in result.stderr
    assert (result.exit_code, len(result.stdout.splitlines())) == (3, 2)


def test_as_deep_and_as_much_as_yaml_may_hold_is_a_deal_in_json_too(cli: Cli, write: Write) -> None:
    deep = '{"name": "x", "extra": ' + '{"a":' * 29 + "1" + "}" * 30
    much = '{"name": "x", "extra": {"a": [' + "1," * 199_000 + "1]}}"
    result = cli("review", str(write("deals.jsonl", f"{deep}\n{much}\n")))
    assert (result.exit_code, result.stderr) == (0, "")
