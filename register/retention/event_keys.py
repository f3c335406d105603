"""The source rows of events that are dropped with their partition.

Belongs here: where in `sync.source_row` they are looked for, and removing them. Does not belong here: dropping
(`register.retention.events`).

To delete a row costs little; to find it by its key costs 4 to 6 µs, most of it reading pages of an index. But rows that
came one after the other lie one after the other. With those that lie there the keys of a whole partition are joined in
one transaction, and only what is not among them is looked up, by bounded parts. It is always the key that decides, so
where they are looked for first may be a wrong guess.
"""

from __future__ import annotations

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

#: Times as many pages as the partition has may be read for its keys. With four times as many nothing was gained.
MORE = 2


def remove(register: Register, context: Context, rule: str, record: RecordType, partition: str) -> list[Entry]:
    """Removes the source rows of a partition's events. Returns the evidence of each transaction, of which there is one
    where few keys have to be looked up.

    A run that was killed goes through the partition again from its beginning, and looks up in vain what has gone.

    Args:
        partition: its name, qualified and quoted.
    """
    after: dict[str, object] = {"source_id": 0, "key": "", "most": MOST}
    near: dict[str, object] | None = None
    entries: list[Entry] = []
    while True:
        with register.transaction() as connection:
            bulk.expect(connection)
            holds.find(connection, context.business_date)
            stays = holds.covers_event(connection, record)
            near = _near(connection, partition) if near is None else {}
            part = connection.execute(_removal(bool(near), partition, stays), after | near).one()
            if part.keys:
                entries += context.note(connection, [Entry(rule, "delete", str(sync.source_row), part.keys, "hanging")])
        if part.rows < MOST:
            return entries
        after |= {"source_id": part.source_id, "key": part.key}


def _near(connection: sa.Connection, partition: str) -> dict[str, object]:
    """Two places in `sync.source_row` between which nearly all of the keys lie. Empty if too much lies between them:
    as of a history that was loaded in one go and in no order of time.
    """
    pages = connection.execute(statement("pages_of_event_keys", partition=partition)).one()
    if pages.first is None or pages.last - pages.first > MORE * pages.pages:
        return {}
    margin = 1 + (pages.last - pages.first) // 16  # the twentieth left out at either end may as well be no strays
    return {"first": f"({max(0, pages.first - margin)},0)", "beyond": f"({pages.last + margin},0)"}


def _removal(near: bool, partition: str, stays: str) -> sa.TextClause:
    found, others = fragment("nothing_near"), "true"
    if near:
        found = fragment("remove_near_keys").format(partition=partition, stays=stays)
        others = fragment("not_near")
    return statement("remove_event_keys", partition=partition, stays=stays, near=found, others=others)
