"""People in words: gaps in the group, and one person before a call."""

from collections.abc import Iterator, Sequence

from buystage.diagnosis.advice import action_of, words_of
from buystage.diagnosis.people import LEAST_USUAL, MOST_USUAL, Gap, meant_for
from buystage.diagnosis.result import DealDiagnosis
from buystage.language import Language, say
from buystage.language.people_words import (
    CAREER_ADVICE,
    ROLE_NAMES,
    ROLE_NEEDS,
    STANCE_ASKS,
    STANCE_AVOIDS,
    STANCE_NAMES,
)
from buystage.library.playbooks import Shelf
from buystage.model.deal import Person, PrivatePerson
from buystage.render.words import joined, sentences
from buystage.terminal.console import literal

NEEDS_CONTACT = ("opponents", "single", "roles")


def gap_text(gap: Gap, language: Language, *, restricted: bool) -> str:
    """Return what is missing and what to do about it; where contact is `restricted`, nothing that needs it."""
    names = joined((literal(name) for name in gap.names), language)
    roles = joined((ROLE_NAMES[role][language] for role in gap.roles), language)
    numbers = {"count": gap.known, "least": LEAST_USUAL, "most": MOST_USUAL}
    fact = say(f"gap_{gap.kind}", language, names=names, roles=roles, **numbers)
    needs_contact = gap.kind in NEEDS_CONTACT
    advice = say("gap_restricted" if restricted and needs_contact else f"gap_{gap.kind}_do", language)
    return sentences((fact, advice), language)


def person_lines(
    person: Person, private: PrivatePerson | None, result: DealDiagnosis, shelf: Shelf, language: Language
) -> Iterator[str]:
    """Yield what to know, ask, do and leave alone with one person; `private` only where it may be shown."""
    role, stance = ROLE_NAMES[person.role][language], STANCE_NAMES[person.stance][language]
    yield say("with_person", language, name=literal(person.name), role=role, stance=stance)
    yield say("with_needs", language, text=ROLE_NEEDS[person.role][language])
    goal = literal(person.organisation_goal) if person.organisation_goal else say("with_goal_unknown", language)
    yield say("with_goal", language, text=goal)
    if private and private.personal_goal:
        yield say("with_private", language, text=literal(private.personal_goal))
    if private and private.career_situation:
        yield say("with_career", language, text=CAREER_ADVICE[private.career_situation][language])
    if result.contact_restricted:
        yield say("ask_in_writing", language)
    else:
        yield say("with_ask", language, text=STANCE_ASKS[person.stance][language])
    yield from (say("with_do", language, text=text) for text in _meant_for(person, result, shelf, language))
    yield say("with_avoid", language, text=STANCE_AVOIDS[person.stance][language])


def _meant_for(person: Person, result: DealDiagnosis, shelf: Shelf, language: Language) -> Sequence[str]:
    actions = [(each, action_of(each, shelf)) for each in result.actions]
    return [literal(words_of(each, shelf)[0][language]) for each in meant_for(person.role, actions)][:2]
