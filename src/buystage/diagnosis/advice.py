"""What to do and what to leave alone, from the diagnoses."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import TypeVar

from buystage.diagnosis.answers import Knowledge
from buystage.diagnosis.result import Advised, Diagnosis, LinearDiagnosis
from buystage.library.playbooks import Shelf
from buystage.model.deal import Context
from buystage.model.fields import Text
from buystage.model.playbook import Action, Playbook

MOST_ACTIONS = 5
LIKELY = 0.5  # probability; a stage that is not even likely forbids nothing
MOST_AVOIDED = 3

Diagnosed = tuple[Playbook, Diagnosis]
T = TypeVar("T")


def what_to_do(reads: Sequence[Diagnosed], answers: Knowledge, context: Context) -> tuple[Advised, ...]:
    """Return up to five actions for what is open again, the named stages and the open jobs, each once, taking turns.

    An action whose signals are all yes has done its work and is left out, and so is one whose time has not come;
    one that the deal's circumstances forbid is replaced by what is allowed instead, or left out.
    """
    chosen: dict[str, Advised] = {}
    true = frozenset(_reopening(reads))
    for advised in _taking_turns(_advised(*place, answers, context, true) for place in _open_states(reads)):
        chosen.setdefault(advised.id, advised)
    return tuple(islice(chosen.values(), MOST_ACTIONS))


def _reopening(reads: Sequence[Diagnosed]) -> Iterator[str]:
    """Yield the reopening signals of the jobs that are open again, whether an answer or the log says so."""
    for playbook, diagnosis in reads:
        if not isinstance(diagnosis, LinearDiagnosis):
            again = (job.id for job in diagnosis.jobs if job.state == "reopened")
            yield from (signal for job in again for signal in playbook.jobs[job].rows.reopened)


def _advised(
    playbook: Playbook, state: str, answers: Knowledge, context: Context, true: frozenset[str]
) -> Iterator[Advised]:
    for name, action in playbook.states[state].actions.items():
        forbidden = "contact_restricted" in action.for_.unless and context.contact_restricted == "yes"
        if _timely(action, answers, true) and not (forbidden and action.instead is None):
            signal = next(_unserved(action, answers), None)
            yield Advised(name, playbook.name, state, signal, next(iter(action.for_.roles), None), forbidden)


def _timely(action: Action, answers: Knowledge, true: frozenset[str]) -> bool:
    """Whether what must come first is there, what ends its time is not, nor all that it works towards.

    `true` is what holds whatever was answered: a job that the log shows to be open again is open again.
    """
    begun = all(signal in true or _is_present(signal, answers) for signal in action.for_.after)
    over = any(_is_present(signal, answers) for signal in action.for_.until)
    return begun and not over and (not action.for_.signals or any(_unserved(action, answers)))


def _unserved(action: Action, answers: Knowledge) -> Iterator[str]:
    """Yield what the action works towards and the customer has not shown; our guess serves nothing."""
    known = answers.known
    return (name for name in action.for_.signals if name not in known or not known[name].is_yes or known[name].assumed)


def _is_present(signal: str, answers: Knowledge) -> bool:
    return signal in answers.known and answers.known[signal].is_present


def what_to_avoid(reads: Sequence[Diagnosed]) -> tuple[Text, ...]:
    """Return up to three things to leave alone in what is open again, the named stages and the open jobs."""
    likely = [
        read for read in reads if not isinstance(read[1], LinearDiagnosis) or read[1].reading.confidence >= LIKELY
    ]
    in_turn = _taking_turns(playbook.states[state].avoid for playbook, state in _open_states(likely))
    return tuple(islice({(text.en, text.zh): text for text in in_turn}.values(), MOST_AVOIDED))


def _taking_turns(groups: Iterable[Iterable[T]]) -> Iterator[T]:
    """Yield the first of each group, then the second of each, and so on: no state takes all the room."""
    return (each for turn in zip_longest(*groups) for each in turn if each is not None)


def _open_states(reads: Sequence[Diagnosed]) -> Iterator[tuple[Playbook, str]]:
    """Return what is open again, then the named stages, then the other open jobs and those that lag."""
    reopened, others = [], []
    for playbook, diagnosis in reads:
        if isinstance(diagnosis, LinearDiagnosis):
            others += [(playbook, diagnosis.stage)] if diagnosis.stage else []
        else:
            wanted = [diagnosis.job(name) for name in dict.fromkeys((*diagnosis.agenda, *diagnosis.lagging))]
            reopened += [(playbook, job.id) for job in wanted if job.state == "reopened"]
            others += [(playbook, job.id) for job in wanted if job.state != "reopened"]
    return chain(reopened, others)


def action_of(advised: Advised, shelf: Shelf) -> Action:
    """Return the action that is recommended."""
    return shelf.playbook(advised.playbook).states[advised.state].actions[advised.id]


def words_of(advised: Advised, shelf: Shelf) -> tuple[Text, Text]:
    """Return what to do and why for a recommended action."""
    action = action_of(advised, shelf)
    return (action.instead if advised.instead and action.instead else action.do), action.why
