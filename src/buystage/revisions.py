"""Deals as they were at a git revision, and which of them have changed since."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from buystage.errors import InputError, Problem, UsageError
from buystage.folders import is_deal_file
from buystage.incoming import JSON_LINES, Incoming
from buystage.source import STDIN

TOLD_BY_GIT = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")


class Changed(NamedTuple):
    """A deal that has changed: as it is now, and as it was (None: it was not there)."""

    now: Incoming
    before: Incoming | None


class Revision:
    """The files below some paths as they were at a commit of the repository that the paths are in."""

    def __init__(self, ref: str, paths: Sequence[str]) -> None:
        """Find the commit that `ref` names.

        Raises UsageError for a stream of deals and for a path outside the repository, InputError where there is no
        repository or `ref` names no commit of it.
        """
        if any(path == STDIN or path.endswith(JSON_LINES) for path in paths):
            raise UsageError(Problem("since_where", hint="since_where_hint"))
        self.ref, self.paths = ref, paths
        self.folder = _nearest_folder(paths[0])
        self.root = os.path.realpath(_first_line(self._git("rev-parse", "--show-toplevel", code="no_repository")))
        self.commit = self._commit()
        self.then = set(self._files_then())
        self.deals_then = set(self._deals_then())
        self.edited, self.renamed = self._edited()

    def is_gone(self, path: str) -> bool:
        """Return whether a path names a file or folder that was there and is no more."""
        inside = self._inside(path)
        was_there = inside in self.then or any(name.startswith(inside + "/") for name in self.then)
        return was_there and not os.path.lexists(path)

    def changed(self, files: Iterable[str]) -> Iterator[Changed]:
        """Yield the files that are not as they were, in their order."""
        for file in files:
            path = self._inside(file)
            if path not in self.then or path in self.edited:
                yield Changed(Incoming(file), self._before(file, path))

    def gone(self, files: Iterable[str]) -> list[str]:
        """Return the deal files below the paths that were there and are neither there now nor under another name."""
        now = {self._inside(file) for file in files}
        gone = self.deals_then - now - {self.renamed.get(each) for each in now}
        return sorted(map(self._from_here, gone))

    def _before(self, file: str, path: str) -> Incoming | None:
        """Return a file as it was, under its name then; None where it was not there."""
        then = path if path in self.then else self.renamed.get(path)
        if then is None:
            return None
        name = file if then == path else self._from_here(then)  # a folder has settings of its own
        return Incoming(name, self._git("cat-file", "blob", f"{self.commit}:{then}", code="unreadable_then"))

    def _from_here(self, path: str) -> str:
        """Return a path inside the repository as seen from the current folder."""
        return os.path.relpath(os.path.join(self.root, path))

    def _commit(self) -> str:
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{self.ref}^{{commit}}")
        found = self._run(*asked)
        if found.returncode:
            shallow = self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
            raise InputError(Problem("no_revision", {"ref": self.ref}, hint="shallow_hint" if shallow else "ref_hint"))
        return _first_line(found.stdout)

    def _files_then(self) -> Iterator[str]:
        """Yield all files at that commit, by their paths inside the repository."""
        listed = self._git("ls-tree", "-r", "-z", "--name-only", "--full-tree", self.commit, code="no_revision")
        yield from filter(None, os.fsdecode(listed).split("\0"))

    def _deals_then(self) -> Iterator[str]:
        """Yield the deal files that the paths named then."""
        paths = [self._inside(path) for path in self.paths]
        for name in self.then:
            starts = ("" if path == "." else f"{path}/" for path in paths)
            below = (name.removeprefix(start) for start in starts if name.startswith(start))
            if name in paths or any(is_deal_file(each) for each in below):
                yield name

    def _edited(self) -> tuple[set[str], dict[str, str]]:
        """Return the files whose content differs, and those that git takes for another one under a new name."""
        options = ("--find-renames", "--name-status", "--no-relative", "-z")
        parts = iter(os.fsdecode(self._git("diff", *options, self.commit, "--", code="no_revision")).split("\0")[:-1])
        edited, renamed = set[str](), dict[str, str]()
        for status in parts:
            before = next(parts)
            if status.startswith("R"):
                renamed[next(parts)] = before
            else:
                edited.add(before)
        return edited, renamed

    def _inside(self, file: str) -> str:
        """Return the path of a file inside the repository. Raises UsageError where it lies outside."""
        inside = os.path.relpath(os.path.realpath(file), self.root)
        if inside.split(os.sep)[0] == os.pardir:
            raise UsageError(Problem("outside_repository", {"file": file, "folder": self.root}))
        return inside.replace(os.sep, "/")

    def _git(self, *arguments: str, code: str) -> bytes:
        done = self._run(*arguments)
        if done.returncode:
            reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise InputError(Problem(code, {"ref": self.ref, "reason": reason[-1] if reason else "?"}))
        return done.stdout

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        # in a hook git says where its things are, seen from another folder than ours
        own = {name: value for name, value in os.environ.items() if name not in TOLD_BY_GIT}
        environment = {**own, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
        try:
            return subprocess.run(["git", "-C", self.folder, *arguments], capture_output=True, env=environment)
        except OSError as error:
            raise InputError(Problem("no_git", {"reason": error.strerror or "?"})) from None


def _nearest_folder(path: str) -> str:
    """Return the folder a path is in, or the nearest one above it that is there: a file may be gone by now."""
    folder = os.path.abspath(path)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder


def _first_line(output: bytes) -> str:
    return os.fsdecode(output).rstrip("\n")
