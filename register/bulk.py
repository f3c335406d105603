"""How PostgreSQL is told that much is about to be read or written.

Belongs here: settings of one transaction, and indexes that are built after a load instead of row by row. Does not
belong here: what is written (`register.merge`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

#: Rows from which building an index anew is worth the exclusive lock that it takes.
MANY = 50_000

#: From so many new rows on the planner must be told how a table has grown: matching 100,000 records takes a second
#: then, and a minute otherwise.
DESCRIBED = 5_000

#: For the one transaction. The planner must take a few thousand look-ups in an index of a million rows for cheaper than
#: reading the table, as they are on a disk without a head; and a join of a million staged rows must not go through
#: temporary files.
_SETTINGS = {
    "random_page_cost": "1.1",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "jit": "off",
    "default_statistics_target": "20",  # joins need to know how many rows there are; a sample of 6,000 tells
}


def expect(connection: sa.Connection) -> None:
    """Prepares the open transaction for bulk work."""
    for name, value in _SETTINGS.items():
        connection.execute(sa.text("select set_config(:name, :value, true)"), {"name": name, "value": value})


@contextmanager
def indexed_afterwards(connection: sa.Connection, tables: list[str], rows: int) -> Iterator[None]:
    """Fills empty tables without their indexes and builds these at the end, all in the open transaction.

    Of a million records, an index entry costs 1.1 µs when it is written with its row and 0.4 µs when the index is built
    (measured for the key of ``person_record``). Only tables that hold nothing, that nobody else is reading, and that
    nothing refers to are treated so; nothing is waited for. To others nothing happens until the transaction has ended.

    Args:
        tables: qualified and quoted names.
        rows: how many rows are about to be written to each.
    """
    # The function also truncates the table: into a file made by this very transaction, rows are written without WAL
    # where wal_level is minimal, as it is of the embedded server: 1.5 s less of processor for a million.
    begin = sa.text("select register.begin_load(cast(:table as regclass))")
    begun = [connection.scalar(begin, {"table": table}) for table in tables] if rows >= MANY else []
    yield
    if any(begun):
        connection.execute(sa.text("select register.end_load()"))


def describe(connection: sa.Connection, tables: list[str]) -> None:
    """Tells the planner what was loaded, rather than leave it to a vacuum that may come after the next batch."""
    for table in tables:
        connection.execute(sa.text(f"analyze {table}"))
