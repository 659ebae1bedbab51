"""A playbook file: a buying model with its states, the rows that tie signals to them, its actions and its cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from buystage.model.fields import (
    AnswerWord,
    FileModel,
    Id,
    Line,
    Name,
    Origin,
    Role,
    SignalId,
    Sourced,
    Text,
    Verdict,
    YesNo,
)
from buystage.model.observation import Observation
from buystage.model.rows import JOB_ROWS, JOB_STATES, STAGE_ROWS, JobState, Row, Word, spread


class Purpose(FileModel):
    """What an action is for, and when it is not for now."""

    signals: tuple[SignalId, ...] = ()
    """The signals it works towards; with all of them yes, it is no longer offered."""
    after: tuple[SignalId, ...] = ()
    """The signals that must be yes before it makes sense."""
    until: tuple[SignalId, ...] = ()
    """Once one of these is yes, its time is over."""
    roles: tuple[Role, ...] = ()
    """The people it is meant for."""
    unless: tuple[Literal["contact_restricted"], ...] = ()
    """Circumstances of the deal that forbid it."""


class Action(FileModel):
    """A recommended next step: something a rep can do tomorrow."""

    do: Text
    """The step."""
    why: Text
    """The reason."""
    instead: Text | None = None
    """What is allowed where `for.unless` forbids the step."""
    for_: Purpose = Field(default=Purpose.model_construct(), alias="for")
    """What it is for."""
    origin: Origin
    """Where it comes from."""


class Note(FileModel):
    """A titled list of what is good to know; it is read, never scored."""

    title: Text
    """What the list is about."""
    points: Annotated[tuple[Sourced, ...], Field(min_length=1)]
    """Its points."""
    origin: Origin
    """Where it comes from."""


class State(FileModel):
    """What stages and jobs have in common."""

    title: Text
    """The name."""
    short: Text | None = None
    """A name of one or two words for narrow places."""
    customer: Sourced
    """What the customer is doing."""
    says: Text | None = None
    """The sentence by which the customer gives it away."""
    phases: dict[SignalId, Text] = Field(default_factory=dict)
    """What the customer is doing once a signal is yes; the last one that is yes holds."""
    looks_like: tuple[Sourced, ...] = ()
    """How it looks from outside."""
    ends_when: Sourced
    """What ends it."""
    expected_days: Annotated[int | None, Field(gt=0, strict=True)] = None
    """How long it usually lasts (days)."""
    actions: dict[Id, Action] = Field(default_factory=dict)
    """What to do here."""
    avoid: tuple[Sourced, ...] = ()
    """What to leave alone here."""
    notes: dict[Id, Note] = Field(default_factory=dict)
    """What else is good to know here."""


class StageRows(FileModel):
    """The signals whose place is in a stage."""

    begins: tuple[SignalId, ...] = ()
    """Milestones reached in this stage."""
    ends: tuple[SignalId, ...] = ()
    """Milestones that end it."""
    during: tuple[SignalId, ...] = ()
    """Work that goes on in it."""
    until: tuple[SignalId, ...] = ()
    """What is there up to it and fades after."""


class Stage(State):
    """A state of a linear playbook."""

    rows: StageRows = StageRows.model_construct()
    """The signals whose place is here."""


WordList = tuple[Word, ...]


class FullRow(FileModel):
    """A row written out: one word per state in order, or a word per range `FIRST..LAST`."""

    words: WordList | None = None
    ranges: dict[str, Word] | None = None


def _full_row(value: object) -> object:
    if isinstance(value, Mapping):
        return {"ranges": value}
    return {"words": value} if isinstance(value, list | tuple) else value


RowSpec = Annotated[FullRow, BeforeValidator(_full_row, json_schema_input_type=WordList | dict[str, Word])]


class JobRows(FileModel):
    """The signals of a job."""

    started: tuple[SignalId, ...] = ()
    """There once the job is begun, and after."""
    active: tuple[SignalId, ...] = ()
    """Work that goes on while it is open."""
    done: tuple[SignalId, ...] = ()
    """What ends it."""
    proves: tuple[SignalId, ...] = ()
    """A yes proves it done; a no says little."""
    forbids_done: tuple[SignalId, ...] = ()
    """A yes forbids that it is done; a no says little."""
    reopened: tuple[SignalId, ...] = ()
    """A yes says that it was settled and is open again."""
    words: dict[SignalId, RowSpec] = Field(default_factory=dict)
    """Full rows: one word each for not_started, active, satisfied."""


class Job(State):
    """A buying job of a jobs playbook."""

    always_on: YesNo = "no"
    """yes: never too early, and watched in every diagnosis."""
    rows: JobRows = JobRows.model_construct()
    """The signals of the job."""


def _listed(value: object) -> object:
    """Return a single word as a list of one."""
    return (value,) if isinstance(value, str) else value


class Expectation(FileModel):
    """What a case must come to."""

    stage: str | None = None
    """The stage that must be named."""
    not_: Annotated[tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...])] = Field(
        default=(), alias="not"
    )
    """Stages that must not be named."""
    verdict: Verdict | None = None
    """How sure it must be."""
    jobs: dict[str, JobState] = Field(default_factory=dict)
    """The state each named job must be in."""
    causes: dict[str, Line] = Field(default_factory=dict)
    """The log's own words for why each named job is open again."""
    looped: YesNo | None = None
    """Whether a job must be open again."""


class Case(FileModel):
    """Answers and what they must come to: a playbook's own test."""

    name: Line
    """What the case guards."""
    answers: dict[SignalId, AnswerWord] = Field(default_factory=dict)
    """Answers of one day."""
    observations: tuple[Observation, ...] = ()
    """Or a dated log."""
    expect: Expectation
    """What they must come to."""


class Playbook(FileModel):
    """A buying model."""

    schema_: Literal["buystage.playbook/v1"] = Field(alias="schema")
    """The kind of file this is."""
    name: Name
    """Its name."""
    version: Annotated[int, Field(ge=1, strict=True)]
    """Raised when a change can move a diagnosis."""
    kind: Literal["linear", "jobs"]
    """linear: a deal is in one of the stages. jobs: every job has a state of its own."""
    title: Text
    """What it is called on screens."""
    short: Text | None = None
    """A name of one or two words for narrow places."""
    about: Text | None = None
    """A line on where the model comes from and what it is good for."""
    origin: Origin
    """Where the model comes from."""
    cyclic: YesNo = "no"
    """yes: the last stage of a linear playbook leads to the next purchase."""
    notes: dict[Id, Note] = Field(default_factory=dict)
    """What is good to know of the model as a whole."""
    stages: dict[Id, Stage] = Field(default_factory=dict, max_length=50)
    """The stages of a linear playbook, in order."""
    jobs: dict[Id, Job] = Field(default_factory=dict, max_length=50)
    """The jobs of a jobs playbook."""
    rows: dict[SignalId, RowSpec] = Field(default_factory=dict)
    """Full rows of a linear playbook."""
    cases: tuple[Case, ...] = Field(default=(), max_length=1000)
    """Its tests."""

    @property
    def states(self) -> Mapping[str, State]:
        """The stages or the jobs, whichever it has."""
        return self.stages if self.kind == "linear" else self.jobs

    def is_back(self, then: str, now: str) -> bool:
        """Return whether going from one stage to the other is going back; from the end of a cycle it is a new round."""
        names = list(self.stages)
        round_over = self.cyclic == "yes" and then == names[-1] and now == names[0]
        return names.index(now) < names.index(then) and not round_over

    def state_called(self, name: str) -> str | None:
        """Return the id of the state that people call `name`: by its id or by one of its names on screens."""
        for state, parts in self.states.items():
            texts = [text for text in (parts.title, parts.short) if text]
            names = {state, *(text.en or "" for text in texts), *(text.zh or "" for text in texts)}
            if name.casefold() in {each.casefold() for each in names if each}:
                return state
        return None

    @cached_property
    def tracks(self) -> tuple["Track", ...]:
        """The ordered lists of states that a deal is in exactly one of."""
        if self.kind == "linear":
            return (Track(self.name, tuple(self.stages), dict(stage_rows(self))),)
        return tuple(_job_track(name, job) for name, job in self.jobs.items())


@dataclass(frozen=True)
class Track:
    """An ordered list of states a deal is in exactly one of, with a row of words per signal."""

    id: str
    states: tuple[str, ...]
    rows: Mapping[str, Row]
    is_job: bool = False
    done: tuple[str, ...] = ()
    proves: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    signals: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "signals", tuple(dict.fromkeys((*self.rows, *self.reopened))))


def stage_rows(playbook: Playbook) -> Iterator[tuple[str, Row]]:
    """Yield each signal of a linear playbook with its row over all stages."""
    stages = tuple(playbook.stages)
    for at, stage in enumerate(playbook.stages.values()):
        for shorthand, row in STAGE_ROWS.items():
            for signal in getattr(stage.rows, shorthand):
                yield signal, row(at, len(stages))
    for signal, spec in playbook.rows.items():
        yield signal, full_row(spec, stages)


def job_rows(job: Job) -> Iterator[tuple[str, Row]]:
    """Yield each signal of a job with its row over not_started, active, satisfied."""
    for shorthand, row in JOB_ROWS.items():
        for signal in getattr(job.rows, shorthand):
            yield signal, row
    for signal, spec in job.rows.words.items():
        yield signal, full_row(spec, JOB_STATES)


def full_row(spec: FullRow, states: tuple[str, ...]) -> Row:
    """Return a written-out row over `states`. Raises ValueError where it doesn't cover each state once."""
    if spec.ranges is not None:
        return spread(tuple(spec.ranges.items()), states)
    words = spec.words or ()
    if len(words) != len(states):
        raise ValueError(len(words))
    return words


def _job_track(name: str, job: Job) -> Track:
    rows = job.rows
    return Track(name, JOB_STATES, dict(job_rows(job)), True, rows.done, rows.proves, rows.reopened)
