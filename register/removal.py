"""Removing records with everything that hangs on them.

Belongs here: what hangs on a record, and the order in which it goes. Does not belong here: which records are to go and
why (retention, erasure), what the law keeps of them, and landed copies and staging, which hold whole files.

In one transaction: `begin`, fill the temporary tables ``doomed`` (record type, id, source, key) and, for keys that have
no record, ``doomed_key`` (source, key); `extend`; take out again what has to stay; `remove`.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from register.matching import links
from register.matching.keys import MOST_SHARING
from register.statements import statement
from register.tables.matching import GOLDEN_TABLES, KEYS
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES, RecordType

_PLAIN = [record for record in RECORD_TYPES.values() if not record.happened]
_EVENTS = [record for record in RECORD_TYPES.values() if record.happened]

#: What of the same row goes with a record, beside what the catalogue says hangs on it: a login has no use without its
#: person, and what a user says of himself is said by his account.
_WITH = (
    ("account", "person", "hanging.origin = 'self_reported'"),
    ("person", "account", "true"),
)


#: The records that matching's keys of a person are made of.
_WITH_KEYS = {"person", "employment", "account"}

#: What the catalogue says hangs on another record of its row: on which, and what.
_HANGING = [(record.of, record.name, "true") for record in _PLAIN if record.of]


def begin(connection: sa.Connection) -> None:
    """Makes the temporary tables ``doomed`` and ``doomed_key``, empty."""
    for name in ("begin_doomed", "begin_doomed_key"):
        connection.execute(statement(name))


def extend(connection: sa.Connection, *, whole_rows: bool = False) -> None:
    """Dooms what hangs on the doomed records: records of the same row, and the events of accounts.

    An account's events stay where another account of the customer has the same user id.

    Args:
        whole_rows: leave what hangs on a record in its row to `remove`, for callers who keep none of it: half the work.
    """
    types = _doomed_types(connection)
    pairs = [*_WITH, *([] if whole_rows else _HANGING)]
    for on, name, condition in pairs:
        if on not in types:
            continue
        text = statement("doom_hanging", on_type=on, condition=condition, **_names(RECORD_TYPES[name]))
        if connection.execute(text).rowcount:
            types.add(name)
    connection.execute(statement("find_doomed_users"))
    if connection.scalar(sa.text("select exists (select from doomed_user)")):
        connection.execute(sa.text("analyze doomed_user"))
        for record in _EVENTS:
            if record.name == "action":
                connection.execute(statement("doom_actions"))
            else:
                text = statement("doom_events", record_type=record.name, table=str(RECORD_TABLES[record.name]))
                connection.execute(text)


def remove(connection: sa.Connection, *, whole_rows: bool = False) -> dict[str, int]:
    """Removes the doomed records, and the keys and hashes of source rows that are left without any.

    Golden records that lose a record are computed anew from those that stay, or go with their last one. Those that stay
    are marked for the next run of matching, which finds out whether they still belong together.

    Args:
        whole_rows: as for `extend`.

    Returns:
        How many rows went, by table; tables of which none went are left out. Golden records are not counted.
    """
    connection.execute(sa.text("analyze doomed"))
    types = _doomed_types(connection)
    records = [record for record in RECORD_TYPES.values() if record.name in types]
    counts: dict[str, int] = {}

    def run(name: str, counted: str = "", /, **names: str) -> None:
        written = max(connection.execute(statement(name, **names)).rowcount, 0)
        if counted and written:
            counts[counted] = counts.get(counted, 0) + written

    def run_counted(name: str, *tables: str, **names: str) -> None:
        for table, many in zip(tables, connection.execute(statement(name, **names)).one(), strict=True):
            if many:
                counts[table] = counts.get(table, 0) + many

    run("key_doomed")
    connection.execute(sa.text("analyze doomed_key"))
    run("begin_bereaved")
    if types & GOLDEN_TABLES.keys():
        for record_type in GOLDEN_TABLES.keys() & types:
            links.move_pins(connection, record_type, "record_is_doomed")
        run("remove_doomed_pins", "register.field_pin")
        run("remove_doomed_pairs", "register.review_pair")
        run_counted("remove_doomed_members", "register.golden_member")
        for end in ("record_a", "record_b"):
            run("remove_doomed_links", "register.match_link", end=end)
    connection.execute(sa.text("analyze bereaved"))
    run("find_survivors")
    connection.execute(sa.text("analyze survivor"))
    if types & _WITH_KEYS:
        _forget_keys(connection, run_counted)
    _renew_golden(connection)
    if "person" in types:
        run("unlink_billing_contacts")
    run("remove_doomed_findings", "sync.scan_finding")
    run("remove_doomed_changes", "sync.field_change")
    for record in records:
        run("remove_doomed_records", str(RECORD_TABLES[record.name]), **_names(record))
    for on, name, _ in _HANGING if whole_rows else ():
        if on in types:
            names = _names(RECORD_TYPES[name])
            run_counted("remove_hanging", names["table"], "sync.field_change", on_type=on, **names)
    if "account" in types:
        run("remove_doomed_pseudonyms", "privacy.action_pseudonym")
    only = {name for name in types if not RECORD_TYPES[name].of}
    for record in _PLAIN:  # a row of events gives one record, so its key goes with it
        if whole_rows and (record.of in types or only == {record.name}):
            continue  # none of a doomed row's is left
        if connection.scalar(_has_rows(record)):
            run("keep_keys_with_records", table=str(RECORD_TABLES[record.name]))
    run("remove_doomed_quarantine", "sync.quarantine")
    run("remove_doomed_rows", "sync.source_row")
    return counts


def end(connection: sa.Connection) -> None:
    """Drops the temporary tables, for a further removal in the same transaction."""
    connection.execute(sa.text("drop table if exists doomed, doomed_key, doomed_user, bereaved, survivor, keyless"))


def _forget_keys(connection: sa.Connection, run_counted: Callable[..., None]) -> None:
    """Removes the matching keys of records that go or are to be matched anew, and marks whom their lack concerns."""
    connection.execute(statement("find_keyless"))
    connection.execute(sa.text("analyze keyless"))
    for key in KEYS:
        connection.execute(statement("mark_sharers", key=key), {"most": MOST_SHARING})
    run_counted("forget_person_keys", "register.person_key")


def _doomed_types(connection: sa.Connection) -> set[str]:
    return set(connection.scalars(sa.text("select distinct record_type from doomed")))


def _names(record: RecordType) -> dict[str, str]:
    return {"record_type": record.name, "table": str(RECORD_TABLES[record.name])}


def _has_rows(record: RecordType) -> sa.TextClause:
    """Whether any source of the doomed keys has a record of that type: most have few types, and each look costs."""
    table = RECORD_TABLES[record.name]
    return sa.text(
        "select exists (select from (select distinct source_id from doomed_key) as concerned "
        f"join lateral (select from {table} as held where held.source_id = concerned.source_id limit 1) as one on true)"
    )


def _renew_golden(connection: sa.Connection) -> None:
    concerned = connection.execute(sa.text("select distinct customer_id, record_type from bereaved")).all()
    for customer_id, record_type in concerned:
        parameters = {"customer_id": customer_id, "record_type": record_type}
        for name in ("take_survivors", "identify_survivors", "remember_bereaved"):
            connection.execute(statement(name), parameters)
        # the planner takes an unknown table for a small one, and goes through all members for each of 50,000 persons
        connection.execute(sa.text("analyze component, identified, former"))
        links.renew(connection, customer_id, record_type)
        connection.execute(sa.text("drop table component, identified, former"))
