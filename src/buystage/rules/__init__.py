"""What a manager would stop at in a deal: pure functions of the day, the deal, its diagnosis and its course."""

from collections.abc import Mapping

from buystage.finding import Finding
from buystage.rules.case import Case, Rule
from buystage.rules.claims import CLAIMS
from buystage.rules.plans import PLANS
from buystage.rules.risks import RISKS

UNTIL_SIGNED = {
    "information-asymmetry",
    "vendor-choice-difficulty",
    "step-skipped",
    "no-owner",
    "customer-silent",
    "stage-overdue",
    "no-next-step",
    "next-step-past",
    "next-step-ours-only",
    "close-date-past",
    "no-decision-maker",
    "single-contact",
}
ALL: Mapping[str, Rule] = {**CLAIMS, **RISKS, **PLANS}


SEVERITIES = ("error", "warning", "notice")


def findings(case: Case) -> tuple[Finding, ...]:
    """Return the risks of a purchase, warnings before notices, without what is waived on the day."""
    waived = {waiver.rule for waiver in case.deal.waivers if case.as_of <= waiver.until}
    return tuple(finding for finding in all_findings(case, RISKS) if finding.rule not in waived)


def all_findings(case: Case, rules: Mapping[str, Rule] = ALL) -> tuple[Finding, ...]:
    """Return what the rules report, the worst first, what is waived included; a deal that is lost has no findings."""
    if case.claim and case.claim.status == "lost":
        return ()
    quiet = UNTIL_SIGNED if case.signed else set()
    found = (finding for name, rule in rules.items() if name not in quiet for finding in rule(case))
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))
