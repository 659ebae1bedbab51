"""What a manager would stop at in a deal: pure functions of the day, the deal, where it stands and its course."""

from collections.abc import Iterable, Mapping

from buystage.diagnosis.rules.claims import CLAIMS
from buystage.diagnosis.rules.plans import PLANS
from buystage.diagnosis.rules.risks import RISKS
from buystage.diagnosis.rules.subject import Rule, Subject
from buystage.model.finding import WORST_FIRST, Finding
from buystage.settings.values import RuleSettings

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
    "key-date-past",
    "no-decision-maker",
    "single-contact",
}
ALL: Mapping[str, Rule] = {**CLAIMS, **RISKS, **PLANS}


def findings(subject: Subject) -> tuple[Finding, ...]:
    """Return the risks of a purchase, the worst first, without what is waived on the day."""
    waived = {waiver.rule for waiver in subject.deal.waivers if waiver.holds_on(subject.as_of)}
    return tuple(finding for finding in all_findings(subject, RISKS) if finding.rule not in waived)


def all_findings(subject: Subject, rules: Mapping[str, Rule] = ALL) -> tuple[Finding, ...]:
    """Return what the rules report, the worst first, what is waived included; a deal that is lost has no findings."""
    if subject.is_lost:
        return ()
    quiet = UNTIL_SIGNED if subject.signed else set()
    wanted = (rule for name, rule in rules.items() if name not in quiet)
    return judged((finding for rule in wanted for finding in rule(subject)), subject.settings)


def judged(found: Iterable[Finding], settings: RuleSettings) -> tuple[Finding, ...]:
    """Return findings as bad as the settings have them, the worst first; without what is switched off."""
    levels = ((each, settings.level(each.rule)) for each in found)
    kept = [each._replace(severity=level) for each, level in levels if level != "off"]
    return tuple(sorted(kept, key=lambda finding: WORST_FIRST.index(finding.severity)))
