"""Arrow tables in and out of PostgreSQL by COPY, many rows at a time.

Belongs here: how rows travel. Does not belong here: which (`register.staging`, `register.matching`).
"""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.csv
import sqlalchemy as sa

from register.database import driver
from register.statements import identifier


def write(connection: sa.Connection, table: str, rows: pa.Table) -> None:
    """Appends rows to a table; text cells are quoted, so that NULL and "" stay apart."""
    if rows.num_rows == 0:
        return
    columns = ", ".join(identifier(name) for name in rows.column_names)
    sink = io.BytesIO()
    pyarrow.csv.write_csv(rows, sink, pyarrow.csv.WriteOptions(include_header=False))
    with driver(connection).cursor().copy(f"copy {table} ({columns}) from stdin (format csv)".encode()) as copy:
        copy.write(sink.getbuffer())


def read(connection: sa.Connection, query: str, types: dict[str, pa.DataType]) -> pa.Table:
    """The rows of a query without parameters.

    Args:
        types: the query's columns, in order.
    """
    source = io.BytesIO()
    with driver(connection).cursor().copy(f"copy ({query}) to stdout (format csv)".encode()) as copy:
        for row in copy:
            source.write(row)
    if not source.tell():
        return pa.schema(list(types.items())).empty_table()
    source.seek(0)
    return pyarrow.csv.read_csv(
        source,
        read_options=pyarrow.csv.ReadOptions(column_names=list(types), use_threads=False),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=types,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )
