"""Evidence of what was deleted, coarsened, refused and released: which table, by which rule, how many, never whose.

Belongs here: adding entries, listing them, and a night's digest. Does not belong here: deciding what is done.

Entries are append-only for every role: triggers refuse every change. Whoever can drop triggers can still forge them, so
each night's report shows the digest of its entries, kept outside of the database; a later change makes another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from register.statements import statement
from register.tables import privacy

_TABLE = privacy.evidence
_LOCK = 1296325


@dataclass(frozen=True)
class Entry:
    """What one action did to one table.

    Attributes:
        rule: the id of the rule or requirement that asked for it, such as R1 or SUP.
        action: one of `register.tables.privacy.ACTIONS`.
        table: the table, as ``schema.name``.
        rows: how many rows.
        reason: a code; of a refusal why it was refused.
        first_day, last_day: the earliest and latest trigger of the rows, where there is one.
        reference: the number of the case, hold or certificate that it belongs to; never a name.
    """

    rule: str
    action: str
    table: str
    rows: int
    reason: str = ""
    first_day: date | None = None
    last_day: date | None = None
    reference: str = ""


@dataclass(frozen=True)
class Noted(Entry):
    """An entry as it was written down."""

    id: int = 0
    recorded_at: datetime | None = None
    business_date: date | None = None
    policy_version: str = ""
    run: str = ""


@dataclass(frozen=True)
class Digest:
    """SHA-256 over a night's entries up to `last_id`."""

    entries: int
    last_id: int
    digest: str


def note(
    connection: sa.Connection,
    entries: Iterable[Entry],
    *,
    business_date: date,
    policy_version: str = "",
    run: str = "",
) -> None:
    """Writes entries, in the transaction that does what they say. Nothing is written for none.

    Args:
        policy_version: of the retention policy in force, where the action follows one.
        run: the Dagster run, if there is one.
    """
    rows = [
        {
            "business_date": business_date,
            "rule": entry.rule,
            "action": entry.action,
            "table_name": entry.table,
            "reason": entry.reason,
            "rows": entry.rows,
            "first_day": entry.first_day,
            "last_day": entry.last_day,
            "policy_version": policy_version,
            "run": run,
            "reference": entry.reference,
        }
        for entry in entries
    ]
    if not rows:
        return
    _make_partition(connection, business_date.year)
    connection.execute(sa.insert(_TABLE), rows)


def listed(connection: sa.Connection, first: date, last: date) -> list[Noted]:
    """The entries of business dates from `first` to `last`, in the order in which they were written."""
    rows = connection.execute(
        sa.select(_TABLE).where(_TABLE.c.business_date.between(first, last)).order_by(_TABLE.c.id)
    )
    return [Noted(table=row.table_name, **{k: v for k, v in row._mapping.items() if k != "table_name"}) for row in rows]


def digest(connection: sa.Connection, business_date: date, *, last_id: int | None = None) -> Digest:
    """The digest of a night's entries, or of those up to `last_id`, as an earlier report showed it."""
    found = connection.execute(statement("digest_of_evidence"), {"business_date": business_date, "last_id": last_id})
    return Digest(**found.one()._mapping)


def _make_partition(connection: sa.Connection, year: int) -> None:
    """A year is a partition, so that evidence past its own retention is dropped and never deleted row by row."""
    there = sa.text("select to_regclass(:name) is not null")
    if connection.scalar(there, {"name": f"privacy.evidence_{year}"}):
        return
    connection.execute(sa.text(f"select pg_advisory_xact_lock({_LOCK})"))
    if not connection.scalar(there, {"name": f"privacy.evidence_{year}"}):
        connection.execute(sa.text("select privacy.make_evidence_partition(:year)"), {"year": year})
