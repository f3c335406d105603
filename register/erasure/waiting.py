"""Cases of which an erasure left rows under a legal hold, and which can be given again.

Belongs here: telling them by their numbers when a hold ends. Does not belong here: erasing, which asks for the person
anew, or what a hold covers (`register.retention.holds`).
"""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from register.erasure.erase import HELD
from register.retention import holds
from register.statements import fragment, statement
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES

_Left = set[tuple[str, str, int]]


def freed(connection: sa.Connection, on: date) -> list[str]:
    """The numbers of cases that left a row under a hold whose last day is this one, and under no other since.

    A row that has gone meanwhile, or that a hold keeps further, asks for nothing.
    """
    if not connection.execute(statement("find_kept_by_holds"), {"reason": HELD}).rowcount:
        connection.execute(sa.text("drop table kept_by_hold"))
        return []
    until, after = (_covered(connection, day) for day in (on, on + timedelta(days=1)))
    connection.execute(sa.text("drop table kept_by_hold"))
    return sorted({case for case, _, _ in until - after})


def _covered(connection: sa.Connection, on: date) -> _Left:
    """Of the rows that cases left under a hold, those that are there and that one covers on a date."""
    holds.find(connection, on, restricted=False)
    found: _Left = set()
    for name, table in RECORD_TABLES.items():
        happened = RECORD_TYPES[name].happened
        stays = fragment("event_is_held").format(happened=happened) if happened else fragment("row_is_held")
        query = statement("kept_and_held", table=str(table), record_type=name, stays=stays)
        found |= {(row.case_id, name, row.record_id) for row in connection.execute(query)}
    connection.execute(sa.text("drop table held_row, held_event"))
    return found
