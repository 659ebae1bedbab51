"""What the cases of a playbook came to, line by line."""

from collections.abc import Iterator, Sequence

from buystage.cases import CaseResult, Coverage, signal_coverage, state_coverage
from buystage.language import Language, say
from buystage.playbook import Playbook
from buystage.terminal import literal

INDENT = " " * 8


def case_lines(playbook: Playbook, results: Sequence[CaseResult], language: Language) -> Iterator[str]:
    """Yield each failed case with its differences, then how many passed and what no case looks at."""
    for result in results:
        if not result.passed:
            yield say("test_failed", language, playbook=playbook.name, case=literal(result.case))
        for what, expected, got in result.differences:
            difference = say("test_difference", language, what=what, expected=literal(expected), got=literal(got))
            yield f"{INDENT}{difference}"
    passed = sum(result.passed for result in results)
    yield say("test_passed", language, playbook=playbook.name, passed=passed, cases=len(results))
    yield INDENT + _covered("coverage_states", state_coverage(playbook), language)
    yield INDENT + _covered("coverage_signals", signal_coverage(playbook), language)


def _covered(key: str, coverage: Coverage, language: Language) -> str:
    missing = say("coverage_missing", language, missing=", ".join(coverage.missing)) if coverage.missing else ""
    return say(key, language, covered=coverage.total - len(coverage.missing), total=coverage.total) + missing
