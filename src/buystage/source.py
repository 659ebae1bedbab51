"""YAML text to plain data that remembers its places, so that every error has a line and a column.

The reader is stricter than PyYAML's: YAML 1.2 booleans (so `no` and `2026-01-02` stay text), no duplicate keys,
no tags, no aliases, one document, bounded size and depth. It works on the parser's events rather than on
`yaml.load`, because PyYAML composes recursively and a file of nested brackets crashes the interpreter there.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import yaml

from buystage.errors import InputError, InvalidContentError, Location, Problem

MAX_BYTES = 4_000_000  # a deal with ten years of daily notes stays under this
MAX_DEPTH = 30  # our deepest file nests eight levels
STDIN = "-"

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is several times faster
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Mark = tuple[int, int]


class YamlMap(dict[str, Any]):
    """A mapping that knows where its keys and values stand (line and column from 0)."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.key_marks: dict[str, Mark] = {}
        self.value_marks: dict[str, Mark] = {}


class YamlList(list[Any]):
    """A list that knows where its items stand."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.marks: list[Mark] = []


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file or stream, and the name users know it by."""

    name: str
    text: str

    def location(self, mark: Mark) -> Location:
        """Return the place of a mark that counts from 0."""
        line, column = mark
        lines = self.text.splitlines()
        return Location(self.name, line + 1, column + 1, lines[line] if line < len(lines) else "")


# --- reading bytes ---------------------------------------------------------------------------------------------


def read_source(path: str) -> Source:
    """Return the text of a file, or of standard input for `-`.

    Raises InputError where it is missing, unreadable, too large, or not UTF-8.
    """
    return Source(path, _decode(path, _read_bytes(path)))


def _read_bytes(path: str) -> bytes:
    try:
        if path == STDIN:
            data = _stdin().read(MAX_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(Problem("unreadable", {"file": path, "reason": reason})) from error
    if len(data) > MAX_BYTES:
        raise InputError(Problem("too_large", {"file": path, "limit": MAX_BYTES // 1_000_000}))
    return data


def _stdin() -> BinaryIO:
    if sys.stdin is None:  # the shell closed it
        raise OSError("closed")
    return sys.stdin.buffer


def _decode(name: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = Source(name, error.object[: error.start].decode("utf-8-sig"))
        problem = Problem("not_utf8", {}, good.location(_mark_at(good.text, len(good.text))), "not_utf8_hint")
        raise InvalidContentError(problem) from error
    if bad := _CONTROL.search(text):
        place = Source(name, text).location(_mark_at(text, bad.start()))
        raise InvalidContentError(Problem("control_character", {"code": f"U+{ord(bad.group()):04X}"}, place))
    return text


def _mark_at(text: str, index: int) -> Mark:
    before = text[:index]
    return before.count("\n"), index - (before.rfind("\n") + 1)


# --- YAML events to data ---------------------------------------------------------------------------------------


def parse(source: Source) -> YamlMap:
    """Return the mapping that a YAML text holds.

    Raises InvalidContentError where the text is not one strict YAML mapping.
    """
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

    def build(self) -> Any:
        try:
            for event in yaml.parse(self.source.text, Loader=_Loader):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            place = (mark.line, mark.column) if mark else (0, 0)
            raise self._error("yaml_syntax", place, "yaml_syntax_hint", problem=error.problem) from error
        return self.root

    def _take(self, event: yaml.Event) -> None:
        mark = (event.start_mark.line, event.start_mark.column) if event.start_mark else (0, 0)
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise self._error("second_document", mark)
        if isinstance(event, yaml.AliasEvent):
            raise self._error("alias", mark, name=event.anchor)
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag not in (None, "!"):
            raise self._error("tag", mark, "tag_hint", tag=event.tag)
        if isinstance(event, yaml.ScalarEvent):
            self._add(event.value, _plain_value(event), mark)
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin(YamlMap(mark))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin(YamlList(mark))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.keys.pop()

    def _begin(self, container: YamlMap | YamlList) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise self._error("too_deep", container.mark, limit=MAX_DEPTH)
        self._add(None, container, container.mark)
        self.open.append(container)
        self.keys.append(None)

    def _add(self, raw: str | None, value: Any, mark: Mark) -> None:
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
            raise self._error("duplicate_key", mark, key=raw, first=parent.key_marks[raw][0] + 1)
        else:
            parent.key_marks[raw], self.keys[-1] = mark, raw

    def _error(self, code: str, mark: Mark, hint: str | None = None, **parameters: object) -> InvalidContentError:
        return InvalidContentError(Problem(code, parameters, self.source.location(mark), hint))


_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")  # a leading zero is an id ("0042"), not a number
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def _plain_value(event: yaml.ScalarEvent) -> Any:
    """Return the value of a scalar by the core schema of YAML 1.2; whatever is quoted is text."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def location_of(data: YamlMap, path: tuple[str | int, ...], source: Source, *, key: bool = False) -> Location:
    """Return where the value at `path` stands, or its key; of what is absent, the nearest thing around it."""
    here: Any = data
    mark = key_mark = data.mark
    for part in path:
        if isinstance(here, YamlMap) and part in here:
            mark, key_mark, here = here.value_marks[str(part)], here.key_marks[str(part)], here[str(part)]
        elif isinstance(here, YamlList) and isinstance(part, int) and part < len(here):
            mark = key_mark = here.marks[part]
            here = here[part]
    return source.location(key_mark if key else mark)
