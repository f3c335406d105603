"""Legal holds: what retention leaves alone, with reason, opener, approver and review date.

Belongs here: opening, ending and listing holds, and what they cover on a business date. Does not belong here: what
retention does about it. A hold suspends the action and not the clock; one that is past its review is alarmed about and
stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from register import evidence
from register.actors import decider
from register.evidence import Entry
from register.statements import fragment, identifier, statement
from register.tables import privacy, sync
from register.tables.matching import GOLDEN_TABLES
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES, RecordType
from schemas.errors import NotFound, Refusal

#: Months after which a hold is looked at again, at the latest (policy 3.2.7).
LONGEST = 6
_TABLE = privacy.hold


@dataclass(frozen=True)
class Scope:
    """What a hold covers: a customer or a source by name, a record by type and id, or a golden person by id.

    Attributes:
        record_type: a record type of the catalogue, or ``golden``.
        first_day, last_day: of events, the days covered; None: all.
    """

    customer: str | None = None
    source: str | None = None
    record_type: str | None = None
    record_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Hold:
    """A hold as it is shown."""

    id: int
    record_type: str | None
    record_id: int | None
    customer: str | None
    source: str | None
    first_day: date | None
    last_day: date | None
    reason: str
    opened_by: str
    approved_by: str
    opened_on: date
    review_on: date
    ended_on: date | None
    ended_by: str | None

    @property
    def what(self) -> str:
        """Its scope in words."""
        if self.record_type is not None:
            return (
                f"person G{self.record_id}" if self.record_type == "golden" else f"{self.record_type} {self.record_id}"
            )
        return f"customer {self.customer}" if self.customer else f"source {self.source}"


def add(
    connection: sa.Connection,
    scope: Scope,
    *,
    reason: str,
    opened_by: str,
    approved_by: str,
    review_on: date,
    on: date,
) -> int:
    """Opens a hold. Returns its number.

    Raises:
        NotFound: where there is no such customer, source, record or person who may decide.
        Refusal: where opener and approver are one person, the reason is no known code, or the review is too late.
    """
    if reason not in privacy.HOLD_REASONS:
        raise Refusal("That is no reason for a hold.", f"Write one of: {', '.join(privacy.HOLD_REASONS)}.")
    if opened_by == approved_by:
        raise Refusal("A hold is approved by another person than the one who opens it.", "Name a second person.")
    if not on < review_on <= on + relativedelta(months=LONGEST):
        raise Refusal("A hold is looked at again within six months.", "Give an earlier --review-on, after today.")
    values = {
        "first_day": scope.first_day,
        "last_day": scope.last_day,
        "reason": reason,
        "opened_by": decider(connection, opened_by, reason, on),
        "approved_by": decider(connection, approved_by, reason, on),
        "opened_on": on,
        "review_on": review_on,
        **_columns(connection, scope),
    }
    number = int(connection.execute(sa.insert(_TABLE).values(**values).returning(_TABLE.c.id)).scalar_one())
    entry = Entry("HOLD", "hold", "privacy.hold", 1, reason=reason, reference=f"hold {number}")
    evidence.note(connection, [entry], business_date=on)
    return number


def end(connection: sa.Connection, number: int, *, by: str, reason: str, on: date) -> None:
    """Ends a hold; `on` is its last day, and what has fallen due meanwhile goes on the day after it.

    Raises:
        NotFound: where there is no such standing hold, or the person may not decide.
    """
    values = {"ended_on": on, "ended_by": decider(connection, by, reason, on)}
    ended = connection.execute(
        sa.update(_TABLE).where(_TABLE.c.id == number, _TABLE.c.ended_on.is_(None)).values(**values)
    )
    if not ended.rowcount:
        raise NotFound(f"There is no standing hold {number}.", "mdo hold list shows them.")
    entry = Entry("HOLD", "release", "privacy.hold", 1, reference=f"hold {number}")
    evidence.note(connection, [entry], business_date=on)


def listed(connection: sa.Connection) -> list[Hold]:
    """Every hold, also those that have ended."""
    return [Hold(**row._mapping) for row in connection.execute(statement("list_holds"))]


def find(connection: sa.Connection, business_date: date, *, restricted: bool = True) -> None:
    """Makes the temporary tables ``held_row`` and ``held_event``: what holds cover on that date.

    Args:
        restricted: also what may not be used for now (GDPR 18), and so not deleted either.
    """
    standing = sa.select(sa.func.count()).where(
        _TABLE.c.opened_on <= business_date, sa.or_(_TABLE.c.ended_on.is_(None), _TABLE.c.ended_on >= business_date)
    )
    if connection.scalar(standing):
        plain = [record for record in RECORD_TYPES.values() if not record.happened]
        records = "\n".join(
            fragment("held_record").format(record_type=one.name, table=str(RECORD_TABLES[one.name])) for one in plain
        )
        parameters = {"business_date": business_date}
        accounts = fragment("held_accounts")
        connection.execute(statement("find_held_rows", held_records=records, held_accounts=accounts), parameters)
        connection.execute(statement("find_held_events", held_accounts=accounts), parameters)
    else:  # the usual night, in which looking at every kind of record cost the most
        for name in ("begin_held_row", "begin_held_event"):
            connection.execute(statement(name))
    if restricted:
        for name in ("hold_restricted_rows", "hold_restricted_events"):
            connection.execute(statement(name))


def covers_event(connection: sa.Connection, record: RecordType) -> str:
    """SQL: whether a hold covers the row `event`; false where nothing is held. `find` comes first.

    Of 400,000 rows to ask takes 0.2 s, and an index alone no longer says all that is asked of them.
    """
    if not connection.scalar(sa.text("select exists (select from held_event)")):
        return "false"
    return fragment("event_is_held").format(happened=record.happened)


def _columns(connection: sa.Connection, scope: Scope) -> dict[str, object]:
    if scope.customer is not None:
        return {"customer_id": _id_of(connection, sync.customer, scope.customer)}
    if scope.source is not None:
        return {"source_id": _id_of(connection, sync.source, scope.source)}
    table = GOLDEN_TABLES["person"] if scope.record_type == "golden" else RECORD_TABLES.get(scope.record_type or "")
    if table is None:
        known = ", ".join(RECORD_TABLES)
        raise NotFound("That is no kind of record.", f"Write one of: {known}; or a person as G12.")
    there = connection.scalar(sa.select(sa.func.count()).select_from(table).where(table.c.id == scope.record_id))
    if not there:
        raise NotFound("There is no such record.", "mdo explain finds the ids of records.")
    return {"record_type": scope.record_type, "record_id": scope.record_id}


def _id_of(connection: sa.Connection, table: sa.Table, name: str) -> int:
    found = connection.scalar(sa.select(table.c.id).where(table.c.name == name))
    if found is None:
        raise NotFound(f"There is no {identifier(table.name)[1:-1]} of that name.", "mdo source list shows them.")
    return int(found)
