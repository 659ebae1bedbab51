"""The JSON Schemas of our files and of our JSON, made from the models; the docstrings become hover texts."""

import ast
import inspect
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from buystage.model.catalogue import SignalsFile
from buystage.model.deal import Deal
from buystage.model.fields import FileModel
from buystage.model.playbook import Playbook
from buystage.render.diagnosis.document import DiagnosisDocument
from buystage.render.review.document import ReportDocument, ReviewedDocument
from buystage.settings.file import Config

MODELS: dict[str, Any] = {
    "config": Config,
    "deal": Deal,
    "diagnosis": DiagnosisDocument,
    "playbook": Playbook,
    "report": ReportDocument | ReviewedDocument,
    "signals": SignalsFile,
}


class _WithDocstrings(GenerateJsonSchema):
    """Says of each field what stands under it in the code: reading that from there would slow down every start.

    The titles made from field names are left out: hover texts in editors would repeat each name.
    """

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - the base class names it
        """Return False: a field is called by its name."""
        return False

    def model_schema(self, schema: Any) -> dict[str, Any]:
        """Return the schema of a model, its fields with their docstrings."""
        found = super().model_schema(schema)
        model = schema["cls"]
        for name, text in (each for base in model.__mro__ if issubclass(base, FileModel) for each in _docstrings(base)):
            found["properties"][model.model_fields[name].alias or name].setdefault("description", text)
        return found

    def encode_default(self, dft: Any) -> Any:
        """Return a default as JSON; pydantic 2.12 can't of a model that nobody has used yet."""
        if isinstance(dft, FileModel):
            dft.model_rebuild()
        return super().encode_default(dft)


def _docstrings(model: type[FileModel]) -> Iterator[tuple[str, str]]:
    """Yield each field of a model with the text that stands under it."""
    (definition,) = ast.parse(inspect.getsource(model)).body
    assert isinstance(definition, ast.ClassDef)
    for field, below in pairwise(definition.body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)


def schema_text(kind: str) -> str:
    """Return the JSON Schema (draft 2020-12) of a kind of file or of JSON, as text."""
    body = TypeAdapter(MODELS[kind]).json_schema(schema_generator=_WithDocstrings)
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **body, "title": f"buystage {kind}"}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
