"""YAML text to plain data that remembers its places, so that every error has a line and a column.

The reader is stricter than PyYAML's: YAML 1.2 booleans (so `no` and `2026-01-02` stay text), no duplicate keys,
no tags, no aliases, one document, bounded size and depth. It works on the parser's events rather than on
`yaml.load`, because PyYAML composes recursively and a file of nested brackets crashes the interpreter there.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, BinaryIO

import yaml

from buystage.errors import InputError, InvalidContentError, Location, Problem
from buystage.reads import remember

MAX_BYTES = 4_000_000  # a deal with ten years of daily notes stays under this
MAX_DEPTH = 30  # our deepest file nests eight levels
MAX_VALUES = 200_000  # ten years of daily notes are a quarter of it
STDIN = "-"

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is several times faster
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML's parser counts as one
_DIRECTIVE = re.compile("(?:[ \t]*(?:#[^\n]*)?\r?\n)*%")

Mark = tuple[int, int]


class YamlMap(dict[str, Any]):
    """A mapping that knows where its keys and values stand (line and column from 0)."""

    __slots__ = ("key_marks", "mark", "value_marks")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.key_marks: dict[str, Mark] = {}
        self.value_marks: dict[str, Mark] = {}


class YamlList(list[Any]):
    """A list that knows where its items stand."""

    __slots__ = ("mark", "marks")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.marks: list[Mark] = []


@dataclass(frozen=True)
class Source:
    """The text of one file or stream, and the name users know it by."""

    name: str
    text: str
    first_line: int = 1
    """The number of its first line: a deal may be one line of many."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return LINE_END.split(self.text)

    @cached_property
    def last_line(self) -> int:
        """The index of the last line with text."""
        return next((at for at in range(len(self.lines) - 1, -1, -1) if self.lines[at].strip()), 0)

    def location(self, mark: Mark) -> Location:
        """Return the place of a mark that counts from 0; of one behind the end, the end of the last line with text."""
        line, column = mark
        if line > self.last_line:
            line, column = self.last_line, len(self.lines[self.last_line])
        return Location(self.name, line + self.first_line, column + 1, self.lines[line])

    def mark_at(self, index: int) -> Mark:
        """Return the mark of the character at `index` of the text."""
        before = LINE_END.split(self.text[:index])
        return len(before) - 1, len(before[-1])


# --- reading bytes ---------------------------------------------------------------------------------------------


def read_source(path: str) -> Source:
    """Return the text of a file, or of standard input for `-`.

    Raises InputError where it is missing, unreadable, too large, or not UTF-8.
    """
    return Source(path, decoded(path, read_bytes(path)))


def read_bytes(path: str) -> bytes:
    """Return the bytes of a file, or of standard input for `-`. Raises InputError as `read_source` does."""
    with opened(path) as stream:
        return within_limit(path, stream.read(MAX_BYTES + 1))


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Give the bytes of a file, or of standard input for `-`. Raises InputError where they can't be read."""
    try:
        if path == STDIN:
            yield _stdin()
        else:
            remember(path)
            with open(path, "rb") as file:
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
    return sys.stdin.buffer


def decoded(name: str, data: bytes, first_line: int = 1) -> str:
    """Return the text that the bytes of a file hold. Raises InvalidContentError where they are not clean UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        read = Source(name, error.object.decode("utf-8-sig", "replace"), first_line)
        start = len(error.object[: error.start].decode("utf-8-sig"))
        raise InvalidContentError(
            Problem("not_utf8", {}, read.location(read.mark_at(start)), "not_utf8_hint")
        ) from error
    if bad := _CONTROL.search(text):
        source = Source(name, text, first_line)
        place = source.location(source.mark_at(bad.start()))
        raise InvalidContentError(Problem("control_character", {"code": f"U+{ord(bad.group()):04X}"}, place))
    return text


# --- YAML events to data ---------------------------------------------------------------------------------------


def parse(source: Source) -> YamlMap:
    """Return the mapping that a YAML text holds.

    Raises InvalidContentError where the text is not one strict YAML mapping.
    """
    if found := _DIRECTIVE.match(source.text):  # the parser would spend minutes on some, and none is of use here
        raise InvalidContentError(Problem("directive", {}, source.location(source.mark_at(found.end() - 1))))
    root = _Builder(source).build()
    if not isinstance(root, YamlMap):
        code = "empty_file" if root is None else "not_a_mapping"
        raise InvalidContentError(Problem(code, {}, source.location((0, 0))))
    return root


class _Builder:
    """Turns the parser's events into nested YamlMap and YamlList."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.open: list[YamlMap | YamlList] = []
        self.keys: list[str | None] = []  # per open container: the key that waits for its value
        self.root: Any = None
        self.documents = self.values = 0

    def build(self) -> Any:
        try:
            for event in yaml.parse(self.source.text, Loader=_Loader):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            place = (mark.line, mark.column) if mark else (0, 0)
            raise self._error("yaml_syntax", place, _syntax_hint(error, self.source), problem=error.problem) from error
        except yaml.YAMLError as error:  # pragma: no cover - whatever else a parser may refuse
            raise self._error("yaml_syntax", (0, 0), problem=str(error)) from error
        return self.root

    def _take(self, event: yaml.Event) -> None:
        at = event.start_mark
        mark = (at.line, at.column) if at else (0, 0)
        if isinstance(event, yaml.ScalarEvent):  # nearly all events are
            self._refuse_tag(event, mark)
            self._add(event.value, _plain_value(event), mark)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_tag(event, mark)
            self._begin(YamlMap(mark) if isinstance(event, yaml.MappingStartEvent) else YamlList(mark))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise self._error("alias", mark, name=event.anchor)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._error("second_document", mark)

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, mark: Mark) -> None:
        if event.tag not in (None, "!"):
            raise self._error("tag", mark, "tag_hint", tag=event.tag)

    def _begin(self, container: YamlMap | YamlList) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise self._error("too_deep", container.mark, limit=MAX_DEPTH)
        self._add(None, container, container.mark)
        self.open.append(container)
        self.keys.append(None)

    def _add(self, raw: str | None, value: Any, mark: Mark) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            raise self._error("too_many_values", mark, limit=MAX_VALUES)
        if not self.open:
            self.root = value
            return
        parent, key = self.open[-1], self.keys[-1]
        if isinstance(parent, YamlList):
            parent.append(value)
            parent.marks.append(mark)
        elif key is not None:
            parent[key], parent.value_marks[key], self.keys[-1] = value, mark, None
        elif raw is None:
            raise self._error("key_not_text", mark)
        elif raw in parent.key_marks:
            raise self._error("duplicate_key", mark, key=raw, first=parent.key_marks[raw][0] + self.source.first_line)
        else:
            parent.key_marks[raw], self.keys[-1] = mark, raw

    def _error(self, code: str, mark: Mark, hint: str | None = None, **parameters: object) -> InvalidContentError:
        return InvalidContentError(Problem(code, parameters, self.source.location(mark), hint))


_FULL_WIDTH_COLON = re.compile(r"\s*(?:- *)?[a-z_-]+：")


def _syntax_hint(error: yaml.MarkedYAMLError, source: Source) -> str:
    """Return the hint that fits what the parser stumbled over."""
    told = f"{error.context} {error.problem}"
    at = error.problem_mark.line if error.problem_mark else 0
    hints = {
        "tab_hint": r"'\\t'|\t|found a tab",
        "quote_hint": "quoted scalar",
        "bracket_hint": "flow mapping|flow sequence",
        "colon_hint": "could not find expected ':'",
        "indentation_hint": "block mapping|block collection|block sequence|block end",
    }
    if any(_FULL_WIDTH_COLON.match(line) for line in source.lines[max(0, at - 1) : at + 1]):
        return "colon_hint"
    return next((hint for hint, pattern in hints.items() if re.search(pattern, told)), "yaml_syntax_hint")


_FIRST_OF_NO_TEXT = frozenset("~nNtTfF+-.0123456789")
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")  # a leading zero is an id ("0042"), not a number
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def _plain_value(event: yaml.ScalarEvent) -> Any:
    """Return the value of a scalar by the core schema of YAML 1.2; whatever is quoted is text."""
    text: str = event.value
    if not event.implicit[0] or (text and text[0] not in _FIRST_OF_NO_TEXT):
        return text
    if _NULL.fullmatch(text):
        return None
    if _BOOLEAN.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def location_of(data: YamlMap, path: tuple[str | int, ...], source: Source, *, key: bool = False) -> Location:
    """Return where the value at `path` stands, or its key; of what is absent, the nearest thing around it."""
    return source.location(mark_of(data, path, key=key))


def mark_of(data: YamlMap, path: tuple[str | int, ...], *, key: bool = False) -> Mark:
    """Return the mark of the value at `path`, or of its key; of what is absent, of the nearest thing around it."""
    here: Any = data
    mark = key_mark = data.mark
    for part in path:
        if isinstance(here, YamlMap) and part in here.value_marks:
            mark, key_mark, here = here.value_marks[str(part)], here.key_marks[str(part)], here[str(part)]
        elif isinstance(here, YamlList) and isinstance(part, int) and part < len(here):
            mark = key_mark = here.marks[part]
            here = here[part]
    return key_mark if key else mark
