"""The scan of the register by the detectors.

Belongs here: which records are looked at, and keeping where something was found. Does not belong here: the detectors,
or what a person does about it.

Changed records are looked at each night and all of them once a week; all of them, too, when the detectors are others
than last time. A chunk is read, looked at and let go, so memory does not grow with the register.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import metadata, resources
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from register import bulk
from register.database import Register, driver
from register.minimisation import chunks
from register.statements import identifier, statement
from register.tables import minimisation as tables
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES, RecordType
from schemas.detectors import private_mail, search
from schemas.detectors.search import Look
from schemas.errors import TryLater

#: After so many days everything is looked at again.
WHOLE_EVERY = timedelta(days=7)

#: Source id -> fields (``record.field`` or ``record.key``) and rules of what detectors may find there.
Leave = Mapping[int, Set[tuple[str, str]]]


@dataclass
class Scan:
    """What a scan did.

    Attributes:
        records: record type -> records looked at.
        private: how many of them have a private mailbox.
    """

    whole: bool
    records: Counter[str] = field(default_factory=Counter)
    private: int = 0


def scan(
    register: Register,
    business_date: date,
    *,
    everything: bool = False,
    leave: Leave | None = None,
    listener: Callable[[str, int], None] = lambda record, rows: None,
) -> Scan:
    """Looks at the records that have changed since the last scan, or at all of them.

    Args:
        everything: look at all of them, whatever has changed.
        listener: told the record type and how many of its records have been looked at.

    Raises:
        TryLater: where another scan is under way.
    """
    with register.transaction() as connection:
        scan_id, whole, batches = _begin(connection, business_date, everything)
    done = Scan(whole)
    for record in RECORD_TYPES.values():
        with register.transaction() as connection:
            _alone(connection)
            _scan_records(connection, record, done, business_date, batches, leave or {}, listener)
    with register.transaction() as connection:
        if whole:
            for record in RECORD_TYPES.values():
                _count_fill(connection, record, business_date)
        connection.execute(statement("mark_scanned"), {"batches": batches})
        ended = {"records": sum(done.records.values()), "finished_at": sa.func.now()}
        connection.execute(sa.update(tables.scan).where(tables.scan.c.id == scan_id).values(ended))
    return done


def _begin(connection: sa.Connection, business_date: date, everything: bool) -> tuple[int, bool, list[int]]:
    """Its number, whether it looks at everything, and the batches whose records it will have looked at."""
    _alone(connection)
    last = connection.scalar(statement("last_whole_scan"), {"detectors": detectors_version()})
    whole = everything or last is None or business_date - last >= WHOLE_EVERY
    connection.execute(statement("unscanned_batches"), {"whole": whole})
    batches = list(connection.scalars(sa.text("select id from scan_batch")))
    begun = {"business_date": business_date, "whole": whole, "detectors": detectors_version()}
    scan_id = connection.scalar(sa.insert(tables.scan).values(begun).returning(tables.scan.c.id))
    assert scan_id is not None
    return scan_id, whole, batches


def _alone(connection: sa.Connection) -> None:
    if not connection.scalar(sa.text("select pg_try_advisory_xact_lock(1296325, 0)")):
        raise TryLater("Another scan of the register is under way.", "Run it again when it has ended.")


def _scan_records(
    connection: sa.Connection,
    record: RecordType,
    done: Scan,
    business_date: date,
    batches: list[int],
    leave: Leave,
    listener: Callable[[str, int], None],
) -> None:
    bulk.expect(connection)
    connection.execute(
        sa.text("create temporary table scan_batch on commit drop as select unnest(cast(:ids as bigint[])) as id"),
        {"ids": batches},
    )
    connection.execute(statement("begin_findings"))
    fields = {field.name: [field] for field in record.fields}
    looks = {name: Look.at(fields.get(name, [])) for name in chunks.text_columns(record)}
    for rows in chunks.read(connection, record, changed_only=not done.whole):
        found = []
        for name, broken in search.find_in({name: rows.column(name) for name in looks}, looks).items():
            for rule, at in broken.items():
                at = _without_leave(rows, at, f"{record.name}.{name}", rule, leave)
                if rule == private_mail.RULE:
                    done.private += len(at)
                else:
                    found.append((name, rule, rows.take(pa.array(at))))
        _keep(connection, found)
        done.records[record.name] += rows.num_rows
        listener(record.name, done.records[record.name])
    table = RECORD_TABLES[record.name]
    names = {"table": f"{identifier(str(table.schema))}.{identifier(table.name)}"}
    parameters: dict[str, Any] = {"record_type": record.name, "whole": done.whole, "on": business_date}
    connection.execute(statement("forget_findings", **names), parameters)
    connection.execute(statement("keep_findings"), parameters)


def _without_leave(rows: pa.Table, at: np.ndarray, path: str, rule: str, leave: Leave) -> np.ndarray:
    free = [source for source, places in leave.items() if (path, rule) in places]
    return at[~np.isin(rows.column("source_id").to_numpy()[at], free)] if free else at


def _keep(connection: sa.Connection, found: list[tuple[str, str, pa.Table]]) -> None:
    if not found:
        return
    with (
        driver(connection).cursor() as cursor,
        cursor.copy("copy scan_found (customer_id, source_id, record_id, field, rule) from stdin") as copy,
    ):
        for name, rule, rows in found:
            columns = (rows.column(one).to_pylist() for one in ("customer_id", "source_id", "id"))
            for customer, source, record in zip(*columns, strict=True):
                copy.write_row((customer, source, record, name, rule))


def _count_fill(connection: sa.Connection, record: RecordType, business_date: date) -> None:
    table = RECORD_TABLES[record.name]
    names = [identifier(name) for name in record.field_names]
    counted = statement(
        "count_fill",
        table=f"{identifier(str(table.schema))}.{identifier(table.name)}",
        counts=", ".join(f"count({name}) as {name}" for name in names),
        named=", ".join(f"('{name}', counted.{identifier(name)})" for name in record.field_names),
    )
    connection.execute(counted, {"on": business_date, "record_type": record.name})


@cache
def detectors_version() -> str:
    """SHA-256 (hex) over the detectors' modules and the library that checks numbers."""
    digest = hashlib.sha256(metadata.version("python-stdnum").encode())
    for file in sorted(resources.files("schemas.detectors").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".py"):
            digest.update(f"{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()
