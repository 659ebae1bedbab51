"""What a stage word of a CRM claims: a word for a class, a class for a range of stages in each model."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from buystage.errors import MOST_SHOWN, InvalidContentError, Problem
from buystage.files.source import Source
from buystage.files.strict_yaml import parse
from buystage.files.validation import unknown, validate
from buystage.library.playbooks import Shelf
from buystage.library.prepared import prepared
from buystage.model.claim import BEFORE, Claim, Status, Unclear
from buystage.model.fields import FileModel, Id, Line
from buystage.model.playbook import Playbook
from buystage.settings.values import Settings


class ClaimClass(FileModel):
    """What words of one kind claim."""

    status: Status = "open"
    """Whether the deal is over."""
    claims: Mapping[str, Annotated[tuple[str, ...], Field(min_length=2, max_length=2)]] = Field(default_factory=dict)
    """By playbook the first and the last stage claimed."""
    jobs: tuple[str, ...] = ()
    """The jobs that must have begun."""


class Crm(FileModel):
    """The stage words that a CRM ships with."""

    title: Line
    """Its name."""
    words: Mapping[Line, Id]
    """The class of each word."""
    scheduled: tuple[Line, ...] = ()
    """Words for what is only planned."""
    ids: tuple[Line, ...] = ()
    """Internal ids that stay when a stage is renamed, so that they say nothing."""
    kept_ids: Mapping[Line, Id] = Field(default_factory=dict)
    """Internal ids whose meaning can't change."""


class StageWords(FileModel):
    """The file of stage words."""

    schema_: Literal["buystage.stage-words/v1"] = Field(alias="schema")
    """The kind of file this is."""
    classes: Mapping[Id, ClaimClass]
    """What words claim, by class, the earliest first."""
    crms: Mapping[str, Crm]
    """The words of each CRM."""


def claim_of(word: str, crm: str | None, own: Mapping[str, str], shelf: Shelf) -> Claim | Unclear:
    """Return what `word` claims: the team's meaning, a stage of a playbook, the word of a CRM, the name of a stage.

    `crm` names the CRM whose word it is; without one it is looked up in all, where it must mean one thing. `own` maps
    a team's words to classes or stages. A word that claims no stage of the playbooks in use can't be judged by them.
    """
    found = _found(word, crm, own, shelf)
    if isinstance(found, Unclear) or found.status == "lost":
        return found
    linear = [book for book in shelf.playbooks if book.kind == "linear"]
    if any(found.span(book.name, list(book.stages)) for book in linear):
        return found
    return Unclear(word, "unmapped" if linear else "no_stages", tuple(book.name for book in linear))


def _found(word: str, crm: str | None, own: Mapping[str, str], shelf: Shelf) -> Claim | Unclear:
    meaning = _meanings(tuple(own.items())).get(_plain(word))
    meant = meaning or word
    if (stage := _of_stage(meant, word, shelf.playbooks)) is not None:
        return stage
    words = stage_words()
    if meaning is not None and meaning in words.classes:
        return _of_class(meaning, word, words)
    if re.fullmatch("[a-z]+(_[a-z]+)+", meant) and (elsewhere := _elsewhere(meant, shelf)):
        return Unclear(word, "other_playbook", elsewhere)
    found = _of_crm(word, crm, words)
    named = _of_name(word, shelf.playbooks) if isinstance(found, Unclear) and found.why == "unknown" else None
    return named or found


@lru_cache(4)
def _meanings(own: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return what the words of a team mean, by the words as they are compared."""
    return {_plain(word): meaning for word, meaning in own}


def check_stage_words(settings: Settings, shelf: Shelf) -> None:
    """Raise InvalidContentError where the settings give a word a meaning that is not known."""
    if not settings.stage_words:
        return
    classes = list(stage_words().classes)
    known = [*classes, *dict.fromkeys(stage for stages in shelf.all_stages.values() for stage in stages)]
    found = chain(_unknown_meanings(settings, known, ", ".join(classes)), _words_twice(settings))
    if problems := tuple(islice(found, MOST_SHOWN)):
        raise InvalidContentError(*problems)


def _unknown_meanings(settings: Settings, known: Sequence[str], kinds: str) -> Iterator[Problem]:
    for word, meaning in settings.stage_words.items():
        if meaning not in known:
            problem = unknown("unknown_claim", meaning, known, kinds=kinds)
            yield problem._replace(hint="list_claims", location=settings.origins.get(f"stage_words.{word}"))


def _words_twice(settings: Settings) -> Iterator[Problem]:
    """Yield each word that is the same as an earlier one but for case and spaces: which one would hold?"""
    seen: dict[str, str] = {}
    for word in settings.stage_words:
        first = seen.setdefault(_plain(word), word)
        if first != word:
            place = settings.origins.get(f"stage_words.{word}")
            yield Problem("word_twice", {"first": first, "second": word}, place)


def _elsewhere(stage: str, shelf: Shelf) -> tuple[str, ...]:
    """Return the playbooks that have a stage of this id."""
    return tuple(name for name, stages in shelf.all_stages.items() if stage in stages)


def word_for(
    track: tuple[str, Sequence[str]], stage: str, before: int, crm: str | None, own: Mapping[str, str]
) -> str | None:
    """Return the word that claims a stage most closely and nothing from the stage `before` (an index) on.

    `track`: a playbook and its stages. A word of the deal's own CRM, or else one of the team; None where none fits.
    """
    name = crm_called(crm) if crm else None
    for claims in (_claims()[name].values() if name else (), _own_claims(own, track[0])):
        spans = {claim.word: _span(claim, track, stage, before) for claim in claims}
        if fitting := [word for word, span in spans.items() if span]:
            return min(fitting, key=lambda word: spans[word])
    return None


def _own_claims(own: Mapping[str, str], playbook: str) -> list[Claim]:
    """Return what the words of a team claim in a playbook."""
    words = stage_words()
    return [
        _of_class(meaning, word, words)
        if meaning in words.classes
        else Claim(word, "open", {playbook: (meaning, meaning)})
        for word, meaning in own.items()
    ]


def _span(claim: Claim, track: tuple[str, Sequence[str]], stage: str, before: int) -> int:
    """Return how many stages a claim spans, 0 where it does not fit: it is over, misses the stage, or goes on."""
    span = claim.span(*track) if claim.status == "open" else None
    fits = span and span[0] <= track[1].index(stage) <= span[1] < before
    return span[1] - span[0] + 1 if span and fits else 0


@cache
def stage_words() -> StageWords:
    """Return the stage words that ship."""
    source = Source("crm_words.yaml", Path(__file__).with_name("crm_words.yaml").read_text("utf-8"))
    return validate(StageWords, prepared(source) or parse(source), source, {})


def crm_called(name: str) -> str | None:
    """Return the id of the CRM that goes by `name`: its id or its title, whatever the case."""
    plain = _plain(name)
    crms = stage_words().crms.items()
    exact = (crm for crm, each in crms if plain in (crm, _plain(each.title)))
    return next(exact, None) or next((crm for crm, each in crms if plain.startswith((crm, _plain(each.title)))), None)


def _of_stage(meant: str, word: str, playbooks: Sequence[Playbook]) -> Claim | None:
    ranges = {book.name: (meant, meant) for book in playbooks if book.kind == "linear" and meant in book.stages}
    return Claim(word, "open", ranges) if ranges else None


def _of_name(word: str, playbooks: Sequence[Playbook]) -> Claim | None:
    """Return what the name that a stage has on screens claims."""
    called = {book.name: book.state_called(word) for book in playbooks if book.kind == "linear"}
    ranges = {name: (stage, stage) for name, stage in called.items() if stage}
    return Claim(word, "open", ranges) if ranges else None


def _of_class(name: str, word: str, words: StageWords, *, scheduled: bool = False) -> Claim:
    """Return what a word of a class claims; what is only scheduled claims no more than the class before."""
    here = words.classes[name]
    names = list(words.classes)
    earlier = words.classes[names[max(0, names.index(name) - 1)]]
    ranges = {
        book: ((BEFORE if here is earlier else earlier.claims[book][0]) if scheduled else first, last)
        for book, (first, last) in here.claims.items()
    }
    return Claim(word, here.status, ranges, earlier.jobs if scheduled else here.jobs)


def _of_crm(word: str, crm: str | None, words: StageWords) -> Claim | Unclear:
    chosen = [crm_called(crm)] if crm else list(words.crms)
    if chosen == [None]:
        return Unclear(word, "unknown_crm", tuple(each.title for each in words.crms.values()))
    found = {name: each for name in chosen if name and (each := _in_crm(word, name))}
    meanings = {(each.status, tuple(each.ranges.items())) for each in found.values()}
    if len(meanings) == 1:
        return next(iter(found.values()))
    if found:
        return Unclear(word, "ambiguous", tuple(words.crms[name].title for name in found))
    is_id = any(_plain(word) in words.crms[name].ids for name in chosen if name)
    return Unclear(word, "internal_id" if is_id else "unknown")


def _in_crm(word: str, name: str) -> Claim | None:
    """Return what a word claims in a CRM, None where it has no such word."""
    claim = _claims()[name].get(_plain(word))
    return claim._replace(word=word) if claim else None


@cache
def _claims() -> dict[str, dict[str, Claim]]:
    """Return what each word claims, by CRM, for words as they are compared."""
    words = stage_words()
    return {
        name: {_plain(word): _claim(word, crm, words) for word in _words_of(crm)} for name, crm in words.crms.items()
    }


def _claim(word: str, crm: Crm, words: StageWords) -> Claim:
    return _of_class(_words_of(crm)[word], word, words, scheduled=word in crm.scheduled)


def _words_of(crm: Crm) -> dict[str, str]:
    """Return the class of each word and of each internal id whose meaning can't change."""
    return {**crm.kept_ids, **crm.words}


@lru_cache(1000)
def _plain(word: str) -> str:
    """Return a word as it is compared: without case, spaces around marks, and full-width forms of them."""
    narrow = word.casefold().translate(str.maketrans("／－　", "/- "))
    return re.sub(r"\s*([/-])\s*", r"\1", " ".join(narrow.split()))
