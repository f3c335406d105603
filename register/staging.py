"""A batch's own tables while it is under way.

Belongs here: making, filling and dropping the tables ``staging.b<batch>_…``. Does not belong here: deciding anything
about the rows in them (`register.plan`).

They are made for each batch rather than shared, because dropping a table costs nothing, and unlogged, because a batch
that did not end is read again. A held batch's tables are made durable, so that a release finds them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from register import arrow, roles
from register.roles import Role
from register.statements import identifier
from schemas.catalogue import RECORD_TYPES, RecordType

#: The columns of the table of source rows.
_ROW_COLUMNS = {
    "row_number": "bigint not null",
    "key": "text",
    "hash": "bigint not null",
    "scope": "text not null default ''",
    "state": "text not null",
    "modified": "date",
    "bad": "text[]",
}
#: The columns of a table of records, before its fields. The key saves a first load a join of a million rows.
_RECORD_COLUMNS = {"row_number": "bigint not null", "key": "text not null", "part": "text not null"}
#: Hashes that are sent at a time: as text they take thrice their size.
_HASHES_AT_ONCE = 1_000_000
GOOD, QUARANTINED, CONFLICT, DUPLICATE, DELETED = "good", "quarantined", "conflict", "duplicate", "deleted"


@dataclass(frozen=True)
class Staging:
    """The staging tables of one batch.

    Attributes:
        record_types: the record types that the source maps.
    """

    batch_id: int
    record_types: tuple[str, ...]

    @property
    def rows(self) -> str:
        """The table of travelling source rows: row number, key, hash, scope, state, fields that are bad."""
        return self._name("row")

    @property
    def unseen(self) -> str:
        """The hashes of settled rows that the file did not show."""
        return self._name("unseen")

    @property
    def seen(self) -> str:
        """The hashes of settled rows that the file showed; filled only for a batch without coverage."""
        return self._name("seen")

    def records(self, record: str) -> str:
        """The table of cleaned records of one type."""
        return self._name(record)

    def create(self, connection: sa.Connection) -> None:
        """Makes the tables, empty and unlogged. An erasure must find rows in them, whoever has made them."""
        for name, columns in self._tables().items():
            body = ", ".join(f"{identifier(column)} {kind}" for column, kind in columns.items())
            connection.execute(sa.text(f"create unlogged table {name} ({body})"))
        version = int((connection.dialect.server_version_info or (0,))[0])
        tables, who = ", ".join(self._tables()), ", ".join((Role.INGEST, Role.RETENTION))
        connection.execute(sa.text(f"grant {roles.staged(version)} on {tables} to {who}"))
        connection.execute(sa.text(f"grant select on {tables} to {Role.STEWARD}"))

    def drop(self, connection: sa.Connection) -> None:
        """Drops the tables, if they are there."""
        connection.execute(sa.text("select staging.drop_batch(:batch)"), {"batch": self.batch_id})

    def exists(self, connection: sa.Connection) -> bool:
        """Whether the tables are there."""
        return connection.scalar(sa.text("select to_regclass(:name) is not null"), {"name": self.rows}) is True

    def make_durable(self, connection: sa.Connection) -> None:
        """Makes the tables survive a crash of PostgreSQL."""
        for name in self._tables():
            connection.execute(sa.text(f"alter table {name} set logged"))

    def analyse(self, connection: sa.Connection) -> None:
        """Tells the planner how much there is, once it is filled."""
        for name in self._tables():
            connection.execute(sa.text(f"analyze {name}"))

    def write_rows(self, connection: sa.Connection, rows: pd.DataFrame) -> None:
        """Appends source rows: row_number, key, hash, scope, state, bad (field paths parted by spaces, or NA)."""
        frame = rows[list(_ROW_COLUMNS)].copy()
        bad = frame["bad"].notna()
        frame.loc[bad, "bad"] = "{" + frame.loc[bad, "bad"].str.replace(" ", ",") + "}"
        table = pa.Table.from_pandas(frame, preserve_index=False)
        at = table.column_names.index("modified")
        arrow.write(connection, self.rows, table.set_column(at, "modified", _days(table.column(at))))

    def write_records(self, connection: sa.Connection, record: RecordType, frame: pd.DataFrame) -> None:
        """Appends cleaned records: row_number, key, part and the record's fields."""
        table = pa.Table.from_pandas(frame[[*_RECORD_COLUMNS, *record.field_names]], preserve_index=False)
        for field in record.fields:
            at = table.column_names.index(field.name)
            if field.sql_type == "date":
                table = table.set_column(at, field.name, _days(table.column(at)))
            elif field.sql_type in ("smallint", "integer"):
                table = table.set_column(at, field.name, table.column(at).cast(pa.int32()))
        arrow.write(connection, self.records(record.name), table)

    def write_hashes(self, connection: sa.Connection, name: str, hashes: np.ndarray) -> None:
        """Fills `unseen` or `seen`."""
        for start in range(0, len(hashes), _HASHES_AT_ONCE):
            arrow.write(connection, name, pa.table({"hash": hashes[start : start + _HASHES_AT_ONCE]}))

    def _name(self, part: str) -> str:
        return f"staging.{identifier(f'b{int(self.batch_id)}_{part}')}"

    def _tables(self) -> dict[str, dict[str, str]]:
        hashes = {"hash": "bigint not null"}
        tables = {self.rows: _ROW_COLUMNS, self.unseen: hashes, self.seen: hashes}
        for name in self.record_types:
            fields = {field.name: field.sql_type for field in RECORD_TYPES[name].fields}
            tables[self.records(name)] = _RECORD_COLUMNS | fields
        return tables


def _days(instants: pa.ChunkedArray) -> pa.ChunkedArray:
    return instants.cast(pa.timestamp("s")).cast(pa.date32())


def leftovers(connection: sa.Connection) -> set[int]:
    """The batches that have staging tables."""
    names = connection.scalars(
        sa.text("select tablename from pg_tables where schemaname = 'staging' and tablename ~ '^b[0-9]+_row$'")
    )
    return {int(name[1 : -len("_row")]) for name in names}
