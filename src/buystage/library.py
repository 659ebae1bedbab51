"""Where playbooks, signals and deals come from: files by path, and what ships with the program."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from buystage.builtin import DEFAULT_PLAYBOOKS, SIGNALS_FILE, builtin_folder, builtin_names
from buystage.catalogue import Catalogue, SignalsFile
from buystage.consistency import check_playbook, check_signals
from buystage.deal import Deal
from buystage.diagnosis import Advised
from buystage.errors import InputError, InvalidContentError, Problem, UsageError
from buystage.fields import Text
from buystage.playbook import Playbook
from buystage.source import Source, YamlMap, location_of, parse, read_source
from buystage.validation import nearest, validate

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

    def advice(self, advised: Advised) -> tuple[Text, Text]:
        """Return what to do and why for a recommended action."""
        action = self.playbook(advised.playbook).states[advised.state].actions[advised.id]
        return (action.instead if advised.instead and action.instead else action.do), action.why


def load_shelf(names: Sequence[str] = DEFAULT_PLAYBOOKS) -> Shelf:
    """Return the playbooks with these names or paths, each once, with the catalogue they share.

    A playbook given by path may bring a `signals.yaml` beside it. Raises UsageError for a name that is not known and
    for two files that go by the same name, InputError for a file that can't be read, InvalidContentError for one
    that is wrong.
    """
    paths = tuple({path.resolve(): path for path in map(_playbook_path, names)}.values())
    catalogue = load_catalogue([path.parent for path in paths])
    playbooks = tuple(load_playbook(str(path), catalogue) for path in paths)
    called = [book.name for book in playbooks]
    if twice := next((name for name in called if called.count(name) > 1), None):
        raise UsageError(Problem("playbook_twice", {"id": twice}))
    origins = tuple(BUILT_IN if path.parent.resolve() == builtin_folder() else str(path) for path in paths)
    return Shelf(catalogue, playbooks, origins)


def load_playbook(path: str, catalogue: Catalogue) -> Playbook:
    """Return the playbook in the file at `path`, its signals all in `catalogue`."""
    source = read_source(path)
    data = parse(source)
    playbook = validate(Playbook, data, source, {"signals": catalogue.signals})
    check_playbook(playbook, data, source)
    return playbook


def load_catalogue(folders: Collection[Path] = ()) -> Catalogue:
    """Return the built-in signals with those of the `signals.yaml` in each of `folders`, where there is one."""
    builtin = builtin_folder() / SIGNALS_FILE
    catalogue = _with_signals(Catalogue({}, {}), str(builtin))
    for path in dict.fromkeys((folder / SIGNALS_FILE).resolve() for folder in folders):
        if path.is_file() and path.read_bytes() != builtin.read_bytes():  # a copy of the built-in ones adds nothing
            catalogue = _with_signals(catalogue, str(path))
    return catalogue


def load_deal(path: str, catalogue: Catalogue, today: date) -> Deal:
    """Return the deal in the file at `path`, or on standard input for `-`.

    Entries dated later than a day after `today` are errors, and so are signals that `catalogue` doesn't know.
    """
    source = read_source(path)
    tomorrow = today + timedelta(days=1) if today < date.max else today
    context = {"signals": catalogue.signals, "latest_day": tomorrow}
    return validate(Deal, parse(source), source, context)


def check_file(path: str) -> None:
    """Read a playbook or a file of signals and raise InvalidContentError with everything that is wrong in it."""
    source = read_source(path)
    schema = parse(source).get("schema")
    if schema == "buystage.signals/v1":
        load_catalogue([Path(path).parent])
    elif schema == "buystage.playbook/v1":
        load_playbook(path, load_catalogue([Path(path).parent]))
    else:
        raise InvalidContentError(Problem("unknown_schema", {"got": schema}, source.location((0, 0))))


def yaml_files(paths: Sequence[str]) -> Iterator[str]:
    """Yield the YAML files that paths name, each once: files as given, folders all the way down, sorted.

    Hidden files and folders, `buystage.yaml` and `*.private.yaml` are left out of folders. Raises InputError for a
    path that isn't there and for a folder without any such file.
    """
    seen: dict[str, None] = {}
    for path in paths:
        found = _in_folder(Path(path)) if Path(path).is_dir() else [path]
        if not found:
            raise InputError(Problem("empty_folder", {"file": path}))
        seen |= dict.fromkeys(found)
    yield from seen


def _in_folder(folder: Path) -> list[str]:
    def wanted(path: Path) -> bool:
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        private = path.name == "buystage.yaml" or path.stem.endswith(".private")
        return path.suffix in (".yaml", ".yml") and not hidden and not private and path.is_file()

    return [str(path) for path in sorted(folder.rglob("*")) if wanted(path)]


def _playbook_path(name: str) -> Path:
    if Path(name).suffix in (".yaml", ".yml") or "/" in name:
        return Path(name)
    if name not in builtin_names():
        guess = nearest(name, builtin_names())
        hint = "did_you_mean" if guess else "list_playbooks"
        raise UsageError(Problem("unknown_playbook", {"id": name, "guess": guess}, hint=hint))
    return builtin_folder() / f"{name}.yaml"


def _with_signals(catalogue: Catalogue, path: str) -> Catalogue:
    source = read_source(path)
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
