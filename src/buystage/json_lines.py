"""A line of JSON Lines to plain data, as strictly as YAML is read."""

import json
from collections.abc import Sequence
from typing import Any

from buystage.errors import InvalidContentError, Problem
from buystage.source import Source, YamlMap, parse

MOST_CHARACTERS = 40  # of a reason of ours; Python's own are longer and of no use here


def parse_line(source: Source) -> YamlMap:
    """Return the object on a line, with the line as the place of everything in it.

    Raises InvalidContentError where the line is not one strict JSON object.
    """
    try:
        found = json.loads(source.text, object_pairs_hook=_object, parse_constant=_refused)
    except json.JSONDecodeError as error:
        raise _syntax_error(source, error.msg, error.colno - 1) from None
    except (ValueError, RecursionError) as error:
        parse(source)  # JSON is YAML: its reader finds what is there twice or nested too deeply, and where
        reason = str(error) if len(str(error)) < MOST_CHARACTERS else "it is nested too deeply or has too long a number"
        raise _syntax_error(source, reason, 0) from None
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
    raise ValueError(f"{constant} is no JSON")


def _syntax_error(source: Source, problem: str, column: int) -> InvalidContentError:
    return InvalidContentError(Problem("json_syntax", {"problem": problem}, source.location((0, column))))
