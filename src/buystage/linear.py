"""The diagnosis of a linear playbook: one track, one stage."""

from buystage.answers import Answers
from buystage.catalogue import Catalogue
from buystage.diagnosis import Evidence, LinearDiagnosis
from buystage.playbook import Playbook, Track
from buystage.reading import evidence, read_track


def diagnose_stage(playbook: Playbook, origin: str, answers: Answers, catalogue: Catalogue) -> LinearDiagnosis:
    """Return the stage of a deal whose answers these are."""
    (track,) = playbook.tracks
    reading = read_track(track, answers, catalogue)
    reasons = tuple(_reasons(track, track.states.index(reading.best), answers, catalogue))
    return LinearDiagnosis(playbook.name, playbook.version, origin, reading, reasons)


def _reasons(track: Track, best: int, answers: Answers, catalogue: Catalogue) -> list[Evidence]:
    """Return what says that they are past the stage before and not yet in the one after, strongest first."""
    neighbours = [state for state in (best - 1, best + 1) if 0 <= state < len(track.states)]
    lines = [line for rival in neighbours for line in evidence(track, answers.known, best, rival, catalogue)]
    strongest: dict[tuple[str, ...], Evidence] = {}
    for line in sorted(lines, key=lambda each: -each.db):
        if line.db > 0:
            strongest.setdefault(line.signals, line)
    return list(strongest.values())
