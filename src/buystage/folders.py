"""The YAML files that paths on a command line name."""

import os
from collections.abc import Iterable, Iterator, Sequence

from buystage.deal import PRIVATE
from buystage.errors import InputError, Problem


def yaml_files(paths: Sequence[str]) -> list[str]:
    """Return the YAML files that paths name, each once: files as given, folders all the way down, sorted.

    Hidden files and folders, links to folders, `buystage.yaml` and `*.private.yaml` are left out of folders. Raises
    InputError for a folder that can't be read or holds no such file.
    """
    return each_once(file for path in paths for file in files_of(path))


def each_once(files: Iterable[str]) -> list[str]:
    """Return files without those that were there already under another spelling."""
    found: dict[str, str] = {}
    for file in files:
        found.setdefault(os.path.abspath(file), file)
    return list(found.values())


def files_of(path: str) -> list[str]:
    """Return the YAML files that one path names, as `yaml_files` does."""
    if not os.path.isdir(path):
        return [path]
    files = sorted(_in_folder(path), key=_parts)
    if not files:
        raise InputError(Problem("empty_folder", {"file": path}))
    return files


def _parts(path: str) -> list[str]:
    return path.split(os.sep)


def _in_folder(folder: str) -> Iterator[str]:
    waiting = [folder]
    while waiting:
        for entry in _entries(waiting.pop()):
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            elif _is_wanted(entry.name) and os.path.isfile(entry.path):
                yield entry.path


def _entries(folder: str) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        raise InputError(Problem("unreadable", {"file": folder, "reason": error.strerror})) from error


def is_deal_file(path: str) -> bool:
    """Return whether `yaml_files` names a file below a folder; its path is seen from there, with slashes."""
    *folders, name = path.split("/")
    return _is_wanted(name) and not any(each.startswith(".") for each in (*folders, name))


def _is_wanted(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) and name != "buystage.yaml" and not name.endswith(PRIVATE)
