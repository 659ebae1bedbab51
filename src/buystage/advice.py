"""What to do and what to leave alone, from the diagnoses."""

from collections.abc import Iterator, Sequence
from itertools import islice

from buystage.answers import Answers
from buystage.deal import Context
from buystage.diagnosis import Advised, Diagnosis, LinearDiagnosis
from buystage.fields import Text
from buystage.playbook import Action, Playbook

MOST_ACTIONS = 5
MOST_AVOIDED = 3

Read = tuple[Playbook, Diagnosis]


def what_to_do(reads: Sequence[Read], answers: Answers, context: Context) -> tuple[Advised, ...]:
    """Return up to five actions for the named stages and the jobs in focus, each once.

    An action whose signals are all yes has done its work and is left out, and so is one whose time has not come;
    one that the deal's circumstances forbid is replaced by what is allowed instead, or left out.
    """
    advised: dict[str, Advised] = {}
    for playbook, state in _open_states(reads):
        for name, action in playbook.states[state].actions.items():
            forbidden = "contact_restricted" in action.for_.unless and context.contact_restricted == "yes"
            if name in advised or not _timely(action, answers) or (forbidden and action.instead is None):
                continue
            signal = next(_unserved(action, answers), None)
            role = next(iter(action.for_.roles), None)
            advised[name] = Advised(name, playbook.name, state, signal, role, forbidden)
    return tuple(islice(advised.values(), MOST_ACTIONS))


def _timely(action: Action, answers: Answers) -> bool:
    """Whether what must come first is there, and something it works towards is not."""
    begun = all(_is_yes(signal, answers) for signal in action.for_.after)
    return begun and (not action.for_.signals or any(_unserved(action, answers)))


def _unserved(action: Action, answers: Answers) -> Iterator[str]:
    return (signal for signal in action.for_.signals if not _is_yes(signal, answers))


def _is_yes(signal: str, answers: Answers) -> bool:
    return signal in answers.known and answers.known[signal].is_yes


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
            yield from ((playbook, job) for job in diagnosis.focus)
