"""What the pages show of a source before it has run: its description, its columns, and where to read on.

Belongs here: the metadata of its assets' definitions. Does not belong here: the assets themselves
(`assets.source_assets`), or what a run finds.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import dagster as dg

from assets.columns import Fills
from assets.naming import MERGED, PULLED, VALIDATED, asset_key
from assets.shown import Docs, definition
from schemas.catalogue import RECORD_TYPES, Field
from sources import masked
from sources.config import Source

#: How each kind of reading is described.
_READING = {"csv": "adding-a-source.md", "excel": "adding-a-workbook.md", "api": "adding-a-source-api.md"}

#: Where the other steps are explained.
_STEPS = {VALIDATED: "operating.md#the-guards", MERGED: "operating.md#what-a-status-means"}


def of_step(source: Source, step: str, docs: Docs) -> dict[str, Any]:
    """The metadata of one of its three assets."""
    place = _STEPS.get(step) or _READING[source.read.type]
    more: dict[str, Any] = {
        "title": source.title,
        "register_type": source.register_type.value,
        "owner": source.owner.name,
        "snapshot": source.snapshot.type,
    }
    if step == PULLED:
        more["source_file"] = dg.MetadataValue.md(f"```yaml\n{masked.text(source)}```")
        more["dagster/column_schema"] = _columns_read(source)
    if step == VALIDATED:
        more["rejected"] = docs.at("operating.md#a-rejected-row")
    if step == MERGED:
        more["dagster/column_schema"] = _fields_filled(source)
        more["tables"] = ", ".join(f"register.{record.table}" for record in source.record_types)
    return definition(asset_key(source, step), docs, place, **more)


def _columns_read(source: Source) -> dg.TableSchema:
    """The customer's own columns that are read, and what each fills."""
    fills: dict[str, list[str]] = defaultdict(list)
    for record, field, how in source.fields():
        if how.column:
            fills[how.column].append(f"{record}.{field}: {RECORD_TYPES[record].field(field).en}")
        if how.country:
            fills[how.country].append(f"the country of {record}.{field}")
    filled = Fills.of(source)
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=name,
                type="text",
                description="; ".join(dict.fromkeys(fills[name])) or _about(source, name),
                constraints=dg.TableColumnConstraints(
                    nullable=not (name in source.key or filled.needed(name)),
                    other=["key"] if name in source.key else [],
                ),
            )
            for name in source.wanted_columns
        ]
    )


def _about(source: Source, column: str) -> str:
    """What a column is for that fills no field."""
    if column in source.key:
        return "Says which row it is"
    return "Says when the row was changed" if column == source.modified else "Says whether and how the row is read"


def _fields_filled(source: Source) -> dg.TableSchema:
    """The fields that the source fills, as the catalogue has them."""
    mapped = {f"{record}.{field}" for record, field, _ in source.fields()}
    fields = (field for record in RECORD_TYPES.values() for field in record.fields if field.path in mapped)
    return dg.TableSchema(columns=[_column(field) for field in fields])


@cache
def _column(field: Field) -> dg.TableColumn:
    """One field; the same for every source that fills it."""
    return dg.TableColumn(
        name=field.path,
        type=field.sql_type,
        description=f"{field.en} / {field.fi}",
        constraints=dg.TableColumnConstraints(
            nullable=not field.required, other=[f"at most {field.max_length} characters"] if field.max_length else []
        ),
        tags={"class": field.data_class.value.replace("/", "-"), "retention": field.retention},
    )
