"""Which playbooks there are, by name: those of the team, those of the user, those built in. The first hit wins.

Asked on every press of the TAB key, so what reads settings is imported only where there are any.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from platformdirs import user_config_dir, user_data_dir

from buystage.errors import InputError, InvalidContentError, Problem, discreet_problem
from buystage.files.opening import Opener, is_private, open_met, open_own
from buystage.files.source import STDIN, Source, read_source
from buystage.library.shipped import SIGNALS_FILE, builtin_folder
from buystage.settings.values import DEFAULT_PLAYBOOKS, Settings

BUILT_IN = "built-in"
CONFIG_FILE = "buystage.yaml"

OTHER_KINDS = ("buystage.deal/", "buystage.signals/", "buystage.config/")
HEAD = 65536  # bytes of a file that say what kind it is

_SCHEMA = re.compile(r"^[\"' \t{]*schema[\"']?\s*:\s*[\"']?([\w./-]+)", re.MULTILINE)
_STATES = re.compile(r"^(?:stages|jobs)\s*:", re.MULTILINE)


class Found(NamedTuple):
    """A playbook file, and what it hides: the files of the same name that come after it."""

    name: str
    path: str
    hidden: tuple[str, ...] = ()


def nearest_config() -> str | None:
    """Return the path of the settings file in the current folder or the nearest one above it, None where none is."""
    try:
        folder = os.path.realpath(os.curdir)
    except OSError:  # the current folder is gone
        return None
    while not os.path.lexists(os.path.join(folder, CONFIG_FILE)):
        if folder == os.path.dirname(folder):
            return None
        folder = os.path.dirname(folder)
    return os.path.join(folder, CONFIG_FILE)


def settings_files() -> list[str]:
    """Return the settings files in use: the nearest one, then the user's own, where they are."""
    mine = os.path.join(user_config_dir("buystage"), CONFIG_FILE)
    return [path for path in (nearest_config(), mine if os.path.lexists(mine) else None) if path]


def settings_in_use() -> Settings:
    """Return what the team and the user have set. Raises InputError where that can't be read or is wrong."""
    files = settings_files()
    if not files:
        return Settings()
    from buystage.settings.file import settings_in

    return settings_in(files)


def team_folders() -> list[str]:
    """Return the folders that the settings name, in their order. Raises InputError where one is not there."""
    folders = list(settings_in_use().playbook_folders)
    for folder in folders:
        _entries(folder)
    return folders


def own_folders() -> list[str]:
    """Return the folders of the team, then the user's own where there is one that can be read."""
    mine = _mine()
    return [*team_folders(), *([mine] if os.path.isdir(mine) and unreadable_folder() is None else ())]


def unreadable_folder() -> InputError | None:
    """Return what keeps the user's own folder from being read. It ends no command that names nothing in it."""
    mine = _mine()
    try:
        if os.path.isdir(mine):
            _entries(mine)
    except InputError as error:
        return error
    return None


def _mine() -> str:
    return os.path.join(user_data_dir("buystage"), "playbooks")


def all_folders() -> list[str]:
    """Return the folders where playbooks are looked for, the first one to ask first."""
    return [*own_folders(), str(builtin_folder())]


def found_playbooks() -> dict[str, Found]:
    """Return every playbook by name, the default ones first."""
    paths: dict[str, list[str]] = {}
    for folder in all_folders():
        for path in playbooks_in(folder):
            known = paths.setdefault(_name(path), [])
            if os.path.realpath(path) not in map(os.path.realpath, known):  # a folder may be named twice
                known.append(path)
    order = dict.fromkeys((*(name for name in DEFAULT_PLAYBOOKS if name in paths), *sorted(paths)))
    return {name: Found(name, paths[name][0], tuple(paths[name][1:])) for name in order}


def playbook_path(name: str) -> str | None:
    """Return the file of the playbook called `name`, None where there is none."""
    candidates = (os.path.join(folder, f"{name}{suffix}") for folder in all_folders() for suffix in (".yaml", ".yml"))
    return next((path for path in candidates if os.path.lexists(path) and _is_playbook(path)), None)


def signal_files(folders: Iterable[str] = ()) -> list[str]:
    """Return the files of signals beside playbooks: in `folders`, then in those of the team and the user, each once."""
    paths = (os.path.join(os.path.realpath(folder), SIGNALS_FILE) for folder in (*folders, *own_folders()))
    return [path for path in dict.fromkeys(paths) if os.path.lexists(path)]


@contextmanager
def discreet_abroad() -> Iterator[None]:
    """Let errors cite nothing of a file outside the folder of the settings that name it: a repository may name any."""
    try:
        yield
    except InvalidContentError as error:
        told = (discreet_problem(each) if _is_abroad(each) else each for each in error.problems)
        raise InvalidContentError(*told, more=error.more) from None


def is_strangers(folder: str) -> bool:
    """Return whether the nearest settings, and not the user's own, name a folder of playbooks outside their own."""
    settings, named = nearest_config(), settings_in_use().origins.get("playbook_folders")
    return settings is not None and named is not None and named.file == settings and not _is_below(folder, settings)


def _is_abroad(problem: Problem) -> bool:
    settings, place = nearest_config(), problem.location
    if settings is None or place is None or place.file == STDIN:
        return False
    named = settings_in_use()
    folders = {os.path.realpath(each) for each in named.playbook_folders}
    is_named = place.file in named.playbooks or os.path.realpath(os.path.dirname(place.file)) in folders
    return is_named and not _is_below(place.file, settings)


def _is_below(path: str, settings: str) -> bool:
    """Return whether a path leads to the folder of a settings file, or below it."""
    home = os.path.join(os.path.dirname(os.path.realpath(settings)), "")
    return os.path.join(os.path.realpath(path), "").startswith(home)


def read_in_folder(path: str) -> Source:
    """Return the text of a playbook or of signals that a folder holds. Raises InputError as `read_source` does."""
    return read_source(path, _opener(path))


def _opener(path: str) -> Opener:
    """Return how a file in a folder is opened: links are followed in the user's own and where the program lies."""
    return open_own if os.path.realpath(os.path.dirname(path)) in (_home(), os.path.realpath(_mine())) else open_met


def origin_of(path: str) -> str:
    """Return where a playbook comes from: `built-in`, or its path, seen from here where it lies below."""
    if is_builtin(path):
        return BUILT_IN
    try:
        below = os.path.relpath(path)
    except OSError:  # the current folder is gone
        return path
    return path if below.startswith(os.pardir) else below


def is_builtin(path: str) -> bool:
    """Return whether a file ships with the program."""
    return os.path.dirname(os.path.realpath(path)) == _home()


def is_found_by_name(path: str) -> bool:
    """Return whether a file stands in a folder where playbooks are found by their names."""
    return os.path.realpath(os.path.dirname(path)) in map(os.path.realpath, own_folders())


@cache
def _home() -> str:
    return os.path.realpath(builtin_folder())


def playbooks_in(folder: str) -> Iterator[str]:
    """Yield the playbook files of a folder, sorted. Raises InputError where it can't be read."""
    names = (each for each in sorted(_entries(folder)) if each.endswith((".yaml", ".yml")) and each[0] != ".")
    files = (each for each in names if not is_private(each))
    paths = (os.path.join(folder, each) for each in files)
    yield from (path for path in paths if not os.path.isdir(path) and _is_playbook(path))


def _entries(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError as error:
        raise InputError(Problem("unreadable", {"file": folder, "reason": error.strerror})) from error


def _is_playbook(path: str) -> bool:
    """Return whether a file says that it is a playbook, or can't be read: a folder may hold deals and settings too."""
    try:
        with _opener(path)(path) as file:
            head = file.read(HEAD)
    except (OSError, InputError):
        return True  # reading it will say what is wrong
    text = head.decode("utf-8-sig", "replace")
    said = _SCHEMA.search(text)
    if said is None:
        return b"\0" in head or bool(_STATES.search(text))
    return not said.group(1).startswith(OTHER_KINDS)


def _name(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]
