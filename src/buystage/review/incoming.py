"""The deals that paths name, one at a time: YAML files, folders of them, JSON Lines, standard input.

Only what is needed is held: a file is read when its deal is reviewed, and JSON Lines are read line by line.
"""

import codecs
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO, NamedTuple

from buystage.errors import InputError, Problem
from buystage.files.folders import Named, YamlFile, yaml_files
from buystage.files.opening import Opener, open_named
from buystage.files.reads import remember
from buystage.files.source import MAX_BYTES, STDIN, opened

JSON_LINES = (".jsonl", ".ndjson")


class Incoming(NamedTuple):
    """A deal that waits: its file, its bytes where they have been read, its line in JSON Lines (0: a deal in YAML)."""

    file: str
    data: bytes | None = None
    line: int = 0
    open_: Opener = open_named
    """How its file is opened, where that has not been read."""


def incoming(named: Named) -> tuple[Iterator[Incoming | InputError], int | None]:
    """Return the deals that paths name, in their order, and how many they are, where that shows before reading.

    What can't be read comes as an error in front of them or in its place.
    """
    files = [file.path for file in named.files]
    is_counted = not any(file == STDIN or file.endswith(JSON_LINES) for file in files)
    deals = (deal for file in named.files for deal in _of_file(file))
    return chain(named.errors, deals), len(files) + len(named.errors) if is_counted else None


def deal_files(paths: Sequence[str]) -> Named:
    """Return the files that paths name, as `yaml_files` does, and remember them before anything is written."""
    named = yaml_files(paths)
    for file in named.files:
        remember(file.path)
    return named


def _of_file(waiting: YamlFile) -> Iterator[Incoming | InputError]:
    file = waiting.path
    if file != STDIN and not file.endswith(JSON_LINES):
        yield Incoming(file, open_=waiting.open_)
        return
    try:
        with opened(file) as stream:
            yield from _or_none(file, _of_stream(stream) if file == STDIN else _of_lines(file, stream, 1, b""))
    except InputError as error:
        yield error


def _or_none(file: str, deals: Iterator[Incoming | InputError]) -> Iterator[Incoming | InputError]:
    """Yield deals, or an error where there are none: an export that came out empty is no good news."""
    first = next(deals, None)
    yield first or InputError(Problem("no_deals", {"file": file}))
    yield from deals


def _of_stream(stream: BinaryIO) -> Iterator[Incoming | InputError]:
    """Yield the deals on standard input: lines where the first is a whole JSON object, else one deal in YAML."""
    first, at = stream.readline(MAX_BYTES + 1), 1
    while first and not first.strip() and at < MAX_BYTES:
        first, at = stream.readline(MAX_BYTES + 1), at + 1
    if _is_json_object(first):
        yield from _of_lines(STDIN, stream, at, first)
    else:
        yield Incoming(STDIN, b"\n" * (at - 1) + first + stream.read(MAX_BYTES + 1 - len(first)))


def _of_lines(file: str, stream: BinaryIO, at: int, first: bytes) -> Iterator[Incoming | InputError]:
    """Yield each line with something on it; `first` is line `at` where that was read already."""
    line = first or stream.readline(MAX_BYTES + 1)
    while line:
        if len(line) > MAX_BYTES:
            yield InputError(Problem("line_too_long", {"file": file, "line": at, "limit": MAX_BYTES // 1_000_000}))
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_BYTES)
        elif line.strip():
            yield Incoming(file, line.rstrip(b"\r\n"), at)
        line, at = stream.readline(MAX_BYTES + 1), at + 1


def _is_json_object(line: bytes) -> bool:
    """Return whether a line looks like a whole object, broken or not; a deal in YAML has no need to begin like one."""
    text = line.removeprefix(codecs.BOM_UTF8).strip()
    return text.startswith(b'{"') and text.endswith(b"}")
