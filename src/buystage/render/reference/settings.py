"""The settings in use, each with where it comes from."""

import os
from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table

from buystage.language import Language, say
from buystage.library.discovery import origin_of
from buystage.settings.values import SEVERITIES, Settings
from buystage.terminal.console import literal
from buystage.terminal.wrapping import Text


def settings_screen(settings: Settings, language: Language, named_by: str | None) -> RenderableType:
    """Return a line a setting: its key as in `buystage.yaml`, its value, where that comes from.

    `named_by`: the flag or variable that names the language, where one does.
    """
    rows = Table.grid(padding=(0, 2))
    for _ in range(3):
        rows.add_column(overflow="fold")
    locale = None if settings.language else say("config_locale", language)
    for key, value in _values(settings, language):
        origin = (named_by or locale if key == "language" else None) or _origin(key, settings, language)
        rows.add_row(Text(_short(key), style="bold"), Text(literal(value)), Text(literal(origin), style="dim"))
    return rows


def _values(settings: Settings, language: Language) -> Iterator[tuple[str, str]]:
    yield "language", language.value
    yield "playbooks", ", ".join(map(_seen_from_here, settings.playbooks))
    if settings.playbook_folders:
        yield "playbook_folders", ", ".join(map(_seen_from_here, settings.playbook_folders))
    yield from ((f"stage_words.{word}", meaning) for word, meaning in settings.stage_words.items())
    yield from ((f"rules.{rule}", settings.rules.judgement(rule)) for rule in SEVERITIES)
    for folder, rules in settings.folders.items():
        for rule in dict.fromkeys((*rules.levels, *rules.thresholds)):
            yield f"folders.{folder}.{rule}", settings.rules.within(rules).judgement(rule)


def _origin(key: str, settings: Settings, language: Language) -> str:
    place = settings.origins.get(key)
    return f"{origin_of(place.file)}:{place.line}" if place else say("config_shipped", language)


def _short(key: str) -> str:
    """Return a key with the folder in it as seen from here."""
    kind, _, rest = key.partition(".")
    return f"{kind}.{_seen_from_here(rest)}" if kind == "folders" else literal(key)


def _seen_from_here(path: str) -> str:
    """Return a path as seen from the current folder where it lies below, a name as it is."""
    return literal(origin_of(path) if os.sep in path else path)
