"""Merging a planned batch into the register.

Belongs here: running the statements of ``sql/merge.sql`` on the plan made in the same transaction. Does not belong
here: deciding whether to (`register.batches`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from register.plan import Plan, Position, changes_name, held_name, take_path, taken
from register.staging import Staging
from register.statements import identifier, statement
from schemas.catalogue import RECORD_TYPES, RecordType
from schemas.errors import Refusal


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

    def run(name: str, **names: str) -> int:
        text = statement(name, rows=staging.rows, unseen=staging.unseen, seen=staging.seen, **names)
        return connection.execute(text, parameters).rowcount

    for record in (RECORD_TYPES[name] for name in staging.record_types):
        names = {"held": held_name(record), "staged": staging.records(record.name), "changes": changes_name(record)}
        parameters["origin"] = provenance.origins.get(record.name)  # null where the source has ceased to map the type
        fields = {
            "fields": ", ".join(identifier(name) for name in record.field_names),
            "staged_fields": ", ".join(f"staged.{identifier(name)}" for name in record.field_names),
        }
        decided = {"staged_fields": ", ".join(_taken_or_null(record, name) for name in record.field_names)}
        run("record_field_changes", record=record.name, **names)
        run("update_records", assignments=_assignments(record), **names)
        run("remove_records", **names)
        run("insert_records", which=_is_added(record), **(fields | decided), **names)
        run("insert_records", which="plan.action = 'inserted'", **fields, **names)
    run("update_source_rows")
    inserted = run("insert_source_rows")
    run("insert_quarantined_rows")
    run("insert_deleted_rows")
    if position.scopes:
        absent = run("apply_absences")
        run("record_coverage")
    else:
        absent = plan.absent
        run("confirm_seen_rows")
    if inserted > plan.actions.get("inserted", 0) or absent < plan.absent:
        raise Refusal("The merge wrote other rows than it had planned; nothing was kept.", "Report this as a defect.")


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
