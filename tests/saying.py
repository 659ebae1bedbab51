"""What must hold of any screen and report: no line without words, nothing left to be filled in, a reader for each."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

import jsonschema

from buystage.render.diagnosis.sections import View
from conftest import ROOT

SCHEMAS = {
    name: json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")) for name in ("diagnosis", "report")
}
MOST_DIAGNOSES = 10  # of a report; to hold one against its schema takes longer than to make it
VALID = {name: jsonschema.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}

MAY_BE_EMPTY = re.compile(
    r"since|claim|sure|ask_note|ask\.\d+\.1|strips\.\d+\.(after|sure)|reasons\.\d+\.day|reopened\.\d+\.cause"
)
MARKS = re.compile(r"risks\.\d+\.0|reasons\.\d+\.sign")
ONLY_MARKS = re.compile(r"[\s·!+−:：.。,，;；“”\"'()（）✗*/-]*|\d+\.")
BARE_LINE = re.compile(r"\s*([·!+−✗*-]|\d+\.)[\s:：.。]*|\s*[:：]\s*")  # the end of an endless word may stand alone
LEFT_OVER = re.compile(r"\bNone\b|\{[a-z_]+\}")
DOUBLED = re.compile(r"(?<!\.)\.\.(?!\.)|。[.。]|[.。] [.。]|[,;] [,;]|，，|；；|、、|“”|\( *\)|（ *）")
EMPTY_BULLET = re.compile(r"\s*([-*]|\d+\.)\s*(\*\*[^*]{0,2}\*\*)?[\s:：]*")
EMPTY_STRONG = re.compile(r"\*{4}|(^|\s)\*\*(\s|$)")


def texts_in(part: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a view with where it stands."""
    if isinstance(part, str):
        yield place.lstrip("."), part
    elif isinstance(part, tuple):
        names = getattr(part, "_fields", range(len(part)))
        for name, each in zip(names, part, strict=True):
            yield from texts_in(each, f"{place}.{name}")


def empty_or_broken(words: View) -> list[tuple[str, str]]:
    """Return the texts of a view that are no sentence."""
    return [
        (place, text) for place, text in texts_in(words) if not MARKS.fullmatch(place) and not _is_said(place, text)
    ]


def _is_said(place: str, text: str) -> bool:
    if not text:
        return MAY_BE_EMPTY.fullmatch(place) is not None
    return not (ONLY_MARKS.fullmatch(text) or LEFT_OVER.search(text) or DOUBLED.search(text) or "  " in text.strip())


def bare_lines(text: str) -> list[str]:
    """Return the lines that are a mark and nothing behind it, or that hold what was to be filled in."""
    return [line for line in text.splitlines() if BARE_LINE.fullmatch(line)] + unfilled_lines(text)


def unfilled_lines(text: str) -> list[str]:
    """Return the lines that hold what was to be filled in."""
    return [line for line in text.splitlines() if LEFT_OVER.search(line)]


def bare_bullets(markdown: str) -> list[str]:
    """Return the lines of a Markdown text that are an empty bullet, or mark nothing as strong."""
    lines = markdown.splitlines()
    empty = [line for line in lines if EMPTY_BULLET.fullmatch(line) or EMPTY_STRONG.search(line)]
    return [*empty, *bare_lines(markdown)]


# --- the formats of a review -------------------------------------------------------------------------------------


def is_well_formed(kind: str, text: str) -> None:
    """Check a review with a reader of its format."""
    assert kind in READERS, f"say in READERS how to read {kind}"
    READERS[kind](text)


def _is_json(text: str) -> None:
    assert json.loads(text)


def _is_report(text: str) -> None:
    report = json.loads(text)
    VALID["report"].validate({**report, "deals": report["deals"][:MOST_DIAGNOSES]})


def _is_report_by_line(text: str) -> None:
    for line in text.splitlines():
        VALID["report"].validate(json.loads(line))


def _is_xml(text: str) -> None:
    told = [each.text or "" for each in ElementTree.fromstring(text).iter() if each.tag in ("failure", "system-out")]
    assert [line for each in told for line in bare_lines(each)] == []


def _is_table(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert unfilled_lines(text) == []


def _says_something(text: str) -> None:
    assert bare_lines(text) == []


def _is_marked_up(text: str) -> None:
    assert bare_bullets(text) == []


def _is_annotated(text: str) -> None:
    """Every command has a message; behind them stands what the text begins and ends with."""
    commands = [line for line in text.splitlines() if line.startswith("::")]
    assert [line for line in commands if not re.fullmatch(r"::(error|warning|notice) [^:]+::\S.*", line)] == []
    assert [line for line in commands if DOUBLED.search(line)] == []
    assert bare_lines(text) == []


READERS: Mapping[str, Callable[[str], None]] = {
    "text": _says_something,
    "csv": _is_table,
    "github": _is_annotated,
    "gitlab": _is_json,
    "json": _is_report,
    "jsonl": _is_report_by_line,
    "junit": _is_xml,
    "markdown": _is_marked_up,
    "sarif": _is_json,
}
