"""A generated register, straight in the tables that matching reads.

Belongs here: writing generated records as merges would have. Does not belong here: the generator
(`register.matching.scoring.generator`), or files and their reading (`persons`).
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import psycopg
import pyarrow as pa
import pyarrow.csv

from register.matching.scoring.generator.records import SOURCES, Generated
from register.places import place_of

FIRST = date(2026, 3, 1)


def fill(url: str, generated: Generated) -> None:
    """Fills an empty register; the id of a person record is its place among the generated records, from 1."""
    told = generated.records.assign(key=np.arange(1, len(generated.records) + 1))
    now = datetime.now(UTC)
    place = place_of(FIRST, now)
    with psycopg.connect(url) as connection:
        connection.execute("insert into sync.customer (name) values ('koe')")
        for number, source in enumerate(SOURCES, 1):
            connection.execute("insert into sync.source (customer_id, name) values (1, %s)", [f"koe/{source}"])
            connection.execute(
                "insert into sync.source_version (source_id, digest, description) values (%s, 'x', '{}')", [number]
            )
            connection.execute(
                "insert into sync.batch (customer_id, source_id, source_version_id, business_date, attempt, as_of, "
                "place, rules_version, status) values (1, %s, %s, %s, 1, %s, %s, 'x', 'applied')",
                [number, number, FIRST, now, place],
            )
        number = told["source"].map({source: number for number, source in enumerate(SOURCES, 1)})
        whose = told[["key"]].assign(customer_id=1, source_id=number, first_batch=number, changed_batch=number)
        provenance = {"first_row": 1, "changed_row": 1, "first_seen": FIRST, "last_changed": FIRST}
        provenance |= {"origin": "customer_register", "processing_role": "controller", "legal_basis": "contract"}
        record = whose.assign(**provenance)
        names = ["first_name", "last_name", "work_email", "work_phone"]
        _copy(connection, "register.person_record", pd.concat([record.assign(id=told["key"]), told[names]], axis=1))
        names = ["employer_business_id", "employer_name", "employee_number", "valid_from", "valid_to"]
        _copy(connection, "register.employment", pd.concat([record, told[names]], axis=1))
        absent = told["absent"].map({True: str(place), False: ""})
        _copy(connection, "sync.source_row", whose.assign(imported=True, hash=0, absent_place=absent))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum (analyze)")


def _copy(connection: psycopg.Connection[Any], table: str, rows: pd.DataFrame) -> None:
    """COPY, in which an empty text is nothing, as in records that were read."""
    text = io.BytesIO()
    pa.csv.write_csv(pa.Table.from_pandas(rows, preserve_index=False), text, pa.csv.WriteOptions(quoting_style="none"))
    # a family name may be missing where the columns have moved, and the column takes no null
    force = ", force_not_null (last_name)" if "last_name" in rows else ""
    statement = f"copy {table} ({', '.join(rows.columns)}) from stdin (format csv, header{force})"
    with connection.cursor().copy(statement.encode()) as copy:
        copy.write(text.getbuffer())
