"""What the register holds after a golden file, in the form in which what it must hold is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES


@pytest.fixture
def found(bench) -> Callable[[Any], dict[str, Any]]:
    """Gives a result and the register as an ``expected.json`` has them, what is empty left out but quarantine."""

    def see(result: Any) -> dict[str, Any]:
        counts = {name: count for name, count in result.counts.items() if count}
        absent = {
            key: day.isoformat()
            for key, day in bench.rows("select key, absent_since from sync.source_row where absent_since is not null")
        }
        return {
            "counts": counts,
            "quarantine": _quarantine(bench),
            **({"absent": absent} if absent else {}),
            **_records(bench),
        }

    return see


def _quarantine(bench) -> list[dict[str, Any]]:
    names = ("row", "key", "rule", "column", "field", "effect")
    found = bench.rows(
        "select row_number, key, rule, column_name, field, effect from sync.quarantine order by row_number, id"
    )
    return [dict(zip(names, row, strict=True)) for row in found]


def _records(bench) -> dict[str, list[dict[str, Any]]]:
    held = {}
    for name, record in RECORD_TYPES.items():
        parted = name not in ("person", "company")
        names = ["key", "first_row", *(["part"] if parted else []), *record.field_names]
        query = f"select {', '.join(names)} from register.{RECORD_TABLES[name].name} order by first_row, part"
        rows = [dict(zip(names, row, strict=True)) for row in bench.rows(query)]
        if rows:
            held[name] = [_plain(row) for row in rows]
    return held


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    row["row"] = row.pop("first_row")
    given = {name: value for name, value in row.items() if value is not None}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}
