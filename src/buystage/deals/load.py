"""Deal files, and what is kept in private beside them.

Paths are asked with `os.path`, whose questions have an answer for every path: pathlib raises for some.
"""

import os
from datetime import date

from buystage.deals.json_lines import parse_line, parse_line_with_places
from buystage.errors import InputError, InvalidContentError, Problem, discreet
from buystage.files.opening import PRIVATE, Opener, is_private, open_met, open_named, open_private, private_file
from buystage.files.source import STDIN, Source, read_source
from buystage.files.strict_yaml import YamlMap, parse
from buystage.files.validation import validate
from buystage.model.catalogue import Catalogue
from buystage.model.days import later
from buystage.model.deal import Deal, PrivateFile
from buystage.settings.values import SEVERITIES


def load_deal(path: str, catalogue: Catalogue, today: date, open_: Opener = open_named) -> Deal:
    """Return the deal in the file at `path`, or on standard input for `-`.

    Entries dated later than a day after `today` are errors, and so are signals that `catalogue` doesn't know.
    """
    return read_deal(read_source(path, open_), catalogue, today)[0]


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
    Raises InputError for one that is not called as git knows to ignore it.
    """
    private = private_file(path)
    if path == STDIN:
        return PrivateFile()
    if os.path.lexists(slip := f"{private.removesuffix(PRIVATE)}.private.yml"):
        raise _misnamed(slip)
    if not os.path.lexists(private):
        return PrivateFile()
    try:
        source = read_source(private, open_private)
        return validate(
            PrivateFile, parse(source), source, {"people": dict.fromkeys(person.name for person in deal.buying_group)}
        )
    except InvalidContentError as error:
        raise discreet(error) from None


def check_deal(path: str, catalogue: Catalogue, today: date, open_: Opener = open_named) -> None:
    """Read a deal and what is private about its people; `path` names either file. Raises like the two above."""
    if is_private(path):
        if not path.endswith(PRIVATE):
            raise _misnamed(path)
        path, open_ = _deal_beside(path), open_met
    load_private(path, load_deal(path, catalogue, today, open_))


def _misnamed(private: str) -> InputError:
    """Return the error of a private file under a name that git does not ignore."""
    return InputError(Problem("private_misnamed", {"file": private}, hint="private_misnamed_hint"))


def _deal_beside(private: str) -> str:
    """Return the path of the deal that a private file belongs to."""
    paths = [f"{private.removesuffix(PRIVATE)}{suffix}" for suffix in (".yaml", ".yml")]
    return next((path for path in paths if os.path.lexists(path)), paths[0])
