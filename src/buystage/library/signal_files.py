"""The catalogue in use: the built-in signals, and what teams keep in a `signals.yaml` beside their playbooks."""

import os
from collections.abc import Collection, Mapping

from buystage.errors import InvalidContentError, Problem
from buystage.files.source import Source, read_source
from buystage.files.strict_yaml import YamlMap, location_of, parse
from buystage.files.validation import validate
from buystage.library.consistency import check_signals
from buystage.library.discovery import discreet_abroad, read_in_folder, signal_files
from buystage.library.prepared import prepared
from buystage.library.shipped import SIGNALS_FILE, builtin_folder
from buystage.model.catalogue import Catalogue, SignalsFile

OURS = "buystage"  # what is said to hold the built-in signals


def load_catalogue(folders: Collection[str] = ()) -> Catalogue:
    """Return the built-in signals with those beside the playbooks in `folders` and in the folders of team and user.

    Raises InputError for a file that can't be read, InvalidContentError for one that is wrong or whose ids are taken.
    """
    with discreet_abroad():
        return _merged([read_in_folder(path) for path in signal_files(folders)])


def check_signals_file(source: Source) -> Catalogue:
    """Return the catalogue with the signals of one file, known under ids of their own. Raises as `load_catalogue`."""
    mine = os.path.realpath(source.name)
    others = [read_in_folder(path) for path in signal_files() if path != mine]
    return _merged([*others, source])


def _merged(files: Collection[Source]) -> Catalogue:
    """Return the built-in signals with those of `files`; a copy of the built-in file adds nothing."""
    builtin = read_source(os.path.realpath(builtin_folder() / SIGNALS_FILE))
    catalogue, homes = Catalogue({}, {}), dict[str, str]()
    for source in (builtin, *(each for each in files if each.text != builtin.text)):
        data = (prepared(source) if source is builtin else None) or parse(source)
        file = _validated(data, source, catalogue)
        _refuse_known(file, homes, data, source)
        catalogue = Catalogue({**catalogue.signals, **file.signals}, {**catalogue.topics, **file.topics})
        check_signals(file, catalogue, data, source)
        homes |= dict.fromkeys((*file.signals, *file.topics), OURS if source is builtin else source.name)
    return catalogue


def _validated(data: YamlMap, source: Source, catalogue: Catalogue) -> SignalsFile:
    own = {kind: data[kind] for kind in ("signals", "topics") if isinstance(data.get(kind), Mapping)}
    context = {kind: {*getattr(catalogue, kind), *own.get(kind, ())} for kind in ("signals", "topics")}
    return validate(SignalsFile, data, source, context)


def _refuse_known(file: SignalsFile, homes: dict[str, str], data: YamlMap, source: Source) -> None:
    twice = [("signals", name) for name in file.signals if name in homes]
    twice += [("topics", name) for name in file.topics if name in homes]
    problems = [
        Problem(
            "id_twice",
            {"id": name, "file": homes[name]},
            location_of(data, (kind, name), source, key=True),
            "id_twice_hint" if homes[name] == OURS else "id_twice_in_folders",
        )
        for kind, name in twice
    ]
    if problems:
        raise InvalidContentError(*problems)
