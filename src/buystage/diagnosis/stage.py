"""The diagnosis of a linear playbook: one track, one stage."""

from functools import partial
from itertools import chain, zip_longest

from buystage.diagnosis.answers import Knowledge
from buystage.diagnosis.result import Evidence, LinearDiagnosis
from buystage.diagnosis.scoring import score
from buystage.diagnosis.track import evidence, read_track
from buystage.model.catalogue import Catalogue
from buystage.model.playbook import Playbook, Track

LEAST = 0.5  # decibels; less, such as what has faded for months, is no reason


def diagnose_stage(playbook: Playbook, origin: str, answers: Knowledge, catalogue: Catalogue) -> LinearDiagnosis:
    """Return the stage of a deal whose answers these are."""
    (track,) = playbook.tracks
    reading = read_track(track, answers, score(track, answers.known, catalogue.topic_of), catalogue)
    find_reasons = partial(_reasons, track, track.states.index(reading.best), answers, catalogue)
    return LinearDiagnosis(playbook.name, playbook.version, origin, reading, find_reasons)


def _reasons(track: Track, best: int, answers: Knowledge, catalogue: Catalogue) -> list[Evidence]:
    """Return what says that they are past the stage before and not yet in the one after, the strongest of each in turn.

    What speaks for one of the two neighbours is no reason; what merely follows from other answers comes last.
    """
    neighbours = [state for state in (best - 1, best + 1) if 0 <= state < len(track.states)]
    lines = [evidence(track, answers.known, best, rival, catalogue) for rival in neighbours]
    against = {line.signals for each in lines for line in each if line.db < 0}
    speaking = [
        sorted(
            (line for line in each if line.db >= LEAST and line.signals not in against), key=lambda line: line.implied
        )
        for each in lines
    ]
    once: dict[tuple[str, ...], Evidence] = {}
    for line in chain.from_iterable(zip_longest(*speaking)):
        if line is not None:
            once.setdefault(line.signals, line)
    return sorted(once.values(), key=lambda line: line.implied)
