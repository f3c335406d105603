"""The JSON Schema of a source file, for editors.

Belongs here: the schema of the model, made as close as possible to what people write. Does not belong here: checking
files (see `sources.loading`); rules between parts cannot be said in JSON Schema.
"""

from __future__ import annotations

import json
from typing import Any

from schemas.catalogue import RECORD_TYPES, Field, RecordType
from sources.config import Source


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a source file, with the records and fields of the catalogue."""
    document = Source.model_json_schema(by_alias=True)
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    document["title"] = "A customer's register"
    definitions = document["$defs"]
    written_out = definitions.pop("FieldMapping")
    definitions["FieldMapping"] = {
        "description": written_out["description"],
        "anyOf": [{"type": "string", "description": "The customer's column."}, written_out],
    }
    snapshot_kinds = document["properties"]["snapshot"]["oneOf"]
    for kind in snapshot_kinds:
        definition = definitions[kind["$ref"].rsplit("/", 1)[-1]]
        definition["required"] = ["type", *definition.get("required", [])]
    records = document["properties"]["records"]
    records["additionalProperties"] = False
    records["properties"] = {record.name: _record(record) for record in RECORD_TYPES.values()}
    return document


def text() -> str:
    """The schema as JSON text."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _record(record: RecordType) -> dict[str, Any]:
    one = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: _field(field) for field in record.fields},
        "required": [field.name for field in record.fields if field.required],
    }
    if record.part is None:
        return one
    return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}


def _field(field: Field) -> dict[str, Any]:
    told = f"{field.fi} / {field.en}." + ("" if field.default_on else " Off by default: say because.")
    return {"$ref": "#/$defs/FieldMapping", "description": told}
