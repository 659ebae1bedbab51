"""What the answers come to on one track, and why: evidence, what would change it, what does not go together."""

from collections.abc import Iterator, Mapping
from functools import partial
from math import sqrt

from buystage.diagnosis.answers import Knowledge, Supposed
from buystage.diagnosis.result import Change, Conflict, Evidence, StateScore, TrackReading
from buystage.diagnosis.scoring import (
    NO_COST,
    SEEN,
    YES_COST,
    Costs,
    Score,
    capped,
    cost,
    gain,
    score_of,
    topic_costs,
    total_costs,
)
from buystage.model.answer import Answer, Value
from buystage.model.catalogue import Catalogue
from buystage.model.playbook import Track
from buystage.model.rows import Row

YES_AND_NO: tuple[Value, ...] = ("yes", "no")
MOST_CHANGES = 3
MISFIT = 2.0  # standard deviations by which the best state may pay more than its own words predict
HARD = 3  # decibels: an answer that costs the best state this much is one it can't explain


def read_track(track: Track, answers: Knowledge, result: Score, catalogue: Catalogue) -> TrackReading:
    """Return the reading of one track from its score: verdict, probabilities, evidence, what would change it."""
    states = partial(map, StateScore, track.states, result.costs, result.probabilities)
    return TrackReading(
        verdict=result.verdict,
        best=track.states[result.best],
        range=track.states[result.first : result.last + 1],
        confidence=result.confidence,
        runner_up=track.states[result.runner_up],
        margin_db=result.margin,
        find_states=states,
        find_conflicts=partial(conflicts, track, answers.known, result, catalogue),
        find_evidence=partial(evidence, track, answers.known, result.best, result.runner_up, catalogue),
        find_changes=partial(would_change, track, answers, result, catalogue),
    )


# --- evidence --------------------------------------------------------------------------------------------------


def evidence(track: Track, known: Mapping[str, Answer], best: int, rival: int, catalogue: Catalogue) -> list[Evidence]:
    """Return what speaks for state `best` over `rival`, strongest first; it adds up to their margin exactly.

    A topic that the cap holds back is one line naming its members. Lines of 0 dB are left out.
    """
    lines: list[Evidence] = []
    for topic, costs in topic_costs(track, known, catalogue.topic_of).items():
        held = capped(costs)
        points = held[rival] - held[best]
        members = {signal: known[signal] for signal in _of_topic(topic, track, known, catalogue)}
        single = {signal: _points(track.rows[signal], answer, best, rival) for signal, answer in members.items()}
        if sum(single.values()) == points:
            lines += [_line(topic, (members[signal],), db) for signal, db in single.items()]
        else:
            telling = sorted((signal for signal, db in single.items() if db), key=lambda signal: -single[signal])
            lines.append(_line(topic, tuple(members[signal] for signal in telling), points, capped=True))
    return sorted((line for line in lines if line.db), key=lambda line: -line.db)


def _of_topic(topic: str, track: Track, known: Mapping[str, Answer], catalogue: Catalogue) -> Iterator[str]:
    return (signal for signal in track.rows if signal in known and catalogue.topic_of[signal] == topic)


def _points(row: Row, answer: Answer, best: int, rival: int) -> float:
    return answer.weight * (cost(row[rival], answer.value) - cost(row[best], answer.value))


def _line(topic: str, members: tuple[Answer, ...], points: float, *, capped: bool = False) -> Evidence:
    newest_first = sorted(members, key=lambda member: member.date, reverse=True)
    told = next((member for member in newest_first if member.quote), newest_first[0])
    return Evidence(
        topic=topic,
        signals=tuple(member.signal for member in members),
        answers=tuple(member.value for member in members),
        db=points,
        capped=capped,
        date=told.date,
        quote=told.quote,
        by=told.by,
        implied=all(member.implied_by for member in members),
        assumed=all(member.assumed for member in members),
    )


# --- what would change it --------------------------------------------------------------------------------------


def would_change(track: Track, answers: Knowledge, result: Score, catalogue: Catalogue) -> list[Change]:
    """Return up to three single answers that would name another state: unanswered signals first, then by size.

    The size is what asking tells about the state (bits), so that an answer which would turn everything but which
    nobody expects comes last.
    """
    if answers.newest is None:
        return []
    before = topic_costs(track, answers.known, catalogue.topic_of)
    found: list[Change] = []
    for signal in track.rows:
        for value in _other_values(answers.known.get(signal)):
            supposed = answers.if_given(signal, value, catalogue)
            if after := _turned(track, _resummed(track, supposed, before, catalogue.topic_of), result):
                bits = gain(track, result.probabilities, signal)
                found.append(Change(signal, value, track.states[after.best], bits))
                break
    return sorted(found, key=lambda each: (each.signal in answers.known, -each.bits))[:MOST_CHANGES]


def _other_values(known: Answer | None) -> tuple[Value, ...]:
    """Return the answers that would be news: none to what follows from another answer."""
    if known is None:
        return YES_AND_NO
    return () if known.implied_by else ("no",) if known.is_yes else ("yes",)


def _resummed(
    track: Track, supposed: Supposed, before: Mapping[str, Costs], topics: Mapping[str, str]
) -> dict[str, Costs]:
    """Return the costs of each topic with supposed answers; only the topics of what they change are summed up anew."""
    anew = {topics[name] for name in supposed.changed}
    kept = {topic: costs for topic, costs in before.items() if topic not in anew}
    return kept | topic_costs(track, supposed.known, topics, anew)


def _turned(track: Track, by_topic: Mapping[str, Costs], now: Score) -> Score | None:
    """Return the score that costs come to where it names another state than now; most do not."""
    costs = total_costs(len(track.states), by_topic)
    if costs.index(min(costs)) == now.best and now.verdict != "insufficient":
        return None
    after = score_of(len(track.states), by_topic)
    return after if after.verdict != "insufficient" else None


# --- what does not go together ---------------------------------------------------------------------------------


def conflicts(track: Track, known: Mapping[str, Answer], result: Score, catalogue: Catalogue) -> list[Conflict]:
    """Return contradictions among the answers of a track: shown to a person, never scored."""
    pairs = contradictions(known, catalogue)
    mine = [pair for pair in pairs if any(signal in track.signals for signal in pair.signals)]
    return [*mine, *_unexplained(track, known, result)]


def contradictions(known: Mapping[str, Answer], catalogue: Catalogue) -> tuple[Conflict, ...]:
    """Return the pairs of answers that exclude each other, then the later steps met with an earlier one denied."""
    given = {name: each for name, each in known.items() if not each.implied_by}
    return (*_excluded(given, catalogue), *_denied(given, catalogue))


def _excluded(given: Mapping[str, Answer], catalogue: Catalogue) -> Iterator[Conflict]:
    true = {name for name, each in given.items() if each.is_yes}
    for pair in catalogue.excluded_pairs:
        if true.issuperset(pair):
            yield Conflict("excluded", tuple(given[signal] for signal in pair))


def _denied(given: Mapping[str, Answer], catalogue: Catalogue) -> Iterator[Conflict]:
    """A later step that is met while an earlier one it rests on is denied; of several the nearest."""
    denied = {name for name, each in given.items() if not each.is_yes}
    nearest: dict[str, tuple[int, str]] = {}
    for name, each in given.items():
        if each.is_yes and not denied.isdisjoint(catalogue.implied_by[name]):
            for steps, target in enumerate(catalogue.implied_by[name]):
                if target in denied and steps < nearest.get(target, (steps + 1, ""))[0]:
                    nearest[target] = steps, name
    for target in given:
        if target in nearest:
            yield Conflict("denied", (given[nearest[target][1]], given[target]))


def _unexplained(track: Track, known: Mapping[str, Answer], result: Score) -> Iterator[Conflict]:
    """Answers that the named state can't explain: it pays more than two deviations over what its words predict.

    The person-fit test of `docs/scoring.md`, over the words of the best state.
    """
    answered = [(signal, known[signal], row[result.best]) for signal, row in track.rows.items() if signal in known]
    excess = variance = 0.0
    for _, answer, word in answered:
        chance, yes, no = SEEN[word], YES_COST[word], NO_COST[word]
        excess += answer.weight * (cost(word, answer.value) - (chance * yes + (1 - chance) * no))
        variance += answer.weight**2 * chance * (1 - chance) * (yes - no) ** 2
    if result.verdict != "insufficient" and variance and excess / sqrt(variance) > MISFIT:
        hard = (answer for _, answer, word in answered if cost(word, answer.value) >= HARD)
        yield Conflict("unexplained", tuple(hard))
