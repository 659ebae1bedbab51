"""Plain data to models, with every error of a file in our words and at its place."""

import json
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from buystage.errors import InvalidContentError, Problem
from buystage.language.error_words import ERROR_WORDS
from buystage.source import Source, YamlMap, location_of

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]

MAX_SHOWN = 40  # characters of an input quoted in an error
KEY = "[key]"  # what pydantic adds to the path of a mapping's key


def validate(model: type[Model], data: YamlMap, source: Source, context: Mapping[str, object]) -> Model:
    """Return `data` as `model`; `context` carries what validators check against (known ids, the latest date).

    Raises InvalidContentError with every problem of the file, each at its place, in the order of the file.
    """
    try:
        return model.model_validate(data, context=dict(context))
    except ValidationError as error:
        found = [_problem(model, data, source, detail) for detail in error.errors(include_url=False)]
        raise InvalidContentError(*sorted(found, key=_line_and_column)) from error


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` was most likely meant to be, or None."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def _line_and_column(problem: Problem) -> tuple[int, int]:
    return (problem.location.line, problem.location.column) if problem.location else (0, 0)


def _problem(model: type[BaseModel], data: YamlMap, source: Source, detail: ErrorDetails) -> Problem:
    """Put one of pydantic's findings in our words; the codes of our own validators pass unchanged."""
    path: Place = tuple(part for part in detail["loc"] if part != KEY)
    at_key = detail["type"] in ("missing", "extra_forbidden") or KEY in detail["loc"]
    place = location_of(data, path, source, key=at_key)
    code, parameters = detail["type"], {**detail.get("ctx", {}), "path": _dotted(path), "got": _shown(detail["input"])}
    if code == "extra_forbidden":
        code, extra = _unknown_key(model, path)
        parameters |= extra
    elif code == "missing":
        parameters |= {"key": path[-1], "path": _dotted(path[:-1])}
    elif code == "literal_error":
        parameters["expected"] = parameters["expected"].replace("'", "").replace(" or ", ", ")
    elif code == "string_type":
        parameters["hint"] = "quote_it" if isinstance(detail["input"], int | float) else None
    elif code not in ERROR_WORDS:
        code, parameters["reason"] = "invalid_value", detail["msg"]
    return Problem(code, parameters, place, parameters.get("hint"))


def _unknown_key(model: type[BaseModel], path: Place) -> tuple[str, dict[str, Any]]:
    key, fields = str(path[-1]), _fields_at(model, path[:-1])
    if guess := nearest(key, fields):
        return "unknown_key", {"key": key, "guess": guess, "hint": "did_you_mean"}
    return "unknown_key", {"key": key, "known": ", ".join(fields), "hint": "known_keys"}


def _fields_at(model: type[BaseModel], path: Place) -> list[str]:
    """Return the keys allowed at `path`, by walking the annotations of the models."""
    here: Any = model
    for part in path:
        fields = _fields_by_key(_model_in(here))
        here = fields[str(part)] if str(part) in fields else _inner(here)
    return list(_fields_by_key(_model_in(here)))


def _fields_by_key(model: type[BaseModel] | None) -> dict[str, Any]:
    fields = model.model_fields if model else {}
    return {field.alias or name: field.annotation for name, field in fields.items()}


def _inner(annotation: Any) -> Any:
    """Return what a list, a mapping or an optional holds: its last type argument that holds a model."""
    return next((each for each in reversed(get_args(annotation)) if _model_in(each)), annotation)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model itself or the one inside Optional, Annotated, list or mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model_in(each))), None)


def _dotted(path: Place) -> str:
    return ".".join(str(part) for part in path)


def _shown(value: object) -> str:
    """Return an input as a short text for an error message."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
