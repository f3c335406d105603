"""Persons of two customers (RS-27).

Belongs here: which two customers' people may be compared, and what a person says of two such records. Does not belong
here: persons of one customer (`register.matching.decisions`).

No golden person ever holds records of two customers: each customer is a controller of its own, and a golden record
would show the one what the other knows. So a decision *same* across customers is written down and joins nobody: a
person who asks for inspection or erasure is found at both. No rule and no score says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from register.actors import decider
from register.database import Register
from register.matching import ledger, queue, run
from register.matching.ledger import ACROSS, Pair
from register.tables import privacy, sync
from register.tables.review import customer_pair, review_pair
from schemas.errors import NotFound, Refusal


@dataclass(frozen=True)
class Switched:
    """Two customers whose people may be compared, and who says so."""

    customer: str
    other: str
    said_by: str
    reason: str
    made_at: datetime


def switch(register: Register, one: str, other: str, *, to: bool, by: str, reason: str, on: date) -> None:
    """Lets the people of two customers be compared, or no longer.

    Switched on, all people of both are compared at once, and later whoever a run looks at. Switched off, what waits in
    the queue leaves it, and what was decided stays written down.

    Raises:
        NotFound: where there is no such customer or person who decides.
        Refusal: where it is so already.
        TryLater: where a run of one of them is under way.
    """
    table = customer_pair
    with register.transaction() as connection:
        pair = _customers(connection, one, other)
    with register.transaction() as connection:
        run.begin(connection, pair[0])
        actor = decider(connection, by, reason, on)
        stands = connection.scalar(_standing(*pair))
        if (stands is not None) is to:
            raise Refusal(f"The two are switched {'on' if to else 'off'} already.", "Nothing need be done.")
        if to:
            values = {"customer_id": pair[0], "other_customer_id": pair[1], "decided_by": actor}
            connection.execute(sa.insert(table).values(**values, reason=reason.strip()))
            queue.fill(connection, pair[0])
            return
        ended = {"ended_at": sa.func.now(), "ended_by": actor, "ended_why": reason.strip()}
        connection.execute(sa.update(table).where(table.c.id == stands).values(**ended))
        waiting = sa.and_(review_pair.c.customer_id == pair[0], review_pair.c.other_customer_id == pair[1])
        connection.execute(sa.delete(review_pair).where(waiting))


def switched(connection: sa.Connection) -> list[Switched]:
    """The pairs of customers that are switched on."""
    one, other, actor = sync.customer.alias(), sync.customer.alias(), privacy.actor
    found = connection.execute(
        sa.select(one.c.name, other.c.name, actor.c.name, customer_pair.c.reason, customer_pair.c.made_at)
        .join(one, one.c.id == customer_pair.c.customer_id)
        .join(other, other.c.id == customer_pair.c.other_customer_id)
        .join(actor, actor.c.id == customer_pair.c.decided_by)
        .where(customer_pair.c.ended_at.is_(None))
        .order_by(one.c.name, other.c.name)
    )
    return [Switched(*row) for row in found]


def decide(
    connection: sa.Connection,
    record_type: str,
    pair: Pair,
    customers: list[int],
    verdict: str,
    actor: int,
    reason: str,
) -> None:
    """Writes down what a person says of two person records of two customers; nothing else follows from it.

    Raises:
        Refusal: where the two customers' people may not be compared, or where it is said already.
    """
    if record_type != "person" or connection.scalar(_standing(*customers)) is None:
        raise Refusal(
            "The records are of two customers.",
            f"A {record_type} of one customer is never brought together with others.",
        )
    ledger.decide(connection, customers[0], ACROSS, pair, verdict, actor, reason)
    _leave_queue(connection, pair)


def undo(connection: sa.Connection, link: Any, actor: int, reason: str) -> None:
    """Ends such a decision. Two that were said to be one person are said to be different from then on."""
    ledger.end(connection, link.id, actor, reason)
    if link.verdict == "same":
        pair = (link.record_a, link.record_b)
        ledger.decide(connection, link.customer_id, ACROSS, pair, "different", actor, reason)


def _leave_queue(connection: sa.Connection, pair: Pair) -> None:
    table = review_pair
    connection.execute(sa.delete(table).where(table.c.record_a == pair[0], table.c.record_b == pair[1]))


def _customers(connection: sa.Connection, one: str, other: str) -> Pair:
    first, second = (run.customers(connection, name)[name] for name in (one, other))
    if first == second:
        raise NotFound("These are not two customers.", "Inside one customer everybody is compared.")
    return min(first, second), max(first, second)


def _standing(one: int, other: int) -> sa.Select[tuple[int]]:
    table = customer_pair
    return sa.select(table.c.id).where(
        table.c.customer_id == one, table.c.other_customer_id == other, table.c.ended_at.is_(None)
    )
