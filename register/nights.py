"""Nights as the register knows them.

Belongs here: which sources there are, what became of each on a date, and the counts of the nights before. Does not
belong here: what should have been there (`assets.night`, which knows the descriptions), or any key or value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa

from register import batches
from register.batches import Batch
from register.statements import statement

#: How long a source may go on sending rows that may not be kept before its owner is reminded (SUP-12).
REMINDED_AFTER = timedelta(days=30)
#: How far back it is asked since when.
_LOOKED_BACK = timedelta(days=366)


@dataclass(frozen=True)
class Seen:
    """What the register knows of a source on a date.

    Attributes:
        state: draft or active.
        first_date: the business date of its first batch ever; None where it has none.
        last_applied: the newest date, up to the one asked for, that was merged.
        busy: whether a sync of it holds its lock at this moment.
    """

    state: str
    first_date: date | None
    last_applied: date | None
    busy: bool


@dataclass(frozen=True)
class RejectedOf:
    """How often one rule was broken in one source's batch."""

    source: str
    rule: str
    effect: str
    rows: int


@dataclass(frozen=True)
class KeptSending:
    """Rows that a source shows night after night and that may not be kept; which ones is never told.

    Attributes:
        suppressed: rows of persons who were erased, in the newest night; 0 where it is none yet to be told of.
        expired: rows past their retention.
        suppressed_since, expired_since: since when every night had some.
    """

    source: str
    suppressed: int
    expired: int
    suppressed_since: date | None
    expired_since: date | None

    def told(self, on: date) -> KeptSending:
        """What of it has gone on for so long that its owner is reminded."""

        def long(since: date | None) -> bool:
            return since is not None and on - since > REMINDED_AFTER

        return replace(
            self,
            suppressed=self.suppressed if long(self.suppressed_since) else 0,
            expired=self.expired if long(self.expired_since) else 0,
        )


@dataclass(frozen=True)
class Counted:
    """One night in numbers: sources by what became of their newest attempt, and rows.

    Attributes:
        failed: sources that failed, or whose attempt is not over.
        ended: sources whose batch was discarded or superseded.
        changed: rows inserted or updated.
    """

    business_date: date
    applied: int
    held: int
    failed: int
    ended: int
    read: int
    changed: int
    absent: int
    quarantined: int


def known(connection: sa.Connection, on: date) -> dict[str, Seen]:
    """Every source that was ever entered, by name."""
    rows = connection.execute(statement("known_sources"), {"on": on})
    return {row.name: Seen(row.state, row.first_date, row.last_applied, row.busy) for row in rows}


def newest(connection: sa.Connection, on: date) -> dict[str, Batch]:
    """The newest attempt of each source at a date, by the source's name."""
    ids = connection.scalars(statement("newest_batch_ids"), {"on": on}).all()
    return {batch.source_name: batch for batch in batches.of_ids(connection, list(ids))}


def waiting(connection: sa.Connection, before: date) -> list[Batch]:
    """Held plans of earlier dates that nobody has decided on, the newest first."""
    held = batches.listed(connection, statuses=("held", "released"), limit=10_000)
    return [batch for batch in held if batch.business_date < before]


def rejected(connection: sa.Connection, batch_ids: list[int]) -> list[RejectedOf]:
    """What was not taken of these batches, by source and rule, the most frequent first."""
    rows = connection.execute(statement("rejected_of_batches"), {"batch_ids": batch_ids})
    return [RejectedOf(**row._mapping) for row in rows]


def kept_sending(connection: sa.Connection, on: date, *, source_id: int | None = None) -> list[KeptSending]:
    """Who has gone on for more than `REMINDED_AFTER` sending rows that may not be kept (SUP-12), by source.

    Args:
        on: as the nights stood then.
        source_id: only this source.
    """
    bound = {"on": on, "first": on - _LOOKED_BACK, "source_id": source_id}
    rows = (KeptSending(**row._mapping) for row in connection.execute(statement("kept_sending"), bound))
    return [told for row in rows if (told := row.told(on)).suppressed or told.expired]


def trend(connection: sa.Connection, until: date, nights: int) -> list[Counted]:
    """The nights up to a date, oldest first; a night on which nothing was tried is left out."""
    days = {"first": until - timedelta(days=nights - 1), "last": until}
    return [Counted(**row._mapping) for row in connection.execute(statement("trend_of_nights"), days)]


def dates_with_batches(connection: sa.Connection, first: date, last: date) -> set[tuple[str, date]]:
    """For which source and date, both ends included, anything was tried."""
    rows = connection.execute(statement("dates_with_batches"), {"first": first, "last": last})
    return {(row.name, row.business_date) for row in rows}
