"""YAML text to plain data that remembers its places, so that every error has a line and a column.

The reader is stricter than PyYAML's: YAML 1.2 booleans (so `no` and `2026-01-02` stay text), no duplicate keys,
no tags, no aliases, one document, bounded size and depth. It works on the parser's events rather than on
`yaml.load`, because PyYAML composes recursively and a file of nested brackets crashes the interpreter there.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml
from yaml import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from buystage.errors import InvalidContentError, Location, Problem
from buystage.files.source import Mark, Source

MAX_DEPTH = 30  # our deepest file nests eight levels
MAX_VALUES = 200_000  # ten years of daily notes are a quarter of it

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is several times faster
_DIRECTIVE = "while scanning a directive"  # what the parser says it was doing
_TOO_DEEP = "exceeded maximum nesting depth"  # some parsers have a limit of their own, and look far ahead


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


def parse(source: Source) -> YamlMap:
    """Return the mapping that a YAML text holds.

    Raises InvalidContentError where the text is not one strict YAML mapping.
    """
    root = _YamlReader(source).document()
    if not isinstance(root, YamlMap):
        code = "empty_file" if root is None else "not_a_mapping"
        hint = "colon_hint" if isinstance(root, str) and "：" in root else None
        raise InvalidContentError(Problem(code, {}, source.location((0, 0)), hint))
    return root


class Reader:
    """Turns a parser's events, from the outermost inwards, into nested YamlMap and YamlList.

    `take` returns the next event. Whatever is not strict raises InvalidContentError.
    """

    def __init__(self, source: Source, take: Callable[[], Any]) -> None:
        self.source, self.take = source, take
        self.values = self.depth = 0

    def value(self) -> Any:
        """Return what the next event begins."""
        event = self.take()
        return self._value(event, _mark(event))

    def _value(self, event: Any, mark: Mark) -> Any:
        self._refuse(event, mark)
        if isinstance(event, ScalarEvent):  # nearly all are
            return _plain_value(event.value) if event.implicit[0] else event.value
        if self.depth >= MAX_DEPTH:
            raise self._error("too_deep", mark, limit=MAX_DEPTH)
        self.depth += 1
        found = self._map(mark) if isinstance(event, MappingStartEvent) else self._list(mark)
        self.depth -= 1
        return found

    def _map(self, start: Mark) -> YamlMap:
        found, take = YamlMap(start), self.take
        while not isinstance(event := take(), MappingEndEvent):
            mark = _mark(event)
            key = self._key(event, mark, found.key_marks)
            found.key_marks[key] = mark
            event = take()
            found.value_marks[key] = mark = _mark(event)
            found[key] = self._value(event, mark)
        return found

    def _list(self, start: Mark) -> YamlList:
        found, take = YamlList(start), self.take
        while not isinstance(event := take(), SequenceEndEvent):
            mark = _mark(event)
            found.marks.append(mark)
            found.append(self._value(event, mark))
        return found

    def _key(self, event: Any, mark: Mark, before: Mapping[str, Mark]) -> str:
        self._refuse(event, mark)
        if not isinstance(event, ScalarEvent):
            raise self._error("key_not_text", mark)
        key: str = event.value
        if key in before:
            raise self._error("duplicate_key", mark, key=key, first=before[key][0] + self.source.first_line)
        return key

    def _refuse(self, event: Any, mark: Mark) -> None:
        """Raise InvalidContentError for a value too many, an alias, and a tag."""
        self.values += 1
        if self.values > MAX_VALUES:
            raise self._error("too_many_values", mark, limit=MAX_VALUES)
        if isinstance(event, AliasEvent):
            raise self._error("alias", mark, name=event.anchor)
        if event.tag is not None and event.tag != "!":
            raise self._error("tag", mark, "tag_hint", tag=event.tag)

    def _error(self, code: str, mark: Mark, hint: str | None = None, **parameters: object) -> InvalidContentError:
        return InvalidContentError(Problem(code, parameters, self.source.location(mark), hint))


class _YamlReader(Reader):
    """Reads YAML, one document.

    The parser never gets beyond the start of the document, or its end, while directives stand there: in the time it
    takes over them it looks each up among all before it.
    """

    def __init__(self, source: Source) -> None:
        self.parser = _Loader(source.text)
        super().__init__(source, self.parser.get_event)

    def document(self) -> Any:
        """Return what the document holds, None where there is none."""
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from error
        except yaml.YAMLError as error:  # pragma: no cover - whatever else a parser may refuse
            raise self._error("yaml_syntax", (0, 0), problem=str(error)) from error

    def _document(self) -> Any:
        self._refuse_directives()
        self.take()  # the start of the stream
        if isinstance(self.take(), yaml.StreamEndEvent):
            return None
        root = self.value()
        self.take()  # the end of the document
        self._refuse_more()
        return root

    def _refuse_directives(self) -> None:
        """Raise InvalidContentError where directives stand in front of the document."""
        if "%" in self.source.text:
            scanner = _Loader(self.source.text)
            scanner.get_token()  # the start of the stream
            self._refuse_directive(scanner.get_token())

    def _refuse_directive(self, token: Any) -> None:
        if isinstance(token, yaml.DirectiveToken):
            raise self._error("directive", _mark(token))

    def _refuse_more(self) -> None:
        """Raise InvalidContentError where something stands behind the document."""
        while isinstance(token := self.parser.get_token(), yaml.DocumentEndToken):
            pass
        self._refuse_directive(token)
        if isinstance(token, yaml.DocumentStartToken):
            raise self._error("second_document", _mark(token))
        if not isinstance(token, yaml.StreamEndToken):
            problem = "did not find expected <document start>"
            raise self._error("yaml_syntax", _mark(token), "yaml_syntax_hint", problem=problem)

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> InvalidContentError:
        if error.context == _DIRECTIVE:
            return self._error("directive", _place(error.context_mark))
        place = _place(error.problem_mark)
        if error.problem == _TOO_DEEP:
            return self._error("too_deep", place, limit=MAX_DEPTH)
        return self._error("yaml_syntax", place, _syntax_hint(error, self.source), problem=error.problem)


def _mark(event: Any) -> Mark:
    at = event.start_mark
    return (at.line, at.column)


def _place(mark: yaml.Mark | None) -> Mark:
    return (mark.line, mark.column) if mark else (0, 0)


_FULL_WIDTH_COLON = re.compile(r"\s*(?:- *)?[a-z_-]+：")
_FULL_WIDTH_BRACES = re.compile(r"[｛｝［］]|\{[^{}]*，\s*[a-z_-]+[:：]")


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
    column = error.problem_mark.column if error.problem_mark else 0
    if source.line(at)[column : column + 1] == "\t":
        return "tab_hint"
    lines = [source.line(line) for line in range(max(0, at - 1), at + 1)]
    if any(_FULL_WIDTH_COLON.match(line) for line in lines):
        return "colon_hint"
    if any(_FULL_WIDTH_BRACES.search(line) for line in lines):
        return "wide_marks_hint"
    return next((hint for hint, pattern in hints.items() if re.search(pattern, told)), "yaml_syntax_hint")


_FIRST_OF_NO_TEXT = frozenset("~nNtTfF+-.0123456789")
_CONSTANTS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")  # a leading zero is an id ("0042"), not a number
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def _plain_value(text: str) -> Any:
    """Return the value of a scalar without quotes by the core schema of YAML 1.2."""
    if text and text[0] not in _FIRST_OF_NO_TEXT:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
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
