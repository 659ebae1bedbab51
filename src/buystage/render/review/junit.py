"""A review as JUnit XML for build servers: a suite a deal, a case a rule that can fail the review."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree

from buystage.language import say
from buystage.model.finding import gate
from buystage.render.review.edition import ReviewRun, Unread
from buystage.render.review.report import DealReport, FindingInWords
from buystage.render.safe_text import xml_text
from buystage.terminal.console import literal

Element = ElementTree.Element


def review_junit(reports: Sequence[DealReport], edition: ReviewRun) -> str:
    """Return a review as JUnit XML.

    What fails the review is a failure, what is waived is skipped, what could not be read is an error; what is found
    besides stands in the suite's output.
    """
    names = Counter(each.name for each in reports)
    suites = [_suite(each, _unique_name(each, names), edition) for each in reports]
    unread = groupby(edition.unread, key=lambda each: each.file)
    suites += [_unread(_path(file, edition), [*problems]) for file, problems in unread]
    root = Element("testsuites", _counts(suites))
    root.extend(suites)
    return xml_text(root, ascii_only=edition.ascii_only)


def _unique_name(report: DealReport, names: Counter[str]) -> str:
    """Return the name of a deal, with its identity where others are called alike: readers keep one case of a name."""
    return report.name if names[report.name] == 1 else f"{report.name} ({literal(report.identity)})"


def _suite(report: DealReport, name: str, edition: ReviewRun) -> Element:
    suite, path = Element("testsuite"), _path(report.file, edition)
    found = {rule: [each for each in report.findings if each.rule == rule] for rule in _gate(report, edition)}
    waived = {each.rule: each for each in report.waived}
    for rule, told in found.items():
        case = ElementTree.SubElement(suite, "testcase", {"classname": name, "name": rule, "file": path})
        _fill(case, report, told, waived.get(rule), edition)
    suite.attrib = {"name": name, "file": path, **_counts([suite])}
    if besides := [each for each in report.findings if each.rule not in found]:
        ElementTree.SubElement(suite, "system-out").text = "\n".join(_line(each, edition) for each in besides)
    return suite


def _gate(report: DealReport, edition: ReviewRun) -> Iterator[str]:
    """Yield the rules that can fail the review, by how bad they are for this deal."""
    bad = gate(edition.fail_on)
    yield from (rule for rule, level in edition.levels(report.file).items() if level in bad)


def _fill(
    case: Element, report: DealReport, told: Sequence[FindingInWords], waived: FindingInWords | None, edition: ReviewRun
) -> None:
    """Put into a case what its rule found in a deal, or why that is set aside."""
    if told:
        case.set("line", str(told[0].line))
        failure = ElementTree.SubElement(case, "failure", {"type": told[0].rule, "message": told[0].message})
        remedies = (each.with_remedy(edition.language) for each in told)
        failure.text = "\n".join([*(_line(each, edition) for each in told), *report.reasons, *remedies])
    elif waived:
        reason = say("review_waived", edition.language, until=waived.until, reason=waived.reason)
        ElementTree.SubElement(case, "skipped", {"message": reason})


def _line(told: FindingInWords, edition: ReviewRun) -> str:
    return f"{_path(told.file, edition)}:{told.line}:{told.column}: {told.severity}: {told.message} [{told.rule}]"


def _unread(path: str, problems: Sequence[Unread]) -> Element:
    """Return a suite for a file that could not be reviewed, with one case: what is wrong in it."""
    suite = Element("testsuite", {"name": path, "file": path})
    case = ElementTree.SubElement(suite, "testcase", {"classname": path, "name": "readable", "file": path})
    error = ElementTree.SubElement(case, "error", {"message": problems[0].message})
    error.text = "\n".join(each.placed(path) for each in problems)
    suite.attrib |= _counts([suite])
    return suite


def _path(file: str, edition: ReviewRun) -> str:
    return literal(edition.paths.path(file))


def _counts(suites: Sequence[Element]) -> dict[str, str]:
    kinds = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    return {name: str(sum(1 for suite in suites for _ in suite.iter(tag))) for name, tag in kinds.items()}
