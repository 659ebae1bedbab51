"""A deal file: who, what is claimed, people, and a dated log of what the customer did and said."""

import datetime
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from buystage.model.fields import Absent, Day, FileModel, Line, Name, Role, YesNo, one_of
from buystage.model.observation import Observation

MOST_MONEY = 1e15  # beyond it sums of money are no longer exact
MOST_ENTRIES = 5_000  # of a log; a dozen years of daily notes are fewer, and each takes its time to weigh
PRIVATE_KEYS = ("personal_goal", "career_situation", "career", "private", "personal")


class NextStep(FileModel):
    """What is agreed to happen next."""

    what: Line
    """The step."""
    by: Literal["customer", "us", "both"]
    """Who does it."""
    date: Day | None = None
    """By when."""


class KeyDate(FileModel):
    """A day that matters to the deal."""

    what: Line
    """What happens on that day."""
    date: Day
    """The day."""


class Pause(FileModel):
    """A pause that the customer announced."""

    until: Day
    """Its last day."""
    reason: Line
    """Why."""

    def lasts_on(self, day: datetime.date) -> bool:
        """Return whether it is not over on a day."""
        return day <= self.until


class Context(FileModel):
    """Circumstances that change what to do."""

    contact_restricted: YesNo = "no"
    """yes: the customer allows no contact beyond an official channel for now."""
    complexity: Literal["low", "normal", "high"] = "normal"
    """high: purchases of this kind take longer."""


class Person(FileModel):
    """Someone whose agreement the decision needs."""

    name: Line
    """The name."""
    role: Role
    """The part they have in the purchase."""
    stance: Literal["supporter", "neutral", "opponent", "unknown"] = "unknown"
    """Where they stand towards our offer."""
    organisation_goal: Line | None = None
    """What they want for the organisation."""

    @model_validator(mode="before")
    @classmethod
    def refuse_private_goals(cls, data: Any) -> Any:
        """Personal goals live in a file that git ignores."""
        if isinstance(data, dict) and (found := next((key for key in PRIVATE_KEYS if key in data), None)):
            raise PydanticCustomError("private_in_deal", "private", {"key": found, "hint": "private_in_deal_hint"})
        return data


class PrivatePerson(FileModel):
    """What is private about someone: it never leaves the private file unasked."""

    personal_goal: Line | None = None
    """What they want for themselves."""
    career_situation: Literal["newcomer", "rival", "nothing_to_gain"] | None = None
    """newcomer: eager to show their worth. rival: measured against a colleague. nothing_to_gain: wants no mistake."""


class PrivateFile(FileModel):
    """What is private about the people of a deal, in `NAME.private.yaml` beside it, which git ignores."""

    people: Mapping[Annotated[str, AfterValidator(one_of("people"))], PrivatePerson] = Field(default_factory=dict)
    """By name, as in the deal's buying group."""


class Waiver(FileModel):
    """A finding set aside, with reason and end date."""

    rule: Annotated[Name, AfterValidator(one_of("rules"))]
    """The rule's id."""
    reason: Line
    """Why it is set aside."""
    until: Day
    """The last day it is set aside."""
    by: Line | None = None
    """Who decided it."""

    def holds_on(self, day: datetime.date) -> bool:
        """Return whether it sets its finding aside on a day."""
        return day <= self.until


def _as_text(value: object) -> object:
    """Return a number that serves as an id as text."""
    return str(value) if type(value) is int else value


def _each_once(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Refuse a name that two people have: private goals and `--with` go by names."""
    names = [person.name for person in people]
    if twice := next((name for name, count in Counter(names).items() if count > 1), None):
        raise PydanticCustomError("person_twice", "twice", {"id": twice, "hint": "person_twice_hint"})
    return people


def _few(log: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """Refuse a log that would take minutes."""
    if len(log) > MOST_ENTRIES:
        raise PydanticCustomError("too_long", "too long", {"max_length": MOST_ENTRIES})
    return log


Item = TypeVar("Item")
Listed = Annotated[tuple[Item, ...], Absent(())]


class Deal(FileModel):
    """One opportunity at one customer."""

    schema_: Literal["buystage.deal/v1"] = Field(default="buystage.deal/v1", alias="schema")
    """The kind of file this is; optional."""
    name: Line
    """What the deal is called."""
    customer: Line | None = None
    """Who buys."""
    owner: Line | None = None
    """Who on our side answers for it."""
    amount: float | None = Field(default=None, ge=0, le=MOST_MONEY, allow_inf_nan=False, strict=True)
    """What it is worth, in `currency`."""
    currency: Line | None = None
    """The currency of `amount`."""
    crm: Line | None = None
    """Whose stage words `claimed_stage` uses."""
    crm_id: Annotated[Line | None, BeforeValidator(_as_text, json_schema_input_type=Line | int | None)] = None
    """The record in the CRM."""
    claimed_stage: Line | None = None
    """The CRM's word as exported, or a state id of a playbook."""
    forecast: Line | None = None
    """The forecast category, a free word."""
    close_date: Day | None = None
    """When it is forecast to close."""
    next_step: NextStep | None = None
    """What is agreed to happen next."""
    key_dates: Listed[KeyDate] = ()
    """Days that matter to the deal."""
    paused: Pause | None = None
    """A pause that the customer announced."""
    context: Annotated[Context, Absent(Context.model_construct())] = Context.model_construct()
    """Circumstances that change what to do."""
    buying_group: Annotated[Listed[Person], AfterValidator(_each_once)] = ()
    """The people whose agreement the decision needs."""
    observations: Annotated[Listed[Observation], AfterValidator(_few)] = ()
    """The log: answers by day and source."""
    waivers: Listed[Waiver] = ()
    """Findings set aside."""
    notes: str | None = None
    """Free text."""
    extra: Annotated[Mapping[str, Any], Absent({})] = Field(default_factory=dict)
    """A team's own keys; buystage does not read them."""

    def left_out(self, day: datetime.date) -> int:
        """Return how many entries of the log are dated after a day."""
        return sum(entry.date > day for entry in self.observations)
