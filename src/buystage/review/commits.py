"""What a commit holds: its files by their ids, which tell what has been edited, and their contents when asked for."""

import os
import re
from collections.abc import Iterator, Sequence
from hashlib import file_digest
from hashlib import new as new_digest
from io import BufferedReader
from typing import TYPE_CHECKING

from buystage.errors import InputError, Problem
from buystage.files.source import MAX_BYTES
from buystage.review.git import MOST_BYTES, ask_git, work_tree

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

ALGORITHMS = {40: "sha1", 64: "sha256"}  # by the length of an id
REFLOG_DAY = re.compile(r"@\{(?!-?\d+\}|u(pstream)?\}|push\})")  # as in main@{yesterday}: each clone's own log
ORDINARY = "100"  # how the mode of a file begins, in git
AT_ONCE = 8_000_000  # bytes of contents that are held together
MOST_OF_A_LINE = 200  # bytes that git says about a file
PARTIAL = r"^remote\..*\.promisor$"  # set where a clone has left out files


class Commit:
    """The files of a commit in the repository that a path is in."""

    def __init__(self, ref: str, path: str) -> None:
        """Find the commit that `ref` names. Raises InputError where there is no repository or no such commit."""
        self.ref, self.folder = ref, work_tree(path)
        self.root = os.path.realpath(_first_line(self._ask("rev-parse", "--show-toplevel", code="git_refuses")))
        self.id = self._id()
        self.ids = dict(self._files())
        """The ids of the files, by their paths inside the repository."""

    # --- what is there today, compared with it -------------------------------------------------------------------

    def holds(self, path: str, file: str) -> bool:
        """Return whether the file at a path was what a file of today is."""
        return any(each == self.ids.get(path) for each in self.ids_of(file))

    def ids_of(self, file: str) -> Iterator[str]:
        """Yield the ids that a file of today has in git: as it is, and with the line ends that git keeps text with.

        There are none where it can't be read. No filter of git runs, and a file of any size takes little memory.
        """
        try:
            if os.path.isfile(file):  # to read anything else may take for ever
                with open(file, "rb") as stream:
                    yield from self._ids_of(stream)
        except OSError:
            return

    def _ids_of(self, stream: BufferedReader) -> Iterator[str]:
        size = os.fstat(stream.fileno()).st_size
        yield file_digest(stream, lambda: self._digest(size)).hexdigest()
        if size <= MAX_BYTES:
            stream.seek(0)
            text = stream.read(MAX_BYTES).replace(b"\r\n", b"\n")
            digest = self._digest(len(text))
            digest.update(text)
            yield digest.hexdigest()

    def _digest(self, size: int) -> "Hash":
        """Return the beginning of the id of a file, in the format of the repository."""
        return new_digest(ALGORITHMS[len(self.id)], b"blob %d\0" % size, usedforsecurity=False)

    # --- what was there ----------------------------------------------------------------------------------------------

    def sizes(self, paths: Sequence[str]) -> list[int]:
        """Return the sizes of files that were there. Raises InputError where git has not got one of them."""
        if not paths:
            return []
        lines = self._objects("--batch-check", paths, 0).splitlines()
        found = [line.split() for line in lines]
        for path, (_, kind, *_) in zip(paths, found, strict=True):
            if kind != b"blob":
                raise self._problem("unreadable_then", f"{path}: {kind.decode()}")
        return [int(size) for _, _, size in found]

    def contents(self, paths: Sequence[str], sizes: Sequence[int]) -> Iterator[bytes]:
        """Yield the contents of files that were there, whose sizes have been asked. Raises as `sizes` does."""
        start, held = 0, 0
        for at, size in enumerate(sizes, 1):
            held += size
            if held > AT_ONCE or at == len(sizes):
                yield from self._together(paths[start:at], sizes[start:at])
                start, held = at, 0

    def _together(self, paths: Sequence[str], sizes: Sequence[int]) -> Iterator[bytes]:
        output, at = self._objects("--batch", paths, sum(sizes)), 0
        for size in sizes:  # before each there is a line about it, behind it the end of a line
            start = output.index(b"\n", at) + 1
            at = start + size + 1
            yield output[start : at - 1]

    def _objects(self, option: str, paths: Sequence[str], most: int) -> bytes:
        given = "".join(f"{self.ids[path]}\n" for path in paths).encode()
        most += MOST_OF_A_LINE * len(paths)
        return self._ask("cat-file", option, given=given, most=most, code="unreadable_then")

    # --- the commit -----------------------------------------------------------------------------------------------

    def _id(self) -> str:
        if REFLOG_DAY.search(self.ref):  # git gives another commit where its log does not reach back so far
            raise InputError(Problem("reflog_day", {"ref": self.ref}, hint="reflog_day_hint"))
        found = ask_git(self.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{self.ref}^{{commit}}")
        if found.code:
            shallow = ask_git(self.folder, "rev-parse", "--is-shallow-repository").output.strip() == b"true"
            raise InputError(Problem("no_revision", {"ref": self.ref}, hint="shallow_hint" if shallow else "ref_hint"))
        return _first_line(found.output)

    def _files(self) -> Iterator[tuple[str, str]]:
        """Yield the files with their ids; links and other repositories inside this one hold no deal."""
        listed = self._ask("ls-tree", "-r", "-z", "--full-tree", self.id, code="unreadable_then")
        for line in filter(None, os.fsdecode(listed).split("\0")):
            about, path = line.split("\t", 1)
            mode, _, id_ = about.split()
            if mode.startswith(ORDINARY):
                yield path, id_

    def _ask(self, *question: str, code: str, given: bytes = b"", most: int = MOST_BYTES) -> bytes:
        answer = ask_git(self.folder, *question, given=given, most=most)
        if answer.code:
            raise self._problem(code, answer.reason)
        return answer.output

    def _problem(self, code: str, reason: str) -> InputError:
        hint = "owner_hint" if "owner" in reason else None
        if code == "unreadable_then" and not ask_git(self.folder, "config", "--get-regexp", PARTIAL).code:
            hint = "partial_hint"
        return InputError(Problem(code, {"ref": self.ref, "folder": self.folder, "reason": reason}, hint=hint))


def _first_line(output: bytes) -> str:
    return os.fsdecode(output).removesuffix("\n")
