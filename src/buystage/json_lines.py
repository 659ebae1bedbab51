"""A line of JSON Lines to plain data, as strictly as YAML is read."""

import json
from collections.abc import Sequence
from typing import Any

from buystage.errors import InvalidContentError, Problem
from buystage.source import Source
from buystage.strict_yaml import YamlMap, parse


def parse_line(source: Source) -> YamlMap:
    """Return the object on a line, with the line as the place of everything in it.

    Raises InvalidContentError where the line is not one strict JSON object.
    """
    try:
        found = json.loads(source.text, object_pairs_hook=_object, parse_constant=_refused)
    except json.JSONDecodeError as error:
        place = source.location((0, error.colno - 1))
        raise InvalidContentError(Problem("json_syntax", {"problem": error.msg}, place)) from None
    except (ValueError, RecursionError):
        parse(source)  # JSON is YAML: its reader finds what is there twice or nested too deeply, and where
        raise InvalidContentError(Problem("json_number", {}, source.location((0, 0)))) from None
    if not isinstance(found, dict):
        raise InvalidContentError(Problem("not_a_mapping", {}, source.location((0, 0))))
    line = YamlMap((0, 0))
    line.update(found)
    return line


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _refused(constant: str) -> None:
    raise ValueError(constant)
