"""What a manager would stop at in a deal: pure functions of the day, the deal, its diagnosis and its course."""

from collections.abc import Mapping

from buystage.finding import Finding
from buystage.rules.case import Case, Rule
from buystage.rules.risks import RISKS

UNTIL_SIGNED = {
    "information-asymmetry",
    "vendor-choice-difficulty",
    "step-skipped",
    "no-owner",
    "customer-silent",
    "stage-overdue",
}


def findings(case: Case, rules: Mapping[str, Rule] = RISKS) -> tuple[Finding, ...]:
    """Return what the rules report, warnings before notices, without what is waived on the day."""
    waived = {waiver.rule for waiver in case.deal.waivers if case.as_of <= waiver.until}
    quiet = waived | (UNTIL_SIGNED if case.signed else set())
    found = (finding for name, rule in rules.items() if name not in quiet for finding in rule(case))
    return tuple(sorted(found, key=lambda finding: ("error", "warning", "notice").index(finding.severity)))
