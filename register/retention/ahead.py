"""What falls due in the days to come, by the policy in force.

Belongs here: one look ahead over everything that a night of retention counts. Does not belong here: what is due, which
each kind's own module says (`register.retention.records`, `.events`, `.housekeeping`), or ending anything.

It is the night of retention's own statements with a later date, and counts only: nothing is written but temporary
tables, which the look takes down. What has come back or gone meanwhile is not foreseen.
"""

from __future__ import annotations

from datetime import date, timedelta

from register import bulk
from register.database import Register
from register.retention import events, holds, housekeeping, records
from register.retention.records import Context
from register.retention.report import Falling
from schemas.retention import Policy


def ahead(register: Register, policy: Policy, on: date, days: int) -> list[Falling]:
    """What falls due up to `days` after a date, by rule, table and day; also what is due already and still there."""
    context = Context(policy, on + timedelta(days=days))
    with register.transaction() as connection:
        looking = connection.begin_nested()
        bulk.expect(connection)
        holds.find(connection, context.business_date)
        found = [
            *records.ahead(connection, context),
            *events.ahead(connection, context),
            *housekeeping.ahead(connection, context),
        ]
        looking.rollback()
    return sorted(
        (one for one in found if one.rows or one.kept), key=lambda one: (one.rule, one.table, one.due_on, one.do)
    )
