"""The questions of the interview in words."""

from buystage.interview.choosing import LADDER, Move, Question
from buystage.language import Language, say
from buystage.library.playbooks import Shelf
from buystage.render.words import fact_text, joined, short_name
from buystage.terminal.console import literal
from buystage.terminal.prompt import Option, Prompt

NONE = "none"  # the ladder's answer where not even the first rung is reached
MOVES = (("b", Move.BACK.value, "key_back"), ("q", Move.STOP.value, "key_stop"))
YES_NO = (("y", "yes", "key_yes"), ("n", "no", "key_no"))
UNKNOWN = ("?", "unknown", "key_unknown")
GUESSES = (("Y", "yes:assumed", "key_yes_guess"), ("N", "no:assumed", "key_no_guess"))


def question_prompt(question: Question, shelf: Shelf, language: Language, most: int) -> Prompt:
    """Return a question as a prompt."""
    heading = say("question_number", language, number=question.number, most=most)
    if question.kind == "ladder":
        return _ladder(question, shelf, language, heading)
    return (
        _again(question, shelf, language, heading)
        if question.kind == "again"
        else _fact(question, shelf, language, heading)
    )


def which_prompt(question: Question, shelf: Shelf, language: Language) -> Prompt:
    """Return the question which of the settled things are open again, by job."""
    names = {signal: _job_of(signal, shelf, language) for signal in question.signals}
    options = tuple(
        Option(
            str(at),
            signal,
            say("label", language, label=names[signal], text=fact_text(shelf, signal, "yes", language)),
        )
        for at, signal in enumerate(question.signals, start=1)
    )
    question_text = say("again_which", language)
    others, hint = _options(MOVES, language), _hint(language)
    return Prompt("", question_text, (), options, others, (), hint, question.standing)


def yes_or_no(question: str, notes: tuple[str, ...], language: Language) -> Prompt:
    """Return a question that is answered by yes or no alone."""
    return Prompt("", question, notes, _options(YES_NO, language))


def _ladder(question: Question, shelf: Shelf, language: Language, heading: str) -> Prompt:
    rungs = (
        Option(str(LADDER.index(signal) + 1), signal, fact_text(shelf, signal, "yes", language))
        for signal in question.signals
    )
    none = () if question.standing else (Option("0", NONE, say("ladder_none", language)),)
    options = (*rungs, *none, *_options((UNKNOWN,), language))
    signals = shelf.catalogue.signals
    more = tuple(
        say("more_rung", language, number=LADDER.index(name) + 1, text=literal(signals[name].counts_as_yes[language]))
        for name in question.signals
    )
    hint = _hint(language, "more")
    return Prompt(heading, say("ladder_ask", language), (), options, _options(MOVES, language), more, hint)


def _again(question: Question, shelf: Shelf, language: Language, heading: str) -> Prompt:
    so_far = joined((_job_of(signal, shelf, language) for signal in question.standing), language)
    logged = (say("again_so_far", language, jobs=so_far),) if so_far else ()
    notes = logged + tuple(say(f"note_{word}", language, text=say(f"again_{word}", language)) for word in ("yes", "no"))
    options = _options((*YES_NO, UNKNOWN), language)
    more = (say("again_mistaken", language),)
    hint = _hint(language, "more")
    return Prompt(heading, say("again_ask", language), notes, options, _options(MOVES, language), more, hint)


def _fact(question: Question, shelf: Shelf, language: Language, heading: str) -> Prompt:
    signal = shelf.catalogue.signals[question.signals[0]]
    return Prompt(
        heading,
        literal(signal.ask[language]),
        (
            say("note_yes", language, text=literal(signal.counts_as_yes[language])),
            say("note_no", language, text=literal(signal.counts_as_no[language])),
        ),
        _options((*YES_NO, UNKNOWN), language),
        _options((*GUESSES, *MOVES), language),
        (
            say("more_mistaken", language, text=literal(signal.mistaken_for[language])),
            say("more_probe", language, text=literal(signal.probe[language])),
        ),
        _hint(language, "guess", "more"),
    )


def _hint(language: Language, *keys: str) -> str:
    """Return what else may be pressed."""
    return say("hint_and", language).join(say(f"hint_{key}", language) for key in (*keys, "moves"))


def _job_of(signal: str, shelf: Shelf, language: Language) -> str:
    jobs = (
        book.jobs[track.id]
        for book in shelf.playbooks
        if book.kind == "jobs"
        for track in book.tracks
        if signal in track.reopened
    )
    return short_name(next(jobs), language)


def _options(keys: tuple[tuple[str, str, str], ...], language: Language) -> tuple[Option, ...]:
    return tuple(Option(key, value, say(word, language)) for key, value, word in keys)
