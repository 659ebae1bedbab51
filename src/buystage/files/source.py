"""The text of a file or stream: clean UTF-8, of bounded size, with the place of each character for errors."""

import os
import re
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

from buystage.errors import InputError, InvalidContentError, Location, Problem
from buystage.files.opening import Opener, open_named, refuse_private
from buystage.files.reads import remember

MAX_BYTES = 4_000_000  # a deal with ten years of daily notes stays under this
STDIN = "-"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML's parser counts as one

Mark = tuple[int, int]


@dataclass(frozen=True)
class Source:
    """The text of one file or stream, and the name users know it by."""

    name: str
    text: str
    number: int = 0
    """Of one line of many: its number. It has no line ends, whatever YAML would take for one inside it."""

    @property
    def first_line(self) -> int:
        """The number of its first line."""
        return self.number or 1

    @cached_property
    def _starts(self) -> "array[int]":
        """Where each line starts: bare numbers, as a file may hold millions of lines."""
        starts = array("I", (0,))
        if not self.number:
            starts.extend(map(re.Match.end, LINE_END.finditer(self.text)))
        return starts

    @cached_property
    def _last_line(self) -> int:
        """The index of the last line with text."""
        return self.mark_at(len(self.text.rstrip()))[0]

    def line(self, at: int) -> str:
        """Return the line at an index from 0, without its end; nothing where there is none."""
        start, stop, *_ = *self._starts[at : at + 2], len(self.text), len(self.text)
        return self.text[start:stop].rstrip("\r\n\x85\u2028\u2029")

    def location(self, mark: Mark) -> Location:
        """Return the place of a mark that counts from 0; of one behind the end, the end of the last line with text."""
        line, column = mark
        if line > self._last_line:
            line, column = self._last_line, len(self.line(self._last_line))
        return Location(self.name, line + self.first_line, column + 1, self.line(line))

    def mark_at(self, index: int) -> Mark:
        """Return the mark of the character at `index` of the text."""
        line = bisect_right(self._starts, index) - 1
        return line, index - self._starts[line]


# --- reading bytes ---------------------------------------------------------------------------------------------


def read_source(path: str, open_: Opener = open_named) -> Source:
    """Return the text of a file, or of standard input for `-`; `open_` has the rule for what may be opened.

    Raises InputError where it is missing, unreadable, too large, private, or not UTF-8.
    """
    return Source(path, decoded(path, read_bytes(path, open_)))


def read_bytes(path: str, open_: Opener = open_named) -> bytes:
    """Return the bytes of a file, or of standard input for `-`. Raises InputError as `read_source` does."""
    with opened(path, open_) as stream:
        return within_limit(path, stream.read(MAX_BYTES + 1))


@contextmanager
def opened(path: str, open_: Opener = open_named) -> Iterator[BinaryIO]:
    """Give the bytes of a file, or of standard input for `-`. Raises InputError where they can't be read."""
    try:
        if path == STDIN:
            yield _stdin()
        else:
            remember(path)
            with open_(path) as file:
                yield file
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(Problem("unreadable", {"file": path, "reason": reason})) from error


def within_limit(name: str, data: bytes) -> bytes:
    """Return the bytes of a file. Raises InputError where they are too many."""
    if len(data) > MAX_BYTES:
        raise InputError(Problem("too_large", {"file": name, "limit": MAX_BYTES // 1_000_000}))
    return data


def _stdin() -> BinaryIO:
    if sys.stdin is None:  # the shell closed it
        raise OSError("closed")
    refuse_private(STDIN, os.path.realpath("/dev/stdin"))
    return sys.stdin.buffer


def decoded(name: str, data: bytes, number: int = 0) -> str:
    """Return the text that the bytes of a file hold, or of the line with a number in it.

    Raises InvalidContentError where they are not clean UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        read = Source(name, error.object.decode("utf-8-sig", "replace"), number)
        start = len(error.object[: error.start].decode("utf-8-sig"))
        raise InvalidContentError(
            Problem("not_utf8", {}, read.location(read.mark_at(start)), "not_utf8_hint")
        ) from error
    if bad := _CONTROL.search(text):
        source = Source(name, text, number)
        place = source.location(source.mark_at(bad.start()))
        raise InvalidContentError(Problem("control_character", {"code": f"U+{ord(bad.group()):04X}"}, place))
    return text
