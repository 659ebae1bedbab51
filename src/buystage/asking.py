"""What to ask on the call, from the diagnoses."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from buystage.answers import Answers
from buystage.catalogue import Catalogue
from buystage.diagnosis import Ask, Diagnosis, JobsDiagnosis, LinearDiagnosis
from buystage.playbook import Playbook, Track
from buystage.scoring import SEEN, gain

MOST_ASKED = 3

Read = tuple[Playbook, Diagnosis]


def what_to_ask(reads: Sequence[Read], answers: Answers, catalogue: Catalogue) -> tuple[Ask, ...]:
    """Return up to three signals to ask about, the most useful first.

    What would close the jobs that are open again, then the active ones, then the stage, or, where too little is
    known to name one, what tells most; then single answers that would name another state; then old answers. Never
    what the customer has closed.
    """
    telling = (ask for ask in _most_telling(reads, catalogue) if _within_reach(ask.signal, answers, catalogue))
    jobs = [*_closing_jobs(reads)]
    closing = chain(jobs, _closing_stages(reads, answers, catalogue, with_actions=not jobs))
    candidates = chain(closing, telling, _changing(reads), _old(reads, answers))
    closed = {name for name, known in answers.known.items() if known.is_yes and not known.old}
    return tuple(islice(_once(ask for ask in candidates if ask.signal not in closed), MOST_ASKED))


def _once(asks: Iterable[Ask]) -> Iterator[Ask]:
    seen: set[str] = set()
    for ask in asks:
        if ask.signal not in seen:
            seen.add(ask.signal)
            yield ask


# --- what closes -----------------------------------------------------------------------------------------------


def _closing_jobs(reads: Sequence[Read]) -> Iterator[Ask]:
    for playbook, diagnosis in reads:
        if isinstance(diagnosis, JobsDiagnosis):
            tracks = {track.id: track for track in playbook.tracks}
            for job in diagnosis.focus:
                yield from (Ask(signal, playbook.name, job, "closes") for signal in tracks[job].done)


def _closing_stages(
    reads: Sequence[Read], answers: Answers, catalogue: Catalogue, *, with_actions: bool
) -> Iterator[Ask]:
    """Yield what ends the stage, then, where no job says what is open, what its actions work towards."""
    for playbook, diagnosis in reads:
        if isinstance(diagnosis, LinearDiagnosis) and diagnosis.stage:
            stage = playbook.stages[diagnosis.stage]
            served = [signal for action in stage.actions.values() for signal in action.for_.signals]
            near = [signal for signal in served if with_actions and _within_reach(signal, answers, catalogue)]
            yield from (Ask(name, playbook.name, diagnosis.stage, "closes") for name in (*stage.rows.ends, *near))


# --- what would change it, what is old ---------------------------------------------------------------------------


def _changing(reads: Sequence[Read]) -> Iterator[Ask]:
    for playbook, diagnosis in reads:
        if isinstance(diagnosis, LinearDiagnosis):
            changes = diagnosis.reading.would_change if diagnosis.stage else ()
            yield from (Ask(each.signal, playbook.name, each.state, "changes") for each in changes if each.worth_asking)
        else:
            for job in diagnosis.jobs:
                changes = job.reading.would_change if job.state != "satisfied" else ()
                yield from (Ask(each.signal, playbook.name, job.id, "changes") for each in changes if each.worth_asking)


def _old(reads: Sequence[Read], answers: Answers) -> Iterator[Ask]:
    old = (known for known in answers.known.values() if known.old)
    for known in sorted(old, key=lambda each: each.date):
        for playbook, diagnosis in reads:
            for track in playbook.tracks:
                if known.signal in track.rows:
                    state = diagnosis.reading.best if isinstance(diagnosis, LinearDiagnosis) else track.id
                    yield Ask(known.signal, playbook.name, state, "old")


# --- what tells most -------------------------------------------------------------------------------------------


def _most_telling(reads: Sequence[Read], catalogue: Catalogue) -> Iterator[Ask]:
    """Yield signals by the bits they tell over all tracks together, where a linear playbook names no stage."""
    if not any(isinstance(diagnosis, LinearDiagnosis) and diagnosis.stage is None for _, diagnosis in reads):
        return
    tracks = [(book, *each) for book, diagnosis in reads for each in zip(book.tracks, _shares(diagnosis), strict=True)]
    ranked: list[tuple[float, Ask]] = []
    for signal in catalogue.signals:
        bits = [(gain(track, shares, signal), book, track, shares) for book, track, shares in tracks]
        most, book, track, shares = max(bits, key=lambda each: each[0])
        if most:
            ask = Ask(signal, book.name, _pointed_at(track, shares, signal), "tells")
            ranked.append((sum(each[0] for each in bits), ask))
    yield from (ask for _, ask in sorted(ranked, key=lambda each: -each[0]))


def _shares(diagnosis: Diagnosis) -> list[list[float]]:
    """Return the probabilities of each track of a diagnosis."""
    readings = [diagnosis.reading] if isinstance(diagnosis, LinearDiagnosis) else [j.reading for j in diagnosis.jobs]
    return [[state.probability for state in reading.states] for reading in readings]


def _pointed_at(track: Track, shares: Sequence[float], signal: str) -> str:
    """Return the stage that a yes would make likeliest, or the job it is about."""
    if track.is_job:
        return track.id
    after = [share * SEEN[word] for share, word in zip(shares, track.rows[signal], strict=True)]
    return track.states[after.index(max(after))]


def _within_reach(signal: str, answers: Answers, catalogue: Catalogue) -> bool:
    """Whether all that a yes would imply is known to be so: nobody wants to be asked about the tenth step first."""
    return all(earlier in answers.known and answers.known[earlier].is_yes for earlier in catalogue.implied_by[signal])
