"""Decisions of named persons on who is who.

Belongs here: same, different and undo, with who and why. Does not belong here: how records are compared, or how a link
looks to a reader (`register.matching.shown`).

Decisions last: no later run changes one. The latest word on a pair is the one that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from register.actors import decider
from register.database import Register
from register.matching import across, ledger, run
from register.matching.ledger import Pair
from register.statements import statement
from register.tables.matching import golden_member, match_link
from register.tables.records import RECORD_TABLES
from schemas.errors import NotFound, Refusal


def same(
    register: Register, one: int, other: int, *, by: str, reason: str, on: date, record_type: str = "person"
) -> None:
    """Says that two records speak of one person or company, whatever the rules say.

    Raises:
        NotFound: where there is no such record or person who decides.
        Refusal: where they are of two customers that may not be compared, where it is said already, or where other
            decisions say otherwise.
    """
    _decide(register, record_type, one, other, "same", by, reason, on)


def different(
    register: Register, one: int, other: int, *, by: str, reason: str, on: date, record_type: str = "person"
) -> None:
    """Says that two records never speak of one person or company. Where they did, the younger one leaves it.

    Raises:
        NotFound, Refusal: as for `same`.
    """
    _decide(register, record_type, one, other, "different", by, reason, on)


def undo(register: Register, link_id: int, *, by: str, reason: str, on: date) -> None:
    """Ends a link. Its records are kept apart from then on, unless the link had kept them apart.

    Raises:
        NotFound: where there is no such link or person who decides.
        Refusal: where it has ended, or is none that joins or parts records.
    """
    with register.transaction() as connection:
        link = connection.execute(sa.select(match_link).where(match_link.c.id == link_id)).one_or_none()
    if link is None:
        raise NotFound(f"There is no link {link_id}.", "mdo match show lists the links of a person.")
    if link.verdict == "left":
        raise Refusal(f"Link {link_id} joins and parts nobody.", "Say mdo match same or mdo match different.")
    pair, record_type = (link.record_a, link.record_b), link.record_type
    with register.transaction() as connection:
        run.begin(connection, link.customer_id)
        actor = decider(connection, by, reason, on)
        if record_type == ledger.ACROSS:
            across.undo(connection, link, actor, reason)
            return
        if link.verdict == "same":
            concerned = _part(connection, link.customer_id, record_type, pair, actor, reason, undone=link_id)
        else:
            concerned = set(pair)
            ledger.end(connection, link_id, actor, reason)
        _settle(connection, link.customer_id, record_type, concerned, scored=True)


def decide_all(
    connection: sa.Connection, customer_id: int, decisions: Sequence[tuple[Pair, str, str]], actor: int
) -> list[str]:
    """Several decisions on pairs of person records, in a transaction that `run.begin` began for the customer.

    Args:
        decisions: pair, same or different, and why, in the order in which they are taken.

    Returns:
        For each, why it was not taken, or "". One that contradicts what is decided leaves nothing behind.
    """
    refused: list[str] = []
    concerned: set[int] = set()
    customers = _customers(connection, "person", {record for pair, _, _ in decisions for record in pair})
    for pair, verdict, reason in decisions:
        of = sorted({customers[record] for record in pair})
        why = ""
        try:
            with connection.begin_nested():
                if len(of) > 1:
                    across.decide(connection, "person", pair, of, verdict, actor, reason)
                else:
                    concerned |= _write(connection, customer_id, "person", pair, verdict, actor, reason)
        except Refusal as refusal:
            why = refusal.what
        refused.append(why)
    _settle(connection, customer_id, "person", concerned)
    return refused


def _decide(
    register: Register, record_type: str, one: int, other: int, verdict: str, by: str, reason: str, on: date
) -> None:
    pair, customers = _pair(register, record_type, one, other)
    with register.transaction() as connection:
        run.begin(connection, customers[0])
        actor = decider(connection, by, reason, on)
        if len(customers) > 1:
            across.decide(connection, record_type, pair, customers, verdict, actor, reason)
            return
        concerned = _write(connection, customers[0], record_type, pair, verdict, actor, reason)
        _settle(connection, customers[0], record_type, concerned)


def _write(
    connection: sa.Connection, customer_id: int, record_type: str, pair: Pair, verdict: str, actor: int, reason: str
) -> set[int]:
    """Writes a decision and what it asks for; the records to compute anew."""
    if verdict == "different":
        return _part(connection, customer_id, record_type, pair, actor, reason)
    _check_joinable(connection, record_type, pair)
    ledger.decide(connection, customer_id, record_type, pair, "same", actor, reason)
    return set(pair)


def _settle(
    connection: sa.Connection, customer_id: int, record_type: str, concerned: set[int], *, scored: bool | None = None
) -> None:
    """Computes what the decision concerns; of companies that is all of them.

    Args:
        scored: whether pairs may come into the queue by it; None: not by the decision itself.
    """
    of_persons = record_type == "person"
    records = concerned if of_persons else ()
    run.settle(connection, customer_id, records=records, companies_too=not of_persons, scored=scored)


def _pair(register: Register, record_type: str, one: int, other: int) -> tuple[Pair, list[int]]:
    """The two records, the smaller id first, and their one customer or two."""
    with register.transaction() as connection:
        found = _customers(connection, record_type, {one, other})
    if one == other or len(found) != 2:
        raise NotFound(f"These are not two {record_type} records.", "mdo match show G… lists the records of one.")
    return (min(one, other), max(one, other)), sorted(set(found.values()))


def _customers(connection: sa.Connection, record_type: str, records: set[int]) -> dict[int, int]:
    """The customer of each record that there is."""
    table = RECORD_TABLES[record_type]
    asked = sa.select(table.c.id, table.c.customer_id).where(table.c.id.in_(records))
    return {row.id: row.customer_id for row in connection.execute(asked)}


def _check_joinable(connection: sa.Connection, record_type: str, pair: Pair) -> None:
    """Makes sure that no decision keeps records apart that joining the pair would join, but one on the pair itself."""
    group = _tied(connection, record_type, pair[0]) | _tied(connection, record_type, pair[1])
    table = match_link
    apart = connection.execute(
        sa.select(table.c.id, table.c.record_a, table.c.record_b, table.c.follows)
        .where(table.c.record_type == record_type, table.c.ended_at.is_(None), table.c.verdict == "different")
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


def _part(
    connection: sa.Connection,
    customer_id: int,
    record_type: str,
    pair: Pair,
    actor: int,
    reason: str,
    *,
    undone: int | None = None,
) -> set[int]:
    """Keeps two records apart. Where other links still tie them, the younger leaves: it is kept apart from everybody
    else of the person, and takes along only what a person has tied to it.

    Returns:
        The records to compute anew.
    """
    if undone is not None:
        ledger.end(connection, undone, actor, reason)
    decision = ledger.decide(connection, customer_id, record_type, pair, "different", actor, reason)
    member = golden_member
    of_type = member.c.record_type == record_type
    golden = sa.select(member.c.golden_id).where(of_type, member.c.record_id.in_(pair))
    members = set(connection.scalars(sa.select(member.c.record_id).where(of_type, member.c.golden_id.in_(golden))))
    if pair[1] not in _reached(connection, record_type, pair[0], decided_only=False):
        return members | set(pair)
    asked = statement("younger_record", records=str(RECORD_TABLES[record_type]))
    younger = connection.scalars(asked, {"records": list(pair)}).one()
    leaving = _tied(connection, record_type, younger)
    if set(pair) <= leaving:
        raise Refusal("Other decisions tie the two records.", "Undo those first; mdo match show lists them.")
    for stays in sorted(members - leaving):
        for leaves in sorted(leaving):
            apart = (min(stays, leaves), max(stays, leaves))
            ledger.decide(connection, customer_id, record_type, apart, "different", actor, reason, decision)
    return members | set(pair)


def _tied(connection: sa.Connection, record_type: str, record: int) -> set[int]:
    """The records that standing decisions tie to a record, and itself."""
    return _reached(connection, record_type, record, decided_only=True)


def _reached(connection: sa.Connection, record_type: str, record: int, *, decided_only: bool) -> set[int]:
    parameters = {"record_type": record_type, "record_id": record, "decided_only": decided_only}
    found: Iterable[int] = connection.scalars(statement("reached_records"), parameters)
    return set(found)
