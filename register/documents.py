"""Documents that leave the database because a named person asked for them.

Belongs here: who asked for which document, and when. Does not belong here: its content, which is rendered on demand and
not kept.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from register import actors
from register.tables import privacy


def record(connection: sa.Connection, kind: str, about: str, *, rows: int, by: str, reason: str, on: date) -> int:
    """Enters a document before it is handed out; its number.

    Args:
        about: what it tells of, without any value.
        by: the named person who asks.
        on: the local date of today.

    Raises:
        NotFound: where nobody of that name may decide on that day.
        Refusal: where the reason is empty.
    """
    actor_id = actors.decider(connection, by, reason, on)
    return int(
        connection.execute(
            sa.insert(privacy.document)
            .values(kind=kind, about=about, rows=rows, actor_id=actor_id, reason=reason.strip())
            .returning(privacy.document.c.id)
        ).scalar_one()
    )
