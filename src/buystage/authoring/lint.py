"""What is well-formed in a playbook or a file of signals and yet not good: the rules of `playbook check`.

A rule is a pure function that yields findings: its id, the place in the file, what fills its message.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from buystage.authoring.reachability import Effort, best_answers
from buystage.authoring.wording import MOST_CHARACTERS, MOST_WORDS, has_two_facts, length, names_our_act
from buystage.diagnosis.scoring import NO_COST, TOPIC_CAP, YES_COST, closing
from buystage.model.catalogue import Catalogue, Signal
from buystage.model.fields import Text
from buystage.model.playbook import Playbook, Track
from buystage.model.rows import WORDS, Row

Path = tuple[str | int, ...]

TOLD = 2  # decibels; a signal that never sets two states further apart tells next to nothing
APART = 2  # steps between row words from which one row contradicts another


class Lint(NamedTuple):
    """What a rule found: where in the file, and what to say."""

    rule: str
    path: Path
    params: Mapping[str, object] = {}


def lint_playbook(playbook: Playbook, data: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Lint]:
    """Yield what is not good in a playbook."""
    yield from _missing_languages(data)
    yield from _states(playbook)
    for track in playbook.tracks:
        yield from _unreachable(track, catalogue)
        yield from _rows_that_tell_nothing(track, data)
        yield from _contradicted(track, data, catalogue)
    if playbook.kind == "linear":
        yield from _outweighing(playbook.tracks[0], catalogue)


def lint_signals(
    signals: Mapping[str, Signal], data: Mapping[str, Any], used: Collection[str] | None
) -> Iterator[Lint]:
    """Yield what is not good in a file of signals; `used` are the signals that playbooks use, where that is known."""
    yield from _missing_languages(data)
    for name, signal in signals.items():
        place: Path = ("signals", name)
        yield from _wording((*place, "ask"), signal.ask)
        yield from _our_acts((*place, "ask"), signal.ask)
        yield from _our_acts((*place, "counts_as_yes"), signal.counts_as_yes)
        yield from _our_acts((*place, "fact", "if_yes"), signal.fact.if_yes)
    if used is not None:
        yield from (Lint("unused-signal", ("signals", name), {"id": name}) for name in signals if name not in used)


def signals_used(playbooks: Iterable[Playbook], catalogue: Catalogue) -> set[str]:
    """Return the signals that count in a playbook: by a row, by reopening a job, or by what they imply."""
    placed = {signal for book in playbooks for track in book.tracks for signal in track.signals}
    return placed | {name for name, implied in catalogue.implied_by.items() if placed.intersection(implied)}


# --- texts -----------------------------------------------------------------------------------------------------


def _missing_languages(data: Mapping[str, Any]) -> Iterator[Lint]:
    """A file may keep to one language; one that has both must have both everywhere."""
    texts = list(_texts(data, ()))
    languages = [language for language in ("en", "zh") if any(text.get(language) for _, text in texts)]
    for path, text in texts:
        for language in languages:
            if not str(text.get(language) or "").strip():
                yield Lint("missing-language", path, {"language": language})


def _texts(value: object, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        if value.keys() & {"en", "zh"} and value.keys() <= {"en", "zh", "origin"}:
            yield path, value
            return
        for key, each in value.items():
            yield from _texts(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _texts(each, (*path, index))


def _wording(path: Path, ask: Text) -> Iterator[Lint]:
    for language, most in (("en", MOST_WORDS), ("zh", MOST_CHARACTERS)):
        text = getattr(ask, language)
        if text and length(text, language) > most:
            params = {"count": length(text, language), "most": most, "language": language}
            yield Lint("long-question", (*path, language), params)
        if text and has_two_facts(text, language):
            yield Lint("two-facts", (*path, language))


def _our_acts(path: Path, text: Text) -> Iterator[Lint]:
    for language in ("en", "zh"):
        words = names_our_act(getattr(text, language) or "", language)
        if words:
            yield Lint("seller-activity", (*path, language), {"words": words})


# --- states ----------------------------------------------------------------------------------------------------


def _states(playbook: Playbook) -> Iterator[Lint]:
    kind = "stages" if playbook.kind == "linear" else "jobs"
    for name, state in playbook.states.items():
        place: Path = (kind, name)
        yield from _our_acts((*place, "customer"), state.customer)
        yield from _our_acts((*place, "ends_when"), state.ends_when)
        for index, text in enumerate(state.looks_like):
            yield from _our_acts((*place, "looks_like", index), text)
        if not state.actions:
            yield Lint("state-without-action", place, {"state": name})
        for action, parts in state.actions.items():
            if _is_blank(parts.why):
                yield Lint("action-without-why", (*place, "actions", action, "why"), {"action": action})


def _is_blank(text: Text) -> bool:
    return not any(re.search(r"\w", each) for each in (text.en, text.zh) if each)


def _unreachable(track: Track, catalogue: Catalogue) -> Iterator[Lint]:
    effort = Effort()
    for index, state in enumerate(track.states):
        unsettled = track.is_job and state == "satisfied" and not closing(track)
        if unsettled or best_answers(track, index, catalogue.topic_of, effort) is None:
            where: Path = ("jobs", track.id) if track.is_job else ("stages", state)
            yield Lint("unreachable-state", where, {"state": f"{track.id}={state}" if track.is_job else state})


# --- rows ------------------------------------------------------------------------------------------------------


def _rows_that_tell_nothing(track: Track, data: Mapping[str, Any]) -> Iterator[Lint]:
    for signal, row in track.rows.items():
        if len(set(row)) == 1:
            yield Lint("all-equal-row", place_of_row(track, signal, data), {"id": signal, "word": row[0]})
        elif spread_of(row) < TOLD:
            yield Lint("tells-nothing", place_of_row(track, signal, data), {"id": signal, "most": spread_of(row)})


def spread_of(row: Row) -> int:
    """Return the most decibels by which an answer to a signal with this row sets two states apart."""
    return max(max(costs) - min(costs) for costs in ([YES_COST[w] for w in row], [NO_COST[w] for w in row]))


def _contradicted(track: Track, data: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Lint]:
    """A signal is never rarer than one that implies it: whoever shows the one shows the other."""
    for name, row in track.rows.items():
        for other in catalogue.implied_by[name]:
            theirs = track.rows.get(other)
            if theirs is None:
                continue
            at = max(range(len(row)), key=lambda state: WORDS.index(row[state]) - WORDS.index(theirs[state]))
            if WORDS.index(row[at]) - WORDS.index(theirs[at]) >= APART:
                params = {"id": name, "other": other, "state": track.states[at], "word": row[at], "rarer": theirs[at]}
                yield Lint("implication-contradicts-rows", place_of_row(track, other, data), params)


def _outweighing(track: Track, catalogue: Catalogue) -> Iterator[Lint]:
    """One topic is at most 8 dB: where it holds more than all the others together, most of its signals are lost."""
    weights: dict[str, int] = {}
    for signal, row in track.rows.items():
        topic = catalogue.topic_of[signal]
        weights[topic] = weights.get(topic, 0) + spread_of(row)
    heaviest = max(weights, key=lambda topic: weights[topic], default="")
    others = sum(weights.values()) - weights.get(heaviest, 0)
    if weights and weights[heaviest] > max(others, TOPIC_CAP):
        params = {"topic": heaviest, "mine": weights[heaviest], "others": others}
        yield Lint("topic-outweighs", ("stages",), params)


def place_of_row(track: Track, signal: str, data: Mapping[str, Any]) -> Path:
    """Return where in the file the row of a signal stands: among the full rows, or in a list of shorthand."""
    homes = {track.id: ("jobs", track.id)} if track.is_job else {state: ("stages", state) for state in track.states}
    for path in homes.values():
        rows = data[path[0]][path[1]].get("rows") or {}
        for shorthand, listed in rows.items():
            if shorthand == "words" and signal in listed:
                return (*path, "rows", "words", signal)
            if isinstance(listed, list) and signal in listed:
                return (*path, "rows", shorthand, listed.index(signal))
    return ("rows", signal)
