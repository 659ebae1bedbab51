"""A diagnosis as JSON, written field by field in the shape of `document.py`."""

import json
import re
from collections.abc import Mapping

from buystage import __version__
from buystage.diagnosis.advice import words_of
from buystage.diagnosis.result import (
    Advised,
    Ask,
    Change,
    Conflict,
    DealDiagnosis,
    Diagnosis,
    Evidence,
    JobDiagnosis,
    JobsDiagnosis,
    LinearDiagnosis,
    StateScore,
)
from buystage.language import Language
from buystage.library.playbooks import Shelf
from buystage.model.finding import Finding
from buystage.model.visible import UNPRINTABLE, is_plain_text
from buystage.render.diagnosis.document import (
    ActionPart,
    AskPart,
    ChangePart,
    ConflictPart,
    DealPart,
    DiagnosisDocument,
    EvidencePart,
    JobPart,
    JobsPart,
    LinearPart,
    RiskPart,
    StatePart,
    TallyPart,
    WhatIfPart,
)
from buystage.render.diagnosis.findings import rule_word, why_text
from buystage.render.words import ask_text, conflict_text

PLACES = 6


def render_json(result: DealDiagnosis, shelf: Shelf, language: Language, *, ascii_only: bool = False) -> str:
    """Return the diagnosis as JSON text with a newline at its end, in plain ASCII where nothing else can be shown."""
    return json_text(diagnosis_document(result, shelf, language), ascii_only=ascii_only)


def diagnosis_document(result: DealDiagnosis, shelf: Shelf, language: Language) -> DiagnosisDocument:
    """Return the diagnosis in the shape of its JSON."""
    return _Writer(shelf, language, result).document()


def json_text(document: Mapping[str, object], *, ascii_only: bool = False) -> str:
    """Return a document as JSON text in which nothing acts on a terminal or hides in it."""
    return escape_unprintable(json.dumps(document, ensure_ascii=ascii_only, indent=2)) + "\n"


def escape_unprintable(text: str) -> str:
    """Return JSON text in which nothing acts on a terminal or in the log of a build server, or hides in it."""
    text = text.replace("##", "#\\u0023") if "##" in text else text
    return text if is_plain_text(text) else UNPRINTABLE.sub(_escaped, text)


def _escaped(found: "re.Match[str]") -> str:
    """Return characters that act on a terminal or hide in it as JSON escapes; line ends of the document stay."""
    return "".join(each if each == "\n" else json.dumps(each)[1:-1] for each in found.group())


class _Writer:
    """Holds the texts and the language while the document is written."""

    def __init__(self, shelf: Shelf, language: Language, result: DealDiagnosis) -> None:
        self.shelf, self.language, self.result = shelf, language, result

    def document(self) -> DiagnosisDocument:
        result = self.result
        group = result.buying_group
        return {
            "schema": "buystage.diagnosis/v1",
            "buystage": __version__,
            "language": self.language.value,
            "as_of": result.as_of.isoformat(),
            "deal": self._deal(),
            "looped": result.looped,
            "diagnoses": self._diagnoses(result.diagnoses),
            "ask": [self._ask(each) for each in result.ask],
            "actions": [self._action(each) for each in result.actions],
            "avoid": [text[self.language] for text in result.avoid],
            "risks": [self._risk(each) for each in result.risks],
            "buying_group": {"known": group.known, "missing_roles": [*group.missing_roles], "stances": group.stances},
            "what_if": self._what_if(),
            "answers": self._tally(),
        }

    def _what_if(self) -> WhatIfPart | None:
        supposed = self.result.what_if
        return {"answers": supposed.answers, "diagnoses": self._diagnoses(supposed.diagnoses)} if supposed else None

    def _deal(self) -> DealPart:
        newest = self.result.last_observation
        return {
            "name": self.result.name,
            "file": self.result.file,
            "claimed_stage": self.result.claimed_stage,
            "last_observation": newest.isoformat() if newest else None,
        }

    def _diagnoses(self, diagnoses: tuple[Diagnosis, ...]) -> list[LinearPart | JobsPart]:
        return [self._linear(each) if isinstance(each, LinearDiagnosis) else self._jobs(each) for each in diagnoses]

    def _linear(self, diagnosis: LinearDiagnosis) -> LinearPart:
        reading, named = diagnosis.reading, diagnosis.stage is not None
        return {
            "playbook": diagnosis.playbook,
            "version": diagnosis.version,
            "origin": diagnosis.origin,
            "kind": "linear",
            "verdict": reading.verdict,
            "stage": diagnosis.stage,
            "range": [*reading.range],
            "confidence": round(reading.confidence, PLACES),
            "runner_up": reading.runner_up if named else None,
            "margin_db": reading.margin_db if named else None,
            "stages": [_state(each) for each in reading.states],
            "evidence": [_evidence(each) for each in reading.evidence],
            "would_change": [_change(each) for each in reading.would_change],
            "conflicts": [self._conflict(each) for each in reading.conflicts],
        }

    def _jobs(self, diagnosis: JobsDiagnosis) -> JobsPart:
        return {
            "playbook": diagnosis.playbook,
            "version": diagnosis.version,
            "origin": diagnosis.origin,
            "kind": "jobs",
            "focus": [*diagnosis.focus],
            "jobs": [self._job(each) for each in diagnosis.jobs],
        }

    def _job(self, job: JobDiagnosis) -> JobPart:
        reading = job.reading
        return {
            "id": job.id,
            "state": job.state,
            "verdict": reading.verdict,
            "confidence": round(reading.confidence, PLACES),
            "since": job.since.isoformat() if job.since else None,
            "cause": job.cause,
            "states": [_state(each) for each in reading.states],
            "evidence": [_evidence(each) for each in reading.evidence],
            "would_change": [_change(each) for each in reading.would_change],
            "conflicts": [self._conflict(each) for each in reading.conflicts],
        }

    def _conflict(self, conflict: Conflict) -> ConflictPart:
        return {"signals": [*conflict.signals], "why": self._why(conflict)}

    def _why(self, conflict: Conflict) -> str:
        return conflict_text(conflict, self.shelf, self.language, today=self.result.as_of)

    def _ask(self, ask: Ask) -> AskPart:
        probe = ask_text(ask, self.result, self.shelf, self.language)
        return {"signal": ask.signal, "probe": probe, "settles": {"playbook": ask.playbook, "state": ask.state}}

    def _risk(self, finding: Finding) -> RiskPart:
        return {
            "rule": finding.rule,
            "severity": finding.severity,
            "why": why_text(finding, self.shelf, self.language),
            "countermeasure": rule_word(finding.rule, "countermeasure", self.language),
        }

    def _action(self, advised: Advised) -> ActionPart:
        do, why = words_of(advised, self.shelf)
        return {
            "id": advised.id,
            "do": do[self.language],
            "why": why[self.language],
            "playbook": advised.playbook,
            "state": advised.state,
            "signal": advised.signal,
            "role": advised.role,
        }

    def _tally(self) -> TallyPart:
        tally = self.result.tally
        return {
            "yes": tally.yes,
            "no": tally.no,
            "unknown": tally.unknown,
            "implied": tally.implied,
            "not_asked": tally.not_asked,
        }


def _state(score: StateScore) -> StatePart:
    return {"id": score.id, "cost_db": score.cost_db, "probability": round(score.probability, PLACES)}


def _evidence(line: Evidence) -> EvidencePart:
    return {
        "topic": line.topic,
        "signals": [*line.signals],
        "answers": [*line.answers],
        "db": line.db,
        "capped": line.capped,
        "date": line.date.isoformat(),
        "quote": line.quote,
        "implied": line.implied,
    }


def _change(change: Change) -> ChangePart:
    return {"signal": change.signal, "answer": change.answer, "stage": change.state}
