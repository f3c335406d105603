"""Pairs of records with their values, for the person who decides.

Belongs here: what is compared side by side, and whether a record has changed since. Does not belong here: which pairs
are asked about (`register.matching.queue`), or the document that they stand in. Values go to the person who asked for
them, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from register.matching.ledger import Pair
from register.statements import statement

#: What is compared of either record.
FIELDS = ("source", "last_name", "first_name", "email", "phone", "number", "employer", "since", "absent")


@dataclass(frozen=True)
class Compared:
    """One pair.

    Attributes:
        a, b: the values of either record, by the names of `FIELDS`.
        state: another text whenever either record, or what it is compared by, is another.
    """

    record_a: int
    record_b: int
    state: str
    a: dict[str, str | None]
    b: dict[str, str | None]


def compared(connection: sa.Connection, pairs: Sequence[Pair]) -> list[Compared]:
    """The pairs in their order, without those of which a record has gone or was never matched."""
    sides = ", ".join(str(statement("compared_side", side=side)) for side in "ab")
    asked = statement("compared_pairs", sides=sides)
    found = connection.execute(asked, {"a": [a for a, _ in pairs], "b": [b for _, b in pairs]})
    return [
        Compared(
            row.record_a,
            row.record_b,
            row.state,
            *({name: getattr(row, f"{name}_{side}") for name in FIELDS} for side in "ab"),
        )
        for row in found
    ]
