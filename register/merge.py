"""Merging a planned batch into the register.

Belongs here: running the statements of ``sql/merge.sql`` on the plan made in the same transaction. Does not belong
here: deciding whether to (`register.batches`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import sqlalchemy as sa

from register import bulk
from register.plan import Plan, Position, changes_name, held_name, take_path, taken
from register.staging import Staging
from register.statements import identifier, statement
from schemas.catalogue import RECORD_TYPES, RecordType
from schemas.errors import Refusal

_SOURCE_ROWS = "sync.source_row"
_WITH_PLAN = "join plan on plan.row_number = staged.row_number"


class Run(Protocol):
    """A named statement with the batch's parameters."""

    def __call__(self, name: str, /, **names: str) -> int:
        """Runs it; returns how many rows it wrote."""
        ...


@dataclass(frozen=True)
class Provenance:
    """What every record of the batch carries.

    Attributes:
        origins: record type -> who supplied its records.
    """

    business_date: date
    origins: dict[str, str]
    processing_role: str
    legal_basis: str


def apply(connection: sa.Connection, position: Position, staging: Staging, plan: Plan, provenance: Provenance) -> None:
    """Applies the plan that `register.plan.make` left in this transaction.

    Raises:
        Refusal: where the rows written are not the rows planned; the transaction must then be rolled back.
    """
    parameters = position.parameters | {
        "business_date": provenance.business_date,
        "processing_role": provenance.processing_role,
        "legal_basis": provenance.legal_basis,
    }

    def run(name: str, /, **names: str) -> int:
        text = statement(name, rows=staging.rows, unseen=staging.unseen, seen=staging.seen, **names)
        return connection.execute(text, parameters).rowcount

    records = [RECORD_TYPES[name] for name in staging.record_types]
    tables = [*(held_name(record) for record in records), _SOURCE_ROWS]
    planned = plan.actions.get("inserted", 0)
    with bulk.indexed_afterwards(connection, tables, planned):
        for record in records:
            parameters["origin"] = provenance.origins.get(record.name)  # null where the source no longer maps the type
            _write_records(run, record, staging, plan)
        inserted = _write_source_rows(run, plan)
    if inserted >= bulk.MANY:
        bulk.describe(connection, tables)
    absent = run("apply_absences") if position.scopes else plan.absent
    run("record_coverage" if position.scopes else "confirm_seen_rows")
    if inserted > planned or absent < plan.absent:
        raise Refusal("The merge wrote other rows than it had planned; nothing was kept.", "Report this as a defect.")


def _write_records(run: Run, record: RecordType, staging: Staging, plan: Plan) -> None:
    names = {"held": held_name(record), "staged": staging.records(record.name), "changes": changes_name(record)}
    fields = {
        "fields": ", ".join(identifier(name) for name in record.field_names),
        "staged_fields": ", ".join(f"staged.{identifier(name)}" for name in record.field_names),
    }
    decided = {"staged_fields": ", ".join(_taken_or_null(record, name) for name in record.field_names)}
    if plan.known:
        run("record_field_changes", record=record.name, **names)
        run("update_records", assignments=_assignments(record), **names)
        run("remove_records", record=record.name, table=record.table, **names)
        run("insert_records", joined=_WITH_PLAN, which=_is_added(record), **(fields | decided), **names)
    if plan.whole:  # without the join, half of the time of a first load's insertions
        run("insert_records", joined="", which="true", **fields, **names)
    else:
        run("insert_records", joined=_WITH_PLAN, which="plan.action = 'inserted'", **fields, **names)


def _write_source_rows(run: Run, plan: Plan) -> int:
    """Returns how many keys were read well for the first time."""
    if plan.known:
        run("update_source_rows")
    inserted = run("insert_source_rows")
    if plan.quarantined:
        run("insert_quarantined_rows")
    if plan.deletions:
        run("insert_deleted_rows")
    return inserted


def _is_added(record: RecordType) -> str:
    return (
        f"exists (select from {changes_name(record)} as changes where changes.change = 'added' "
        "and changes.row_number = plan.row_number and changes.part = staged.part)"
    )


def _taken_or_null(record: RecordType, name: str) -> str:
    return f"case when {taken(take_path(record, name))} then staged.{identifier(name)} end"


def _assignments(record: RecordType) -> str:
    return ", ".join(
        f"{identifier(field.name)} = case when {taken(take_path(record, field.name))} "
        + ("and staged.row_number is not null " if field.required else "")
        + f"then staged.{identifier(field.name)} else held.{identifier(field.name)} end"
        for field in record.fields
    )
