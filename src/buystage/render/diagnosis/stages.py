"""Where the customer is, in the rows of stages: what linear playbooks say, side by side, and what the CRM says."""

from collections.abc import Iterator
from typing import NamedTuple

from buystage.diagnosis.result import DealDiagnosis, LinearDiagnosis, Standing
from buystage.language import Language, say
from buystage.library.discovery import BUILT_IN
from buystage.library.playbooks import Shelf
from buystage.library.shipped import builtin_names
from buystage.model.claim import Unclear
from buystage.model.playbook import Playbook
from buystage.render.words import certainty, short_name
from buystage.terminal.console import literal

Diagnosed = tuple[Playbook, LinearDiagnosis]


class Strip(NamedTuple):
    """The stages of a linear playbook in order, and which one the deal is in (None: not known).

    `model` and `sure` tell several playbooks apart; `after` is what follows the last stage where the deal is there.
    """

    model: str
    stages: tuple[str, ...]
    here: int | None
    sure: str
    after: str


def linear_reads(result: Standing, shelf: Shelf) -> Iterator[Diagnosed]:
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


def claim(result: Standing, shelf: Shelf, language: Language) -> str:
    """Return what the CRM says against what the customer shows; empty without a claim."""
    claimed = result.claim
    if isinstance(claimed, Unclear):
        crms = say("and", language).join(claimed.among)
        return say(f"claim_{claimed.why}", language, claim=literal(claimed.word), crms=crms)
    if claimed is None:
        return ""
    if claimed.status == "lost":
        return say("claim_lost", language, claim=literal(claimed.word))
    for book, read in linear_reads(result, shelf):
        if span := claimed.span(book.name, list(book.stages)):
            return _claim_against(book, read, claimed.word, span, language)
    return literal(claimed.word)


def _claim_against(book: Playbook, read: LinearDiagnosis, word: str, span: tuple[int, int], language: Language) -> str:
    name = short_name(book.stages[word], language) if word in book.stages else literal(word)
    order = list(book.stages)
    first, last = span
    if read.stage is None:
        possible = {order.index(each) for each in read.reading.range} & {*range(first, last + 1)}
        fits = possible and any(state.cost_db for state in read.reading.states)
        return say("claim_possible" if fits else "claim_open", language, claim=name)
    here = order.index(read.stage)
    if not first <= here <= last and any(first <= order.index(each) <= last for each in read.reading.range):
        return say("claim_possible", language, claim=name)
    off = max(first - here, here - last, 0)
    key = "claim_ahead" if here < first else "claim_behind" if here > last else "claim_same"
    return say(key + ("_1" if off == 1 else ""), language, claim=name, count=off)
