"""A playbook as something to read: all its states, or one of them in full; and the list of playbooks."""

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from buystage.language import Language, say
from buystage.library.discovery import BUILT_IN, Found, is_builtin, origin_of
from buystage.library.playbooks import Shelf
from buystage.model.fields import Sourced
from buystage.model.fields import Text as Texts
from buystage.model.playbook import Action, Job, Note, Playbook, State, Track
from buystage.model.rows import JOB_STATES, PERCENT, Word
from buystage.render.words import fact_text, joined, origin_text
from buystage.terminal.console import literal
from buystage.terminal.wrapping import Marked, Text

GAP = 2  # columns between a label and what it labels


def playbook_list(
    shelf: Shelf, found: Mapping[str, Found], defaults: Sequence[str], language: Language
) -> RenderableType:
    """Return a block per playbook: name, title, what it is for, how much is in it, whence it comes, what it hides."""
    parts: list[RenderableType] = []
    for book, origin in zip(shelf.playbooks, shelf.origins, strict=True):
        signals = {signal for track in book.tracks for signal in track.signals}
        kind = say(f"kind_{book.kind}", language)
        counts = say("list_counts", language, states=len(book.states), kind=kind, signals=len(signals))
        notes = [counts, say("built_in", language) if origin == BUILT_IN else literal(origin)]
        notes += [say("list_default", language)] if book.name in defaults else []
        hidden = (
            say("built_in", language) if is_builtin(path) else origin_of(path) for path in found[book.name].hidden
        )
        notes += [say("list_hides", language, path=literal(path)) for path in hidden]
        title = Text(book.name, style="bold").append(f"  {literal(book.title[language])}", style="not bold")
        about = [Padding(Text(literal(book.about[language])), (0, 0, 0, 2))] if book.about else []
        parts += [title, *about, Padding(Text(" · ".join(notes), style="dim"), (0, 0, 0, 2))]
    return Group(*parts)


def overview(book: Playbook, shelf: Shelf, language: Language) -> RenderableType:
    """Return all states of a playbook, each with what the customer does, what ends it, what to do."""
    parts: list[RenderableType] = [_title(book, language)]
    for number, (name, state) in enumerate(book.states.items(), start=1):
        head = Text(f"{number}  {literal(state.title[language])}", style="bold").append(
            f"  {name}", style="dim not bold"
        )
        head.append(say("show_always_on", language) if _always_on(state) else "", style="yellow not bold")
        rows = [*_summary(state, language), ("show_facts", _signs(book, name, shelf, language))]
        parts += [Text(""), head, Padding(_facts(rows, language), (0, 0, 0, 3))]
    first = next(iter(book.states))
    more = Text(say("show_more", language, name=book.name, state=first), style="dim")
    parts += _notes(book.notes, language)
    return Group(*parts, Text(""), more)


def full_state(book: Playbook, name: str, shelf: Shelf, language: Language) -> RenderableType:
    """Return everything on one state: the reasons, the alternatives, the facts with how often they are seen."""
    state = book.states[name]
    head = Text(f"{literal(book.title[language])} · ", style="dim").append(
        literal(state.title[language]), style="bold not dim"
    )
    parts: list[RenderableType] = [head, Text(""), _facts([*_in_full(state, language)], language)]
    if state.actions:
        parts += [Text(""), Text(say("show_do", language), style="bold"), *_actions(state, shelf, language)]
    parts += _notes(state.notes, language)
    return Group(*parts, Text(""), *_signals(book, name, shelf, language))


# --- parts -----------------------------------------------------------------------------------------------------


def _title(book: Playbook, language: Language) -> RenderableType:
    title = Text(literal(book.title[language]), style="bold")
    about = [Text(literal(book.about[language]))] if book.about else []
    about += [Text(say("show_cyclic", language))] if book.cyclic == "yes" else []
    origin = Text(say("show_origin", language, origin=origin_text(book.origin, language)), style="dim")
    return Group(title, *about, origin)


def _always_on(state: State) -> bool:
    return isinstance(state, Job) and state.always_on == "yes"


def _summary(state: State, language: Language) -> Iterator[tuple[str, list[str]]]:
    """Yield what there is to say of a state, with what to do, and without where it comes from."""
    for key, texts in _texts(state):
        if key == "show_avoid":
            yield "show_do", [action.do[language] for action in state.actions.values()]
        yield key, [_said(key, text[language]) for text in texts]
        if key == "show_ends_when" and state.expected_days:
            yield "show_days", [say("show_days_count", language, days=state.expected_days)]


def _in_full(state: State, language: Language) -> Iterator[tuple[str, list[str]]]:
    """Yield what there is to say of a state, each text with where it comes from if not from where the rest does."""
    for key, texts in _texts(state):
        yield key, [_said(key, _sourced(text, language)) for text in texts]
        if key == "show_ends_when" and state.expected_days:
            yield "show_days", [say("show_days_count", language, days=state.expected_days)]


def _texts(state: State) -> Iterator[tuple[str, Sequence[Texts]]]:
    yield "show_customer", [state.customer]
    yield "show_says", [state.says] if state.says else []
    yield "show_phases", [*state.phases.values()]
    yield "show_looks_like", state.looks_like
    yield "show_ends_when", [state.ends_when]
    yield "show_avoid", state.avoid


def _said(key: str, text: str) -> str:
    return f"“{text}”" if key == "show_says" else text


def _sourced(text: Texts, language: Language) -> str:
    origin = text.origin if isinstance(text, Sourced) else None
    return (
        say("show_sourced", language, text=text[language], origin=origin_text(origin, language))
        if origin
        else text[language]
    )


def _notes(notes: Mapping[str, Note], language: Language) -> Iterator[RenderableType]:
    """Yield each note with its points and where it comes from."""
    for note in notes.values():
        head = Text(literal(note.title[language]), style="bold")
        head.append(f"  {origin_text(note.origin, language)}", style="dim not bold")
        points = [Marked("– ", Text(literal(_sourced(point, language)))) for point in note.points]
        yield from (Text(""), head, Padding(Group(*points), (0, 0, 0, 2)))


def _facts(rows: Iterator[tuple[str, list[str]]] | list[tuple[str, list[str]]], language: Language) -> RenderableType:
    labelled = [
        ("" if index else say(key, language), "– " if len(texts) > 1 else "", literal(text))
        for key, texts in rows
        for index, text in enumerate(texts)
    ]
    room = max((cell_len(label) for label, _, _ in labelled), default=0) + GAP
    return Group(*(Marked(set_cell_size(label, room) + mark, Text(text), "dim") for label, mark, text in labelled))


def _actions(state: State, shelf: Shelf, language: Language) -> Iterator[RenderableType]:
    for number, (name, action) in enumerate(state.actions.items(), start=1):
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(f"{number}."), Text(literal(action.do[language])))
        for note in action_notes(action, shelf, language):
            grid.add_row("", Text(literal(note), style="dim"))
        grid.add_row("", Text(f"{name} · {origin_text(action.origin, language)}", style="dim"))
        yield grid


def action_notes(action: Action, shelf: Shelf, language: Language) -> Iterator[str]:
    """Yield why to take an action, what must be there first, and what to do instead where contact is restricted."""
    yield say("show_why", language, why=action.why[language])
    if action.for_.after:
        facts = joined((fact_text(shelf, signal, "yes", language) for signal in action.for_.after), language)
        yield say("show_after", language, facts=facts)
    if action.for_.until:
        facts = joined((fact_text(shelf, signal, "yes", language) for signal in action.for_.until), language)
        yield say("show_until", language, facts=facts)
    if action.instead:
        yield say("show_instead", language, instead=action.instead[language])
    elif action.for_.unless:
        yield say("show_not_if_restricted", language)


def _signals(book: Playbook, name: str, shelf: Shelf, language: Language) -> Iterator[RenderableType]:
    """Return the facts that tell about a state; of a job those that tell it is settled, and what reopens it."""
    track, at = _track_of(book, name)
    ranked = sorted(track.rows.items(), key=lambda each: -PERCENT[each[1][at]])
    yield Text(say("show_facts_settled" if track.is_job else "show_facts_in", language), style="bold")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for signal, row in ranked:
        fact = Text(fact_text(shelf, signal, "yes", language)).append(f"  {signal}", style="dim")
        grid.add_row(Text(word_text(row[at], language)), fact)
    yield grid
    if track.reopened:
        facts = joined((fact_text(shelf, signal, "yes", language) for signal in track.reopened), language)
        yield Text(say("show_reopens", language, facts=facts))


def _signs(book: Playbook, name: str, shelf: Shelf, language: Language) -> list[str]:
    """Return the facts that are common in a state and rarer in the one before, with their row words."""
    track, at = _track_of(book, name)
    common = [
        (signal, row[at])
        for signal, row in track.rows.items()
        if PERCENT[row[at]] >= PERCENT["often"] and (at == 0 or PERCENT[row[at - 1]] < PERCENT[row[at]])
    ]
    ranked = sorted(common, key=lambda each: -PERCENT[each[1]])
    return [
        say("show_fact", language, fact=fact_text(shelf, signal, "yes", language), word=word_text(word, language))
        for signal, word in ranked
    ]


def _track_of(book: Playbook, name: str) -> tuple[Track, int]:
    """Return the track a state belongs to and the index whose words to show: a job is shown where it is settled."""
    if book.kind == "linear":
        return book.tracks[0], book.tracks[0].states.index(name)
    return next(track for track in book.tracks if track.id == name), JOB_STATES.index("satisfied")


def word_text(word: Word, language: Language) -> str:
    """Return a row word with its percentage: words alone are read differently by different people."""
    return say("word_percent", language, word=say(word, language), percent=PERCENT[word])
