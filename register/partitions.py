"""The partitions of events.

Belongs here: making the ones that a batch's events fall into, those of the days to come, and the one that keeps rows
longer than their own. Does not belong here: dropping them (`register.retention.events`).
"""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from register.batches import Batch
from register.database import Register
from register.statements import identifier, statement
from schemas.catalogue import RECORD_TYPES, RecordType

#: For how many days partitions are made ahead, by the span of one.
_AHEAD = {"day": 3, "month": 32}


def make(register: Register, batch: Batch) -> None:
    """Makes the missing partitions for a batch's staged events; nothing is asked where it has none.

    In a transaction of its own, so that batches of several sources wait for each other only as long as that takes. An
    empty partition says nothing of anybody, so those of a plan that is never applied may stay.
    """
    events = [RECORD_TYPES[name] for name in batch.staging.record_types if RECORD_TYPES[name].happened]
    for record in events:
        with register.transaction() as connection:
            _lock(connection, record)
            _make(connection, record, batch.staging.records(record.name), str(record.happened))


def ahead(register: Register, business_date: date) -> None:
    """Makes the partitions into which events of the next days fall, so that the night finds them there."""
    for record in RECORD_TYPES.values():
        if not record.happened:
            continue
        with register.transaction() as connection:
            _lock(connection, record)
            days = [{"day": business_date + timedelta(days=number)} for number in range(_AHEAD[record.parted_by])]
            connection.execute(sa.text("create temporary table coming (day date) on commit drop"))
            connection.execute(sa.text("insert into coming (day) values (:day)"), days)
            moments = "(select cast(day as timestamp) at time zone 'Europe/Helsinki' as moment from coming) as coming"
            _make(connection, record, moments, "moment")


def keep_aside(connection: sa.Connection, record: RecordType) -> None:
    """Makes the default partition of an event's table, where it has none: rows stay there after their own has gone."""
    connection.execute(sa.text("select register.keep_aside(:table)"), {"table": record.table})


def kept(record: RecordType) -> str:
    """The name of that partition."""
    return f"register.{identifier(f'{record.table}_kept')}"


def _lock(connection: sa.Connection, record: RecordType) -> None:
    connection.execute(sa.text("select pg_advisory_xact_lock(1296324, hashtext(:table))"), {"table": record.table})


def _make(connection: sa.Connection, record: RecordType, staged: str, happened: str) -> None:
    missing = connection.execute(
        statement("find_missing_partitions", staged=staged, happened=identifier(happened)),
        {"unit": record.parted_by, "span": f"1 {record.parted_by}", "table": record.table},
    ).all()
    aside = kept(record)
    has_kept = missing and connection.scalar(sa.text("select to_regclass(:name) is not null"), {"name": aside})
    for first, following in missing:
        span = {"first": first.isoformat(), "next": following.isoformat()}
        if has_kept and connection.scalar(
            statement("keeps_any_of_span", kept=aside, happened=identifier(str(record.happened)), **span)
        ):
            continue  # rows of that span were kept aside; what comes joins them there
        made = {"table": record.table, "first": first, "next": following}
        connection.execute(sa.text("select register.make_partition(:table, :first, :next)"), made)
