"""The diagnosis of a linear playbook: one track, one stage."""

from buystage.answers import Answers
from buystage.catalogue import Catalogue
from buystage.diagnosis import LinearDiagnosis
from buystage.playbook import Playbook
from buystage.reading import read_track


def diagnose_stage(playbook: Playbook, origin: str, answers: Answers, catalogue: Catalogue) -> LinearDiagnosis:
    """Return the stage of a deal whose answers these are."""
    (track,) = playbook.tracks
    return LinearDiagnosis(playbook.name, playbook.version, origin, read_track(track, answers, catalogue))
