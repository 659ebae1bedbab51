"""Where the customer is, in the rows of stages: what linear playbooks say, side by side, and what the CRM says."""

from collections.abc import Iterator
from dataclasses import dataclass

from buystage.builtin import builtin_names
from buystage.diagnosis import DealDiagnosis, LinearDiagnosis
from buystage.discovery import BUILT_IN
from buystage.language import Language, say
from buystage.library import Shelf
from buystage.playbook import Playbook
from buystage.render.words import certainty, short_name
from buystage.terminal import literal

Read = tuple[Playbook, LinearDiagnosis]


@dataclass(frozen=True, slots=True)
class Strip:
    """The stages of a linear playbook in order, and which one the deal is in (None: not known).

    `model` and `sure` tell several playbooks apart; `after` is what follows the last stage where the deal is there.
    """

    model: str
    stages: tuple[str, ...]
    here: int | None
    sure: str
    after: str


def linear_reads(result: DealDiagnosis, shelf: Shelf) -> Iterator[Read]:
    """Yield the linear playbooks in use, each with what it came to."""
    for book, diagnosis in zip(shelf.playbooks, result.diagnoses, strict=True):
        if isinstance(diagnosis, LinearDiagnosis):
            yield book, diagnosis


def strips(result: DealDiagnosis, shelf: Shelf, language: Language) -> tuple[Strip, ...]:
    """Return the row of stages of each linear playbook."""
    return tuple(_strip(book, read, language) for book, read in linear_reads(result, shelf))


def _strip(book: Playbook, read: LinearDiagnosis, language: Language) -> Strip:
    names = list(book.stages)
    ended = book.cyclic == "yes" and read.stage == names[-1]
    return Strip(
        model=literal((book.short or book.title)[language]),
        stages=tuple(short_name(stage, language) for stage in book.stages.values()),
        here=names.index(read.stage) if read.stage else None,
        sure=say(certainty(read.reading.confidence), language).rstrip(".。").lower() if read.stage else "",
        after=say("next_purchase", language) if ended else "",
    )


def shadows(shelf: Shelf, language: Language) -> tuple[str, ...]:
    """Return a line for each playbook that is used instead of the built-in one of its name."""
    own = ((book.name, origin) for book, origin in zip(shelf.playbooks, shelf.origins, strict=True))
    mine = [(name, origin) for name, origin in own if origin != BUILT_IN and name in builtin_names()]
    return tuple(say("instead_of_builtin", language, name=name, path=literal(origin)) for name, origin in mine)


def claim(result: DealDiagnosis, shelf: Shelf, language: Language) -> str:
    """Return what the CRM says, against the stage where the word is a stage of a playbook; empty without a claim."""
    claimed = result.claimed_stage
    if not claimed:
        return ""
    for book, read in linear_reads(result, shelf):
        if claimed in book.stages:
            return _claim_against(book, read, claimed, language)
    return literal(claimed)


def _claim_against(book: Playbook, read: LinearDiagnosis, claimed: str, language: Language) -> str:
    name = short_name(book.stages[claimed], language)
    if read.stage is None:
        fits = claimed in read.reading.range and any(state.cost_db for state in read.reading.states)
        key = "claim_possible" if fits else "claim_open"
        return say(key, language, claim=name)
    order = list(book.stages)
    ahead = order.index(claimed) - order.index(read.stage)
    key = "claim_same" if ahead == 0 else "claim_ahead" if ahead > 0 else "claim_behind"
    return say(key + ("_1" if abs(ahead) == 1 else ""), language, claim=name, count=abs(ahead))
