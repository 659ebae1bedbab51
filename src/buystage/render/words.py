"""Small words that several formats need: days, facts, states, certainty."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from buystage.language import Language, say
from buystage.language.screen_words import MONTHS
from buystage.library.playbooks import Shelf
from buystage.model.answer import Answer
from buystage.model.playbook import State
from buystage.terminal.console import literal

if TYPE_CHECKING:
    from buystage.diagnosis.result import Ask, Conflict, DealDiagnosis

CLEAR, LIKELY = 0.75, 0.5  # probability of the named state from which the result is clear, or likely

ORIGINS = {
    "000": {"en": "“The customer's purchasing process” (2025-01-23)", "zh": "《客户采购流程》（2025-01-23）"},
    "001": {"en": "“The customer's purchasing process” (2025-03-28)", "zh": "《客户采购流程》（2025-03-28）"},
    "002": {
        "en": "“Eight links of key-account purchasing” (2013-11-27)",
        "zh": "《洞悉大客户采购流程最重要的八大环节》（2013-11-27）",
    },
    "003": {
        "en": "“Do you really know the customer's buying process?” (2024-07-23)",
        "zh": "《你真的知道客户的采购流程吗？》（2024-07-23）",
    },
    "004": {"en": "“The customer's purchasing cycle” (2025-03-09)", "zh": "《客户采购周期》（2025-03-09）"},
}


def day_text(day: date, language: Language, *, today: date) -> str:
    """Return a day as people say it, with the year where it isn't that of `today`."""
    key = "day" if day.year == today.year else "day_and_year"
    return say(key, language, day=day.day, month=MONTHS[day.month - 1], number=day.month, year=day.year)


def left_out(count: int, language: Language) -> str:
    """Return how many entries of a log are dated after the day, empty where none is."""
    return say("left_out_1" if count == 1 else "left_out", language, count=count) if count else ""


def fact_text(shelf: Shelf, signal: str, answer: str, language: Language) -> str:
    """Return the statement that an answer makes."""
    fact = shelf.catalogue.signals[signal].fact
    return literal((fact.if_yes if answer == "yes" else fact.if_no)[language])


def ask_text(ask: "Ask", result: "DealDiagnosis", shelf: Shelf, language: Language) -> str:
    """Return what to ask: the probe of a signal, or whether an old yes still holds."""
    known = result.known.get(ask.signal)
    if ask.kind == "old" and known and known.is_yes:
        return say("still_so", language, fact=clause(fact_text(shelf, ask.signal, "yes", language), language))
    return shelf.catalogue.signals[ask.signal].probe[language]


def short_name(state: State, language: Language) -> str:
    """Return the name of a stage or job for narrow places."""
    return literal((state.short or state.title)[language])


def certainty(confidence: float) -> str:
    """Return clear, likely or open for a probability."""
    return "clear" if confidence >= CLEAR else "likely" if confidence >= LIKELY else "open"


def origin_text(origin: Iterable[str], language: Language) -> str:
    """Return where an item comes from, documents by title and date."""
    names = (ORIGINS[each][language] if each in ORIGINS else say("in_house", language) for each in origin)
    return say("and", language).join(names)


def _dated(known: Answer, shelf: Shelf, language: Language, today: date) -> str:
    fact = clause(fact_text(shelf, known.signal, known.value, language), language)
    key = "dated_guess" if known.assumed else "dated"
    return say(key, language, fact=fact, day=day_text(known.date, language, today=today))


def joined(texts: Iterable[str], language: Language) -> str:
    """Return texts as a list in one line."""
    return say("and", language).join(texts)


def sentences(texts: Iterable[str], language: Language) -> str:
    """Return sentences as a paragraph, without the empty ones."""
    return ("" if language is Language.ZH else " ").join(filter(None, texts))


def clause(sentence: str, language: Language) -> str:
    """Return a statement so that it can stand inside a sentence."""
    return sentence if language is Language.ZH else sentence[:1].lower() + sentence[1:]


def conflict_text(conflict: "Conflict", shelf: Shelf, language: Language, *, today: date) -> str:
    """Return what doesn't go together, in a sentence, each fact with its day."""
    facts = [_dated(known, shelf, language, today) for known in conflict.known]
    if conflict.kind == "unexplained":
        return say("conflict_unexplained", language, facts=say("semicolon", language).join(facts))
    return say(f"conflict_{conflict.kind}", language, first=facts[0], second=facts[1])
