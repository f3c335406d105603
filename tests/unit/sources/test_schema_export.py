"""The JSON Schema that editors use."""

from __future__ import annotations

import json

from schemas.catalogue import RECORD_TYPES
from sources import schema_export
from sources.config import Source


def test_it_is_json_with_the_keys_of_a_source_file() -> None:
    document = json.loads(schema_export.text())
    assert set(document["properties"]) == {field.alias or name for name, field in Source.model_fields.items()}
    assert "register" in document["required"]
    assert document["additionalProperties"] is False


def test_every_key_is_explained() -> None:
    document = schema_export.schema()
    parts = {"Source": document} | document["$defs"]
    silent = [
        f"{part}.{key}"
        for part, definition in parts.items()
        for key, said in definition.get("properties", {}).items()
        if "description" not in said and key != "type"
    ]
    assert silent == []


def test_records_and_fields_are_those_of_the_catalogue() -> None:
    records = schema_export.schema()["properties"]["records"]
    assert list(records["properties"]) == list(RECORD_TYPES)
    assert records["additionalProperties"] is False
    person = records["properties"]["person"]
    assert list(person["properties"]) == RECORD_TYPES["person"].field_names
    assert person["required"] == ["last_name"]
    listed = records["properties"]["certificate"]["anyOf"][1]
    assert listed["type"] == "array"


def test_a_column_may_be_named_alone() -> None:
    definition = schema_export.schema()["$defs"]["FieldMapping"]
    assert definition["anyOf"][0]["type"] == "string"
    assert "column" in definition["anyOf"][1]["properties"]


def test_every_reference_leads_somewhere() -> None:
    document = schema_export.schema()
    text = json.dumps(document)
    for name in {part.split('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]}:
        assert name in document["$defs"]
