"""Who says a value, since when, by which file, row and rule.

Belongs here: finding records and telling where each field of one came from. Does not belong here: golden records; they
have more than one source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from register import batches
from register.batches import Batch
from register.outranking import Outranked, outranked
from register.places import date_of
from register.plan import take_path
from register.statements import statement
from register.tables import sync
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES
from schemas.errors import NotFound


@dataclass(frozen=True)
class FieldOrigin:
    """Where one field's value came from.

    Attributes:
        value: what the register holds; shown to the person who asked, and kept nowhere.
        rule: first (with the record), newer, or late (filled in by an older batch that came later).
        stale_since: since when newer readings of it were bad, if they were.
        outranked: the record of the same person or company whose word counts instead, if another's does (RS-06).
    """

    field: str
    value: Any
    batch_id: int
    business_date: date
    as_of: datetime
    file_name: str | None
    row_number: int
    rule: str
    stale_since: date | None
    outranked: Outranked | None = None


@dataclass(frozen=True)
class Explanation:
    """One record and the origin of each field.

    Attributes:
        attested: what the employer vouches for, where MDO is processor of the record: from whom the data was had, and
            why the work needs it (F-04, F-05).
    """

    record_type: str
    record_id: int
    source: str
    key: str
    origin: str
    processing_role: str
    legal_basis: str
    retention: str
    absent_since: date | None
    fields: list[FieldOrigin]
    attested: str = ""


def explain(connection: sa.Connection, record_type: str, record_id: int) -> Explanation:
    """Explains every field of one record.

    Raises:
        NotFound: where there is no such record.
    """
    if record_type not in RECORD_TYPES:
        raise NotFound(f"{record_type} is no record type.", f"Choose one of {', '.join(RECORD_TYPES)}.")
    table = RECORD_TABLES[record_type]
    record = connection.execute(sa.select(table).where(table.c.id == record_id)).one_or_none()
    if record is None:
        raise NotFound(f"There is no {record_type} {record_id}.", "mdo explain without an id asks for a key or name.")
    row = connection.execute(
        sa.select(sync.source_row, sync.source.c.name.label("source_name"))
        .join(sync.source, sync.source.c.id == sync.source_row.c.source_id)
        .where(sync.source_row.c.source_id == record.source_id, sync.source_row.c.key == record.key)
    ).one()
    changes = {
        change.field: change
        for change in connection.execute(
            statement("last_field_changes"), {"record_type": record_type, "record_id": record_id}
        )
    }
    instead = outranked(connection, record_type, record)
    fields = []
    for field in RECORD_TYPES[record_type].fields:
        change = changes.get(field.name)
        batch_id, row_number, rule = (
            (change.batch_id, change.row_number, change.rule)
            if change
            else (record.first_batch, record.first_row, "first")
        )
        batch = connection.execute(sa.select(sync.batch).where(sync.batch.c.id == batch_id)).one()
        stale = (row.stale or {}).get(take_path(RECORD_TYPES[record_type], field.name))
        fields.append(
            FieldOrigin(
                field=field.name,
                value=getattr(record, field.name),
                batch_id=batch_id,
                business_date=batch.business_date,
                as_of=batch.as_of,
                file_name=batch.file_name,
                row_number=row_number,
                rule=rule,
                stale_since=date_of(stale["since"]) if stale else None,
                outranked=instead.get(field.name),
            )
        )
    return Explanation(
        record_type=record_type,
        record_id=record_id,
        source=row.source_name,
        key=record.key,
        origin=record.origin,
        processing_role=record.processing_role,
        legal_basis=record.legal_basis,
        retention=RECORD_TYPES[record_type].retention,
        absent_since=row.absent_since,
        fields=fields,
        attested=_attested(batches.get(connection, record.changed_batch), record_type),
    )


def _attested(batch: Batch, record_type: str) -> str:
    """What the description of the batch says for the record type, or for fields of it."""
    employees = batch.description.get("employees")
    if not employees:
        return ""
    reasons = [
        why if name == record_type else f"{name}: {why}"
        for name, why in employees["necessity"].items()
        if name.partition(".")[0] == record_type
    ]
    return f"collected {employees['collected'].replace('_', ' ')}; {'; '.join(reasons)}" if reasons else ""


def find(connection: sa.Connection, text: str, *, limit: int = 20) -> list[tuple[str, int, str]]:
    """Records whose key, name or mailbox is the text: record type, id, source.

    Args:
        text: asked from the person at the terminal, never taken from the command line.
    """
    found = connection.execute(statement("find_records"), {"text": text.strip(), "limit": limit})
    return [(row.record_type, row.id, row.source_name) for row in found]
