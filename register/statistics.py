"""What PostgreSQL's planner remembers of the values in a table.

Belongs here: having it forget values that were deleted. Does not belong here: deleting them.

ANALYZE leaves the old samples where a table has become empty. Only PostgreSQL 18 can be told to drop them; before that
they stay until the table holds rows again and is analysed.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from register.statements import identifier, statement


def forget(connection: sa.Connection, tables: Iterable[str], *, vacuum: bool = False) -> None:
    """Drops the samples of the tables (``schema.name``) and takes new ones.

    Args:
        vacuum: also give up the space of deleted rows, to be written over; only outside of a transaction.
    """
    can = connection.scalar(sa.text("select to_regproc('pg_clear_attribute_stats') is not null"))
    for qualified in tables:
        schema, _, name = qualified.replace('"', "").partition(".")
        if can:
            connection.execute(statement("clear_statistics"), {"schema": schema, "name": name})
        how = "vacuum (analyze)" if vacuum else "analyze"
        connection.execute(sa.text(f"{how} {identifier(schema)}.{identifier(name)}"))
