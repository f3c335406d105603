"""The named persons who may decide.

Belongs here: who may release, discard and activate, and since when. Does not belong here: what they decided; that
stands with the thing decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from register.tables import privacy
from schemas.errors import NotFound, Refusal


@dataclass(frozen=True)
class Actor:
    """A named person and the days on which they may decide."""

    name: str
    title: str
    valid_from: date
    valid_to: date | None


def add(connection: sa.Connection, actor: Actor) -> None:
    """Enters a person.

    Raises:
        Refusal: where the name is taken.
    """
    values = {"name": actor.name, "title": actor.title, "valid_from": actor.valid_from, "valid_to": actor.valid_to}
    added = insert(privacy.actor).values(**values).on_conflict_do_nothing().returning(privacy.actor.c.id)
    if connection.scalar(added) is None:
        raise Refusal("There is a person of that name already.", "mdo actor list shows them; choose another name.")


def end(connection: sa.Connection, name: str, on: date) -> None:
    """Ends a person's right to decide after that day; past decisions stay.

    Raises:
        NotFound: where no person of that name may decide.
    """
    ended = connection.execute(
        sa.update(privacy.actor)
        .where(privacy.actor.c.name == name, privacy.actor.c.valid_from <= on)
        .values(valid_to=on)
    )
    if ended.rowcount == 0:
        raise NotFound("No person of that name may decide.", "mdo actor list shows who may.")


def everyone(connection: sa.Connection) -> list[Actor]:
    """Every person, also those whose right has ended, by name."""
    table = privacy.actor
    rows = connection.execute(
        sa.select(table.c.name, table.c.title, table.c.valid_from, table.c.valid_to).order_by(table.c.name)
    )
    return [Actor(**row._mapping) for row in rows]


def decider(connection: sa.Connection, name: str, reason: str, on: date) -> int:
    """The id of the person who decides, and who may on that day. Every decision has a reason.

    Raises:
        NotFound: where nobody of that name may decide.
        Refusal: where the reason is empty.
    """
    if not reason.strip():
        raise Refusal("A decision needs a reason.", "Say why with --reason.")
    table = privacy.actor
    found = connection.scalar(
        sa.select(table.c.id).where(
            table.c.name == name, table.c.valid_from <= on, sa.or_(table.c.valid_to.is_(None), table.c.valid_to >= on)
        )
    )
    if found is None:
        raise NotFound(
            "Only a named person who may decide today can do this.",
            "Enter the person with mdo actor add, or give the name as mdo actor list shows it.",
        )
    return int(found)
