"""How a table is declared.

Belongs here: the metadata object and the helpers that give every column its description and every table its retention
rule. Does not belong here: any one table.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

#: Constraint names follow one pattern, so that migrations can name them.
metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


#: Storage of tables whose rows a night updates: an update that finds room on its page leaves the indexes alone.
ROOM_FOR_UPDATES = {"fillfactor": 90}


def column(name: str, kind: Any, *constraints: Any, about: str, **options: Any) -> sa.Column[Any]:
    """A column, not null unless said otherwise, with its meaning as its comment in the database."""
    options.setdefault("nullable", False)
    return sa.Column(name, kind, *constraints, comment=about, **options)


def identity(about: str) -> sa.Column[Any]:
    """A surrogate primary key."""
    return sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True, comment=about)


def customer_id() -> sa.Column[Any]:
    """The customer whose row it is: the path of row-level security (RS-27)."""
    return column("customer_id", sa.Integer, about="The customer whose row this is")


def source_id() -> sa.Column[Any]:
    """The source a row came from."""
    return column("source_id", sa.Integer, about="The source it came from")


def batch_id(name: str, about: str, **options: Any) -> sa.Column[Any]:
    """A reference to a batch."""
    return column(name, sa.BigInteger, about=about, **options)


def references(*columns: str) -> list[sa.ForeignKeyConstraint]:
    """Foreign keys from the named columns, for tables that are written a few rows at a time.

    Tables that a merge fills in bulk carry none: PostgreSQL checks a foreign key row by row (about 5 µs each), which
    for five keys and a million records is longer than the whole merge. Their rows are written from the batch's own
    row in the same transaction, and a test looks for orphans.
    """
    targets = {"customer_id": "sync.customer.id", "source_id": "sync.source.id", "batch_id": "sync.batch.id"}
    return [sa.ForeignKeyConstraint([name], [targets[name]]) for name in columns]


def table(name: str, schema: str, *items: Any, about: str, retention: str, **options: Any) -> sa.Table:
    """A table with its meaning and its one retention rule (RS-28)."""
    return sa.Table(
        name,
        metadata,
        *items,
        schema=schema,
        comment=f"{about} Retention: {retention}.",
        info={"retention": retention},
        **options,
    )
