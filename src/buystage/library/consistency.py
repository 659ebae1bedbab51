"""What no single field of a file can see: ids that don't fit each other, rows that don't fit their states."""

from collections.abc import Iterable, Iterator

from buystage.errors import MOST_SHOWN, InvalidContentError, Problem
from buystage.files.source import Source
from buystage.files.strict_yaml import YamlMap, location_of
from buystage.model.catalogue import Catalogue, SignalsFile
from buystage.model.playbook import Case, FullRow, Playbook, full_row
from buystage.model.rows import JOB_ROWS, JOB_STATES, STAGE_ROWS

Path = tuple[str | int, ...]
Finding = tuple[str, Path, dict[str, object]]  # message code, place in the file, parameters


def check_playbook(playbook: Playbook, data: YamlMap, source: Source) -> None:
    """Raise InvalidContentError with what in a playbook doesn't fit together: the first of it, and how much more."""
    findings = [*_kind(playbook), *_rows(playbook), *_placed_twice(playbook)]
    for index, case in enumerate(playbook.cases):
        findings += _case(case, index, playbook)
    _raise(findings, data, source)


def case_problems(case: Case, index: int, playbook: Playbook, data: YamlMap, source: Source) -> list[Problem]:
    """Return what in the case at `index` of a playbook doesn't fit the playbook."""
    return _problems(_case(case, index, playbook), data, source)


def check_signals(file: SignalsFile, catalogue: Catalogue, data: YamlMap, source: Source) -> None:
    """Raise InvalidContentError where implications run in a circle or make an ongoing signal yes."""
    _raise([*_implications(file, catalogue)], data, source)


def _raise(findings: Iterable[Finding], data: YamlMap, source: Source) -> None:
    found = list(findings)
    if found:
        raise InvalidContentError(*_problems(found[:MOST_SHOWN], data, source), more=len(found[MOST_SHOWN:]))


def _problems(findings: Iterable[Finding], data: YamlMap, source: Source) -> list[Problem]:
    return [
        Problem(code, {"path": ".".join(map(str, path)), **parameters}, location_of(data, path, source, key=True))
        for code, path, parameters in findings
    ]


def _kind(playbook: Playbook) -> Iterator[Finding]:
    wanted, unwanted = ("stages", "jobs") if playbook.kind == "linear" else ("jobs", "stages")
    if len(getattr(playbook, wanted)) < (2 if playbook.kind == "linear" else 1):
        yield "kind_needs", ("kind",), {"kind": playbook.kind, "needs": wanted}
    if getattr(playbook, unwanted):
        yield "kind_excludes", (unwanted,), {"kind": playbook.kind, "key": unwanted}
    if playbook.kind == "jobs" and playbook.rows:
        yield "kind_excludes", ("rows",), {"kind": "jobs", "key": "rows"}


def _rows(playbook: Playbook) -> Iterator[Finding]:
    for path, spec in _full_rows(playbook):
        states = JOB_STATES if playbook.kind == "jobs" else tuple(playbook.stages)
        try:
            full_row(spec, states)
        except ValueError as error:
            at = error.args[0]
            params = {"at": at, "count": at, "needed": len(states), "states": ", ".join(states)}
            yield "row_length" if isinstance(at, int) else "row_does_not_fit", path, params


def _full_rows(playbook: Playbook) -> Iterator[tuple[Path, FullRow]]:
    for signal, spec in playbook.rows.items():
        yield ("rows", signal), spec
    for name, job in playbook.jobs.items():
        for signal, spec in job.rows.words.items():
            yield ("jobs", name, "rows", "words", signal), spec


def _placed_twice(playbook: Playbook) -> Iterator[Finding]:
    """A signal has one row per track: placed twice, one of the two would count in silence."""
    for track in _placements(playbook):
        seen: dict[str, Path] = {}
        for signal, path in track:
            if signal in seen:
                yield "placed_twice", path, {"id": signal, "first": ".".join(map(str, seen[signal]))}
            seen.setdefault(signal, path)


def _placements(playbook: Playbook) -> Iterator[list[tuple[str, Path]]]:
    """Yield, per track, each signal with the place in the file where its row stands."""
    full = [(str(path[-1]), path) for path, _ in _full_rows(playbook)]
    stages: list[tuple[str, Path]] = []
    for name, stage in playbook.stages.items():
        stages += _listed(("stages", name, "rows"), stage.rows, STAGE_ROWS)
    yield stages + [each for each in full if each[1][0] == "rows"]
    for name, job in playbook.jobs.items():
        mine = _listed(("jobs", name, "rows"), job.rows, (*JOB_ROWS, "reopened"))
        yield mine + [each for each in full if each[1][:2] == ("jobs", name)]


def _listed(path: Path, rows: object, shorthands: Iterable[str]) -> list[tuple[str, Path]]:
    return [
        (signal, (*path, shorthand, index))
        for shorthand in shorthands
        for index, signal in enumerate(getattr(rows, shorthand))
    ]


def _case(case: Case, index: int, playbook: Playbook) -> Iterator[Finding]:
    place: Path = ("cases", index)
    if bool(case.answers) and bool(case.observations):
        yield "case_answers_twice", (*place, "observations"), {}
    if not any(getattr(case.expect, name) for name in type(case.expect).model_fields):
        yield "case_expects_nothing", (*place, "expect"), {}
    for key in _keys_of_the_other_kind(case, playbook):
        yield "case_expects_other_kind", (*place, "expect", key), {"kind": playbook.kind, "key": key}
    for state, path in _expected_states(case, place):
        if state not in playbook.states:
            yield "unknown_state", path, {"id": state, "states": ", ".join(playbook.states)}


def _keys_of_the_other_kind(case: Case, playbook: Playbook) -> list[str]:
    expect = case.expect
    if playbook.kind == "linear":
        return [key for key in ("jobs", "causes", "looped") if getattr(expect, key)]
    return [key for key, value in (("stage", expect.stage), ("not", expect.not_), ("verdict", expect.verdict)) if value]


def _expected_states(case: Case, place: Path) -> Iterator[tuple[str, Path]]:
    if case.expect.stage is not None:
        yield case.expect.stage, (*place, "expect", "stage")
    for state in case.expect.not_:
        yield state, (*place, "expect", "not")
    for key in ("jobs", "causes"):
        yield from ((job, (*place, "expect", key, job)) for job in getattr(case.expect, key))


def _implications(file: SignalsFile, catalogue: Catalogue) -> Iterator[Finding]:
    for name, signal in file.signals.items():
        for index, target in enumerate(signal.implies):
            place: Path = ("signals", name, "implies", index)
            if catalogue.signals[target].sort == "ongoing":
                yield "implies_ongoing", place, {"id": target}
            if target == name or name in catalogue.implied_by[target]:
                yield "implies_itself", place, {"id": target}
        if name in signal.excludes:
            yield "excludes_itself", ("signals", name, "excludes"), {"id": name}
