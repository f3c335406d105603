"""The plan of a batch: what applying it would do, counted.

Belongs here: running the statements of ``sql/plan.sql`` in an open transaction and collecting their counts. Does not
belong here: whether the plan may be applied (`register.guards`), or applying it (`register.merge`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from register.staging import Staging
from register.statements import fragment, identifier, statement
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES, RecordType


@dataclass(frozen=True)
class Position:
    """What a plan must know of its batch.

    Attributes:
        place: its place in order.
        scopes: the scopes it read in full; empty where it derives no absence.
        history: whether older batches may still come; then a deletion of an unknown key is remembered.
    """

    batch_id: int
    customer_id: int
    source_id: int
    place: int
    scopes: tuple[str, ...]
    history: bool = False

    @property
    def parameters(self) -> dict[str, object]:
        """The bound parameters that the statements share."""
        return {
            "batch_id": self.batch_id,
            "customer_id": self.customer_id,
            "source_id": self.source_id,
            "place": self.place,
            "scopes": list(self.scopes),
            "covers": bool(self.scopes),
            "history": self.history,
        }


@dataclass
class Plan:
    """The counts of a plan.

    Attributes:
        actions: staged rows by what happens to them.
        absent: keys that become absent.
        present: keys held and present before.
        changed_fields: updates per ``record.field``.
        overlap: new records that stand under the same key and name at another customer.
        known, deletions, quarantined: whether any staged row's key is known, or it is a deletion, or cannot be taken.
        whole: whether each staged record is one of a row that is inserted.
    """

    actions: dict[str, int]
    absent: int
    present: int
    changed_fields: dict[str, int] = field(default_factory=dict)
    overlap: int = 0
    known: bool = False
    deletions: bool = False
    quarantined: bool = False
    whole: bool = False


def held_name(record: RecordType) -> str:
    """The record type's table, qualified."""
    return f"register.{identifier(record.table)}"


def changes_name(record: RecordType) -> str:
    """The temporary table of a record type's planned changes."""
    return identifier(f"changes_{record.name}")


def taken(path: str) -> str:
    """SQL: whether this reading decides a field or list, being good and newer than the last good one."""
    record, _, name = path.partition(".")
    quoted = f"'{identifier(record)[1:-1]}" + (f".{identifier(name)[1:-1]}'" if name else "'")
    return (
        f"not coalesce({quoted} = any(plan.bad), false) and "
        f":place > coalesce((plan.stale -> {quoted} ->> 'good')::bigint, plan.good_place, 0)"
    )


def take_path(record: RecordType, name: str) -> str:
    """What a field is judged by: itself, or the list it is part of."""
    return record.name if record.part else f"{record.name}.{name}"


def make(connection: sa.Connection, position: Position, staging: Staging) -> Plan:
    """Plans a staged batch against the register as it stands in this transaction.

    Leaves the temporary tables ``plan``, ``absences`` and ``changes_<record>`` for `register.merge`; they go with the
    transaction.
    """
    parameters = position.parameters

    def run(name: str, **names: str) -> sa.CursorResult[sa.Row[tuple[object, ...]]]:
        return connection.execute(
            statement(name, rows=staging.rows, unseen=staging.unseen, seen=staging.seen, **names), parameters
        )

    run("make_plan", known_rows=fragment("known_rows"))
    connection.execute(sa.text("analyze plan"))
    if {"person", "company"} & set(staging.record_types):
        run("mark_expired")
    plan = Plan(actions={}, absent=0, present=int(run("count_present").scalar_one()))
    about = run("describe_plan").one()
    plan.known, plan.deletions, plan.quarantined = about.known, about.deletions, about.quarantined
    for record in (RECORD_TYPES[name] for name in staging.record_types):
        names = {"held": held_name(record), "staged": staging.records(record.name), "changes": changes_name(record)}
        run("make_changes", **names)
        if about.imported:
            run("compare_held", changed_fields=_changed_fields(record), removable=_removable(record), **names)
            run("find_added", addable=_addable(record), **names)
            run("mark_updated", **names)
            counted = run("count_changed_fields", record=record.name, **names)
            plan.changed_fields.update({row.field: row.rows for row in counted})
        if same_name := _SAME_NAME.get(record.name):
            plan.overlap += int(run("count_overlap", same_name=same_name, **names).scalar_one())
    if plan.deletions:
        run("mark_deletions")
    run("make_absences", known_rows=fragment("known_rows"))
    plan.absent = int(run("count_absent").scalar_one())
    actions = run("count_actions").all()
    plan.actions = {row.action: row.rows for row in actions}
    plan.whole = not any(row.left_out for row in actions)
    return plan


def _removable(record: RecordType) -> str:
    """SQL: whether a record that the row does not give goes: this reading decides each field that has a value."""
    if record.part:
        return taken(record.name)
    decided = (f"({taken(take_path(record, name))} or held.{identifier(name)} is null)" for name in record.field_names)
    return " and ".join(decided)


def _addable(record: RecordType) -> str:
    """SQL: whether a record that the register does not hold comes: it is newer, or decides a field that was bad."""
    if record.part:
        return taken(record.name)
    names = record.field_names
    decided = (f"{taken(take_path(record, name))} and staged.{identifier(name)} is not null" for name in names)
    required = [taken(take_path(record, field.name)) for field in record.fields if field.required]
    return " and ".join([f"(plan.fresh or {' or '.join(decided)})", *required])


def _changed_fields(record: RecordType) -> str:
    return ", ".join(
        f"case when {taken(take_path(record, field.name))} "
        f"and staged.{identifier(field.name)} is distinct from held.{identifier(field.name)} "
        + ("and staged.row_number is not null " if field.required else "")
        + f"then '{field.name}' end"
        for field in record.fields
    )


_SAME_NAME = {
    "person": "held.last_name = staged.last_name and held.first_name is not distinct from staged.first_name",
    "company": "held.company_name = staged.company_name",
}


def record_types_held(connection: sa.Connection, source_id: int) -> set[str]:
    """The record types of which the register holds records from this source."""
    asked = (sa.exists().where(table.c.source_id == source_id).label(name) for name, table in RECORD_TABLES.items())
    return {name for name, held in connection.execute(sa.select(*asked)).one()._mapping.items() if held}
