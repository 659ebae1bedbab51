"""Where playbooks, signals and deals come from: files by path, and what ships with the program.

Paths are asked with `os.path`, whose questions have an answer for every path: pathlib raises for some.
"""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from buystage.builtin import DEFAULT_PLAYBOOKS, SIGNALS_FILE, builtin_folder, builtin_names
from buystage.catalogue import Catalogue, SignalsFile
from buystage.consistency import check_playbook, check_signals
from buystage.days import later
from buystage.deal import PRIVATE, Deal, PrivateFile, private_file
from buystage.diagnosis import Advised
from buystage.errors import InvalidContentError, Problem, UsageError
from buystage.fields import Text
from buystage.language.rule_words import RULE_WORDS
from buystage.playbook import Action, Playbook
from buystage.source import STDIN, Source, YamlMap, location_of, parse, read_source
from buystage.validation import shown, unknown, validate

BUILT_IN = "built-in"


@dataclass(frozen=True)
class Shelf:
    """The playbooks chosen, the catalogue that serves them all, and where each playbook comes from."""

    catalogue: Catalogue
    playbooks: tuple[Playbook, ...]
    origins: tuple[str, ...]

    def playbook(self, name: str) -> Playbook:
        """Return the playbook of this name."""
        return next(each for each in self.playbooks if each.name == name)

    def action(self, advised: Advised) -> Action:
        """Return the action that is recommended."""
        return self.playbook(advised.playbook).states[advised.state].actions[advised.id]

    def advice(self, advised: Advised) -> tuple[Text, Text]:
        """Return what to do and why for a recommended action."""
        action = self.action(advised)
        return (action.instead if advised.instead and action.instead else action.do), action.why


def load_shelf(names: Sequence[str] = DEFAULT_PLAYBOOKS) -> Shelf:
    """Return the playbooks with these names or paths, each once, with the catalogue they share.

    A playbook given by path may bring a `signals.yaml` beside it. Raises UsageError for a name that is not known and
    for two files that go by the same name, InputError for a file that can't be read, InvalidContentError for one
    that is wrong.
    """
    paths = tuple({os.path.realpath(path): path for path in map(_playbook_path, names)}.values())
    catalogue = load_catalogue([os.path.dirname(path) for path in paths])
    playbooks = tuple(_playbook(read_source(path), catalogue) for path in paths)
    called = [book.name for book in playbooks]
    if twice := next((name for name in called if called.count(name) > 1), None):
        raise UsageError(Problem("playbook_twice", {"id": twice}))
    home = os.path.realpath(builtin_folder())
    origins = tuple(BUILT_IN if os.path.dirname(os.path.realpath(path)) == home else path for path in paths)
    return Shelf(catalogue, playbooks, origins)


def load_catalogue(folders: Collection[str] = ()) -> Catalogue:
    """Return the built-in signals with those of the `signals.yaml` in each of `folders`, where there is one."""
    builtin = read_source(os.path.realpath(builtin_folder() / SIGNALS_FILE))
    catalogue = _with_signals(Catalogue({}, {}), builtin)
    for path in dict.fromkeys(os.path.realpath(os.path.join(folder, SIGNALS_FILE)) for folder in folders):
        if path != builtin.name and os.path.lexists(path):
            catalogue = _with_signals(catalogue, read_source(path), unless=builtin.text)
    return catalogue


def load_deal(path: str, catalogue: Catalogue, today: date) -> Deal:
    """Return the deal in the file at `path`, or on standard input for `-`.

    Entries dated later than a day after `today` are errors, and so are signals that `catalogue` doesn't know.
    """
    source = read_source(path)
    context = {"signals": catalogue.signals, "rules": RULE_WORDS, "latest_day": later(today, 1)}
    return validate(Deal, parse(source), source, context)


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
    place = replace(problem.location, source_line="") if problem.location else None
    hidden = {name: "…" for name in ("got", "key") if name in problem.params and not problem.params.get("guess")}
    return replace(problem, params={**problem.params, **hidden}, location=place)


def check_deal(path: str, catalogue: Catalogue, today: date) -> None:
    """Read a deal and what is private about its people; `path` names either file. Raises like the two above."""
    deal = _deal_beside(path) if path.endswith(PRIVATE) else path
    load_private(deal, load_deal(deal, catalogue, today))


def _deal_beside(private: str) -> str:
    """Return the path of the deal that a private file belongs to."""
    paths = [f"{private.removesuffix(PRIVATE)}{suffix}" for suffix in (".yaml", ".yml")]
    return next((path for path in paths if os.path.lexists(path)), paths[0])


def check_file(path: str) -> None:
    """Read a playbook or a file of signals and raise InvalidContentError with everything that is wrong in it."""
    source = read_source(path)
    data = parse(source)
    schema = data.get("schema")
    builtin = read_source(str(builtin_folder() / SIGNALS_FILE))
    if schema == "buystage.signals/v1":
        _with_signals(_with_signals(Catalogue({}, {}), builtin), source, unless=builtin.text)
    elif schema == "buystage.playbook/v1":
        _playbook(source, load_catalogue([] if path == STDIN else [os.path.dirname(path)]))
    else:
        problem = Problem("unknown_schema", {"got": shown(schema)}, location_of(data, ("schema",), source))
        raise InvalidContentError(problem)


def _playbook(source: Source, catalogue: Catalogue) -> Playbook:
    data = parse(source)
    playbook = validate(Playbook, data, source, {"signals": catalogue.signals})
    check_playbook(playbook, data, source)
    return playbook


def _playbook_path(name: str) -> str:
    if name.endswith((".yaml", ".yml")) or os.sep in name:
        return name
    if name not in builtin_names():
        raise UsageError(unknown("unknown_playbook", name, builtin_names(), "list_playbooks"))
    return str(builtin_folder() / f"{name}.yaml")


def _with_signals(catalogue: Catalogue, source: Source, *, unless: str | None = None) -> Catalogue:
    """Return the catalogue with the signals of a file added; a file with the text `unless` adds nothing."""
    if source.text == unless:
        return catalogue
    data = parse(source)
    own = {kind: data[kind] for kind in ("signals", "topics") if isinstance(data.get(kind), YamlMap)}
    context = {kind: {*getattr(catalogue, kind), *own.get(kind, ())} for kind in ("signals", "topics")}
    file = validate(SignalsFile, data, source, context)
    _refuse_known(file, catalogue, data, source)
    merged = Catalogue({**catalogue.signals, **file.signals}, {**catalogue.topics, **file.topics})
    check_signals(file, merged, data, source)
    return merged


def _refuse_known(file: SignalsFile, catalogue: Catalogue, data: YamlMap, source: Source) -> None:
    twice = [("signals", name) for name in file.signals if name in catalogue.signals]
    twice += [("topics", name) for name in file.topics if name in catalogue.topics]
    if twice:
        places = [location_of(data, path, source, key=True) for path in twice]
        pairs = zip(twice, places, strict=True)
        raise InvalidContentError(*(Problem("id_twice", {"id": path[1]}, at, "id_twice_hint") for path, at in pairs))
