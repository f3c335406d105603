"""What records are scored by: the matching input, one row a record.

Belongs here: its columns, and reading it from the register. Does not belong here: which records are compared, and how.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.csv
import sqlalchemy as sa

from register.database import driver

_TEXTS = ("first_name", "last_name", "name_key", "email", "phone", "employer", "employee_number", "username", "subject")

#: The matching input; every column but the ids may be null. The words are those of `register.person_key`.
INPUT = pa.schema(
    [("record_id", pa.int64()), ("customer_id", pa.int64()), *((name, pa.large_string()) for name in _TEXTS)]
)


def read(connection: sa.Connection, customers: Sequence[int]) -> pa.Table:
    """The matching input of these customers' records, as their keys stand: INPUT, by record id. In memory only."""
    asked = (
        f"copy (select {', '.join(INPUT.names)} from register.person_key where customer_id = any(%s) "
        "order by record_id) to stdout (format csv, force_quote *)"
    )
    text = io.BytesIO()
    with driver(connection).cursor().copy(asked, [list(customers)]) as copy:
        for block in copy:
            text.write(block)
    text.seek(0)
    return pa.csv.read_csv(
        text,
        read_options=pa.csv.ReadOptions(column_names=INPUT.names),
        parse_options=pa.csv.ParseOptions(newlines_in_values=True),
        convert_options=pa.csv.ConvertOptions(
            column_types=INPUT, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )
