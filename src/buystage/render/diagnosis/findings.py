"""Findings of the rules in words: why, in the deal's own words where it has any, and what to do about it."""

from collections.abc import Container, Iterator

from buystage.diagnosis.result import DealDiagnosis, JobsDiagnosis
from buystage.language import Language, say
from buystage.language.rule_words import RULE_WORDS
from buystage.library.playbooks import Shelf
from buystage.model.finding import Finding
from buystage.render.words import clause, fact_text, short_name
from buystage.terminal.console import literal

SAID_ELSEWHERE = {"job-reopened", "consensus-lagging", "validation-lagging", "contradiction"}  # on the screen


def rule_word(rule: str, part: str, language: Language) -> str:
    """Return the title of a rule, what it detects, its effect or its countermeasure."""
    return RULE_WORDS[rule][part][language]


def why_text(finding: Finding, shelf: Shelf, language: Language, told: Container[str] = ()) -> str:
    """Return what a rule found, with the words of the log it rests on, unless those are `told` elsewhere."""
    parameters: dict[str, object] = {**finding.numbers, **{name: literal(text) for name, text in finding.texts.items()}}
    if days := finding.numbers.get("days"):
        parameters["days_said"] = say("days_1" if days == 1 else "days_n", language, days=days)
    if finding.playbook and finding.state:
        parameters["state"] = short_name(shelf.playbook(finding.playbook).states[finding.state], language)
    if word := finding.texts.get("claim"):
        stages = (book.stages[word] for book in shelf.playbooks if word in book.stages)
        parameters["claim"] = next((short_name(stage, language) for stage in stages), literal(word))
    if finding.known:
        fact = fact_text(shelf, finding.known.signal, finding.known.value, language)
        parameters["fact"] = clause(fact, language)
    if finding.against:
        fact = fact_text(shelf, finding.against.signal, finding.against.value, language)
        parameters["other"] = clause(fact, language)
    why = RULE_WORDS[finding.rule]["why"][language].format(**parameters)
    if not finding.words or finding.words in told:
        return why
    return say("fact_and_quote", language, fact=why, quote=say("quote", language, quote=literal(finding.words)))


def risk_lines(result: DealDiagnosis, shelf: Shelf, language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield mark (! warning, · notice), why and countermeasure of what no other part of the screen tells."""
    jobs = [job for each in result.diagnoses if isinstance(each, JobsDiagnosis) for job in each.jobs]
    causes = {job.cause for job in jobs if job.state == "reopened" and job.cause}
    for finding in result.risks:
        if finding.rule not in SAID_ELSEWHERE:
            mark = "·" if finding.severity == "notice" else "!"
            why = why_text(finding, shelf, language, told=causes)
            yield mark, why, rule_word(finding.rule, "countermeasure", language)
