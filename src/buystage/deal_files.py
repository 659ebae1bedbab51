"""Deal files, and what is kept in private beside them.

Paths are asked with `os.path`, whose questions have an answer for every path: pathlib raises for some.
"""

import os
from datetime import date

from buystage.catalogue import Catalogue
from buystage.days import later
from buystage.deal import PRIVATE, Deal, PrivateFile, private_file
from buystage.errors import InvalidContentError, Problem
from buystage.json_lines import parse_line, parse_line_with_places
from buystage.settings import SEVERITIES
from buystage.source import STDIN, Source, read_source
from buystage.strict_yaml import YamlMap, parse
from buystage.validation import validate


def load_deal(path: str, catalogue: Catalogue, today: date) -> Deal:
    """Return the deal in the file at `path`, or on standard input for `-`.

    Entries dated later than a day after `today` are errors, and so are signals that `catalogue` doesn't know.
    """
    return read_deal(read_source(path), catalogue, today)[0]


def read_deal(source: Source, catalogue: Catalogue, today: date) -> tuple[Deal, YamlMap]:
    """Return the deal that a text holds, and its data with the place of everything in it. Raises as `load_deal`."""
    data = parse(source)
    return _deal(data, source, catalogue, today), data


def read_deal_line(source: Source, catalogue: Catalogue, today: date) -> tuple[Deal, YamlMap]:
    """Return the deal on a line of JSON Lines, and its data. Raises as `load_deal`."""
    data = parse_line(source)
    try:
        return _deal(data, source, catalogue, today), data
    except InvalidContentError:
        _deal(parse_line_with_places(source), source, catalogue, today)
        raise  # pragma: no cover - what is wrong without places is wrong with them


def _deal(data: YamlMap, source: Source, catalogue: Catalogue, today: date) -> Deal:
    context = {"signals": catalogue.signals, "rules": SEVERITIES, "latest_day": later(today, 1)}
    return validate(Deal, data, source, context)


def load_private(path: str, deal: Deal) -> PrivateFile:
    """Return what is private about the people of the deal at `path`; nothing where there is no such file.

    Raises InvalidContentError for people the deal does not name; its problems cite nothing of what is private.
    """
    private = private_file(path)
    if path == STDIN or not os.path.lexists(private):
        return PrivateFile()
    source = read_source(private)
    try:
        return validate(PrivateFile, parse(source), source, {"people": [person.name for person in deal.buying_group]})
    except InvalidContentError as error:
        raise InvalidContentError(*map(_discreet, error.problems), more=error.more) from None


def _discreet(problem: Problem) -> Problem:
    """Return a problem without the text of the file: errors are shown, piped and pasted."""
    place = problem.location._replace(source_line="") if problem.location else None
    hidden = {name: "…" for name in ("got", "key") if name in problem.params and not problem.params.get("guess")}
    return problem._replace(params={**problem.params, **hidden}, location=place)


def check_deal(path: str, catalogue: Catalogue, today: date) -> None:
    """Read a deal and what is private about its people; `path` names either file. Raises like the two above."""
    deal = _deal_beside(path) if path.endswith(PRIVATE) else path
    load_private(deal, load_deal(deal, catalogue, today))


def _deal_beside(private: str) -> str:
    """Return the path of the deal that a private file belongs to."""
    paths = [f"{private.removesuffix(PRIVATE)}{suffix}" for suffix in (".yaml", ".yml")]
    return next((path for path in paths if os.path.lexists(path)), paths[0])
