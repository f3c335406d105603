"""The partitions of events.

Belongs here: making the ones that a batch's events fall into. Does not belong here: dropping them (retention).
"""

from __future__ import annotations

import sqlalchemy as sa

from register.batches import Batch
from register.database import Register
from register.statements import identifier, statement
from schemas.catalogue import RECORD_TYPES, RecordType


def make(register: Register, batch: Batch) -> None:
    """Makes the missing partitions for a batch's staged events; nothing is asked where it has none.

    In a transaction of its own, so that batches of several sources wait for each other only as long as that takes. An
    empty partition says nothing of anybody, so those of a plan that is never applied may stay.
    """
    events = [RECORD_TYPES[name] for name in batch.staging.record_types if RECORD_TYPES[name].happened]
    for record in events:
        with register.transaction() as connection:
            connection.execute(
                sa.text("select pg_advisory_xact_lock(1296324, hashtext(:table))"), {"table": record.table}
            )
            _make(connection, record, batch.staging.records(record.name))


def _make(connection: sa.Connection, record: RecordType, staged: str) -> None:
    parent = f"register.{identifier(record.table)}"
    missing = connection.execute(
        statement("find_missing_partitions", staged=staged, happened=identifier(str(record.happened))),
        {"unit": record.parted_by, "span": f"1 {record.parted_by}", "table": record.table},
    ).all()
    for first, following in missing:
        partition = f"register.{identifier(f'{record.table}_{first:%Y_%m_%d}')}"
        connection.execute(statement("make_partition", partition=partition, parent=parent))
        attach = statement(
            "attach_partition",
            partition=partition,
            parent=parent,
            first=first.isoformat(),
            next=following.isoformat(),
        )
        connection.execute(attach)
