"""Decisions of named persons on who is who.

Belongs here: same, different and undo, with who and why. Does not belong here: how records are compared, or how a link
looks to a reader (`register.matching.shown`).

Decisions last: no later run changes one. The latest word on a pair is the one that holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from register.actors import decider
from register.database import Register
from register.matching import run
from register.matching.report import Matched
from register.statements import statement
from register.tables.matching import golden_member, match_link
from register.tables.records import RECORD_TABLES
from schemas.errors import NotFound, Refusal

Pair = tuple[int, int]


def same(register: Register, one: int, other: int, *, by: str, reason: str, on: date) -> Matched:
    """Says that two person records speak of one person, whatever the rules say.

    Raises:
        NotFound: where there is no such record or person who decides.
        Refusal: where they are of two customers, where it is said already, or where other decisions say otherwise.
    """
    pair, customer_id = _pair(register, one, other)
    with register.transaction() as connection:
        run.begin(connection, customer_id)
        actor = decider(connection, by, reason, on)
        group = _tied(connection, pair[0]) | _tied(connection, pair[1])
        table = match_link
        apart = connection.execute(
            sa.select(table.c.id, table.c.record_a, table.c.record_b, table.c.follows)
            .where(table.c.record_type == "person", table.c.ended_at.is_(None), table.c.verdict == "different")
            .where(table.c.record_a.in_(group), table.c.record_b.in_(group))
            .order_by(table.c.id)
        ).all()
        replaced = {link.id for link in apart if (link.record_a, link.record_b) == pair}
        against = [link.id for link in apart if not {link.id, link.follows} & replaced]
        if against:
            raise Refusal(
                f"Other decisions keep records apart that this would join: links {', '.join(map(str, against))}.",
                "Look at them with mdo match show, and undo those that are wrong.",
            )
        _decide(connection, customer_id, pair, "same", actor, reason)
        return run.settle(connection, customer_id, records=pair)


def different(register: Register, one: int, other: int, *, by: str, reason: str, on: date) -> Matched:
    """Says that two person records never speak of one person. Where they did, the younger one leaves it.

    Raises:
        NotFound, Refusal: as for `same`.
    """
    pair, customer_id = _pair(register, one, other)
    with register.transaction() as connection:
        run.begin(connection, customer_id)
        actor = decider(connection, by, reason, on)
        concerned = _part(connection, customer_id, pair, actor, reason)
        return run.settle(connection, customer_id, records=concerned)


def undo(register: Register, link_id: int, *, by: str, reason: str, on: date) -> Matched:
    """Ends a link. Its records are kept apart from then on, unless the link had kept them apart.

    Raises:
        NotFound: where there is no such link or person who decides.
        Refusal: where it has ended, or is none that joins or parts records of persons.
    """
    with register.transaction() as connection:
        link = connection.execute(sa.select(match_link).where(match_link.c.id == link_id)).one_or_none()
    if link is None:
        raise NotFound(f"There is no link {link_id}.", "mdo match show lists the links of a person.")
    if link.record_type != "person" or link.verdict == "left":
        raise Refusal(f"Link {link_id} joins and parts nobody.", "Say mdo match same or mdo match different.")
    pair = (link.record_a, link.record_b)
    with register.transaction() as connection:
        run.begin(connection, link.customer_id)
        actor = decider(connection, by, reason, on)
        if link.verdict == "same":
            concerned = _part(connection, link.customer_id, pair, actor, reason, undone=link_id)
        else:
            concerned = set(pair)
            _end(connection, link_id, actor, reason)
        return run.settle(connection, link.customer_id, records=concerned)


def _pair(register: Register, one: int, other: int) -> tuple[Pair, int]:
    """The two records, the smaller id first, and their one customer."""
    table = RECORD_TABLES["person"]
    with register.transaction() as connection:
        asked = sa.select(table.c.id, table.c.customer_id).where(table.c.id.in_([one, other]))
        found = {row.id: row.customer_id for row in connection.execute(asked)}
    if one == other or len(found) != 2:
        raise NotFound("These are not two person records.", "mdo match show G… lists the records of a person.")
    if len(set(found.values())) != 1:
        raise Refusal("The records are of two customers.", "Persons of different customers are never brought together.")
    return (min(one, other), max(one, other)), found[one]


def _decide(
    connection: sa.Connection,
    customer_id: int,
    pair: Pair,
    verdict: str,
    actor: int,
    reason: str,
    follows: int | None = None,
) -> int:
    """Writes a decision in place of what stood of the pair; its number.

    Args:
        follows: the decision that it is part of; what says so already may then stay as it is.
    """
    table = match_link
    stands = connection.execute(
        sa.select(table).where(
            table.c.record_type == "person",
            table.c.record_a == pair[0],
            table.c.record_b == pair[1],
            table.c.ended_at.is_(None),
        )
    ).one_or_none()
    if stands is not None and stands.decided_by is not None and stands.verdict == verdict:
        if follows is not None:
            return int(stands.id)
        raise Refusal(f"Link {stands.id} says so already.", "Nothing need be done.")
    if stands is not None:
        _end(connection, stands.id, actor, "decided anew")
    made = connection.scalar(
        sa.insert(table)
        .values(
            customer_id=customer_id,
            record_type="person",
            record_a=pair[0],
            record_b=pair[1],
            verdict=verdict,
            decided_by=actor,
            reason=reason.strip(),
            follows=follows,
        )
        .returning(table.c.id)
    )
    return int(made or 0)


def _end(connection: sa.Connection, link_id: int, actor: int, why: str) -> None:
    """Ends a link, and what is part of the decision."""
    table = match_link
    end = sa.update(table).where(table.c.ended_at.is_(None))
    said = {"ended_at": sa.func.now(), "ended_by": actor, "ended_why": why.strip()}
    if connection.execute(end.where(table.c.id == link_id).values(**said)).rowcount == 0:
        raise Refusal(f"Link {link_id} has ended already.", "mdo match show lists the links that stand.")
    connection.execute(end.where(table.c.follows == link_id).values(**said))


def _part(
    connection: sa.Connection, customer_id: int, pair: Pair, actor: int, reason: str, *, undone: int | None = None
) -> set[int]:
    """Keeps two records apart. Where other links still tie them, the younger leaves: it is kept apart from everybody
    else of the person, and takes along only what a person has tied to it.

    Returns:
        The records to compute anew.
    """
    if undone is not None:
        _end(connection, undone, actor, reason)
    decision = _decide(connection, customer_id, pair, "different", actor, reason)
    member = golden_member
    persons = sa.select(member.c.golden_id).where(member.c.record_type == "person", member.c.record_id.in_(pair))
    members = set(
        connection.scalars(
            sa.select(member.c.record_id).where(member.c.record_type == "person", member.c.golden_id.in_(persons))
        )
    )
    if pair[1] not in _reached(connection, pair[0], decided_only=False):
        return members | set(pair)
    younger = connection.scalars(statement("younger_record"), {"records": list(pair)}).one()
    leaving = _tied(connection, younger)
    if set(pair) <= leaving:
        raise Refusal("Other decisions tie the two records.", "Undo those first; mdo match show lists them.")
    for stays in sorted(members - leaving):
        for leaves in sorted(leaving):
            apart = (min(stays, leaves), max(stays, leaves))
            _decide(connection, customer_id, apart, "different", actor, reason, decision)
    return members | set(pair)


def _tied(connection: sa.Connection, record: int) -> set[int]:
    """The records that standing decisions tie to a record, and itself."""
    return _reached(connection, record, decided_only=True)


def _reached(connection: sa.Connection, record: int, *, decided_only: bool) -> set[int]:
    found: Iterable[int] = connection.scalars(
        statement("reached_records"), {"record_id": record, "decided_only": decided_only}
    )
    return set(found)
