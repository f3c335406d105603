"""The YAML of the documents is loaded, and the reference of keys has every key, its default and an example."""

from __future__ import annotations

import copy
import io
import re
from pathlib import Path
from typing import Any

import pytest
from documents import ADDING, ALL, LOCATION, blocks, cells
from ruamel.yaml import YAML

from schemas.catalogue import RECORD_TYPES
from sources import schema_export
from sources.config import HttpsLocation, S3Location, SftpLocation
from sources.loading import parse


def base() -> dict[str, Any]:
    return _read("".join(block.body for block in blocks(ADDING) if block.language == "yaml"))


def _read(text: str) -> Any:
    return _round_trip().load(text)


def _written(document: Any) -> str:
    out = io.StringIO()
    _round_trip().dump(document, out)
    return out.getvalue()


def _round_trip() -> YAML:
    """Every scalar and the order of keys stay as they were written."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    return yaml


@pytest.mark.parametrize("document", ALL, ids=lambda path: path.name)
def test_every_yaml_block_loads(document: Path) -> None:
    sources: list[str] = []
    for block in blocks(document):
        if block.language == "yaml" and (block.body.startswith("customer:") or not sources):
            sources.append(block.body)
        elif block.language == "yaml":
            sources[-1] += block.body
    for text in sources:
        parse(text, document.name)


def reference() -> dict[str, tuple[str, str]]:
    """Key -> its default and its example, as the reference has them."""
    rows = [*cells(ADDING, columns=4), *cells(LOCATION, columns=4)]
    return {row[0].strip("`"): (row[2], row[3]) for row in rows if row[0].startswith("`")}


def schema_keys() -> dict[str, set[str]]:
    """Every key of the JSON Schema by its dotted path -> the defaults it may have."""
    whole = schema_export.schema()
    keys: dict[str, set[str]] = {}

    def walk(node: dict[str, Any], path: str) -> None:
        if "$ref" in node:
            return walk(whole["$defs"][node["$ref"].rsplit("/", 1)[-1]], path)
        for variant in (*node.get("anyOf", []), *node.get("oneOf", [])):
            walk(variant, path)
        if "items" in node:
            walk(node["items"], path)
        for name, child in node.get("properties", {}).items():
            below = f"{path}.{name}".lstrip(".")
            keys.setdefault(below, set()).add(_default(name, child, node))
            if below == "records":
                walk(whole["$defs"]["FieldMapping"], "FIELD")
            elif path != "filter" or name in ("include", "exclude"):
                walk(child, "filter" if path == "filter" else below)
        return None

    walk(whole, "")
    return keys


def _default(name: str, child: dict[str, Any], parent: dict[str, Any]) -> str:
    if name in parent.get("required", []):
        return "required"
    value = child.get("default")
    if isinstance(value, dict):
        return ""
    if value is None or value == []:
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_every_key_of_a_source_file_is_in_the_reference_and_no_other() -> None:
    keys = set(schema_keys())
    blocks_of_keys = {key for key in keys if any(other.startswith(f"{key}.") for other in keys)}
    assert set(reference()) <= keys
    api = (ADDING.parent / "adding-a-source-api.md").read_text(encoding="utf-8")
    for key in keys - blocks_of_keys - set(reference()):
        assert key.startswith(("read.", "location.")), key
        assert re.search(rf"\b{key.rsplit('.', 1)[-1]}\b", api), f"{key} is described nowhere"


@pytest.mark.parametrize("key", sorted(reference()))
def test_the_reference_gives_the_default_in_force(key: str) -> None:
    said, possible = reference()[key][0], schema_keys()[key]
    assert said in possible or "" in possible


@pytest.mark.parametrize("key", sorted(reference()))
def test_every_example_of_the_reference_loads(key: str) -> None:
    example = reference()[key][1]
    if example.startswith("("):
        return
    document = copy.deepcopy(base())
    given = _read(example.strip("`"))
    assert key.split(".")[0] in ({"FIELD"} | set(given))
    if key.startswith("location."):
        # each of the page's sources is of one type, and the example is a part of one of their blocks
        pages = [_read(block.body) for block in blocks(LOCATION) if block.language == "yaml"]
        [document] = [page for page in pages if _takes(page["location"], given["location"])][:1]
        document["location"] = {
            name: text for name, text in (document["location"] | given["location"]).items() if text is not None
        }
    elif key.startswith("FIELD"):
        [(name, how)] = given.items()
        record = next(record.name for record in RECORD_TYPES.values() if name in record.field_names)
        document["records"].setdefault(record, {})[name] = how
    else:
        document.update(given)
        if "records" in given:
            document.pop("employer")
        if "read" in given:
            document.pop("history")  # the path of an example has no date
    parse(_written(document), f"{key}.yaml")


def _takes(block: dict[str, Any], part: dict[str, Any]) -> bool:
    """Whether a `location:` block is of a type that has the keys of a part of one."""
    model = {"sftp": SftpLocation, "s3": S3Location, "https": HttpsLocation}[block["type"]]
    return set(part) <= set(model.model_fields)
