"""`playbook check`: a file read, what is wrong in its form, what does not fit together, what is not good."""

import os
import re
from collections.abc import Iterable

from buystage.authoring.lint import Lint, lint_playbook, lint_signals, signals_used
from buystage.errors import BuystageError, InvalidContentError, Problem
from buystage.files.opening import Opener, open_named
from buystage.files.source import STDIN, Source, read_source
from buystage.files.strict_yaml import YamlMap, location_of, parse
from buystage.files.validation import shown
from buystage.library.discovery import all_folders, is_found_by_name, playbooks_in, read_in_folder
from buystage.library.playbooks import read_playbook, refuse_other_name
from buystage.library.signal_files import check_signals_file, load_catalogue
from buystage.model.catalogue import Catalogue
from buystage.model.playbook import Playbook

RULE_OF = {"implies_itself": "implication-cycle"}


def check_file(path: str, open_: Opener = open_named) -> None:
    """Read a playbook or a file of signals and raise InvalidContentError with everything that is not right in it."""
    source = read_source(path, open_)
    data = parse(source)
    schema = data.get("schema")
    if not isinstance(schema, str) or schema not in _CHECKS:
        problem = Problem("unknown_schema", {"got": shown(schema)}, location_of(data, ("schema",), source))
        raise InvalidContentError(problem)
    try:
        findings = _CHECKS[schema](source, data)
    except InvalidContentError as error:
        raise InvalidContentError(*map(_with_rule, error.problems), more=error.more) from None
    if problems := [each for each in _problems(findings, data, source) if not _is_allowed(each, source)]:
        raise InvalidContentError(*problems)


def _check_playbook(source: Source, data: YamlMap) -> Iterable[Lint]:
    catalogue = load_catalogue([] if source.name == STDIN else [os.path.dirname(source.name)])
    playbook = read_playbook(source, data, catalogue)
    if is_found_by_name(source.name):
        refuse_other_name(playbook, data, source)
    return lint_playbook(playbook, data, catalogue)


def _check_signals(source: Source, data: YamlMap) -> Iterable[Lint]:
    catalogue = check_signals_file(source)
    mine = {name: catalogue.signals[name] for name in data["signals"]}
    here = [] if source.name == STDIN else [os.path.dirname(source.name) or os.curdir]
    try:
        playbooks = [_read(path, catalogue) for each in (*here, *all_folders()) for path in playbooks_in(each)]
    except BuystageError:  # told where that playbook is checked
        return lint_signals(mine, data, None)
    return lint_signals(mine, data, signals_used(playbooks, catalogue))


def _read(path: str, catalogue: Catalogue) -> Playbook:
    source = read_in_folder(path)
    return read_playbook(source, parse(source), catalogue)


_CHECKS = {"buystage.playbook/v1": _check_playbook, "buystage.signals/v1": _check_signals}


def _with_rule(problem: Problem) -> Problem:
    """Return a problem of form under the id of the rule it breaks, where it breaks one."""
    no_why = problem.code == "missing" and problem.params.get("key") == "why"
    return problem._replace(rule="action-without-why" if no_why else RULE_OF.get(problem.code))


def _problems(findings: Iterable[Lint], data: YamlMap, source: Source) -> list[Problem]:
    problems = [_problem(each, data, source) for each in findings]
    return sorted(problems, key=lambda each: (each.location.line, each.location.column) if each.location else (0, 0))


def _problem(finding: Lint, data: YamlMap, source: Source) -> Problem:
    place = location_of(data, finding.path, source, key=True)
    return Problem(finding.rule, finding.params, place, f"{finding.rule}-hint", rule=finding.rule)


def _is_allowed(problem: Problem, source: Source) -> bool:
    """Return whether the line itself says that it is right as it is: `# allow: RULE`."""
    line = source.line(problem.location.line - 1) if problem.location else ""
    said = re.search(r"#\s*allow:\s*([a-z, -]*)", line, re.IGNORECASE)
    return said is not None and problem.rule in {each.split()[0] for each in said.group(1).split(",") if each.strip()}
