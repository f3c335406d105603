"""Golden records as a reader sees them: which records they are made of, by which links, and whose word each field is.

Belongs here: finding and explaining golden records. Does not belong here: making them (`register.matching.links`), or
the origin of a single record's field (`register.explain`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from register import explain
from register.explain import FieldOrigin
from register.matching import pins
from register.matching.pins import Pin
from register.statements import statement
from register.tables.matching import GOLDEN_TABLES, golden_member
from schemas.catalogue import RECORD_TYPES
from schemas.errors import NotFound

Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Member:
    """One record of a person, with what a person who decides compares."""

    id: int
    source: str
    origin: str
    first_seen: date
    absent_since: date | None
    last_name: str
    first_name: str | None
    work_email: str | None
    work_phone: str | None
    employee_number: str | None


@dataclass(frozen=True)
class CompanyMember:
    """One record of a company, with what a person who decides compares."""

    id: int
    source: str
    first_seen: date
    absent_since: date | None
    company_name: str
    business_id: str | None
    vat_number: str | None
    country: str | None


@dataclass(frozen=True)
class Link:
    """One link, standing or ended.

    Attributes:
        said_by: the rule or the named person.
        reason: why it was decided, or why the rule was not followed.
    """

    id: int
    record_a: int
    record_b: int
    verdict: str
    said_by: str
    reason: str | None
    made_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    ended_why: str | None


@dataclass(frozen=True)
class GoldenField:
    """One field of a golden record and whose word it is; no record where nobody says it, or where it is corrected."""

    field: str
    value: Any
    record_id: int | None
    source: str | None
    said: FieldOrigin | None
    corrected: Pin | None = None


@dataclass(frozen=True)
class Golden:
    """One golden record, explained."""

    record_type: str
    id: int
    records: int
    first_seen: date
    absent_since: date | None
    fields: list[GoldenField]


def golden_of(connection: sa.Connection, record_id: int, record_type: str = "person") -> int:
    """The person or company that a record is of.

    Raises:
        NotFound: where there is no such record, or it has not been matched yet.
    """
    member = golden_member
    found = connection.scalar(
        sa.select(member.c.golden_id).where(member.c.record_type == record_type, member.c.record_id == record_id)
    )
    if found is None:
        raise NotFound(f"No {record_type} has a record {record_id}.", "New records are matched by mdo match run.")
    return int(found)


def members(connection: sa.Connection, person_id: int) -> list[Member]:
    """The records of a person, the oldest first.

    Raises:
        NotFound: where there is no such person.
    """
    found = connection.execute(statement("members_shown"), {"golden_id": person_id})
    return _there([Member(**row._mapping) for row in found], "person", person_id)


def company_members(connection: sa.Connection, company_id: int) -> list[CompanyMember]:
    """The records of a company, the oldest first.

    Raises:
        NotFound: where there is no such company.
    """
    found = connection.execute(statement("company_members_shown"), {"golden_id": company_id})
    return _there([CompanyMember(**row._mapping) for row in found], "company", company_id)


def _there(listed: list[Shown], record_type: str, golden_id: int) -> list[Shown]:
    if not listed:
        raise NotFound(f"There is no {record_type} G{golden_id}.", "mdo match show RECORD finds a record's.")
    return listed


def links(connection: sa.Connection, golden_id: int, record_type: str = "person") -> list[Link]:
    """Every link that one of the records of a person or company has or had, also with records of others."""
    parameters = {"golden_id": golden_id, "record_type": record_type}
    return [Link(**row._mapping) for row in connection.execute(statement("links_shown"), parameters)]


def explain_golden(connection: sa.Connection, record_type: str, golden_id: int) -> Golden:
    """Which record, source, file and row each field of a person or company comes from.

    Raises:
        NotFound: where there is no such golden record.
    """
    if record_type not in GOLDEN_TABLES:
        raise NotFound(f"{record_type} has no golden records.", f"Choose one of {', '.join(GOLDEN_TABLES)}.")
    table = GOLDEN_TABLES[record_type]
    golden = connection.execute(sa.select(table).where(table.c.id == golden_id)).one_or_none()
    if golden is None:
        raise NotFound(f"There is no {record_type} G{golden_id}.", "mdo match show RECORD finds a record's person.")
    values = golden._mapping
    names = RECORD_TYPES[record_type].field_names
    records = {values[f"{name}_record"] for name in names} - {None}
    told = {record_id: explain.explain(connection, record_type, record_id) for record_id in records}
    corrected = {one.field: one for one in reversed(pins.standing(connection, record_type, golden_id))}
    fields = []
    for name in names:
        record_id = values[f"{name}_record"]
        record = told.get(record_id)
        said = next((one for one in record.fields if one.field == name), None) if record else None
        source = record.source if record else None
        fields.append(GoldenField(name, values[name], record_id, source, said, corrected.get(name)))
    return Golden(record_type, golden_id, golden.records, golden.first_seen, golden.absent_since, fields)
