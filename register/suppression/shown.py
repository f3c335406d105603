"""The list of erased persons in numbers.

Belongs here: what may be shown of it. Does not belong here: changing it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from register.statements import statement
from register.suppression import entries
from register.suppression.keys import OWN
from register.suppression.vault import CANARY, Vault
from register.tables import sync
from register.tables.erasure import suppression
from schemas.errors import ConfigurationRefused, NotFound
from schemas.retention import Period


@dataclass(frozen=True)
class Case:
    """How many tokens a case has.

    Attributes:
        expires_on: the first day on which they go; none while any register in scope is delivered.
        review_on: the day by which a person looks whether they are still needed.
    """

    controller: str
    case: str
    scope: str
    tokens: int
    created_on: date
    expires_on: date | None
    review_on: date


@dataclass(frozen=True)
class Key:
    """The fingerprint of the key that a list was made with, and of the file that is there; None where there is none."""

    controller: str
    version: int
    wanted: str
    found: str | None


def controller(connection: sa.Connection, customer: str | None) -> int:
    """The id of a list: our own, or the one kept for a customer.

    Raises:
        NotFound: where there is no such customer.
    """
    if customer is None:
        return OWN
    found = connection.scalar(sa.select(sync.customer.c.id).where(sync.customer.c.name == customer))
    if found is None:
        raise NotFound(f"There is no customer {customer}.", "mdo source list shows the names.")
    return int(found)


def cases(connection: sa.Connection, review: Period) -> list[Case]:
    """The cases that have tokens, by list and age.

    Args:
        review: how long after the erasure, or after the last review, a person looks at a case again (R12).
    """
    return [
        Case(
            entries.controller_name(connection, row.controller_id),
            row.case_id,
            row.scope,
            row.tokens,
            row.created_on,
            row.expires_on,
            row.review_on,
        )
        for row in _counted(connection, review)
    ]


def unreviewed(connection: sa.Connection, review: Period, on: date) -> int:
    """How many cases are past the day by which a person should have looked at them."""
    late = {(row.controller_id, row.case_id) for row in _counted(connection, review) if row.review_on < on}
    return len(late)


def _counted(connection: sa.Connection, review: Period) -> sa.CursorResult[Any]:
    return connection.execute(statement("count_suppressed"), {"months": review.months, "days": review.days})


def keys(connection: sa.Connection, vault: Vault) -> list[Key]:
    """The keys of every list."""
    table = suppression
    query = sa.select(table.c.controller_id, table.c.key_version, table.c.token).where(table.c.kind == CANARY)
    found = []
    for row in connection.execute(query.order_by(table.c.controller_id, table.c.key_version)):
        name = entries.controller_name(connection, row.controller_id)
        try:
            held: str | None = vault.keys.fingerprint(name, row.key_version)
        except ConfigurationRefused:
            held = None
        found.append(Key(name, row.key_version, row.token.hex()[:16], held))
    return found
