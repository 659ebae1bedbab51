"""The JSON Schemas of our files and of our JSON, made from the models; the docstrings become hover texts."""

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from buystage.catalogue import SignalsFile
from buystage.config import Config
from buystage.deal import Deal
from buystage.playbook import Playbook
from buystage.render.document import DiagnosisDocument
from buystage.render.review.document import ReportDocument, ReviewedDocument

MODELS: dict[str, Any] = {
    "config": Config,
    "deal": Deal,
    "diagnosis": DiagnosisDocument,
    "playbook": Playbook,
    "report": ReportDocument | ReviewedDocument,
    "signals": SignalsFile,
}


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles made from field names: hover texts in editors would repeat each name."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - the base class names it
        """Return False: a field is called by its name."""
        return False


def schema_text(kind: str) -> str:
    """Return the JSON Schema (draft 2020-12) of a kind of file or of JSON, as text."""
    body = TypeAdapter(MODELS[kind]).json_schema(schema_generator=_Untitled)
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **body, "title": f"buystage {kind}"}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
