"""What the cases of a playbook came to: lines for people, JSON, and JUnit's XML for build servers."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from buystage.authoring.cases import CaseReport, CaseResult, Coverage
from buystage.errors import problem_text
from buystage.language import Language, say
from buystage.render.diagnosis.json import json_text
from buystage.render.safe_text import xml_text
from buystage.terminal.console import literal

INDENT = " " * 8


def case_lines(tested: CaseReport, language: Language) -> Iterator[str]:
    """Yield each failed case with its differences, then how many passed and what no case looks at."""
    for result in tested.results:
        if not result.passed:
            yield say("test_failed", language, playbook=tested.playbook, case=literal(result.case))
        yield from (f"{INDENT}{reason}" for reason in _reasons(result, language))
    yield say("test_passed", language, playbook=tested.playbook, passed=tested.passed, cases=len(tested.results))
    yield INDENT + _covered("coverage_states", tested.states, language)
    yield INDENT + _covered("coverage_signals", tested.signals, language)


def cases_json(tested: Sequence[CaseReport], *, ascii_only: bool = False) -> str:
    """Return the results as a JSON document: the playbooks, each with its cases in the order of the file."""
    playbooks = [
        {
            "playbook": each.playbook,
            "passed": each.passed,
            "failed": len(each.results) - each.passed,
            "cases": [_case(result) for result in each.results],
            "untested": {"states": each.states.missing, "signals": each.signals.missing},
        }
        for each in tested
    ]
    document = {"schema": "buystage.tests/v1", "playbooks": playbooks}
    return json_text(document, ascii_only=ascii_only)


def cases_junit(tested: Sequence[CaseReport], language: Language, *, ascii_only: bool = False) -> str:
    """Return the results as JUnit XML: a suite a playbook; a broken case is an error, one that differs a failure."""
    suites = ElementTree.Element("testsuites", _counts([result for each in tested for result in each.results]))
    for each in tested:
        suite = ElementTree.SubElement(suites, "testsuite", {"name": each.playbook, **_counts(each.results)})
        for result in each.results:
            names = {"classname": each.playbook, "name": literal(result.case) or "?"}
            case = ElementTree.SubElement(suite, "testcase", names)
            if not result.passed:
                reasons = list(_reasons(result, language))
                kind = "error" if result.error else "failure"
                ElementTree.SubElement(case, kind, {"message": "; ".join(reasons)}).text = "\n".join(reasons)
    return xml_text(suites, ascii_only=ascii_only)


def _counts(results: Sequence[CaseResult]) -> dict[str, str]:
    broken = sum(result.error is not None for result in results)
    failed = sum(not result.passed for result in results) - broken
    return {"tests": str(len(results)), "failures": str(failed), "errors": str(broken)}


def _case(result: CaseResult) -> dict[str, object]:
    keys = ("what", "expected", "got")
    return {
        "case": result.case,
        "passed": result.passed,
        "differences": [dict(zip(keys, each, strict=True)) for each in result.differences],
        "errors": list(_broken(result, Language.EN)),
    }


def _reasons(result: CaseResult, language: Language) -> Iterator[str]:
    """Yield why a case did not pass: what differs, or what is wrong with it."""
    for what, expected, got in result.differences:
        told = say("test_no_stage", language) if (what, got) == ("stage", "null") else literal(got)
        yield say("test_difference", language, what=what, expected=literal(expected), got=told)
    yield from _broken(result, language)


def _broken(result: CaseResult, language: Language) -> Iterator[str]:
    for problem in result.error.problems if result.error else ():
        place = problem.location
        where = f"{literal(place.file)}:{place.line}:{place.column}: " if place else ""
        yield where + literal(problem_text(problem, language))


def _covered(key: str, coverage: Coverage, language: Language) -> str:
    missing = say("coverage_missing", language, missing=", ".join(coverage.missing)) if coverage.missing else ""
    return say(key, language, covered=coverage.total - len(coverage.missing), total=coverage.total) + missing
