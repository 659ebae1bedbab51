"""The kinds of fields that files share: texts in two languages, ids, days, answers."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    ValidationInfo,
)
from pydantic.json_schema import WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

from buystage.language import Language
from buystage.model.days import day_from
from buystage.model.visible import is_visible


class FileModel(BaseModel):
    """What a file may hold: unknown keys are errors. A model is made ready at its first use, as few are in a run."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Text(FileModel):
    """A text in English, Chinese or both. Shipped texts have both; a team may write only its own language."""

    en: str | None = Field(default=None, min_length=1, max_length=2000)
    """The English text."""
    zh: str | None = Field(default=None, min_length=1, max_length=2000)
    """The Chinese text."""

    def model_post_init(self, _context: Any, /) -> None:
        """Refuse a text in no language."""
        if self.en is None and self.zh is None:
            raise PydanticCustomError("text_missing", "needs en or zh")

    def __getitem__(self, language: Language) -> str:
        """Return the text in `language`, or in the other one where it is missing."""
        mine, other = (self.zh, self.en) if language is Language.ZH else (self.en, self.zh)
        return mine or other or ""


Origin = Annotated[tuple[Literal["000", "001", "002", "003", "004", "in-house"], ...], Field(min_length=1)]
"""Where an item comes from: the numbers of the seed documents, or in-house."""


class Sourced(Text):
    """A text that may name where it comes from; without, that of what it stands in holds."""

    origin: Origin | None = None
    """Where it comes from, if not from where the rest does."""


def one_of(kind: str) -> Callable[[str, ValidationInfo], str]:
    """Return a validator that accepts only the ids listed under `kind` in the validation context, if any are."""

    def check(value: str, info: ValidationInfo) -> str:
        ids = (info.context or {}).get(kind)
        if ids is not None and value not in ids:
            raise PydanticCustomError("unknown_id", "unknown id", {"id": value, "kind": kind})
        return value

    return check


def _id(pattern: str, example: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise PydanticCustomError("malformed_id", "malformed id", {"example": example})
        return value

    return AfterValidator(check)


def _day(value: object) -> date:
    day = value if isinstance(value, date) else day_from(value) if isinstance(value, str) else None
    if day is None:
        raise PydanticCustomError("not_a_day", "not a day")
    return day


def _past_day(value: date, info: ValidationInfo) -> date:
    latest = (info.context or {}).get("latest_day")
    if latest is not None and value > latest:
        raise PydanticCustomError("future_day", "in the future", {"latest": latest.isoformat()})
    return value


def _word(value: object) -> object:
    """Return yes or no for the booleans that YAML 1.1 habits produce."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _seen(value: str) -> str:
    """Refuse a text that leaves a gap wherever it is told, as an empty one would."""
    if not is_visible(value):
        raise PydanticCustomError("nothing_visible", "nothing visible")
    return value


class Absent:
    """Lets a key with nothing behind it (null) stand for a list or mapping without members, in files and schemas."""

    def __init__(self, empty: object) -> None:
        self.empty = empty

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read null as nothing."""
        reading = BeforeValidator(self._read, json_schema_input_type=source | None)
        return reading.__get_pydantic_core_schema__(source, handler)

    def _read(self, value: object) -> object:
        return self.empty if value is None else value


Id = Annotated[str, _id(r"[a-z][a-z0-9_]*", "budget_approved"), Field(max_length=60)]
"""The id of a signal, state, job, topic or action: snake_case."""
Name = Annotated[str, _id(r"[a-z][a-z0-9-]*", "key-account"), Field(max_length=60)]
"""The name of a playbook or rule: kebab-case."""
SignalId = Annotated[str, AfterValidator(one_of("signals"))]
"""The id of a signal of the catalogue."""
Line = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True), AfterValidator(_seen)]
"""A text of a person's own: a name, a quote, a reason."""
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A day, YYYY-MM-DD."""
PastDay = Annotated[Day, AfterValidator(_past_day)]
"""A day up to tomorrow (an entry may come from a later time zone)."""
AnswerWord = Annotated[
    Literal["yes", "no", "unknown"],
    BeforeValidator(_word, json_schema_input_type=Literal["yes", "no", "unknown"] | bool),
]
"""What is known of a signal."""
YesNo = Annotated[Literal["yes", "no"], BeforeValidator(_word, json_schema_input_type=Literal["yes", "no"] | bool)]
"""A switch in a file."""
Verdict = Literal["named", "between", "insufficient"]
"""named: one state. between: neighbours. insufficient: too little is known."""
Role = Literal["user", "technical", "procurement", "executive", "other"]
"""The part a person has in the purchase."""
