"""Decisions that come back in a document.

Belongs here: holding answers against the register as it is now, and taking them in together. Does not belong here: the
document's form, or what a single decision means (`register.matching.decisions`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from register.actors import decider
from register.database import Register
from register.matching import decisions, run
from register.matching.compared import compared
from register.matching.ledger import Pair
from register.tables import privacy
from register.tables.records import RECORD_TABLES
from register.tables.review import review_pair
from schemas.errors import NotFound, Refusal


@dataclass(frozen=True)
class Answer:
    """What was decided of a pair, and how its records stood when it was handed out (`Compared.state`)."""

    pair: Pair
    document: int
    state: str
    verdict: str
    reason: str


def take(register: Register, said: Sequence[Answer], *, kind: str, by: str, on: date) -> dict[int, str]:
    """Takes in all answers but those that cannot stand, in one transaction.

    Args:
        kind: of the document that they stand in.

    Returns:
        The places of the answers that were refused, and why: since they were handed out a record has changed or gone,
        or the pair was decided; or another answer says otherwise.

    Raises:
        NotFound: where the document was never handed out, or nobody of that name may decide.
        Refusal: where the answers are of several documents.
    """
    if not said:
        return {}
    if len({one.document for one in said}) > 1:
        raise Refusal("The rows are of several workbooks.", "Give each workbook back as it was handed out.")
    with register.transaction() as connection:
        customer_id = _customer(connection, said[0].document, kind)
    with register.transaction() as connection:
        run.begin(connection, customer_id)
        actor = decider(connection, by, "as the workbook says", on)
        refused = _outdated(connection, customer_id, said)
        standing = {at: one for at, one in enumerate(said) if at not in refused}
        told = [(one.pair, one.verdict, one.reason) for one in standing.values()]
        against = decisions.decide_all(connection, customer_id, told, actor)
        return refused | {at: why for at, why in zip(standing, against, strict=True) if why}


def _customer(connection: sa.Connection, document: int, kind: str) -> int:
    table = privacy.document
    asked = sa.select(table.c.about).where(table.c.id == document, table.c.kind == kind)
    name = connection.scalar(asked)
    if name is None:
        raise NotFound(f"No workbook {document} was handed out.", "Was its column of documents changed?")
    return run.customers(connection, name)[name]


def _outdated(connection: sa.Connection, customer_id: int, said: Sequence[Answer]) -> dict[int, str]:
    """The answers that are not about what the register holds now."""
    now = {(one.record_a, one.record_b): one.state for one in compared(connection, [one.pair for one in said])}
    table = RECORD_TABLES["person"]
    ids = {record for one in said for record in one.pair}
    asked = sa.select(table.c.id).where(table.c.customer_id == customer_id, table.c.id.in_(ids))
    mine = set(connection.scalars(asked))
    queue = sa.select(review_pair.c.record_a, review_pair.c.record_b).where(review_pair.c.record_a.in_(ids))
    waiting = {(row.record_a, row.record_b) for row in connection.execute(queue)}
    found = {}
    for at, one in enumerate(said):
        if one.pair not in now:
            found[at] = "a record has gone since"
        elif now[one.pair] != one.state:
            found[at] = "a record has changed since; export it again"
        elif not mine & set(one.pair):
            found[at] = "the records are of another customer"
        elif one.pair not in waiting:
            found[at] = "the pair does not wait any more; it was decided or joined meanwhile"
    return found
