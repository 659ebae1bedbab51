"""A new log entry as YAML, and its place in the text of a deal file: everything else in the text stays as it was."""

import json
import re
from collections.abc import Iterator

from pydantic import ValidationError

from buystage.errors import BuystageError, InputError, Problem
from buystage.files.source import LINE_END, Source
from buystage.files.strict_yaml import YamlList, YamlMap, parse
from buystage.model.deal import MOST_ENTRIES
from buystage.model.observation import GivenAnswer, Observation

KEY = "observations"
DEAL = "buystage.deal/v1"
NEWLINE = re.compile("\r\n|[\n\r]")  # YAML takes others for line ends too; editors and git don't
EMPTY = re.compile(r"\[[ \t]*\]|~|null|Null|NULL|")
DOCUMENT_END = re.compile(r"\.\.\.(\s|$)")
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # what YAML folds or refuses, raw in quotes


# --- an entry as YAML ------------------------------------------------------------------------------------------


def entry_lines(entry: Observation) -> list[str]:
    """Return a log entry as lines of YAML: an item of a list, its dash in the first column."""
    lines = [f"- date: {entry.date.isoformat()}"]
    if entry.source:
        lines.append(f"  source: {quoted(entry.source)}")
    lines.append("  answers:" if entry.answers else "  answers: {}")
    return [*lines, *(f"    {signal}: {_answer(given)}" for signal, given in entry.answers.items())]


def entry_block(*entries: Observation) -> str:
    """Return log entries with the key they go under, for a person to paste."""
    return "\n".join([f"{KEY}:", *(f"  {line}" for entry in entries for line in entry_lines(entry))])


def _answer(given: GivenAnswer) -> str:
    parts = [f"answer: {given.answer}"]
    parts += ["evidence: assumed"] if given.evidence == "assumed" else []
    parts += [f"{key}: {quoted(text)}" for key, text in (("quote", given.quote), ("by", given.by)) if text]
    return given.answer if len(parts) == 1 else f"{{{', '.join(parts)}}}"


def quoted(text: str) -> str:
    """Return text in double quotes; JSON's escapes are YAML's."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


# --- where it goes ---------------------------------------------------------------------------------------------


def with_entry(source: Source, entry: Observation) -> str:
    """Return the text of a deal file with an entry appended to its log and everything else as it was.

    The log may be a block list at any indentation, empty, or absent, anywhere in the file. Raises InputError with the
    block to paste where it has another shape. What is returned has been read again: it holds the old deal, the new
    entry and nothing else.
    """
    before = parse(source)
    if len(before.get(KEY) or ()) >= MOST_ENTRIES:
        raise InputError(Problem("log_full", {"file": source.name, "limit": MOST_ENTRIES}))
    for text in _candidates(source.text, before, entry_lines(entry)):
        if _holds(Source(source.name, text), before, entry):
            return text
    raise InputError(Problem("log_shape", {"file": source.name}, hint="paste_hint", block=entry_block(entry)))


def _holds(source: Source, before: YamlMap, entry: Observation) -> bool:
    """Whether a text is the old deal with exactly this entry at the end of its log."""
    try:
        after = parse(source)
        *log, new = after.get(KEY) or [None]
        return Observation.model_validate(new) == entry and {**after, KEY: log} == {
            **before,
            KEY: before.get(KEY) or [],
        }
    except (BuystageError, ValidationError):
        return False


def _candidates(text: str, before: YamlMap, entry: list[str]) -> Iterator[str]:
    """Yield the texts that may be the deal with the entry in it, the neatest first."""
    lines = text.splitlines(keepends=True)
    if not _is_flow(lines, before) and before.get("schema", DEAL) == DEAL:
        log = before.get(KEY)
        if KEY not in before:
            yield from _with_new_key(lines, before, entry)
        elif not log:
            yield from _in_place_of_nothing(lines, before, entry)
        elif isinstance(log, YamlList):
            yield from _at_the_end_of(lines, before, log, entry)


def _is_flow(lines: list[str], data: YamlMap) -> bool:
    """Whether a mapping is written in braces."""
    line, column = data.mark
    return lines[line].startswith("{", column)


def _at_the_end_of(lines: list[str], before: YamlMap, log: YamlList, entry: list[str]) -> Iterator[str]:
    """Yield the text with the entry after the last one, before or behind what stands between it and the next key."""
    dash = log.mark[1]
    end = _next_key_line(lines, before)
    last = end
    while last > log.mark[0] and _is_between(lines[last - 1], dash):
        last -= 1
    for at in dict.fromkeys((last, end)):
        yield _inserted(lines, at, entry, dash)


def _is_between(line: str, dash: int) -> bool:
    """Whether a line is blank, or a comment that doesn't belong to an entry of the list."""
    content = line.strip()
    return not content or (content[0] == "#" and line.index("#") <= dash)


def _in_place_of_nothing(lines: list[str], before: YamlMap, entry: list[str]) -> Iterator[str]:
    """Yield the text with the entry as the first one under a key with nothing, `[]` or `null` behind it."""
    line, column = before.value_marks[KEY]
    key_line, indent = before.key_marks[KEY]
    if line == key_line and (empty := EMPTY.match(lines[line], column)):
        emptied = lines[line][: empty.start()] + lines[line][empty.end() :]
        yield _inserted([*lines[:line], emptied, *lines[line + 1 :]], line + 1, entry, indent + 2)
    elif line != key_line:  # nothing at all behind the key: the parser puts nothing where the next token begins
        yield _inserted(lines, key_line + 1, entry, indent + 2)


def _with_new_key(lines: list[str], before: YamlMap, entry: list[str]) -> Iterator[str]:
    """Yield the text with a log at its end, or before its last key where the end belongs to a text of many lines."""
    indent = before.mark[1]
    block = [f"{KEY}:", *(f"  {line}" for line in entry)]
    for at in (_document_end(lines), max(line for line, _ in before.key_marks.values())):
        yield _inserted(lines, at, block, indent)


def _next_key_line(lines: list[str], before: YamlMap) -> int:
    """Return the line of the key after the log, or the end of the document."""
    later = [line for line, _ in before.key_marks.values() if line > before.key_marks[KEY][0]]
    return min(later, default=_document_end(lines))


def _document_end(lines: list[str]) -> int:
    """Return the line that ends the document, or the number of lines."""
    return next((at for at, line in enumerate(lines) if DOCUMENT_END.match(line)), len(lines))


def _inserted(lines: list[str], at: int, block: list[str], indent: int) -> str:
    newline = next((end.group() for line in lines if (end := NEWLINE.search(line))), "\n")
    before = "".join(lines[:at])
    joint = newline if before and not LINE_END.search(before[-2:]) else ""
    return before + joint + "".join(f"{' ' * indent}{line}{newline}" for line in block) + "".join(lines[at:])
