"""The source rows of events that are dropped with their partition.

Belongs here: where in `sync.source_row` they are looked for, and removing them. Does not belong here: dropping
(`register.retention.events`).

To delete a row costs little; to find it by its key costs 4 to 6 µs, most of it reading pages of an index. But rows that
came together were written one after the other, or at least by the same batches. With those that lie there the keys of a
whole partition are joined in one transaction, and only what is not among them is looked up, by bounded parts. It is
always the key that decides, so where they are looked for first may be a wrong guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from register import bulk
from register.database import Register
from register.evidence import Entry
from register.retention import holds
from register.retention.records import Context
from register.statements import fragment, statement
from register.tables import sync
from schemas.catalogue import RecordType

#: Keys that are looked up in one transaction.
MOST = 50_000

#: So many times as much as the partition holds may be read for its keys; a look-up costs as much as reading ten rows.
MORE = 2


@dataclass(frozen=True)
class _Place:
    """Where keys are looked for before they are looked up: a condition on source rows; none: nowhere."""

    condition: str = ""
    bound: Mapping[str, object] = field(default_factory=dict)


def remove(register: Register, context: Context, rule: str, record: RecordType, partition: str) -> list[Entry]:
    """Removes the source rows of a partition's events. Returns the evidence of each transaction, of which there is one
    where few keys have to be looked up.

    A run that was killed goes through the partition again from its beginning, and looks up in vain what has gone.

    Args:
        partition: its name, qualified and quoted.
    """
    after: dict[str, object] = {"source_id": 0, "key": "", "most": MOST}
    place: _Place | None = None
    entries: list[Entry] = []
    while True:
        with register.transaction() as connection:
            bulk.expect(connection)
            holds.find(connection, context.business_date)
            stays = holds.covers_event(connection, record)
            place = _near(connection, partition) if place is None else _Place()
            part = connection.execute(_removal(place, partition, stays), {**after, **place.bound}).one()
            if part.keys:
                entries += context.note(connection, [Entry(rule, "delete", str(sync.source_row), part.keys, "hanging")])
        if part.rows < MOST:
            return entries
        after |= {"source_id": part.source_id, "key": part.key}


def _near(connection: sa.Connection, partition: str) -> _Place:
    """The pages between which the keys lie, unless these are many; else the batches that brought the events, unless
    these brought much besides; else nowhere: as of a history that was loaded in one go and in no order.
    """
    pages = connection.execute(statement("pages_of_event_keys", partition=partition)).one()
    if pages.first is not None and pages.last - pages.first < MORE * pages.pages:
        margin = 1 + (pages.last - pages.first) // 16  # the twentieth left out at either end may as well be no strays
        bound = {"first": f"({max(0, pages.first - margin)},0)", "beyond": f"({pages.last + margin},0)"}
        return _Place(fragment("between_pages"), bound)
    brought = connection.execute(statement("batches_of_events", partition=partition), {"more": MORE}).one()
    if brought.held <= MORE * brought.events:
        return _Place(fragment("in_batches"), {"batches": brought.batches})
    return _Place()


def _removal(place: _Place, partition: str, stays: str) -> sa.TextClause:
    near, others = fragment("nothing_near"), "true"
    if place.condition:
        near = fragment("remove_near_keys").format(partition=partition, stays=stays, place=place.condition)
        others = fragment("not_near")
    return statement("remove_event_keys", partition=partition, stays=stays, near=near, others=others)
