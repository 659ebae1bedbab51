"""Deals as they were at a git revision, and which of them have changed since."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from buystage.errors import InputError, Problem, UsageError
from buystage.files.folders import is_deal_file
from buystage.files.source import MAX_BYTES, STDIN
from buystage.review.commits import Commit
from buystage.review.incoming import JSON_LINES, Incoming
from buystage.review.renames import origins


class Changed(NamedTuple):
    """A deal that has changed: as it is now, and as it was (None: it was not there; an error: it can't be read)."""

    now: Incoming
    before: Incoming | InputError | None


class Revision:
    """The files below some paths as they were at a commit of the repository that the paths are in."""

    def __init__(self, ref: str, paths: Sequence[str]) -> None:
        """Find the commit that `ref` names.

        Raises UsageError for a stream of deals and for a path outside the repository, InputError where there is no
        repository or `ref` names no commit of it.
        """
        if any(path == STDIN or path.endswith(JSON_LINES) for path in paths):
            raise UsageError(Problem("since_where", hint="since_where_hint"))
        self.commit = Commit(ref, paths[0])
        self._inside = cache(self._path_inside)
        self.deals_then = set(self._deals_then({self._inside(path) for path in paths}))
        self._origins = cache(self._origins_of)

    def is_gone(self, path: str) -> bool:
        """Return whether a path names a file or folder that was there and is no more."""
        inside = self._inside(path)
        return not os.path.lexists(path) and any(inside in _here_and_above(name) for name in self.commit.ids)

    def changed(self, files: Iterable[str]) -> Iterator[Changed]:
        """Yield the files that are not as they were, in their order.

        Raises InputError, at once, where git has not got one of them as it was.
        """
        named = tuple(files)
        origins = self._origins(named)
        edited = [(file, path) for file in named if not self.commit.holds(path := self._inside(file), file)]
        before = {path: path if path in self.commit.ids else origins.get(path) for _, path in edited}
        then = sorted({path for path in before.values() if path})
        sizes = dict(zip(then, self.commit.sizes(then), strict=True))
        return self._with_before([(file, path, before[path]) for file, path in edited], sizes)

    def gone(self, files: Iterable[str]) -> list[str]:
        """Return the deal files below the paths that were there and are neither there now nor under another name."""
        named = tuple(files)
        gone = self.deals_then - {self._inside(file) for file in named} - set(self._origins(named).values())
        return sorted(map(self._from_here, gone))

    def _with_before(self, edited: Sequence[tuple[str, str, str | None]], sizes: dict[str, int]) -> Iterator[Changed]:
        """Yield files with what they were, under their names then; little of it is held at once."""
        read = [then for _, _, then in edited if then and sizes[then] <= MAX_BYTES]
        contents = self.commit.contents(read, [sizes[then] for then in read])
        for file, path, then in edited:
            if then is None:
                yield Changed(Incoming(file), None)
                continue
            name = file if then == path else self._from_here(then)  # a folder has settings of its own
            if sizes[then] > MAX_BYTES:
                too_large = Problem("too_large", {"file": name, "limit": MAX_BYTES // 1_000_000})
                yield Changed(Incoming(file), InputError(too_large))
            else:
                yield Changed(Incoming(file), Incoming(name, next(contents)))

    def _origins_of(self, files: tuple[str, ...]) -> dict[str, str]:
        """Return what files that were not there were called then, by their paths inside the repository."""
        new = {path: file for file in files if (path := self._inside(file)) not in self.commit.ids}
        return origins(self.commit, new, list(self._moved_or_gone())) if new else {}

    def _moved_or_gone(self) -> Iterator[str]:
        """Yield the deal files anywhere in the repository whose names are no more."""
        for name in self.commit.ids:
            may_be_deal = name in self.deals_then or is_deal_file(name.rpartition("/")[2])
            if may_be_deal and not os.path.lexists(os.path.join(self.commit.root, name)):
                yield name

    def _from_here(self, path: str) -> str:
        """Return a path inside the repository as seen from the current folder."""
        return os.path.relpath(os.path.join(self.commit.root, path))

    def _deals_then(self, paths: set[str]) -> Iterator[str]:
        """Yield the deal files that the paths named then."""
        for name in self.commit.ids:
            above = paths.intersection(_here_and_above(name))
            if name in above or any(is_deal_file(name if each == "." else name[len(each) + 1 :]) for each in above):
                yield name

    def _path_inside(self, file: str) -> str:
        """Return the path of a file inside the repository. Raises UsageError where it lies outside."""
        root = self.commit.root
        inside = os.path.relpath(os.path.realpath(file), root)
        if inside.split(os.sep)[0] == os.pardir:
            raise UsageError(Problem("outside_repository", {"file": file, "folder": root}))
        return inside.replace(os.sep, "/")


def _here_and_above(name: str) -> Iterator[str]:
    """Yield a path inside the repository and the folders it is in."""
    yield name
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name
    yield "."
