"""Which new files are old ones under another name: those with the same text, and those with half of it, as git sees it.

git itself would look at its index, where what has only been moved is not known yet, and at files of any size.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from os.path import basename

from buystage.review.commits import Commit

LEAST = 0.5  # of the longer text, to be the same
LONGEST = 100_000  # bytes of a text; a longer one must be the same to be found
MOST_HELD = 20_000_000  # bytes of all texts that are gone
MOST_PAIRS = 10_000  # beyond that many a name in another folder is looked for, and no other name

Lines = Counter[bytes]


def origins(commit: Commit, new: Mapping[str, str], gone: Sequence[str]) -> dict[str, str]:
    """Return what files were called at a commit: `new` are files by their paths inside, `gone` paths of that commit.

    Each path is told once. Raises InputError where git has not got a file that must be read for it.
    """
    same = _with_the_same_text(commit, new, gone)
    left = {path: file for path, file in new.items() if path not in same}
    rest = sorted(set(gone) - set(same.values()))
    return same | (_with_much_of_it(commit, left, rest) if left and rest else {})


def _with_the_same_text(commit: Commit, new: Mapping[str, str], gone: Sequence[str]) -> dict[str, str]:
    by_id: dict[str, list[str]] = {}
    for path in sorted(gone, reverse=True):
        by_id.setdefault(commit.ids[path], []).append(path)
    found = {}
    for path, file in new.items():
        if id_ := next((each for each in commit.ids_of(file) if by_id.get(each)), None):
            found[path] = by_id[id_].pop()
    return found


def _with_much_of_it(commit: Commit, new: Mapping[str, str], gone: Sequence[str]) -> dict[str, str]:
    now = {path: lines for path, file in new.items() if (lines := _lines_now(file))}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, path, before in sorted(_alike(now, dict(_lines_then(commit, gone))), reverse=True):
        if path not in found and before not in taken:
            found[path] = before
            taken.add(before)
    return found


def _lines_now(file: str) -> Lines | None:
    try:
        if os.path.isfile(file) and os.path.getsize(file) <= LONGEST:
            with open(file, "rb") as stream:
                return _lines(stream.read(LONGEST))
    except OSError:
        pass
    return None


def _lines_then(commit: Commit, gone: Sequence[str]) -> Iterator[tuple[str, Lines]]:
    short = [(path, size) for path, size in zip(gone, commit.sizes(gone), strict=True) if size <= LONGEST]
    held = accumulate(size for _, size in short)
    kept = [each for each, all_ in zip(short, held, strict=True) if all_ <= MOST_HELD]
    paths, sizes = [path for path, _ in kept], [size for _, size in kept]
    yield from zip(paths, map(_lines, commit.contents(paths, sizes)), strict=True)


def _lines(text: bytes) -> Lines:
    """Return the lines of a deal but for comments: those of the template are the same in all deals."""
    return Counter(line for line in text.splitlines() if not line.lstrip().startswith(b"#"))


def _alike(now: Mapping[str, Lines], then: Mapping[str, Lines]) -> Iterator[tuple[float, str, str]]:
    """Yield pairs of files that share enough, and how much."""
    few = len(now) * len(then) <= MOST_PAIRS
    by_name: dict[str, list[str]] = {}
    for before in then:
        by_name.setdefault("" if few else basename(before), []).append(before)
    for path, lines in now.items():
        for before in by_name.get("" if few else basename(path), ()):
            share = _bytes(lines & then[before]) / max(_bytes(lines), _bytes(then[before]))
            if share >= LEAST:
                yield share, path, before


def _bytes(lines: Lines) -> int:
    return sum((len(line) + 1) * count for line, count in lines.items())
