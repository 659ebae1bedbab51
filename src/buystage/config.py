"""The settings file of a team, `buystage.yaml`."""

import os
from typing import Literal

from pydantic import Field

from buystage.errors import InputError, Problem
from buystage.fields import FileModel, Line
from buystage.source import location_of, parse, read_source
from buystage.validation import validate


class Config(FileModel):
    """The settings that a team shares."""

    schema_: Literal["buystage.config/v1"] | None = Field(default=None, alias="schema")
    """The kind of file this is."""
    playbook_folders: tuple[Line, ...] = ()
    """Where the team keeps playbooks and signals, seen from this file; the first folder that has a name wins."""


def playbook_folders(path: str) -> list[str]:
    """Return the playbook folders that the settings file at `path` names, as absolute paths.

    Raises InputError where the file can't be read or a folder is not there, InvalidContentError where it is wrong.
    """
    source = read_source(path)
    data = parse(source)
    config = validate(Config, data, source, {})
    folders = [os.path.join(os.path.dirname(path), os.path.expanduser(each)) for each in config.playbook_folders]
    missing = [index for index, folder in enumerate(folders) if not os.path.isdir(folder)]
    if missing:
        places = [location_of(data, ("playbook_folders", index), source) for index in missing]
        gone = zip((config.playbook_folders[index] for index in missing), places, strict=True)
        raise InputError(*(Problem("no_folder", {"folder": each}, at, "no_folder_hint") for each, at in gone))
    return [os.path.normpath(folder) for folder in folders]
