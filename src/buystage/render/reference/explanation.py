"""What a signal, state, action or rule is, and the list of all of them."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from buystage.language import Language, say
from buystage.language.lint_words import LINT_WORDS
from buystage.language.rule_words import RULE_WORDS
from buystage.library.playbooks import Shelf
from buystage.model.playbook import Action, Playbook
from buystage.render.diagnosis.findings import rule_word
from buystage.render.reference.playbook import action_notes, full_state, word_text
from buystage.render.words import joined, origin_text, short_name
from buystage.settings.values import RuleSettings
from buystage.terminal.console import literal
from buystage.terminal.wrapping import Text


def explained(name: str, shelf: Shelf, language: Language) -> list[RenderableType]:
    """Return every signal, state and action called `name`, nothing where there is none."""
    found: list[RenderableType] = []
    if name in shelf.catalogue.signals:
        found.append(_signal(name, shelf, language))
    for book in shelf.playbooks:
        if called := book.state_called(name):
            found.append(full_state(book, called, shelf, language))
        for state, parts in book.states.items():
            if name in parts.actions:
                found.append(_action(name, parts.actions[name], book, state, shelf, language))
    return found


def explained_rule(name: str, rules: RuleSettings, language: Language) -> list[RenderableType]:
    """Return what a rule is about, nothing where there is no such rule. Works whatever is wrong in playbooks."""
    found = [_rule(name, rules, language)] if name in RULE_WORDS else []
    return [*found, _check(name, language)] if name in LINT_WORDS else found


def names(shelf: Shelf) -> list[str]:
    """Return all ids that can be explained."""
    actions = [name for book in shelf.playbooks for state in book.states.values() for name in state.actions]
    states = (name for book in shelf.playbooks for name in book.states)
    return [*shelf.catalogue.signals, *states, *actions, *RULE_WORDS, *LINT_WORDS]


def everything(shelf: Shelf, language: Language) -> RenderableType:
    """Return the list of all that can be explained: signals by topic, then states and actions by playbook."""
    parts: list[RenderableType] = []
    for topic, topic_title in shelf.catalogue.topics.items():
        signals = {name: s.ask for name, s in shelf.catalogue.signals.items() if s.topic == topic}
        if signals:
            rows = {name: literal(ask[language]) for name, ask in signals.items()}
            parts += _block(f"{say('explain_signal', language)} · {literal(topic_title[language])}", rows)
    for book in shelf.playbooks:
        title = f"{say('explain_playbook', language)} {book.name}"
        states = {name: literal(state.title[language]) for name, state in book.states.items()}
        actions = {n: literal(a.do[language]) for state in book.states.values() for n, a in state.actions.items()}
        parts += _block(f"{title} · {say('explain_state', language)}", states)
        parts += _block(f"{title} · {say('explain_action', language)}", actions)
    rules = {name: rule_word(name, "detects", language) for name in RULE_WORDS}
    checks = {name: words["why"][language] for name, words in LINT_WORDS.items()}
    parts += _block(say("explain_rule", language), rules)
    return Group(*parts, *_block(say("explain_check", language), checks)[:-1])


def _block(title: str, rows: dict[str, str]) -> list[RenderableType]:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in rows.items():
        grid.add_row(Text(name), Text(text))
    return [Text(title, style="bold"), Padding(grid, (0, 0, 0, 2)), Text("")]


# --- a signal --------------------------------------------------------------------------------------------------


def _signal(name: str, shelf: Shelf, language: Language) -> RenderableType:
    grid = _fields(dict(_signal_fields(name, shelf, language)), language)
    head = Text(literal(shelf.catalogue.signals[name].ask[language]), style="bold")
    return Group(head.append(f"  {name}", style="dim not bold"), Text(""), grid, *_rows(name, shelf, language))


def _signal_fields(name: str, shelf: Shelf, language: Language) -> Iterator[tuple[str, str]]:
    signal = shelf.catalogue.signals[name]
    yield "explain_yes", signal.counts_as_yes[language]
    yield "explain_no", signal.counts_as_no[language]
    yield "explain_mistaken", signal.mistaken_for[language]
    yield "explain_ask", signal.probe[language]
    yield "explain_sort", say(f"sort_{signal.sort}", language)
    yield "explain_topic", shelf.catalogue.topics[signal.topic][language]
    if signal.implies:
        yield "explain_implies", joined(signal.implies, language)
    if signal.excludes:
        yield "explain_excludes", joined(signal.excludes, language)
    yield "explain_origin", origin_text(signal.origin, language)


def _rows(name: str, shelf: Shelf, language: Language) -> Iterator[RenderableType]:
    for book in shelf.playbooks:
        for track in book.tracks:
            if row := track.rows.get(name):
                titles = _titles(book, track.states, language)
                cells = {title: word_text(word, language) for title, word in zip(titles, row, strict=True)}
                single = book.kind == "linear"
                where = book.title if single else book.jobs[track.id].title
                yield Text("")
                yield from _block(say("explain_rows", language, where=literal(where[language])), cells)[:-1]


def _titles(book: Playbook, states: tuple[str, ...], language: Language) -> list[str]:
    if book.kind == "jobs":
        return [say(state, language) for state in states]
    return [short_name(book.stages[state], language) for state in states]


# --- an action -------------------------------------------------------------------------------------------------


def _action(name: str, action: Action, book: Playbook, state: str, shelf: Shelf, language: Language) -> RenderableType:
    head = Text(literal(action.do[language]), style="bold").append(f"  {name}", style="dim not bold")
    fields = {
        "explain_in": f"{literal(book.title[language])} · {short_name(book.states[state], language)}",
        "explain_origin": origin_text(action.origin, language),
    }
    notes = (Text(literal(note)) for note in action_notes(action, shelf, language))
    return Group(head, *notes, _fields(fields, language))


def _fields(rows: dict[str, str], language: Language) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for key, text in rows.items():
        grid.add_row(Text(say(key, language)), Text(literal(text)))
    return grid


# --- a rule ----------------------------------------------------------------------------------------------------


def _rule(name: str, rules: RuleSettings, language: Language) -> RenderableType:
    head = Text(rule_word(name, "title", language), style="bold").append(f"  {name}", style="dim not bold")
    fields = {"explain_effect": "effect", "explain_countermeasure": "countermeasure"}
    told = {key: rule_word(name, part, language) for key, part in fields.items()}
    told["explain_level"] = rules.judgement(name)
    return Group(head, Text(rule_word(name, "detects", language)), _fields(told, language))


def _check(name: str, language: Language) -> RenderableType:
    words = LINT_WORDS[name]
    head = Text(name, style="bold").append(f"  {say('explain_check', language)}", style="dim not bold")
    return Group(head, Text(words["why"][language]), _fields({"explain_fix": words["fix"][language]}, language))
