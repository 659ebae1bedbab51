"""What to ask on the call, from the diagnoses."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from buystage.diagnosis.answers import Knowledge
from buystage.diagnosis.result import Ask, Change, Diagnosis, JobsDiagnosis, LinearDiagnosis
from buystage.diagnosis.scoring import SEEN, gain
from buystage.model.catalogue import Catalogue
from buystage.model.playbook import Playbook, Track
from buystage.model.rows import PERCENT

MOST_ASKED = 3

Diagnosed = tuple[Playbook, Diagnosis]


def what_to_ask(reads: Sequence[Diagnosed], answers: Knowledge, catalogue: Catalogue) -> tuple[Ask, ...]:
    """Return up to three signals to ask about, the most useful first.

    What would close the jobs that are open again, then the active ones, then the stage; where too little is known to
    name a stage, what tells most; then how what goes on in them is coming along, single answers that would name
    another state, old answers, and what was asked before and not known. Never what the customer has closed.
    """
    telling = (ask for ask in _most_telling(reads, catalogue) if _within_reach(ask.signal, answers, catalogue))
    candidates = chain(
        _closing_jobs(reads),
        _closing_stages(reads, answers, catalogue),
        telling,
        _going_on(reads, answers, catalogue),
        _changing(reads),
        _old(reads, answers),
        _not_known(reads, answers),
    )
    closed = {name for name, known in answers.known.items() if known.is_yes and known.is_sure}
    wanted = (ask for ask in candidates if ask.kind == "goes_on" or ask.signal not in closed)
    return tuple(islice(_once(wanted), MOST_ASKED))


def _once(asks: Iterable[Ask]) -> Iterator[Ask]:
    seen: set[str] = set()
    for ask in asks:
        if ask.signal not in seen:
            seen.add(ask.signal)
            yield ask


# --- what closes -----------------------------------------------------------------------------------------------


def _closing_jobs(reads: Sequence[Diagnosed]) -> Iterator[Ask]:
    for playbook, diagnosis in reads:
        if isinstance(diagnosis, JobsDiagnosis):
            tracks = {track.id: track for track in playbook.tracks}
            for job in diagnosis.agenda:
                yield from (Ask(signal, playbook.name, job, "closes") for signal in tracks[job].done)


def _closing_stages(reads: Sequence[Diagnosed], answers: Knowledge, catalogue: Catalogue) -> Iterator[Ask]:
    """Yield what ends the stage, then what its actions work towards."""
    for playbook, diagnosis in reads:
        if isinstance(diagnosis, LinearDiagnosis) and diagnosis.stage:
            stage = playbook.stages[diagnosis.stage]
            served = [signal for action in stage.actions.values() for signal in action.for_.signals]
            near = [signal for signal in served if _within_reach(signal, answers, catalogue)]
            yield from (Ask(name, playbook.name, diagnosis.stage, "closes") for name in (*stage.rows.ends, *near))


# --- what goes on ----------------------------------------------------------------------------------------------


def _going_on(reads: Sequence[Diagnosed], answers: Knowledge, catalogue: Catalogue) -> Iterator[Ask]:
    """Yield what the customer is busy with in the open jobs and in the stage: how is it coming along?"""
    true = {name for name, known in answers.known.items() if known.is_present}
    busy = [name for name, signal in catalogue.signals.items() if name in true and signal.sort == "ongoing"]
    for playbook, diagnosis in reads:
        for track, state in _open_tracks(playbook, diagnosis):
            here = [name for name in busy if name in track.rows and _belongs(track, state, name)]
            yield from (Ask(name, playbook.name, state, "goes_on") for name in here)


def _open_tracks(playbook: Playbook, diagnosis: Diagnosis) -> Iterator[tuple[Track, str]]:
    """Yield each open job's track with the job's name, or the track of a linear playbook with the stage it names."""
    if isinstance(diagnosis, JobsDiagnosis):
        tracks = {track.id: track for track in playbook.tracks}
        yield from ((tracks[job], job) for job in diagnosis.agenda)
    elif diagnosis.stage:
        yield playbook.tracks[0], diagnosis.stage


def _belongs(track: Track, state: str, signal: str) -> bool:
    """Whether customers show the signal nowhere more often than here: in an active job, or in the stage."""
    at = track.states.index("active" if track.is_job else state)
    return PERCENT[track.rows[signal][at]] == max(PERCENT[word] for word in track.rows[signal])


# --- what would change it, what is old, what nobody knew --------------------------------------------------------


def _changing(reads: Sequence[Diagnosed]) -> Iterator[Ask]:
    for playbook, diagnosis in reads:
        for state, changes in _changes(diagnosis):
            yield from (
                Ask(each.signal, playbook.name, state or each.state, "changes") for each in changes if each.worth_asking
            )


def _changes(diagnosis: Diagnosis) -> Iterator[tuple[str | None, Sequence[Change]]]:
    """Yield what would change the stage named, or each job at work; a job not begun is nothing to ask about."""
    if isinstance(diagnosis, JobsDiagnosis):
        yield from ((job.id, job.reading.would_change) for job in diagnosis.jobs if job.state == "active")
    elif diagnosis.stage:
        yield None, diagnosis.reading.would_change


def _old(reads: Sequence[Diagnosed], answers: Knowledge) -> Iterator[Ask]:
    """Yield old answers that bear on an open job; without a jobs playbook, on the stage."""
    old = sorted((known for known in answers.known.values() if known.old), key=lambda each: each.date)
    jobs = [read for read in reads if isinstance(read[1], JobsDiagnosis)]
    for known in old:
        for playbook, diagnosis in jobs or reads:
            for track, state in _open_tracks(playbook, diagnosis):
                if known.signal in track.rows:
                    yield Ask(known.signal, playbook.name, state, "old")


def _not_known(reads: Sequence[Diagnosed], answers: Knowledge) -> Iterator[Ask]:
    """Yield what was asked before and not known, where customers in the stage usually begin to show it."""
    for playbook, diagnosis in reads:
        if isinstance(diagnosis, LinearDiagnosis) and diagnosis.stage:
            track = playbook.tracks[0]
            at = track.states.index(diagnosis.stage)
            usual = (name for name, row in track.rows.items() if PERCENT[row[at]] >= PERCENT["often"])
            expected = (name for name in usual if at == 0 or track.rows[name][at] != track.rows[name][at - 1])
            yield from (
                Ask(name, playbook.name, diagnosis.stage, "unknown") for name in expected if name in answers.unknown
            )


# --- what tells most -------------------------------------------------------------------------------------------


def _most_telling(reads: Sequence[Diagnosed], catalogue: Catalogue) -> Iterator[Ask]:
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


def _within_reach(signal: str, answers: Knowledge, catalogue: Catalogue) -> bool:
    """Whether all that a yes would imply is known to be so: nobody wants to be asked about the tenth step first."""
    return all(earlier in answers.known and answers.known[earlier].is_yes for earlier in catalogue.implied_by[signal])
