"""A review as JUnit XML for build servers: a suite a deal, a case a rule that can fail the review."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from buystage.finding import gate
from buystage.language import say
from buystage.render.review.edition import Edition, Unread
from buystage.render.review.report import DealReport, Told
from buystage.render.xml import xml_text

Element = ElementTree.Element


def review_junit(reports: Sequence[DealReport], edition: Edition) -> str:
    """Return a review as JUnit XML.

    What fails the review is a failure, what is waived is skipped, what could not be read is an error; what is found
    besides stands in the suite's output.
    """
    suites = [*(_suite(each, edition) for each in reports), *(_unread(each) for each in edition.unread)]
    root = Element("testsuites", _counts(suites))
    root.extend(suites)
    return xml_text(root, ascii_only=edition.ascii_only)


def _suite(report: DealReport, edition: Edition) -> Element:
    suite = Element("testsuite")
    found = {rule: [each for each in report.findings if each.rule == rule] for rule in _gate(report, edition)}
    waived = {each.rule: each for each in report.waived}
    for rule, told in found.items():
        suite.append(_case(report, rule, told, waived.get(rule), edition))
    suite.attrib = {"name": report.name, "file": report.path, **_counts([suite])}
    if besides := [each for each in report.findings if each.rule not in found]:
        ElementTree.SubElement(suite, "system-out").text = "\n".join(map(_line, besides))
    return suite


def _gate(report: DealReport, edition: Edition) -> Iterator[str]:
    """Yield the rules that can fail the review, by how bad they are for this deal."""
    bad = gate(edition.fail_on)
    yield from (rule for rule, level in edition.levels(report.file).items() if level in bad)


def _case(report: DealReport, rule: str, told: Sequence[Told], waived: Told | None, edition: Edition) -> Element:
    case = Element("testcase", {"classname": report.name, "name": rule, "file": report.path})
    if told:
        case.set("line", str(told[0].line))
        failure = ElementTree.SubElement(case, "failure", {"type": rule, "message": told[0].message})
        remedies = (each.with_remedy(edition.language) for each in told)
        failure.text = "\n".join([*map(_line, told), *report.reasons, *remedies])
    elif waived:
        reason = say("review_waived", edition.language, until=waived.until, reason=waived.reason)
        ElementTree.SubElement(case, "skipped", {"message": reason})
    return case


def _line(told: Told) -> str:
    return f"{told.path}:{told.line}:{told.column}: {told.severity}: {told.message} [{told.rule}]"


def _unread(unread: Unread) -> Element:
    suite = Element("testsuite", {"name": unread.path, "file": unread.path})
    case = ElementTree.SubElement(suite, "testcase", {"classname": unread.path, "name": "readable"})
    ElementTree.SubElement(case, "error", {"message": unread.message}).text = unread.place + unread.message
    suite.attrib |= _counts([suite])
    return suite


def _counts(suites: Sequence[Element]) -> dict[str, str]:
    kinds = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    return {name: str(sum(1 for suite in suites for _ in suite.iter(tag))) for name, tag in kinds.items()}
