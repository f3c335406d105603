"""The ledger: links as rows, and to which person or company each record belongs.

Belongs here: bringing links, membership and golden records in line with what was computed, writing only what differs.
Does not belong here: what is computed (`register.matching.clusters`), or decisions (`register.matching.decisions`).
"""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from register.database import driver
from register.matching.clusters import Settled
from register.statements import identifier, statement
from register.tables.matching import GOLDEN_TABLES
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES


def write(connection: sa.Connection, customer_id: int, record_type: str, settled: Settled) -> None:
    """Writes the outcome of the temporary table `region`: links, membership, and the golden records concerned.

    The ids of persons stay: of those that come together, the oldest; a record that splits off gets a new one.
    """
    names = {"records": str(RECORD_TABLES[record_type]), "golden": str(GOLDEN_TABLES[record_type])}
    parameters = {"customer_id": customer_id, "record_type": record_type}

    def run(name: str, **more: str) -> None:
        connection.execute(statement(name, **names, **more), parameters)

    for table in ("outcome", "labelled", "component"):
        run(f"begin_{table}")
    _copy(connection, "outcome", settled.pairs[["a", "b", "verdict", "rule", "reason"]])
    _copy(connection, "labelled", settled.labels.rename_axis("record_id").reset_index())
    for table in ("region", "outcome", "labelled"):
        connection.execute(sa.text(f"analyze {table}"))
    run("end_links")
    run("add_links")
    run("fill_components")
    run("remember_golden")
    run("keep_ids")
    run("give_ids")
    connection.execute(sa.text("analyze component"))
    run("remove_members")
    run("write_members")
    renew(connection, customer_id, record_type)
    connection.execute(sa.text("drop table region, outcome, labelled, component, former"))


def renew(connection: sa.Connection, customer_id: int, record_type: str) -> None:
    """Computes the golden records of the temporary table `component` anew; those of `former` without members go."""
    names = {"records": str(RECORD_TABLES[record_type]), "golden": str(GOLDEN_TABLES[record_type])}
    parameters = {"customer_id": customer_id, "record_type": record_type}
    connection.execute(statement("write_golden", **names, **_fields(record_type)), parameters)
    connection.execute(statement("remove_golden", **names), parameters)


def _fields(record_type: str) -> dict[str, str]:
    """SQL of each golden field and of the record that it comes from."""
    columns, chosen = [], []
    for name in map(identifier, RECORD_TYPES[record_type].field_names):
        record = identifier(f"{name[1:-1]}_record")
        columns += [name, record]
        first = f"(array_agg(record.{{}} order by place) filter (where record.{name} is not null))[1]"
        chosen += [first.format(name), first.format("id")]
    return {
        "columns": ", ".join(columns),
        "chosen": ", ".join(chosen),
        "assignments": ", ".join(f"{name} = excluded.{name}" for name in columns),
        "held": ", ".join(f"held.{name}" for name in columns),
        "excluded": ", ".join(f"excluded.{name}" for name in columns),
    }


def _copy(connection: sa.Connection, table: str, rows: pd.DataFrame) -> None:
    # pandas keeps a missing text as NaN, which COPY would write out as a word
    rows = rows.astype(object).where(rows.notna(), None)
    with driver(connection).cursor().copy(f"copy {table} ({', '.join(rows.columns)}) from stdin") as copy:
        for row in rows.itertuples(index=False, name=None):
            copy.write_row(row)
