"""The landed copy: what was read of a changed file, kept for some days.

Belongs here: storing and reading back the mapped columns as Parquet. Does not belong here: the customer's own file,
which is never kept.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from register.tables import sync
from schemas.values import text

#: The column that carries the row number beside the mapped columns.
ROW_NUMBER = "\x00row_number"


def write_part(
    connection: sa.Connection,
    rows: pa.Table,
    *,
    batch_id: int,
    customer_id: int,
    source_id: int,
    part: int,
    expires_on: date,
) -> None:
    """Stores one part: string columns and `ROW_NUMBER`."""
    connection.execute(
        sa.insert(sync.landed).values(
            customer_id=customer_id,
            source_id=source_id,
            batch_id=batch_id,
            part=part,
            rows=rows.num_rows,
            parquet=_packed(rows),
            expires_on=expires_on,
        )
    )


def replace_part(connection: sa.Connection, batch_id: int, part: int, rows: pa.Table) -> None:
    """Stores other rows in place of a part's."""
    here = (sync.landed.c.batch_id == batch_id) & (sync.landed.c.part == part)
    connection.execute(sa.update(sync.landed).where(here).values(rows=rows.num_rows, parquet=_packed(rows)))


def _packed(rows: pa.Table) -> bytes:
    sink = io.BytesIO()
    repeating = [name for name in rows.column_names if text.repeats(rows.column(name))]
    # Statistics, which nobody asks for, and dictionaries of values that hardly repeat took two fifths of the time.
    pq.write_table(rows, sink, compression="zstd", use_dictionary=repeating, write_statistics=False)
    return sink.getvalue()


def copies(connection: sa.Connection) -> list[int]:
    """The batches that have a landed copy."""
    return list(connection.scalars(sa.select(sync.landed.c.batch_id).distinct().order_by(sync.landed.c.batch_id)))


def read_parts(connection: sa.Connection, batch_id: int) -> Iterator[pa.Table]:
    """The parts of a batch's landed copy, in order, one at a time."""
    parts = connection.scalars(
        sa.select(sync.landed.c.part).where(sync.landed.c.batch_id == batch_id).order_by(sync.landed.c.part)
    ).all()
    for part in parts:
        content = connection.execute(
            sa.select(sync.landed.c.parquet).where(sync.landed.c.batch_id == batch_id, sync.landed.c.part == part)
        ).scalar_one()
        yield pq.read_table(io.BytesIO(content))


def exists(connection: sa.Connection, batch_id: int) -> bool:
    """Whether a batch has a landed copy."""
    return connection.scalar(sa.select(sa.exists().where(sync.landed.c.batch_id == batch_id))) is True


def clear(connection: sa.Connection, batch_id: int) -> int:
    """Removes a batch's landed copy. Returns how many rows were in it."""
    removed = sa.delete(sync.landed).where(sync.landed.c.batch_id == batch_id).returning(sync.landed.c.rows)
    return sum(connection.scalars(removed))
