"""Deals and entries that several tests are made from."""

import json
from typing import Any

import yaml

from buystage.model.observation import Observation
from conftest import ROOT

DAY = "2026-03-10"


ANSWERS: dict[str, Any] = {
    "requirements_agreed": {"answer": "yes", "quote": "Version 3 is signed", "by": "Ann"},
    "offers_being_compared": "yes",
    "preferred_named": "no",
    "supplier_once_chosen": "no",
    "checks_under_way": "yes",
    "agreement_being_sought": "yes",
}


STEP = {"what": "Visit", "by": "both", "date": "2026-04-01"}


def deal(name: str = "Meridian", **keys: Any) -> str:
    """Return a deal in Evaluation whose CRM says Choice."""
    log = [{"date": "2026-03-03", "answers": ANSWERS}]
    given = {"name": name, "claimed_stage": "solution_confirmation", "next_step": STEP, **keys, "observations": log}
    return yaml.safe_dump(given, allow_unicode=True, sort_keys=False)


REPORT = json.loads((ROOT / "schemas/report.schema.json").read_text("utf-8"))


ENTRY = Observation.model_validate(
    {
        "date": "2026-03-02",
        "source": 'call with "Ann"',
        "answers": {
            "problem_named": "yes",
            "budget_approved": {"answer": "no", "evidence": "assumed", "quote": "it's: # {not} yet", "by": "Ann Lee"},
            "change_decided": "unknown",
        },
    }
)
