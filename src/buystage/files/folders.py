"""The YAML files that paths on a command line name."""

import os
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from buystage.errors import InputError, Problem
from buystage.files.opening import Opener, is_private, open_met, open_named
from buystage.files.source import STDIN


class YamlFile(NamedTuple):
    """A file by its path, and how it is opened: one that was met in a folder otherwise than one that is named."""

    path: str
    open_: Opener = open_named


class Named(NamedTuple):
    """What paths name: files, what can't be read or holds none, and the links that were met and left out."""

    files: list[YamlFile]
    errors: list[InputError]
    links: list[str]


def yaml_files(paths: Sequence[str]) -> Named:
    """Return the YAML files that paths name, each once: files as given, folders all the way down, sorted.

    Hidden files and folders, `buystage.yaml` and private files are left out of folders, and so are links. A folder
    that can't be read costs no more than what is in it.
    """
    found, errors, links = dict[str, YamlFile](), list[InputError](), list[str]()
    for path in paths:
        if not os.path.isdir(path):
            found.setdefault(_place(path), YamlFile(path))
            continue
        walk = _Walk(path)
        for file in sorted(walk.files, key=_parts):
            found.setdefault(walk.place(file), YamlFile(file, walk.open_))
        errors += walk.errors
        links += sorted(walk.links, key=_parts)
    named = set(map(os.path.abspath, paths)) if links else set()
    links = [link for link in dict.fromkeys(links) if os.path.abspath(link) not in named]
    return Named(list(found.values()), errors, links)


class _Walk:
    """A way down a folder: the YAML files in it, what can't be read, and the links that were left out."""

    def __init__(self, folder: str) -> None:
        self.folder, self.open_ = folder, partial(open_met, below=folder)
        self.files, self.errors, self.links = list[str](), list[InputError](), list[str]()
        self.waiting, self.seen = [folder], set[tuple[int, int]]()
        self.real = os.path.realpath(folder)
        while self.waiting:
            self._look_into(self.waiting.pop())
        if not self.files and not self.errors:
            hint = "links_only_hint" if self.links else None
            self.errors.append(InputError(Problem("empty_folder", {"file": folder}, hint=hint)))

    def place(self, file: str) -> str:
        """Return what tells one file from another, however it is spelt: there is no link on the way to it."""
        return os.path.join(self.real, file[len(self.folder) :].lstrip(os.sep))

    def _look_into(self, folder: str) -> None:
        try:
            with os.scandir(folder) as entries:
                if self._is_new(folder):
                    for entry in entries:
                        self._take(entry)
        except OSError as error:
            self.errors.append(InputError(Problem("unreadable", {"file": folder, "reason": error.strerror})))

    def _is_new(self, folder: str) -> bool:
        """Whether this folder has not been looked into: mounted in itself it would have no end."""
        status = os.stat(folder)
        is_new = (status.st_dev, status.st_ino) not in self.seen
        self.seen.add((status.st_dev, status.st_ino))
        return is_new

    def _take(self, entry: "os.DirEntry[str]") -> None:
        if entry.name.startswith("."):
            return
        if entry.is_symlink():
            if _is_wanted(entry.name) or os.path.isdir(entry.path):
                self.links.append(entry.path)
        elif entry.is_dir(follow_symlinks=False):
            self.waiting.append(entry.path)
        elif _is_wanted(entry.name) and entry.is_file(follow_symlinks=False):
            self.files.append(entry.path)


def _place(path: str) -> str:
    """Return what tells one named file from another: where it is, whatever links lead there."""
    if path == STDIN or "\0" in path:
        return path
    return os.path.realpath(path)


def _parts(path: str) -> list[str]:
    return path.split(os.sep)


def is_deal_file(path: str) -> bool:
    """Return whether `yaml_files` names a file below a folder; its path is seen from there, with slashes."""
    *folders, name = path.split("/")
    return _is_wanted(name) and not any(each.startswith(".") for each in (*folders, name))


def _is_wanted(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) and name.casefold() != "buystage.yaml" and not is_private(name)
