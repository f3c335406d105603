"""What the register holds, by data group.

Belongs here: counting records and sources. Does not belong here: any record.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES


@dataclass(frozen=True)
class Holding:
    """What is held of one record type.

    Attributes:
        group: the data group of the register description, G1 to G8.
        records, sources: how many of them, from how many sources.
        retention: the id of its retention rule.
    """

    group: str
    record: str
    records: int
    sources: int
    retention: str


def holdings(connection: sa.Connection) -> list[Holding]:
    """One for each record type, in the order of the data groups."""
    found = []
    for record in sorted(RECORD_TYPES.values(), key=lambda record: record.group):
        table = RECORD_TABLES[record.name]
        counted = sa.select(sa.func.count(), sa.func.count(table.c.source_id.distinct())).select_from(table)
        records, sources = connection.execute(counted).one()
        found.append(Holding(record.group, record.name, records, sources, record.retention))
    return found
