"""The playbooks in use: found by name or by path, read, and put on a shelf with the catalogue they share."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from buystage.errors import InputError, InvalidContentError, Problem, UsageError
from buystage.files.source import Source, read_source
from buystage.files.strict_yaml import YamlMap, location_of, parse
from buystage.files.validation import at_place, shown, unknown, validate
from buystage.library.consistency import case_problems, check_playbook
from buystage.library.discovery import (
    discreet_abroad,
    found_playbooks,
    is_builtin,
    origin_of,
    playbook_path,
    read_in_folder,
    unreadable_folder,
)
from buystage.library.prepared import prepared
from buystage.library.signal_files import load_catalogue
from buystage.model.catalogue import Catalogue
from buystage.model.playbook import Case, Playbook
from buystage.settings.values import DEFAULT_PLAYBOOKS, Settings

_TOP_LEVEL = re.compile(r"^[^ #\n-]", re.MULTILINE)


@dataclass(frozen=True)
class Shelf:
    """The playbooks chosen, the catalogue that serves them all, and where each playbook comes from."""

    catalogue: Catalogue
    playbooks: tuple[Playbook, ...]
    origins: tuple[str, ...]

    @cached_property
    def all_stages(self) -> Mapping[str, tuple[str, ...]]:
        """The stages of every linear playbook there is, in use or not; one that is broken has none to offer."""
        return {
            **dict(_stages_found()),
            **{book.name: tuple(book.stages) for book in self.playbooks if book.kind == "linear"},
        }

    def playbook(self, name: str) -> Playbook:
        """Return the playbook of this name."""
        return next(each for each in self.playbooks if each.name == name)


def load_shelf(names: Sequence[str] = DEFAULT_PLAYBOOKS) -> Shelf:
    """Return the playbooks with these names or paths, each once, with the catalogue they share, and without cases.

    A playbook given by path may bring a `signals.yaml` beside it. Raises UsageError for a name that is not known and
    for two files that go by the same name, InputError for a file that can't be read, InvalidContentError for one
    that is wrong.
    """
    named = {os.path.realpath(path): (path, name) for name, path in zip(names, map(path_of, names), strict=True)}
    paths = tuple(path for path, _ in named.values())
    catalogue = load_catalogue([os.path.dirname(path) for path, name in named.values() if path == name])
    with discreet_abroad():
        playbooks = tuple(_playbook(path, name, catalogue) for path, name in named.values())
    _refuse_same_names(playbooks, paths)
    return Shelf(catalogue, playbooks, tuple(map(origin_of, paths)))


class BrokenCase(NamedTuple):
    """A case that can't be run, and what is wrong with it."""

    name: str
    error: InvalidContentError


def load_cases(name: str) -> tuple[Shelf, tuple[Case | BrokenCase, ...]]:
    """Return a playbook and its cases, each read by itself. Raises as `load_shelf`, but not for a broken case."""
    shelf = load_shelf([name])
    source = source_of(name)
    data = parse(source)
    cases = data.get("cases", [])
    if not isinstance(cases, list):
        validate(Playbook, data, source, {"signals": shelf.catalogue.signals})
    return shelf, tuple(_cases(cases, shelf, data, source))


def read_playbook(source: Source, data: YamlMap, catalogue: Catalogue) -> Playbook:
    """Return the playbook that `data` of a file holds. Raises InvalidContentError with everything wrong in it."""
    playbook = validate(Playbook, data, source, {"signals": catalogue.signals})
    check_playbook(playbook, data, source)
    return playbook


def _playbook(path: str, name: str, catalogue: Catalogue) -> Playbook:
    """Return the playbook of a file without its cases: only tests need them, and a broken one stops no diagnosis."""
    source = _source(path, name)
    data = (prepared(source) if is_builtin(path) else None) or parse(_without_cases(source))
    data.pop("cases", None)
    playbook = read_playbook(source, data, catalogue)
    if name != path:
        refuse_other_name(playbook, data, source)
    return playbook


def _without_cases(source: Source) -> Source:
    """Return a playbook without its cases where these come last: a third of its text need not be parsed."""
    before, found, after = source.text.partition("\ncases:\n")
    last = found and not _TOP_LEVEL.search(after)
    return Source(source.name, f"{before}\n") if last else source


def refuse_other_name(playbook: Playbook, data: YamlMap, source: Source) -> None:
    """Raise InvalidContentError where a playbook that is found by its name is not called like its file."""
    file = os.path.splitext(os.path.basename(source.name))[0]
    if playbook.name != file:
        place = location_of(data, ("name",), source)
        params = {"id": playbook.name, "file": file}
        raise InvalidContentError(Problem("name_not_file", params, place, "name_not_file_hint"))


def _cases(cases: list[object], shelf: Shelf, data: YamlMap, source: Source) -> Iterator[Case | BrokenCase]:
    (playbook,) = shelf.playbooks
    for index, raw in enumerate(cases):
        try:
            yield _case(index, raw, playbook, shelf.catalogue, data, source)
        except InvalidContentError as error:
            name = raw.get("name") if isinstance(raw, Mapping) else None
            yield BrokenCase(name if isinstance(name, str) else f"cases.{index}", error)


def _case(index: int, raw: object, playbook: Playbook, catalogue: Catalogue, data: YamlMap, source: Source) -> Case:
    if not isinstance(raw, YamlMap):
        place = location_of(data, ("cases", index), source)
        raise InvalidContentError(Problem("model_type", {"path": f"cases.{index}", "got": shown(raw)}, place))
    case = validate(Case, raw, source, {"signals": catalogue.signals})
    if problems := case_problems(case, index, playbook, data, source):
        raise InvalidContentError(*problems)
    return case


def path_of(name: str) -> str:
    """Return the file of a playbook given by name or path.

    Raises UsageError for a name that is not known, InputError where it may be known in a folder that can't be read.
    """
    if name.endswith((".yaml", ".yml")) or os.sep in name:
        return name
    path = playbook_path(name)
    if path is None and (unread := unreadable_folder()):
        raise unread
    if path is None:
        raise UsageError(unknown("unknown_playbook", name, found_playbooks(), "list_playbooks"))
    return path


def source_of(name: str) -> Source:
    """Return the text of a playbook given by name or path. Raises as `path_of`, and InputError as `read_source`."""
    return _source(path_of(name), name)


def _source(path: str, name: str) -> Source:
    return read_source(path) if path == name else read_in_folder(path)


def check_chosen(settings: Settings) -> None:
    """Raise InvalidContentError where the settings name a playbook that is not there."""
    for name in settings.playbooks:
        try:
            path_of(name)
        except UsageError as error:
            place = settings.origins.get("playbooks")
            raise InvalidContentError(*(at_place(each, place) for each in error.problems)) from None


def _stages_found() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in found_playbooks():
        with suppress(InputError):
            (book,) = load_shelf([name]).playbooks
            if book.kind == "linear":
                yield name, tuple(book.stages)


def _refuse_same_names(playbooks: Sequence[Playbook], paths: Sequence[str]) -> None:
    """Raise UsageError where two files hold a playbook of the same name: results would not tell them apart."""
    first: dict[str, str] = {}
    for book, path in zip(playbooks, paths, strict=True):
        if book.name in first:
            files = {"first": first[book.name], "second": path}
            raise UsageError(Problem("playbook_twice", {"id": book.name, **files}))
        first[book.name] = path
