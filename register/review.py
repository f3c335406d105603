"""The keys that a held plan concerns.

Belongs here: what a person at the terminal may look at before deciding. Does not belong here: anything that is logged
or stored; keys are personal.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from register import plan
from register.batches import Batch


@dataclass(frozen=True)
class Concerned:
    """One key and what happens to it."""

    key: str
    row_number: int | None
    action: str


def keys(connection: sa.Connection, batch: Batch, *, limit: int = 200) -> list[Concerned]:
    """The keys that a held batch would insert, update or make absent, at most `limit` of each."""
    if batch.status not in ("held", "released") or not batch.staging.exists(connection):
        return []
    scopes = tuple(batch.pulled["scopes"]) if batch.complete else ()
    position = plan.Position(batch.id, batch.customer_id, batch.source_id, batch.place, scopes)
    plan.make(connection, position, batch.staging)
    concerned = connection.execute(
        sa.text(
            "select key, row_number, action from plan where action in ('inserted', 'updated') order by 3, 2 limit :n"
        ),
        {"n": limit},
    ).all()
    absent = connection.scalars(
        sa.text("select key from absences where newly and imported order by key limit :n"), {"n": limit}
    )
    found = [Concerned(row.key, row.row_number, row.action) for row in concerned]
    return [*found, *(Concerned(key, None, "absent") for key in absent)]
