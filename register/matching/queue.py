"""The review queue: pairs of person records that a person should look at.

Belongs here: bringing the queue in line with what was computed, and listing it. Does not belong here: how likely a pair
is (`register.matching.scoring`), what is decided (`register.matching.decisions`), or any value of a record.

In the queue is what a rule was kept from joining, and what the model finds likely. Neither joins anybody; a person may.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from register.matching import likely
from register.matching.ledger import Pair
from register.statements import statement


@dataclass(frozen=True)
class Waiting:
    """One pair that waits for a person.

    Attributes:
        why: loose, mixed or too_large (`register.matching.clusters`), likely, or across for records of two customers.
        rule: the rule that would join them, if one does.
        score: match weight in bits, by that version of the model; None where nothing was scored.
    """

    record_a: int
    record_b: int
    source_a: str
    source_b: str
    why: str
    rule: str | None
    score: float | None
    model: str | None
    since: datetime

    @property
    def pair(self) -> Pair:
        """The two records."""
        return self.record_a, self.record_b


@dataclass(frozen=True)
class Band:
    """How many of a customer's pairs are about as likely.

    Attributes:
        band: of match weights in bits.
        waiting_long: how many of them have waited for more days than a person was given.
        since: since when the oldest of them waits.
    """

    customer: str
    band: str
    pairs: int
    waiting_long: int
    since: date


@dataclass(frozen=True)
class Decided:
    """How often persons have said so of a customer's records: same, different, or undone."""

    customer: str
    what: str
    decisions: int


def by_band(connection: sa.Connection, today: date, long: int) -> list[Band]:
    """The queue in numbers, by customer, the likeliest first; what nothing has scored comes before it.

    Args:
        long: days after which a pair has waited too long.
    """
    found = connection.execute(statement("queue_by_band"), {"today": today, "long": long})
    return [Band(**row._mapping) for row in found]


def decided(connection: sa.Connection, first: date, last: date) -> list[Decided]:
    """What persons have decided on these local dates, both included."""
    found = connection.execute(statement("decided_between"), {"first": first, "last": last})
    return [Decided(**row._mapping) for row in found]


def begin(connection: sa.Connection) -> None:
    """Remembers the records of the temporary table `region`, which are those computed anew."""
    connection.execute(statement("begin_queue"))


def fill(connection: sa.Connection, customer_id: int) -> None:
    """Looks at all of a customer's records anew, although none has changed."""
    connection.execute(statement("begin_whole_queue"), {"customer_id": customer_id})
    refresh(connection, customer_id, scored=True)


def refresh(connection: sa.Connection, customer_id: int, *, scored: bool) -> None:
    """Brings the queue in line with the links and persons that were just written. Only what differs is written.

    Args:
        scored: score the pairs of the records computed anew. If not, the scores that the queue has hold.
    """
    parameters = {"customer_id": customer_id}
    connection.execute(statement("begin_scored"))
    if scored:
        likely.score(connection, customer_id)
    else:
        connection.execute(statement("keep_scored"))
    connection.execute(sa.text("analyze queue_region, scored"))
    for name in ("end_across", "fill_queue", "leave_queue", "enter_queue"):
        connection.execute(statement(name), parameters)
    connection.execute(sa.text("drop table queue_region, scored, queue_now"))


def listed(connection: sa.Connection, customer_id: int | None = None, *, limit: int = 50) -> list[Waiting]:
    """What waits, the likeliest first; of one customer or of all."""
    found = connection.execute(statement("queue"), {"customer_id": customer_id, "limit": limit})
    return [Waiting(**row._mapping) for row in found]
