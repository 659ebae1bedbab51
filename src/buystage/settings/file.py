"""The settings files of a team and of a user, `buystage.yaml`, as what they set."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from buystage.errors import InputError, InvalidContentError, Location, Problem, discreet
from buystage.files.opening import open_own
from buystage.files.source import Source, read_source
from buystage.files.strict_yaml import location_of, parse
from buystage.files.validation import validate
from buystage.model.fields import FileModel, Line, Name, one_of
from buystage.settings.values import SEVERITIES, THRESHOLDS, Level, RuleSettings, Settings

MOST_PLAYBOOKS, MOST_WORDS = 20, 1000  # more than any team has; a stranger's settings must not keep a command busy


class RuleConfig(FileModel):
    """How a rule judges: how bad what it finds is, and from what on it reports, in the rule's own unit."""

    severity: Level | None = None
    """How bad what it finds is; off: not looked for."""
    days: Annotated[int, Field(ge=0, strict=True)] | None = None
    """More days than that."""
    percent: Annotated[int, Field(ge=0, strict=True)] | None = None
    """As many of a hundred."""
    people: Annotated[int, Field(ge=0, strict=True)] | None = None
    """No more people than that."""


def _no_nul(value: str) -> str:
    if "\0" in value:
        raise PydanticCustomError("control_character", "NUL", {"code": "U+0000"})
    return value


PathText = Annotated[Line, AfterValidator(_no_nul)]


def _spelt_out(value: object) -> object:
    return {"severity": value} if isinstance(value, str) else value


Rules = Mapping[
    Annotated[Name, AfterValidator(one_of("rules"))],
    Annotated[RuleConfig, BeforeValidator(_spelt_out, json_schema_input_type=RuleConfig | Level)],
]


class FolderConfig(FileModel):
    """What holds for the deals in a folder."""

    rules: Rules = Field(default_factory=dict)
    """How rules judge there."""


class Config(FileModel):
    """The settings that a team shares."""

    schema_: Literal["buystage.config/v1"] | None = Field(default=None, alias="schema")
    """The kind of file this is."""
    language: Literal["en", "zh"] | None = None
    """The language of screens and reports, where neither a flag nor BUYSTAGE_LANG names one."""
    playbooks: Annotated[tuple[PathText, ...], Field(min_length=1, max_length=MOST_PLAYBOOKS)] | None = None
    """The buying models in use where no --playbook names others."""
    playbook_folders: Annotated[tuple[PathText, ...], Field(max_length=MOST_PLAYBOOKS)] = ()
    """Where the team keeps playbooks and signals, seen from this file; the first folder that has a name wins."""
    stage_words: Mapping[Line, Line] = Field(default_factory=dict, max_length=MOST_WORDS)
    """What the stage words of the team's CRM claim: a kind of claim such as `offer`, or a stage of a playbook."""
    rules: Rules = Field(default_factory=dict)
    """How rules judge: a severity, or a mapping with a threshold besides."""
    folders: Mapping[PathText, FolderConfig] = Field(default_factory=dict, max_length=MOST_WORDS)
    """What holds for the deals in a folder, seen from this file."""


def settings_in(paths: Sequence[str]) -> Settings:
    """Return what settings files set, the first one before the others.

    Raises InputError where one can't be read or a folder it names is not there, InvalidContentError where it is wrong.
    """
    found = Settings()
    for path in reversed(paths):
        found = _read(path).over(found)
    return found


def _read(path: str) -> "_File":
    """Return a settings file. Of one behind a link errors cite nothing: it may have come with somebody's folder."""
    try:
        return _File(read_source(path, open_own))
    except InvalidContentError as error:
        raise (discreet(error) if os.path.islink(path) else error) from None


class _File:
    """One settings file, its data with their places, and the folder that its paths are seen from."""

    def __init__(self, source: Source) -> None:
        self.source, self.data = source, parse(source)
        self.config = validate(Config, self.data, source, {"rules": SEVERITIES})
        self.folder = os.path.dirname(os.path.realpath(source.name))
        if problems := [*self._missing_folders(), *self._foreign_units()]:
            raise InputError(*problems)

    def over(self, before: Settings) -> Settings:
        """Return the settings of this file in front of others."""
        config = self.config
        return Settings(
            language=config.language or before.language,
            playbooks=tuple(map(self._playbook, config.playbooks or ())) or before.playbooks,
            stage_words={**before.stage_words, **config.stage_words},
            rules=before.rules.within(_judging(config.rules)),
            folders={**before.folders, **self._judging_in_folders()},
            playbook_folders=(*map(self._path, config.playbook_folders), *before.playbook_folders),
            origins={**before.origins, **dict(self._origins())},
        )

    def _judging_in_folders(self) -> dict[str, RuleSettings]:
        folders = self.config.folders.items()
        return {os.path.realpath(self._path(name)): _judging(each.rules) for name, each in folders}

    def _path(self, name: str) -> str:
        """Return a path that the file names, seen from it, as an absolute one."""
        return os.path.normpath(os.path.join(self.folder, os.path.expanduser(name)))

    def _playbook(self, name: str) -> str:
        """Return a playbook by its name, or by its path as seen from here."""
        is_path = name.endswith((".yaml", ".yml")) or "/" in name
        return self._path(name) if is_path else name

    def _missing_folders(self) -> Iterator[Problem]:
        """Yield each folder of playbooks that is not there; one of deals may be empty, and git keeps none such."""
        for at, name in enumerate(self.config.playbook_folders):
            if not os.path.isdir(self._path(name)):
                yield Problem("no_folder", {"folder": name}, self._place("playbook_folders", at), "no_folder_hint")

    def _foreign_units(self) -> Iterator[Problem]:
        """Yield each threshold in a unit that its rule does not count in."""
        for path, rules in self._all_rules():
            for rule, each in rules.items():
                own = THRESHOLDS[rule][0] if rule in THRESHOLDS else None
                for unit in each.model_fields_set - {"severity", own}:
                    words = {"rule": rule, "key": unit, "own": own}
                    hint = "foreign_unit_hint" if own else None
                    yield Problem("foreign_unit", words, self._place(*path, rule, unit), hint)

    def _all_rules(self) -> Iterator[tuple[tuple[str, ...], Mapping[str, RuleConfig]]]:
        yield ("rules",), self.config.rules
        yield from ((("folders", name, "rules"), each.rules) for name, each in self.config.folders.items())

    def _origins(self) -> Iterator[tuple[str, Location]]:
        """Yield the place of each value by its dotted key; of mappings that of each entry."""
        for key, value in self.data.items():
            yield key, self._place(key)
            if isinstance(value, Mapping):
                yield from ((f"{key}.{name.strip()}", self._place(key, name)) for name in map(str, value))
        for name, each in self.config.folders.items():
            folder = f"folders.{os.path.realpath(self._path(name))}"
            yield from ((f"{folder}.{rule}", self._place("folders", name, "rules", rule)) for rule in each.rules)

    def _place(self, *path: str | int) -> Location:
        return location_of(self.data, path, self.source, key=True)


def _judging(rules: Mapping[str, RuleConfig]) -> RuleSettings:
    levels = {name: each.severity for name, each in rules.items() if each.severity}
    limits = {name: getattr(each, THRESHOLDS[name][0]) for name, each in rules.items() if name in THRESHOLDS}
    return RuleSettings(levels, {name: limit for name, limit in limits.items() if limit is not None})
