"""Corrections of golden fields, pinned by a named person (GDPR 16, L-14).

Belongs here: pinning a value, taking a pin away, and what is pinned. Does not belong here: how a golden record takes
its pins in (`register.matching.links`), or whether the value is sound (`register.matching.typed`).

A pin hangs on the oldest record of its person or company, so that merging persons and undoing it moves no value: it
goes where the record goes. When it ends, who and why stay, and the value does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from register.actors import decider
from register.database import Register
from register.matching import run, typed
from register.statements import statement
from register.tables.matching import GOLDEN_TABLES
from register.tables.records import RECORD_TABLES
from register.tables.review import field_pin
from schemas.catalogue import RECORD_TYPES
from schemas.errors import NotFound, Refusal


@dataclass(frozen=True)
class Pin:
    """One standing correction; its value is that of the golden field."""

    id: int
    record_id: int
    field: str
    said_by: str
    reason: str
    made_at: datetime


def pin(
    register: Register,
    record_type: str,
    golden_id: int,
    field: str,
    text: str | None,
    *,
    by: str,
    reason: str,
    on: date,
) -> None:
    """Corrects a golden field: from now on the value holds, whatever any register says.

    Args:
        text: as it was typed; None says that the field has no value.

    Raises:
        NotFound: where there is no such person or company, field, or person who decides.
        Refusal: where the value cannot be taken.
    """
    typed.check_field(record_type, field)
    about = RECORD_TYPES[record_type].field(field)
    if text is None and about.required:
        raise Refusal(f"{about.path} is never empty.", "Type the right value.")
    value = None if text is None else typed.value(record_type, field, text)
    record_id, customer_id = _oldest(register, record_type, golden_id)
    with register.transaction() as connection:
        run.begin(connection, customer_id)
        actor = decider(connection, by, reason, on)
        for one in standing(connection, record_type, golden_id):
            if one.field == field:
                _end(connection, one.id, actor, "corrected anew")
        connection.execute(
            sa.insert(field_pin).values(
                customer_id=customer_id,
                record_type=record_type,
                record_id=record_id,
                field=field,
                value=value,
                decided_by=actor,
                reason=reason.strip(),
            )
        )
        _settle(connection, customer_id, record_type, record_id)


def unpin(register: Register, record_type: str, golden_id: int, field: str, *, by: str, reason: str, on: date) -> None:
    """Takes a correction away: the registers' words count again.

    Raises:
        NotFound: where there is no such person or company, field, correction, or person who decides.
    """
    typed.check_field(record_type, field)
    record_id, customer_id = _oldest(register, record_type, golden_id)
    with register.transaction() as connection:
        run.begin(connection, customer_id)
        actor = decider(connection, by, reason, on)
        pinned = [one for one in standing(connection, record_type, golden_id) if one.field == field]
        if not pinned:
            raise NotFound("The field is not corrected.", f"mdo explain {record_type} G{golden_id} shows corrections.")
        for one in pinned:
            _end(connection, one.id, actor, reason)
        _settle(connection, customer_id, record_type, record_id)


def standing(connection: sa.Connection, record_type: str, golden_id: int) -> list[Pin]:
    """The corrections of a person or company. Of several of one field, the one that counts comes first."""
    found = connection.execute(statement("standing_pins"), {"record_type": record_type, "golden_id": golden_id})
    return [Pin(**row._mapping) for row in found]


def _oldest(register: Register, record_type: str, golden_id: int) -> tuple[int, int]:
    """The oldest record of a person or company, and its customer."""
    if record_type not in GOLDEN_TABLES:
        raise NotFound(f"{record_type} has no golden records.", f"Choose one of {', '.join(GOLDEN_TABLES)}.")
    asked = statement("oldest_member", records=str(RECORD_TABLES[record_type]))
    with register.transaction() as connection:
        found = connection.execute(asked, {"record_type": record_type, "golden_id": golden_id}).one_or_none()
    if found is None:
        raise NotFound(f"There is no {record_type} G{golden_id}.", "mdo match show RECORD finds a record's.")
    return found.id, found.customer_id


def _end(connection: sa.Connection, pin_id: int, actor: int, why: str) -> None:
    ended = {"ended_at": sa.func.now(), "ended_by": actor, "ended_why": why.strip(), "value": None}
    connection.execute(sa.update(field_pin).where(field_pin.c.id == pin_id).values(**ended))


def _settle(connection: sa.Connection, customer_id: int, record_type: str, record_id: int) -> None:
    """Computes what the correction concerns, although no record has changed; of companies that is all of them."""
    of_person = record_type == "person"
    run.settle(connection, customer_id, records=[record_id] if of_person else [], companies_too=not of_person)
