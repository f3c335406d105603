"""Records of one type as Arrow tables, chunk by chunk.

Belongs here: reading text columns out of PostgreSQL by COPY, so that memory stays that of one chunk however many
records there are. Does not belong here: what is looked for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress

import pyarrow as pa
import pyarrow.csv as pacsv
import sqlalchemy as sa

from register.database import driver
from register.statements import fragment, identifier
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RecordType
from schemas.errors import Refusal

#: Records read at a time: about 10 MB.
SIZE = 50_000
_NUMBERS = {"id": pa.int64(), "customer_id": pa.int32(), "source_id": pa.int32()}


def text_columns(record: RecordType) -> list[str]:
    """The columns of a record type that hold text: its key and its fields of that type."""
    return ["key", *(field.name for field in record.fields if field.sql_type == "text")]


def read(connection: sa.Connection, record: RecordType, *, changed_only: bool) -> Iterator[pa.Table]:
    """The records in the order of their ids: id, customer_id, source_id, and the `text_columns`.

    Args:
        changed_only: only records that a batch of the temporary table `scan_batch` changed last.
    """
    columns = text_columns(record)
    table = RECORD_TABLES[record.name]
    query = fragment("scan_chunk").format(
        columns=", ".join(f"record.{identifier(name)}" for name in columns),
        table=f"{identifier(str(table.schema))}.{identifier(table.name)}",
        changed="and record.changed_batch in (select id from scan_batch)" if changed_only else "",
    )
    after = 0
    while True:
        with driver(connection).cursor() as cursor, cursor.copy(query, {"after": after, "size": SIZE}) as copy:
            content = b"".join(copy)
        if not content:
            return
        rows = _parsed(content, [*_NUMBERS, *columns])
        yield rows
        after = rows.column("id")[-1].as_py()


def _parsed(content: bytes, names: list[str]) -> pa.Table:
    """The rows of COPY's CSV. What does not fit would be quoted by the parser, so its error goes no further."""
    rows = None
    with suppress(pa.ArrowException):
        rows = pacsv.read_csv(
            io.BytesIO(content),
            read_options=pacsv.ReadOptions(column_names=names, use_threads=False, block_size=len(content) + 1),
            parse_options=pacsv.ParseOptions(newlines_in_values=True),
            convert_options=pacsv.ConvertOptions(
                column_types={name: _NUMBERS.get(name, pa.string()) for name in names},
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
                null_values=[""],
            ),
        )
    if rows is None:
        raise Refusal("Records could not be read for the scan.", "This is a fault of the program; please report it.")
    return rows
