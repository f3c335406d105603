"""Schema ``register``: the record tables, one row per record of a source row.

Belongs here: the tables that the catalogue's record types make, each with the same provenance columns. Does not belong
here: a field's meaning; it comes from `schemas.catalogue`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from register.tables.base import batch_id, column, customer_id, identity, metadata, source_id, table
from schemas.catalogue import RECORD_TYPES, Field, RecordType

SCHEMA = "register"

_SQL_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {"date": sa.Date, "smallint": sa.SmallInteger, "text": sa.Text}


def _field_column(field: Field) -> sa.Column[Any]:
    return sa.Column(
        field.name,
        _SQL_TYPES[field.sql_type],
        nullable=not field.required,
        comment=f"{field.en} / {field.fi}",
        info={"field": field.path},
    )


def _record_table(record: RecordType) -> sa.Table:
    return table(
        record.table,
        SCHEMA,
        identity("Stable id of the record"),
        customer_id(),
        source_id(),
        column("key", sa.Text, about="The customer's own key of the row; personal"),
        column("part", sa.Text, server_default="", about="Tells several records of one row apart"),
        *(_field_column(field) for field in record.fields),
        batch_id("first_batch", "The batch that brought the record"),
        column("first_row", sa.BigInteger, about="Its row in that batch's file"),
        batch_id("changed_batch", "The last batch that changed a field"),
        column("changed_row", sa.BigInteger, about="Its row in that batch's file"),
        column("first_seen", sa.Date, about="Business date of the first batch"),
        column("last_changed", sa.Date, about="Business date of the last change"),
        column("origin", sa.Text, about="Who supplied it (RS-06)"),
        column("processing_role", sa.Text, about="MDO's role: controller or processor"),
        column("legal_basis", sa.Text, about="Legal basis code and reference"),
        column("retention_trigger", sa.Date, nullable=True, about="The day its retention clock starts; null: active"),
        sa.UniqueConstraint("source_id", "key", "part"),
        about=f"{record.group}: {(record.model.__doc__ or '').strip().splitlines()[0]}",
        retention=record.retention,
    )


RECORD_TABLES: dict[str, sa.Table] = {name: _record_table(record) for name, record in RECORD_TYPES.items()}

__all__ = ["RECORD_TABLES", "metadata"]
