"""A customer who leaves: what stops, what follows, what is given back, and the certificate (GDPR 28(3)(g), R15).

Belongs here: the end of a customer as the register knows it. Does not belong here: writing documents
(`sources.handover`), or the retention of what MDO Group keeps as controller, which follows its own rules from then on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from register import documents, evidence, removal
from register.actors import decider
from register.evidence import Entry
from register.retention import holds
from register.staging import Staging, leftovers
from register.statements import fragment, identifier, statement
from register.tables import sync
from register.tables.erasure import customer_end
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES, RecordType
from schemas.errors import NotFound, Refusal

DELETE, RETURN = "delete", "return"


@dataclass(frozen=True)
class End:
    """A customer who has left or is about to.

    Attributes:
        recorded_on: the day on which its end was written down.
        due_on: the first day on which what was processed for it is deleted, counted from the later of the two.
        credentials: the variables that hold its passwords, keys and tokens; to be revoked on both sides.
        processed: how many records we hold as its processor.
    """

    name: str
    ends_on: date
    recorded_on: date
    choice: str
    due_on: date
    sources: list[str]
    credentials: list[str]
    processed: int
    returned: bool
    certificate: dict[str, Any] | None


def end(connection: sa.Connection, name: str, *, ends_on: date, choice: str, by: str, reason: str, on: date) -> None:
    """Writes down that a customer leaves. From the day after its last one nothing of it is read.

    Raises:
        NotFound: where there is no such customer or person.
        Refusal: where it has left already, or the choice is none.
    """
    actor = decider(connection, by, reason, on)
    customer_id = _id(connection, name)
    if choice not in (DELETE, RETURN):
        raise Refusal("The choice is delete or return.", "The customer decides it (GDPR 28(3)(g)).")
    if ended_on(connection, customer_id) is not None:
        raise Refusal(f"{name} has left already.", "mdo customer list shows when; mdo customer stay takes it back.")
    values = {"customer_id": customer_id, "ends_on": ends_on, "choice": choice, "actor_id": actor, "reason": reason}
    connection.execute(sa.insert(customer_end).values(**values, recorded_on=on))
    evidence.note(connection, [Entry("R15", "hold", "sync.customer", 1, reason=choice)], business_date=on)


def stay(connection: sa.Connection, name: str, *, by: str, reason: str, on: date) -> None:
    """Takes the end of a customer back: it stays, or its last day was written down wrongly.

    Contracts that ended with it are open again, and their registers are read anew, since they know better.

    Raises:
        NotFound: where there is no such customer or person, or it has not left.
        Refusal: where what was processed for it has been deleted.
    """
    decider(connection, by, reason, on)
    customer_id = _id(connection, name)
    row = connection.execute(sa.select(customer_end).where(customer_end.c.customer_id == customer_id)).one_or_none()
    if row is None:
        raise NotFound(f"{name} has not left.", "mdo customer list shows who has.")
    if row.certificate is not None:
        raise Refusal(f"What was processed for {name} has been deleted.", "Take it in as a new customer.")
    for one in ("forget_contract_hashes", "forget_contract_digests", "open_contracts"):
        connection.execute(statement(one), {"customer_id": customer_id, "ends_on": row.ends_on})
    connection.execute(sa.delete(customer_end).where(customer_end.c.customer_id == customer_id))
    evidence.note(connection, [Entry("R15", "release", "sync.customer", 1, reason="stays")], business_date=on)


def end_contracts(connection: sa.Connection, context: Any) -> None:
    """Ends the contracts of customers who have left by a date, each with its customer's last day."""
    connection.execute(statement("end_contracts", sure=fragment("end_is_sure")), context.of_ends())


def ended_on(connection: sa.Connection, customer_id: int) -> date | None:
    """The last day of a customer who has left or is about to."""
    return connection.scalar(sa.select(customer_end.c.ends_on).where(customer_end.c.customer_id == customer_id))


def listed(connection: sa.Connection, *, days: int, name: str | None = None) -> list[End]:
    """Customers who have left or are about to.

    Args:
        days: how long what was processed for them is kept (R15).
    """
    found = []
    query = statement("list_ends", counts_from=fragment("end_counts_from"))
    for row in connection.execute(query, {"days": days, "name": name}):
        secrets = sorted({variable for description in row.descriptions for variable in _variables(description)})
        many = sum(_count(connection, record, row.customer_id) for record in RECORD_TYPES.values())
        found.append(
            End(
                row.name,
                row.ends_on,
                row.recorded_on,
                row.choice,
                row.due_on,
                list(row.sources),
                secrets,
                many,
                row.returned_on is not None,
                row.certificate,
            )
        )
    return found


def processed(connection: sa.Connection, name: str) -> Iterator[tuple[RecordType, list[str], list[tuple[Any, ...]]]]:
    """What is held for a customer as its processor: columns and rows of each record type that there is any of.

    Actions come with the user id in place of its pseudonym, as long as that is known.
    """
    parameters = {"customer_id": _id(connection, name)}
    for record in RECORD_TYPES.values():
        fields = [f"held.{identifier(field)}" for field in record.field_names]
        if record.name == "action":
            fields = [field.replace('held."user_id"', "coalesce(known.user_id, held.user_id)") for field in fields]
        query = statement("processed_records", table=str(RECORD_TABLES[record.name]), fields=", ".join(fields))
        rows = [tuple(row) for row in connection.execute(query, parameters)]
        if rows:
            yield record, ["source", "key", "part", *record.field_names], rows


def returned(connection: sa.Connection, name: str, *, by: str, on: date) -> None:
    """Writes down that its data were returned.

    Raises:
        Refusal: its last day has not gone by; what is delivered until then would be deleted and never returned.
    """
    customer_id = _id(connection, name)
    last = ended_on(connection, customer_id)
    if last is None or on <= last:
        raise Refusal(f"{name} has not left yet; more may be delivered.", "Return what there is after its last day.")
    many = {record.name: _count(connection, record, customer_id) for record in RECORD_TYPES.values()}
    rows = sum(many.values())
    documents.record(connection, "customer_return", name, rows=rows, by=by, reason="the customer leaves", on=on)
    connection.execute(sa.update(customer_end).where(customer_end.c.customer_id == customer_id).values(returned_on=on))
    said = [Entry("R15", "return", str(RECORD_TABLES[record]), count) for record, count in many.items() if count]
    evidence.note(connection, said, business_date=on)


def delete_due(connection: sa.Connection, context: Any, rule: str, step: Any) -> Iterator[Entry]:
    """Deletes what was processed for customers whose days are over, and issues their certificates (R15).

    The days count from the customer's last one, or from that on which it was written down where that is later: no
    volume guard holds this deletion, and a wrong day can be taken back until then. What is to be returned waits until
    it has been. So does a customer of whose data anything is under a legal hold.
    """
    for row in _due(connection, context, step):
        if row.held:
            continue
        counts = _delete(connection, row.customer_id)
        left = {
            str(table): many
            for table in RECORD_TABLES.values()
            if (many := connection.scalar(_of_customer(table, row.customer_id)))
        }
        certificate = {
            "customer": row.name,
            "left on": str(row.ends_on),
            "choice": row.choice,
            "returned on": str(row.returned_on) if row.returned_on else None,
            "deleted on": str(context.business_date),
            "deleted": counts,
            "kept as controller, by its own rules": left,
        }
        connection.execute(
            sa.update(customer_end).where(customer_end.c.customer_id == row.customer_id).values(certificate=certificate)
        )
        for table, many in counts.items():
            yield Entry(rule, "delete", table, many, reference="certificate")


def due(connection: sa.Connection, context: Any, step: Any) -> Iterator[tuple[str, date, str, int]]:
    """What the night finds due: table, first day on which it goes, the reason why it stays if it does, and rows."""
    for row in _due(connection, context, step):
        for record in RECORD_TYPES.values():
            rows = _count(connection, record, row.customer_id)
            if rows:
                yield str(RECORD_TABLES[record.name]), row.due_on, "hold" if row.held else "", rows


def _due(connection: sa.Connection, context: Any, step: Any) -> list[sa.Row[Any]]:
    """The customers whose days are over, and whether anything is held; a restriction (GDPR 18) is no hold here."""
    connection.execute(sa.text("drop table if exists held_row, held_event"))
    holds.find(connection, context.business_date, restricted=False)
    query = statement("find_due_customers", counts_from=fragment("end_counts_from"))
    found = connection.execute(query, context.bound(step.after)).all()
    connection.execute(sa.text("drop table held_row, held_event"))
    return list(found)


def _delete(connection: sa.Connection, customer_id: int) -> dict[str, int]:
    parameters = {"customer_id": customer_id}
    connection.execute(sa.text("select pg_advisory_xact_lock(1296324, :customer_id)"), parameters)
    removal.begin(connection)
    for record in RECORD_TYPES.values():
        names = {"record_type": record.name, "table": str(RECORD_TABLES[record.name])}
        connection.execute(statement("doom_processed", **names), parameters)
    connection.execute(statement("doom_processed_keys", sources=fragment("processed_sources")), parameters)
    if connection.scalar(sa.text("select exists (select from doomed where record_type = 'account')")):
        connection.execute(statement("find_doomed_users"))
    else:
        connection.execute(sa.text("create temporary table doomed_user (customer_id int, user_id text) on commit drop"))
    counts = removal.remove(connection)
    sources = {"sources": fragment("processed_sources")}
    for batch_id in connection.scalars(statement("batches_of_processed", **sources), parameters).all():
        if batch_id in leftovers(connection):
            Staging(batch_id, tuple(RECORD_TYPES)).drop(connection)
    for table in (sync.landed, sync.quarantine, sync.source_row):
        many = connection.execute(statement("remove_of_processed", table=str(table), **sources), parameters).rowcount
        if many:
            counts[str(table)] = counts.get(str(table), 0) + many
    removal.end(connection)
    return counts


def _of_customer(table: sa.Table, customer_id: int) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(table).where(table.c.customer_id == customer_id)


def _count(connection: sa.Connection, record: RecordType, customer_id: int) -> int:
    table = RECORD_TABLES[record.name]
    counted = _of_customer(table, customer_id).where(table.c.processing_role == "processor")
    return int(connection.scalar(counted) or 0)


def _id(connection: sa.Connection, name: str) -> int:
    found = connection.scalar(sa.select(sync.customer.c.id).where(sync.customer.c.name == name))
    if found is None:
        raise NotFound(f"There is no customer {name}.", "mdo source list shows the names.")
    return int(found)


def _variables(part: Any) -> Iterator[str]:
    """The variables that a description names in place of secrets."""
    if isinstance(part, dict):
        if isinstance(part.get("env"), str):
            yield part["env"]
        for value in part.values():
            yield from _variables(value)
    elif isinstance(part, list):
        for value in part:
            yield from _variables(value)
