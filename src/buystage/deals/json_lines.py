"""A line of JSON Lines to plain data, as strictly as YAML is read."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from yaml import MappingEndEvent, MappingStartEvent, Mark, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from buystage.errors import InvalidContentError, Problem
from buystage.files.source import Source
from buystage.files.strict_yaml import MAX_DEPTH, MAX_VALUES, Reader, YamlMap

_TOKEN = re.compile(r'[][{}]|"(?:[^"\\]++|\\.)*+"|[^][{}",:\s]+')  # of what is known to be JSON
_HALF = re.compile("[\ud800-\udfff]")  # of a character


def parse_line(source: Source) -> YamlMap:
    """Return the object on a line, with the line as the place of everything in it.

    Raises InvalidContentError where the line is not one strict JSON object.
    """
    try:
        found = json.loads(source.text, object_pairs_hook=_object, parse_constant=_refused)
    except json.JSONDecodeError as error:
        place = source.location((0, error.pos))
        raise InvalidContentError(Problem("json_syntax", {"problem": error.msg}, place)) from None
    except (ValueError, RecursionError):
        return parse_line_with_places(source)  # which says what is there twice, nested too deeply or no number
    if not isinstance(found, dict):
        raise InvalidContentError(Problem("not_a_mapping", {}, source.location((0, 0))))
    if not _is_bounded(found):
        return parse_line_with_places(source)
    line = YamlMap((0, 0))
    line.update(found)
    return line


def parse_line_with_places(source: Source) -> YamlMap:
    """Return the object on a line that is JSON, and the place of everything in it; it takes a good deal longer.

    Raises InvalidContentError where it is not strict.
    """
    found: YamlMap = Reader(source, _events(source).__next__).value()
    return found


def _events(source: Source) -> Iterator[Any]:
    """Yield what a parser of YAML would, with the values of JSON."""
    for token in _TOKEN.finditer(source.text):
        mark = Mark(source.name, token.start(), 0, token.start(), None, 0)
        match token.group():
            case "{":
                yield MappingStartEvent(None, None, True, mark)
            case "}":
                yield MappingEndEvent(mark)
            case "[":
                yield SequenceStartEvent(None, None, True, mark)
            case "]":
                yield SequenceEndEvent(mark)
            case text:
                yield ScalarEvent(None, None, (False, True), _scalar(text, source, token.start()), mark)


def _scalar(text: str, source: Source, at: int) -> Any:
    try:
        value = json.loads(text, parse_constant=_refused)
    except ValueError:
        raise InvalidContentError(Problem("json_number", {}, source.location((0, at)))) from None
    if isinstance(value, str) and _HALF.search(value):
        raise InvalidContentError(Problem("control_character", {"code": "U+D800…U+DFFF"}, source.location((0, at))))
    return value


def _is_bounded(found: dict[str, Any]) -> bool:
    """Return whether an object is nested no deeper, and has no more values, than is allowed."""
    level: list[Any] = [found]
    values = 0
    for _ in range(MAX_DEPTH):
        values += sum(map(len, level))
        insides = (each.values() if isinstance(each, dict) else each for each in level)
        level = [each for inside in insides for each in inside if isinstance(each, dict | list)]
    return not level and values <= MAX_VALUES // 2


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _refused(constant: str) -> None:
    raise ValueError(constant)
