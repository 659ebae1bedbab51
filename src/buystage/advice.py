"""What to ask on the call, what to do, and what to leave alone, from the diagnoses."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from buystage.answers import Answers
from buystage.catalogue import Catalogue
from buystage.deal import Context
from buystage.diagnosis import Advised, Ask, Diagnosis, JobDiagnosis, JobsDiagnosis, LinearDiagnosis
from buystage.fields import Text
from buystage.playbook import Action, Playbook, Track
from buystage.rows import JOB_STATES
from buystage.scoring import SEEN, gain

MOST_ASKED = 3
MOST_ACTIONS = 5
MOST_AVOIDED = 3

Read = tuple[Playbook, Diagnosis]


# --- ask -------------------------------------------------------------------------------------------------------


def what_to_ask(reads: Sequence[Read], answers: Answers, catalogue: Catalogue) -> tuple[Ask, ...]:
    """Return up to three signals to ask about, the most useful first.

    What would close the jobs that are open again, then the active ones, then the stage; then single answers that
    would name another state; then old answers; where too little is known to name a stage, what tells most. Never
    what the customer has closed.
    """
    candidates = (*_closing_jobs(reads), *_closing_stages(reads), *_changing(reads), *_old(reads, answers))
    unnamed = any(isinstance(diagnosis, LinearDiagnosis) and diagnosis.stage is None for _, diagnosis in reads)
    candidates += tuple(_most_telling(reads, catalogue)) if unnamed else ()
    closed = {name for name, known in answers.known.items() if known.is_yes and not known.old}
    wanted = (ask for ask in candidates if ask.signal not in closed)
    return tuple(islice(_once(wanted), MOST_ASKED))


def _once(asks: Iterable[Ask]) -> Iterator[Ask]:
    seen: set[str] = set()
    for ask in asks:
        if ask.signal not in seen:
            seen.add(ask.signal)
            yield ask


def _closing_jobs(reads: Sequence[Read]) -> Iterator[Ask]:
    for playbook, diagnosis in reads:
        if isinstance(diagnosis, JobsDiagnosis):
            tracks = {track.id: track for track in playbook.tracks}
            for job in _open_jobs(diagnosis):
                yield from (Ask(signal, playbook.name, job.id) for signal in tracks[job.id].done)


def _open_jobs(diagnosis: JobsDiagnosis) -> list[JobDiagnosis]:
    reopened = [job for job in diagnosis.jobs if job.state == "reopened"]
    return reopened + [job for job in diagnosis.jobs if job.state == "active"]


def _closing_stages(reads: Sequence[Read]) -> Iterator[Ask]:
    for playbook, diagnosis in reads:
        if isinstance(diagnosis, LinearDiagnosis) and diagnosis.stage:
            ends = playbook.stages[diagnosis.stage].rows.ends
            yield from (Ask(signal, playbook.name, diagnosis.stage) for signal in ends)


def _changing(reads: Sequence[Read]) -> Iterator[Ask]:
    for playbook, diagnosis in reads:
        if isinstance(diagnosis, LinearDiagnosis):
            changes = (each for each in diagnosis.reading.would_change if not each.surprising)
            yield from (Ask(change.signal, playbook.name, change.state) for change in changes)
        else:
            for job in diagnosis.jobs:
                changes = (each for each in job.reading.would_change if not each.surprising)
                yield from (Ask(change.signal, playbook.name, job.id) for change in changes)


def _old(reads: Sequence[Read], answers: Answers) -> Iterator[Ask]:
    old = (known for known in answers.known.values() if known.old)
    for known in sorted(old, key=lambda each: each.date):
        for playbook, diagnosis in reads:
            for track in playbook.tracks:
                if known.signal in track.rows:
                    yield Ask(known.signal, playbook.name, _state_of(diagnosis, track), old=True)


def _state_of(diagnosis: Diagnosis, track: Track) -> str:
    return diagnosis.reading.best if isinstance(diagnosis, LinearDiagnosis) else track.id


def _most_telling(reads: Sequence[Read], catalogue: Catalogue) -> Iterator[Ask]:
    """Yield signals by the bits they tell over all tracks together, each with the state that a yes would point to."""
    tracks = [
        (playbook, track, shares)
        for playbook, diagnosis in reads
        for track, shares in zip(playbook.tracks, _shares(diagnosis), strict=True)
    ]
    ranked: list[tuple[float, Ask]] = []
    for signal in catalogue.signals:
        bits = [(gain(track, shares, signal), playbook, track, shares) for playbook, track, shares in tracks]
        most, playbook, track, shares = max(bits, key=lambda each: each[0])
        if most:
            ranked.append(
                (sum(each[0] for each in bits), Ask(signal, playbook.name, _pointed_at(track, shares, signal)))
            )
    yield from (ask for _, ask in sorted(ranked, key=lambda each: -each[0]))


def _shares(diagnosis: Diagnosis) -> list[list[float]]:
    """Return the probabilities of each track of a diagnosis."""
    readings = [diagnosis.reading] if isinstance(diagnosis, LinearDiagnosis) else [j.reading for j in diagnosis.jobs]
    return [[state.probability for state in reading.states] for reading in readings]


def _pointed_at(track: Track, shares: Sequence[float], signal: str) -> str:
    """Return the stage that a yes would make likeliest, or the job it is about."""
    if track.states == JOB_STATES:
        return track.id
    after = [share * SEEN[word] for share, word in zip(shares, track.rows[signal], strict=True)]
    return track.states[after.index(max(after))]


# --- do --------------------------------------------------------------------------------------------------------


def what_to_do(reads: Sequence[Read], answers: Answers, context: Context) -> tuple[Advised, ...]:
    """Return up to five actions for the named stages and the open jobs, each once.

    An action whose signals are all yes has done its work and is left out; one that the deal's circumstances forbid
    is replaced by what is allowed instead, or left out.
    """
    advised: dict[str, Advised] = {}
    for playbook, state in _open_states(reads):
        for name, action in playbook.states[state].actions.items():
            forbidden = "contact_restricted" in action.for_.unless and context.contact_restricted == "yes"
            if name in advised or _served(action, answers) or (forbidden and action.instead is None):
                continue
            signal = next(_unserved(action, answers), None)
            role = next(iter(action.for_.roles), None)
            advised[name] = Advised(name, playbook.name, state, signal, role, forbidden)
    return tuple(islice(advised.values(), MOST_ACTIONS))


def _served(action: Action, answers: Answers) -> bool:
    """Whether all signals that the action works towards are yes."""
    return bool(action.for_.signals) and not any(_unserved(action, answers))


def _unserved(action: Action, answers: Answers) -> Iterator[str]:
    known = answers.known
    return (name for name in action.for_.signals if name not in known or not known[name].is_yes)


def what_to_avoid(reads: Sequence[Read]) -> tuple[Text, ...]:
    """Return up to three things to leave alone in the named stages and the jobs in focus."""
    texts = (text for playbook, state in _open_states(reads) for text in playbook.states[state].avoid)
    return tuple(islice(dict.fromkeys(texts), MOST_AVOIDED))


def _open_states(reads: Sequence[Read]) -> Iterator[tuple[Playbook, str]]:
    for playbook, diagnosis in reads:
        if isinstance(diagnosis, LinearDiagnosis):
            if diagnosis.stage:
                yield playbook, diagnosis.stage
        else:
            yield from ((playbook, job.id) for job in _open_jobs(diagnosis))
