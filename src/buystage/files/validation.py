"""Plain data to models, with every error of a file in our words and at its place."""

import json
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from heapq import nsmallest
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from buystage.errors import MOST_SHOWN, InvalidContentError, Location, Problem, discreet_problem
from buystage.files.source import Mark, Source
from buystage.files.strict_yaml import YamlMap, mark_of
from buystage.language.error_words import ERROR_WORDS

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]

MOST_WRONG = 100_000  # problems of a file that are looked at: each takes a kilobyte
MAX_SHOWN = 40  # characters of an input quoted in an error
LEAST_PART = 3  # characters from which a part of a known word is a guess at it
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
KEY = "[key]"  # what pydantic adds to the path of a mapping's key


def validate(model: type[Model], data: YamlMap, source: Source, context: Mapping[str, object]) -> Model:
    """Return `data` as `model`; `context` carries what validators check against (known ids, the latest date).

    Raises InvalidContentError with every problem of the file, each at its place, in the order of the file: the first
    of them, and how many more there are.
    """
    try:
        return model.model_validate(data, context=dict(context))
    except ValidationError as error:
        if _has_half_characters(data):
            place = source.location((0, 0))
            raise InvalidContentError(Problem("control_character", {"code": "U+D800…U+DFFF"}, place)) from None
        if error.error_count() > MOST_WRONG:
            raise InvalidContentError(
                Problem("too_many_wrong", {"limit": MOST_WRONG}, source.location((0, 0)))
            ) from None
        details = nsmallest(MOST_SHOWN, error.errors(include_url=False), key=lambda detail: _mark(data, detail))
        first = [_problem(model, data, source, _guessed(detail, context)) for detail in details]
        raise InvalidContentError(*first, more=error.error_count() - len(first)) from error


def _has_half_characters(data: YamlMap) -> bool:
    """Return whether an escape in a file made half of a character, which can't be shown."""
    try:
        json.dumps(data, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return True
    return False


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` was most likely meant to be, or None."""
    words = list(known)
    close = get_close_matches(word[:MAX_SHOWN], words, n=1, cutoff=0.6)
    within = (each for each in words if len(word) >= LEAST_PART and word.casefold() in each)
    return close[0] if close else min(within, key=len, default=None)


def unknown(code: str, word: str, known: Iterable[str], otherwise: str | None = None, **parameters: object) -> Problem:
    """Return the problem of a word that isn't one of `known`: with a guess, or with the hint `otherwise`."""
    guess = nearest(word, known)
    return Problem(code, {"id": word, "guess": guess, **parameters}, hint="did_you_mean" if guess else otherwise)


def at_place(problem: Problem, place: Location | None) -> Problem:
    """Return a problem at the place that it was found to come from."""
    return problem._replace(location=place)


def _guessed(detail: ErrorDetails, context: Mapping[str, object]) -> ErrorDetails:
    """Return a finding about an unknown id with a guess at the one that was meant: only for what is shown."""
    if detail["type"] != "unknown_id":
        return detail
    kind = detail["ctx"]["kind"]
    ids = context[kind]
    guess = nearest(detail["ctx"]["id"], ids if isinstance(ids, Iterable) else ())
    detail["ctx"] |= {"guess": guess, "hint": "did_you_mean" if guess else f"list_{kind}"}
    return detail


def _mark(data: YamlMap, detail: ErrorDetails) -> Mark:
    """Return where a finding stands: at the key where the key is wrong or something is missing from under it."""
    at_key = detail["type"] in ("missing", "extra_forbidden") or _of_key(detail)
    return mark_of(data, _path(detail), key=at_key)


def _of_key(detail: ErrorDetails) -> bool:
    return detail["loc"][-1:] == (KEY,) and detail["type"] not in ("missing", "extra_forbidden")


def _path(detail: ErrorDetails) -> Place:
    return detail["loc"][:-1] if _of_key(detail) else detail["loc"]


def _problem(model: type[BaseModel], data: YamlMap, source: Source, detail: ErrorDetails) -> Problem:
    """Put one of pydantic's findings in our words; the codes of our own validators pass unchanged."""
    path, code = _path(detail), detail["type"]
    parameters = {**detail.get("ctx", {}), "path": _dotted(path), "got": shown(detail["input"])}
    if code == "extra_forbidden":
        code, extra = _unknown_key(model, path, detail["input"])
        parameters |= extra
    elif code == "missing":
        parameters |= {"key": path[-1], "path": _dotted(path[:-1])}
    elif code == "literal_error":
        parameters["expected"] = parameters["expected"].replace("'", "").replace(" or ", ", ")
    elif code == "string_type":
        parameters["hint"] = "quote_it" if isinstance(detail["input"], int | float) else None
    elif code == "float_type" and isinstance(detail["input"], str):
        parameters["hint"] = "unquote_it" if _NUMBER.fullmatch(detail["input"]) else None
    elif code in ("dict_type", "model_type"):
        code = "not_an_answer" if path[-2:-1] == ("answers",) else code
        parameters["hint"] = "colon_hint" if "：" in str(detail["input"]) else None
    elif code not in ERROR_WORDS:
        code, parameters["reason"] = "invalid_value", detail["msg"]
    problem = Problem(code, parameters, source.location(_mark(data, detail)), parameters.get("hint"))
    return discreet_problem(problem)._replace(params=parameters) if code == "private_in_deal" else problem


def _unknown_key(model: type[BaseModel], path: Place, value: object) -> tuple[str, dict[str, Any]]:
    key, fields = str(path[-1]), _fields_at(model, path[:-1])
    if value is None and not re.fullmatch(r"[\w-]+", key, re.ASCII):
        return "unknown_key", {"key": key, "hint": "comma_in_braces"}
    if guess := nearest(key, fields):
        return "unknown_key", {"key": key, "guess": guess, "hint": "did_you_mean"}
    return "unknown_key", {"key": key, "known": ", ".join(fields), "hint": "known_keys"}


def _fields_at(model: type[BaseModel], path: Place) -> list[str]:
    """Return the keys allowed at `path`, by walking the annotations of the models."""
    here: Any = model
    for part in path:
        here = _plain(here)
        if isinstance(here, type) and issubclass(here, BaseModel):
            here = _fields_by_key(here).get(str(part), here)
        elif get_args(here):
            here = get_args(here)[1 if get_origin(here) in (dict, Mapping) else 0]
    here = _plain(here)
    return list(_fields_by_key(here)) if isinstance(here, type) and issubclass(here, BaseModel) else []


def _plain(annotation: Any) -> Any:
    """Return an annotation without Annotated and Optional."""
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = next(each for each in get_args(annotation) if each is not NoneType)
    return annotation


def _fields_by_key(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _dotted(path: Place) -> str:
    return ".".join(str(part) for part in path)


def shown(value: object) -> str:
    """Return an input as a short text for an error message."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
