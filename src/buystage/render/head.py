"""The top of a diagnosis in words: where they are, how that compares with the CRM, and how sure it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from buystage.answers import OLD_DAYS
from buystage.diagnosis import DealDiagnosis, JobsDiagnosis, LinearDiagnosis
from buystage.language import Language, say
from buystage.library import Shelf
from buystage.playbook import Playbook
from buystage.render.words import certainty, clause, fact_text, joined, short_name
from buystage.terminal import literal

MANY_ANSWERS = 5  # from here on it is not a lack of answers that keeps a stage from being named


@dataclass(frozen=True, slots=True)
class Strip:
    """The stages of a linear playbook in order, and which one the deal is in (None: not known)."""

    title: str
    stages: tuple[str, ...]
    here: int | None


Read = tuple[Playbook, LinearDiagnosis]


def _linear(result: DealDiagnosis, shelf: Shelf) -> Iterator[Read]:
    for book, diagnosis in zip(shelf.playbooks, result.diagnoses, strict=True):
        if isinstance(diagnosis, LinearDiagnosis):
            yield book, diagnosis


def headline(result: DealDiagnosis, shelf: Shelf, language: Language) -> str:
    """Return the conclusion in a sentence: the stage of the first linear playbook, else the jobs at work."""
    book, read = next(_linear(result, shelf), (None, None))
    if book and read and read.stage:
        return _sentences([_named(book, read, read.stage, language), *_open_again(result, shelf, language)], language)
    if jobs := _jobs_headline(result, shelf, language):
        return jobs
    if book and read and result.known:
        given = sum(not known.implied_by for known in result.known.values())
        key = "headline_torn" if given >= MANY_ANSWERS else "headline_range"
        return say(key, language, **_ends(book, read, language))
    return say("headline_nothing", language)


def _jobs_headline(result: DealDiagnosis, shelf: Shelf, language: Language) -> str:
    """Return which jobs are open again and which are at work; where none is, which are settled."""
    names = {state: _jobs_in_state(result, shelf, state, language) for state in ("reopened", "active", "satisfied")}
    said = [state for state in ("reopened", "active") if names[state]] or [s for s in ("satisfied",) if names[s]]
    sentences = (say(f"headline_{state}", language, jobs=joined(names[state], language)) for state in said)
    return _sentences(sentences, language)


def _open_again(result: DealDiagnosis, shelf: Shelf, language: Language) -> list[str]:
    """Return the sentence that names the jobs that are open again, where there are any."""
    jobs = _jobs_in_state(result, shelf, "reopened", language)
    return [say("headline_reopened", language, jobs=joined(jobs, language))] if jobs else []


def _jobs_in_state(result: DealDiagnosis, shelf: Shelf, state: str, language: Language) -> list[str]:
    return [
        short_name(playbook.jobs[job.id], language)
        for playbook, diagnosis in zip(shelf.playbooks, result.diagnoses, strict=True)
        if isinstance(diagnosis, JobsDiagnosis)
        for job in diagnosis.jobs
        if job.state == state
    ]


def _sentences(sentences: Iterable[str], language: Language) -> str:
    return ("" if language is Language.ZH else " ").join(sentences)


def _named(book: Playbook, read: LinearDiagnosis, name: str, language: Language) -> str:
    stage = book.stages[name]
    customer = clause(literal(stage.customer[language]), language)
    words = {"stage": short_name(stage, language), "customer": customer, **_ends(book, read, language)}
    return say(f"headline_{read.reading.verdict}", language, **words)


def _ends(book: Playbook, read: LinearDiagnosis, language: Language) -> dict[str, str]:
    first, last = read.reading.range[0], read.reading.range[-1]
    return {"first": short_name(book.stages[first], language), "last": short_name(book.stages[last], language)}


def strips(result: DealDiagnosis, shelf: Shelf, language: Language) -> tuple[Strip, ...]:
    """Return the row of stages of each linear playbook."""
    return tuple(
        Strip(
            title=literal(book.title[language]),
            stages=tuple(short_name(stage, language) for stage in book.stages.values()),
            here=list(book.stages).index(read.stage) if read.stage else None,
        )
        for book, read in _linear(result, shelf)
    )


def claim(result: DealDiagnosis, shelf: Shelf, language: Language) -> str:
    """Return what the CRM says, against the stage where the word is a stage of a playbook; empty without a claim."""
    claimed = result.claimed_stage
    if not claimed:
        return ""
    for book, read in _linear(result, shelf):
        if claimed in book.stages:
            return _claim_against(book, read, claimed, language)
    return literal(claimed)


def _claim_against(book: Playbook, read: LinearDiagnosis, claimed: str, language: Language) -> str:
    name = short_name(book.stages[claimed], language)
    if read.stage is None:
        return say("claim_open", language, claim=name)
    order = list(book.stages)
    ahead = order.index(claimed) - order.index(read.stage)
    key = "claim_same" if ahead == 0 else "claim_ahead" if ahead > 0 else "claim_behind"
    return say(key + ("_1" if abs(ahead) == 1 else ""), language, claim=name, count=abs(ahead))


def sure(result: DealDiagnosis, shelf: Shelf, language: Language) -> str:
    """Return how certain the stage is, and which likely answer would name another; empty without a stage."""
    book, read = next(_linear(result, shelf), (None, None))
    if book is None or read is None or read.stage is None:
        return ""
    sentences = [say(certainty(read.reading.confidence), language), _change(book, read, shelf, language)]
    age = (result.as_of - result.last_observation).days if result.last_observation else 0
    sentences += [say("old_news", language, days=age)] if age > OLD_DAYS else []
    return _sentences(sentences, language)


def _change(book: Playbook, read: LinearDiagnosis, shelf: Shelf, language: Language) -> str:
    changes = read.reading.would_change
    change = next((each for each in changes if each.worth_asking), None)
    if change is None:
        return say("nothing_likely" if changes else "no_single_answer", language)
    fact = clause(fact_text(shelf, change.signal, change.answer, language), language)
    return say("would_be", language, stage=short_name(book.stages[change.state], language), fact=fact)
