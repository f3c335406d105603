"""Decisions in the ledger of links: writing one in place of what stood, and ending one.

Belongs here: single rows. Does not belong here: what else a decision asks for (`register.matching.decisions`), or links
of rules (`register.matching.links`).
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from register.tables.matching import match_link
from register.tables.review import review_pair
from schemas.errors import Refusal

#: Two records, the smaller id first.
Pair = tuple[int, int]

#: The record type of links between persons of two customers. They join nobody.
ACROSS = "across"


def standing(connection: sa.Connection, record_type: str, pair: Pair) -> Any:
    """The link of a pair that stands, or None."""
    table = match_link
    return connection.execute(
        sa.select(table).where(
            table.c.record_type == record_type,
            table.c.record_a == pair[0],
            table.c.record_b == pair[1],
            table.c.ended_at.is_(None),
        )
    ).one_or_none()


def decide(
    connection: sa.Connection,
    customer_id: int,
    record_type: str,
    pair: Pair,
    verdict: str,
    actor: int,
    reason: str,
    follows: int | None = None,
) -> int:
    """Writes a decision in place of what stood of the pair; its number.

    The score that the queue shows for the pair is kept with it: it is what the person who decided was told.

    Args:
        follows: the decision that it is part of; what says so already may then stay as it is.

    Raises:
        Refusal: where it is said already.
    """
    stands = standing(connection, record_type, pair)
    if stands is not None and stands.decided_by is not None and stands.verdict == verdict:
        if follows is not None:
            return int(stands.id)
        raise Refusal(f"Link {stands.id} says so already.", "Nothing need be done.")
    if stands is not None:
        end(connection, stands.id, actor, "decided anew")
    queued = connection.execute(
        sa.select(review_pair.c.score, review_pair.c.model).where(
            review_pair.c.record_a == pair[0], review_pair.c.record_b == pair[1]
        )
    ).one_or_none()
    made = connection.scalar(
        sa.insert(match_link)
        .values(
            customer_id=customer_id,
            record_type=record_type,
            record_a=pair[0],
            record_b=pair[1],
            verdict=verdict,
            decided_by=actor,
            reason=reason.strip(),
            follows=follows,
            score=queued.score if queued and record_type != "company" else None,
            model=queued.model if queued and record_type != "company" else None,
        )
        .returning(match_link.c.id)
    )
    return int(made or 0)


def end(connection: sa.Connection, link_id: int, actor: int, why: str) -> None:
    """Ends a link, and what is part of the decision.

    Raises:
        Refusal: where it has ended.
    """
    table = match_link
    ending = sa.update(table).where(table.c.ended_at.is_(None))
    said = {"ended_at": sa.func.now(), "ended_by": actor, "ended_why": why.strip()}
    if connection.execute(ending.where(table.c.id == link_id).values(**said)).rowcount == 0:
        raise Refusal(f"Link {link_id} has ended already.", "mdo match show lists the links that stand.")
    connection.execute(ending.where(table.c.follows == link_id).values(**said))
