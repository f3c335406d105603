"""Schema ``register``: the record tables, one row per record of a source row.

Belongs here: the tables that the catalogue's record types make, each with the same provenance columns. Does not belong
here: a field's meaning; it comes from `schemas.catalogue`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from register.tables.base import ROOM_FOR_UPDATES, batch_id, column, customer_id, identity, metadata, source_id, table
from schemas.catalogue import RECORD_TYPES, Field, RecordType

SCHEMA = "register"

_SQL_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "date": sa.Date(),
    "timestamptz": sa.DateTime(timezone=True),
    "smallint": sa.SmallInteger(),
    "integer": sa.Integer(),
    "boolean": sa.Boolean(),
    "numeric(14,2)": sa.Numeric(14, 2),
    "numeric(8,5)": sa.Numeric(8, 5),
    "cidr": postgresql.CIDR(),
    "text": sa.Text(),
}

#: Ids of events. An identity column would do, but PostgreSQL before 17 takes none in a parted table.
EVENT_ID = sa.Sequence("event_id", metadata=metadata, schema=SCHEMA)

#: The record types whose clock is started and cleared by what several rows say, and so is written down.
CLOCKED = ("person", "company")

#: The ids by which events name their account and their necessity.
_LOOKED_FOR = {"account": "user_id", "necessity_event": "event_id"}


def sql_type(field: Field) -> sa.types.TypeEngine[Any]:
    """The type of a column that holds the field."""
    return _SQL_TYPES[field.sql_type]


def _field_column(field: Field) -> sa.Column[Any]:
    return sa.Column(
        field.name,
        sql_type(field),
        nullable=not field.required or field.fades,
        comment=f"{field.en} / {field.fi}",
        info={"field": field.path},
    )


def _record_table(record: RecordType) -> sa.Table:
    """The table of one record type. That of an event is parted by its time, which then belongs to every key of it."""
    when = [record.happened] if record.happened else []
    return table(
        record.table,
        SCHEMA,
        _event_id() if when else identity("Stable id of the record"),
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
        *([sa.PrimaryKeyConstraint("id", *when)] if when else []),
        sa.UniqueConstraint("source_id", "key", "part", *when),
        *([sa.Index(None, "customer_id", _LOOKED_FOR[record.name])] if record.name in _LOOKED_FOR else []),
        *([_clock_index()] if record.name in CLOCKED else []),
        about=f"{record.group}: {(record.model.__doc__ or '').strip().splitlines()[0]}",
        retention=record.retention,
        postgresql_partition_by=f"range ({record.happened})" if when else None,
        postgresql_with=None if when else ROOM_FOR_UPDATES,
    )


def _clock_index() -> sa.Index:
    return sa.Index(None, "retention_trigger", postgresql_where=sa.text("retention_trigger is not null"))


def _event_id() -> sa.Column[Any]:
    return column("id", sa.BigInteger, EVENT_ID, server_default=EVENT_ID.next_value(), about="Stable id of the record")


RECORD_TABLES: dict[str, sa.Table] = {name: _record_table(record) for name, record in RECORD_TYPES.items()}

__all__ = ["RECORD_TABLES", "metadata"]
