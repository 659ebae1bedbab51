"""A review as SARIF 2.1.0, which code scanning of GitHub and other services read."""

import os
import re
from collections.abc import Sequence
from urllib.parse import quote

from buystage import __version__
from buystage.language import Language
from buystage.language.rule_words import RULE_WORDS
from buystage.render.diagnosis.findings import rule_word
from buystage.render.diagnosis.json import json_text
from buystage.render.review.edition import ReviewRun, Unread
from buystage.render.review.report import DealReport, FindingInWords
from buystage.settings.values import SEVERITIES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "notice": "note"}
RULES = list(RULE_WORDS)
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")  # where a text in brackets before a parenthesis would be a link


def review_sarif(reports: Sequence[DealReport], edition: ReviewRun) -> str:
    """Return a review as SARIF: what is waived is a suppressed result, what could not be read a notification."""
    language = edition.language
    run = {
        "tool": {
            "driver": {
                "name": "buystage",
                "version": __version__,
                "rules": [_rule(rule, language) for rule in RULES],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not edition.unread,
                "toolExecutionNotifications": [_notification(each, edition) for each in edition.unread],
            }
        ],
        "results": [_result(told, each, edition) for each in reports for told in (*each.findings, *each.waived)],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(document, ascii_only=edition.ascii_only)


def _rule(rule: str, language: Language) -> dict[str, object]:
    return {
        "id": rule,
        "name": "".join(part.capitalize() for part in rule.split("-")),
        "shortDescription": {"text": rule_word(rule, "title", language)},
        "fullDescription": {"text": rule_word(rule, "detects", language)},
        "help": {"text": rule_word(rule, "countermeasure", language)},
        "defaultConfiguration": {"level": LEVELS[SEVERITIES[rule]]},
    }


def _result(told: FindingInWords, report: DealReport, edition: ReviewRun) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": told.rule,
        "ruleIndex": RULES.index(told.rule),
        "level": LEVELS[told.severity],
        "message": {"text": _literal(f"{report.name}: {told.with_remedy(edition.language)}")},
        "locations": [_location(told.file, told.line, told.column, edition)],
        "partialFingerprints": {"buystage/v1": report.fingerprint(told)},
    }
    if told.reason is not None:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": told.reason}]
    return result


def _notification(unread: Unread, edition: ReviewRun) -> dict[str, object]:
    place = _location(unread.file, unread.line or 1, unread.column or 1, edition)
    return {"level": "error", "message": {"text": _literal(unread.message)}, "locations": [place]}


def _literal(text: str) -> str:
    """Return a message in which nothing acts as a link or a placeholder (SARIF 2.1.0, sections 3.11.5 and 3.11.6)."""
    return _LINK.sub(r"\\[", text).replace("{", "{{").replace("}", "}}")


def _location(file: str, line: int, column: int, edition: ReviewRun) -> dict[str, object]:
    place = {"uri": quote(os.fsencode(edition.paths.path(file)))}
    return {"physicalLocation": {"artifactLocation": place, "region": {"startLine": line, "startColumn": column}}}
