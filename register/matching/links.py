"""The ledger: links as rows, and to which person or company each record belongs.

Belongs here: bringing links, membership and golden records in line with what was computed, writing only what differs.
Does not belong here: what is computed (`register.matching.clusters`), or decisions (`register.matching.decisions`).
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import sqlalchemy as sa

from register import arrow, bulk
from register.matching.clusters import Settled
from register.statements import fragment, identifier, statement
from register.tables.matching import GOLDEN_TABLES, golden_member, match_link
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES

Run = Callable[[str], int]

_TEMPORARY = ("gone", "outcome", "labelled", "new_link", "former", "component", "identified", "pinned", "said")


def write(connection: sa.Connection, customer_id: int, record_type: str, settled: Settled) -> None:
    """Writes the outcome of the temporary table `region`: links, membership, and the golden records concerned.

    The ids of persons stay: of those that come together, the oldest; a record that splits off gets a new one.
    """
    golden = str(GOLDEN_TABLES[record_type])
    names = {"records": str(RECORD_TABLES[record_type]), "golden": golden, **_fields(record_type)}
    parameters = {"customer_id": customer_id, "record_type": record_type}

    def run(name: str) -> int:
        return connection.execute(statement(name, **names), parameters).rowcount

    _take(connection, settled)
    run("find_gone")
    bulk.describe(connection, ["gone"])
    _write_links(connection, run)
    _write_members(connection, run, record_type, customer_id)
    _write_golden(connection, run, golden)
    connection.execute(sa.text(f"drop table region, {', '.join(_TEMPORARY)}"))


def _write_links(connection: sa.Connection, run: Run) -> None:
    new = run("find_new_links")
    with bulk.indexed_afterwards(connection, [str(match_link)], new):
        run("end_links")
        run("add_links")
    if new >= bulk.DESCRIBED:
        bulk.describe(connection, [str(match_link)])


def _write_members(connection: sa.Connection, run: Run, record_type: str, customer_id: int) -> None:
    """Leaves who is who in the temporary tables `component` and `identified`."""
    run("remember_golden")
    records = run("find_components")
    bulk.describe(connection, ["former", "component"])
    run("keep_ids")
    run("give_ids")
    bulk.describe(connection, ["identified"])
    move_pins(connection, record_type, "record_has_gone", customer_id)
    run("end_lost_pins")
    with bulk.indexed_afterwards(connection, [str(golden_member)], records):
        run("remove_members")
        run("move_members")
        grown = run("add_members")
    if grown >= bulk.DESCRIBED:
        bulk.describe(connection, [str(golden_member)])


def _write_golden(connection: sa.Connection, run: Run, table: str) -> None:
    said = _say_golden(connection, run)
    with bulk.indexed_afterwards(connection, [table], said):
        run("change_golden")
        grown = run("add_golden")
    run("remove_golden")
    if grown >= bulk.DESCRIBED:
        bulk.describe(connection, [table])


def _say_golden(connection: sa.Connection, run: Run) -> int:
    """Leaves what the golden records are to say in the temporary table `said`; how many."""
    run("find_pinned")
    said = run("say_golden")
    bulk.describe(connection, ["said"])
    return said


def _take(connection: sa.Connection, settled: Settled) -> None:
    """Brings what was computed to where the records are."""
    for table in ("outcome", "labelled"):
        connection.execute(statement(f"begin_{table}"))
    pairs = settled.pairs[["a", "b", "verdict", "rule", "reason"]]
    texts = [(name, pa.string()) for name in ("verdict", "rule", "reason")]
    schema = pa.schema([("a", pa.int64()), ("b", pa.int64()), *texts])
    arrow.write(connection, "outcome", pa.Table.from_pandas(pairs, schema, preserve_index=False))
    ids, labels = settled.labels.index.to_numpy(), settled.labels.to_numpy()
    arrow.write(connection, "labelled", pa.table({"record_id": ids, "label": labels}))
    bulk.describe(connection, ["region", "outcome", "labelled"])


def renew(connection: sa.Connection, customer_id: int, record_type: str) -> None:
    """Computes golden records anew: those of the temporary tables `component` and `identified`; of `former`, those
    without members go."""
    golden = str(GOLDEN_TABLES[record_type])
    names = {"records": str(RECORD_TABLES[record_type]), "golden": golden, **_fields(record_type)}
    parameters = {"customer_id": customer_id, "record_type": record_type}

    def run(name: str) -> int:
        return connection.execute(statement(name, **names), parameters).rowcount

    _say_golden(connection, run)
    run("change_golden")
    run("remove_golden")
    connection.execute(sa.text("drop table pinned, said"))


def move_pins(connection: sa.Connection, record_type: str, goes: str, customer_id: int | None = None) -> None:
    """Moves the corrections of records that go to the oldest record that stays with their person or company.

    Args:
        goes: the fragment that tells of a record whether it goes: ``record_has_gone`` or ``record_is_doomed``.
        customer_id: only this customer's.
    """
    names = {"record_type": record_type, "records": str(RECORD_TABLES[record_type])}
    told = {of: fragment(goes).format(record_id=f"{of}.record_id", **names) for of in ("pin", "other")}
    text = statement("move_pins", goes=told["pin"], other_goes=told["other"], **names)
    connection.execute(text, {"record_type": record_type, "customer_id": customer_id})


def _fields(record_type: str) -> dict[str, str]:
    """SQL of each golden field and of the record that it comes from."""
    columns, chosen = [], []
    for field in RECORD_TYPES[record_type].fields:
        name, record = identifier(field.name), identifier(f"{field.name}_record")
        columns += [name, record]
        first = f"(array_agg(record.{{}} order by place) filter (where record.{name} is not null))[1]"
        corrected = f"record.golden_id in (select golden_id from pinned where field = '{field.name}')"
        said = (
            f"(select value::{field.sql_type} from pinned "
            f"where pinned.golden_id = record.golden_id and field = '{field.name}')"
        )
        chosen.append(f"case when {corrected} then {said} else {first.format(name)} end as {name}")
        chosen.append(f"case when not {corrected} then {first.format('id')} end as {record}")
    columns += ["records", "first_seen", "absent_since"]
    return {
        "columns": ", ".join(columns),
        "chosen": ", ".join(chosen),
        "assignments": ", ".join(f"{name} = said.{name}" for name in columns),
        "held": ", ".join(f"held.{name}" for name in columns),
        "said": ", ".join(f"said.{name}" for name in columns),
    }
