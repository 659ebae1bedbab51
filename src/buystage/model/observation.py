"""Answers learnt on one day from one source: an entry of a deal's log."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from buystage.model.fields import Absent, AnswerWord, FileModel, Line, PastDay, SignalId


class GivenAnswer(FileModel):
    """An answer with what it rests on."""

    answer: AnswerWord
    """yes, no or unknown."""
    evidence: Literal["customer", "assumed"] = "customer"
    """customer: they did or said it. assumed: only our guess; counts half."""
    quote: Line | None = None
    """The customer's own words."""
    by: Line | None = None
    """Who said or did it."""


def _with_word(value: object) -> object:
    """Return a bare yes, no or unknown as a full answer."""
    return {"answer": value} if isinstance(value, str | bool) else value


AnswerField = Annotated[GivenAnswer, BeforeValidator(_with_word, json_schema_input_type=AnswerWord | GivenAnswer)]


class Observation(FileModel):
    """What was learnt on one day from one source."""

    date: PastDay
    """The day it was learnt."""
    source: Line | None = None
    """A call, a mail, a visit; with whom."""
    answers: Annotated[dict[SignalId, AnswerField], Absent({})] = Field(default_factory=dict)
    """Answers by signal id; none where the customer could not be reached."""


def answer_from(text: str) -> GivenAnswer:
    """Return an answer from yes, no or unknown; `:assumed` behind it marks our guess."""
    word, _, mark = text.partition(":")
    return GivenAnswer.model_validate({"answer": word, "evidence": mark or "customer"})
