"""Quarantine: rows and values that were not taken.

Belongs here: writing findings with the key of their row, and counting them. Does not belong here: finding them
(`schemas`), or any value.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pandas as pd
import sqlalchemy as sa

from register.statements import statement
from register.tables import sync
from schemas.detectors import protection
from schemas.findings import ROW


@dataclass(frozen=True)
class Rejected:
    """How often one rule was broken in one column of a batch."""

    rule: str
    column: str
    effect: str
    rows: int


def write(
    connection: sa.Connection,
    findings: pd.DataFrame,
    *,
    batch_id: int,
    customer_id: int,
    source_id: int,
    rows: str,
    expires_on: date,
) -> None:
    """Writes findings (`schemas.findings`); each takes its row's key from the staged rows, where it may be kept.

    Args:
        rows: the name of the batch's table of staged rows.
        expires_on: the first day they may be deleted (R9).
    """
    if findings.empty:
        return
    connection.execute(
        statement("write_quarantine", rows=rows),
        {
            "findings": json.dumps(findings.to_dict(orient="records")),
            "batch_id": batch_id,
            "customer_id": customer_id,
            "source_id": source_id,
            "expires_on": expires_on,
            "keyless": protection.RULE,
        },
    )


def clear(connection: sa.Connection, batch_id: int) -> None:
    """Removes what a batch had written, before it is read again."""
    connection.execute(sa.delete(sync.quarantine).where(sync.quarantine.c.batch_id == batch_id))


def repeat(connection: sa.Connection, *, earlier: int, batch_id: int, business_date: date) -> None:
    """Says of a file that has not changed what was said of it the last time."""
    connection.execute(
        statement("repeat_quarantine"),
        {"earlier": earlier, "batch_id": batch_id, "business_date": business_date},
    )


def summary(connection: sa.Connection, batch_id: int) -> list[Rejected]:
    """How often each rule was broken in each column, the most frequent first."""
    table = sync.quarantine
    rows = connection.execute(
        sa.select(
            table.c.rule,
            table.c.column_name.label("column"),
            table.c.effect,
            sa.func.count(sa.distinct(table.c.row_number)).label("rows"),
        )
        .where(table.c.batch_id == batch_id)
        .group_by(table.c.rule, table.c.column_name, table.c.effect)
        .order_by(sa.desc("rows"), table.c.rule, table.c.column_name)
    )
    return [Rejected(**row._mapping) for row in rows]


@dataclass(frozen=True)
class RejectedRow:
    """One row, or one value of it, that was not taken. The key is personal and None where it was withheld."""

    row_number: int
    column: str
    field: str
    rule: str
    effect: str
    key: str | None


def rejected_rows(connection: sa.Connection, batch_id: int, *, limit: int = 200) -> list[RejectedRow]:
    """What was not taken of a batch, in the order of the customer's rows, at most `limit` entries."""
    table = sync.quarantine
    rows = connection.execute(
        sa.select(
            table.c.row_number,
            table.c.column_name.label("column"),
            table.c.field,
            table.c.rule,
            table.c.effect,
            table.c.key,
        )
        .where(table.c.batch_id == batch_id)
        .order_by(table.c.row_number, table.c.column_name, table.c.rule)
        .limit(limit)
    )
    return [RejectedRow(**row._mapping) for row in rows]


def unsplit_rows(connection: sa.Connection, batch_id: int) -> list[tuple[int, str]]:
    """Rows that the reader could not split into columns, and so are in no landed copy: (row number, rule)."""
    table = sync.quarantine
    unsplit = sa.or_(table.c.rule.startswith("csv."), (table.c.rule == "text.control") & (table.c.column_name == ""))
    rows = connection.execute(
        sa.select(table.c.row_number, table.c.rule)
        .where(table.c.batch_id == batch_id, table.c.effect == ROW, table.c.key.is_(None), unsplit)
        .order_by(table.c.row_number)
    )
    return [(row.row_number, row.rule) for row in rows]
