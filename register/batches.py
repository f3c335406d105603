"""Batches: their row, their status, and their end.

Belongs here: beginning a batch, what is known of it, and every change of its status. Does not belong here: what is in
it (`register.staging`), what it would do (`register.plan`), or who decides (`register.decisions`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from register.places import place_of
from register.sources import KnownSource
from register.staging import Staging, leftovers
from register.tables import privacy, sync
from schemas.catalogue import RECORD_TYPES
from schemas.errors import NotFound

_BATCH = sync.batch

#: What `pulled` says of a batch whose file was not there; of one that was, its location's own mark of a version.
NOT_DELIVERED, FILE_VERSION = "not_delivered", "file_version"


@dataclass(frozen=True)
class Batch:
    """One batch as the register knows it."""

    id: int
    customer_id: int
    source_id: int
    business_date: date
    attempt: int
    as_of: datetime
    place: int
    kind: str
    digest: str | None
    rules_version: str
    status: str
    complete: bool
    pulled: dict[str, Any]
    guards: list[dict[str, Any]]
    source_name: str
    description: dict[str, Any]
    counts: dict[str, int] = field(default_factory=dict)
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    finished_at: datetime | None = None
    file_name: str | None = None
    run_id: str | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def staging(self) -> Staging:
        """Its staging tables."""
        return Staging(self.id, tuple(self.pulled.get("record_types", RECORD_TYPES)))


COUNTED = ("read", *sync.PARTS_OF_READ, "absent", "rejected_values")


def begin(
    connection: sa.Connection,
    source: KnownSource,
    *,
    business_date: date,
    as_of: datetime,
    rules_version: str,
    run_id: str | None,
    kind: str = "sync",
    file_name: str | None = None,
    digest: str | None = None,
) -> int:
    """Begins a batch, under the source's lock. Returns its id."""
    attempts = sa.select(sa.func.coalesce(sa.func.max(_BATCH.c.attempt), 0) + 1).where(
        _BATCH.c.source_id == source.id, _BATCH.c.business_date == business_date
    )
    place = place_of(business_date, as_of)
    taken = connection.scalar(
        sa.select(sa.func.max(_BATCH.c.place)).where(
            _BATCH.c.source_id == source.id, _BATCH.c.business_date == business_date
        )
    )
    return connection.execute(
        sa.insert(_BATCH)
        .values(
            customer_id=source.customer_id,
            source_id=source.id,
            source_version_id=source.version_id,
            business_date=business_date,
            attempt=attempts.scalar_subquery(),
            as_of=as_of,
            # two attempts within one millisecond, or after the clock was set back, still have an order
            place=max(place, (taken or 0) + 1),
            kind=kind,
            file_name=file_name,
            digest=digest,
            rules_version=rules_version,
            run_id=run_id,
        )
        .returning(_BATCH.c.id)
    ).scalar_one()


def get(connection: sa.Connection, batch_id: int) -> Batch:
    """A batch by id.

    Raises:
        NotFound: where there is none.
    """
    found = _select(connection, _BATCH.c.id == batch_id, limit=1)
    if not found:
        raise NotFound(f"There is no batch {batch_id}.", "mdo batch list shows the batches.")
    return found[0]


def of_ids(connection: sa.Connection, batch_ids: list[int]) -> list[Batch]:
    """The batches with these ids, the newest first."""
    return _select(connection, _BATCH.c.id.in_(batch_ids), limit=len(batch_ids))


def listed(
    connection: sa.Connection,
    *,
    source: str | None = None,
    business_date: date | None = None,
    statuses: tuple[str, ...] = (),
    limit: int = 100,
) -> list[Batch]:
    """Batches, the newest attempt first."""
    conditions = [
        *([sync.source.c.name == source] if source else []),
        *([_BATCH.c.business_date == business_date] if business_date else []),
        *([_BATCH.c.status.in_(statuses)] if statuses else []),
    ]
    return _select(connection, *conditions, limit=limit)


def applied(
    connection: sa.Connection, source_id: int, *, before: int | None = None, complete: bool = False, limit: int = 1
) -> list[Batch]:
    """Applied batches of a source, the newest place first, optionally only those before a place."""
    return _select(
        connection,
        _BATCH.c.source_id == source_id,
        _BATCH.c.status == "applied",
        *([_BATCH.c.place < before] if before is not None else []),
        *([_BATCH.c.complete] if complete else []),
        limit=limit,
        order=_BATCH.c.place.desc(),
    )


def _select(
    connection: sa.Connection, *conditions: sa.ColumnElement[bool], limit: int, order: Any = None
) -> list[Batch]:
    names = [name for name in Batch.__dataclass_fields__ if name in _BATCH.c and name != "decided_by"]
    query = (
        sa.select(
            *(_BATCH.c[name] for name in (*names, *COUNTED)),
            sync.source.c.name.label("source_name"),
            sync.source_version.c.description,
            privacy.actor.c.name.label("decided_by"),
        )
        .join(sync.source, sync.source.c.id == _BATCH.c.source_id)
        .join(sync.source_version, sync.source_version.c.id == _BATCH.c.source_version_id)
        .outerjoin(privacy.actor, privacy.actor.c.id == _BATCH.c.decided_by)
        .where(*conditions)
        .order_by(_BATCH.c.id.desc() if order is None else order)
        .limit(limit)
    )
    batches = []
    for row in connection.execute(query):
        values = dict(row._mapping)
        counts = {name: int(values.pop(name)) for name in COUNTED}
        batches.append(Batch(**values, counts=counts))
    return batches


def update(connection: sa.Connection, batch_id: int, **values: Any) -> None:
    """Changes columns of a batch's row."""
    connection.execute(sa.update(_BATCH).where(_BATCH.c.id == batch_id).values(**values))


def decided(connection: sa.Connection, batch_id: int, *, by: int, reason: str) -> None:
    """Writes down which actor decided on a batch, why, and when."""
    update(connection, batch_id, decided_by=by, decided_at=sa.func.now(), reason=reason)


def finish(connection: sa.Connection, batch_id: int, status: str, **values: Any) -> None:
    """Gives a batch its status and the time of it."""
    update(connection, batch_id, status=status, finished_at=sa.func.now(), **values)


def fail(connection: sa.Connection, batch: Batch, reason: str) -> None:
    """Ends a batch that could not be planned or applied; its staging and its landed copy go, as the file is there."""
    batch.staging.drop(connection)
    connection.execute(sa.delete(sync.landed).where(sync.landed.c.batch_id == batch.id))
    finish(connection, batch.id, "failed", reason=reason)


def supersede(connection: sa.Connection, batch: Batch) -> list[int]:
    """Ends the held batches that this one, newer in place, makes pointless. Returns their ids."""
    held = _select(
        connection,
        _BATCH.c.source_id == batch.source_id,
        _BATCH.c.status.in_(("held", "released")),
        _BATCH.c.place < batch.place,
        limit=1000,
    )
    for older in held:
        older.staging.drop(connection)
        finish(connection, older.id, "superseded", reason=f"batch {batch.id} of {batch.business_date} is newer")
    return [older.id for older in held]


def clear_interrupted(connection: sa.Connection, source_id: int) -> list[int]:
    """Ends batches of a source that a crash left under way. Only under the source's lock, so none of them is alive.

    Staging tables of batches that are no longer held are dropped, too.
    """
    interrupted = _select(
        connection, _BATCH.c.source_id == source_id, _BATCH.c.status.in_(("pulling", "planned")), limit=1000
    )
    for batch in interrupted:
        fail(connection, batch, "interrupted: the process or the database ended while it was under way")
    for batch_id in leftovers(connection):
        for left in _select(connection, _BATCH.c.id == batch_id, _BATCH.c.source_id == source_id, limit=1):
            if left.status not in ("held", "released"):
                left.staging.drop(connection)
    return [batch.id for batch in interrupted]


def forget(connection: sa.Connection, batch: Batch) -> None:
    """Removes every trace of a batch that was only a dry run."""
    batch.staging.drop(connection)
    for table in (sync.quarantine, sync.landed):
        connection.execute(sa.delete(table).where(table.c.batch_id == batch.id))
    connection.execute(sa.delete(_BATCH).where(_BATCH.c.id == batch.id))


def as_unchanged(counts: dict[str, int]) -> dict[str, int]:
    """The counts of a batch whose file is that of the applied one with these counts: what it took in is there."""
    taken = counts["unchanged"] + counts["inserted"] + counts["updated"]
    return {**counts, "inserted": 0, "updated": 0, "absent": 0, "unchanged": taken}


def last_applied_id(connection: sa.Connection, source_id: int) -> int | None:
    """The batch of a source that was applied last, by the clock."""
    return connection.scalar(
        sa.select(_BATCH.c.id)
        .where(_BATCH.c.source_id == source_id, _BATCH.c.status == "applied")
        .order_by(_BATCH.c.finished_at.desc(), _BATCH.c.id.desc())
        .limit(1)
    )
