"""A file in, the register's rows out: what delimited text files are like, each quirk with what must come of it.

Each folder of ``csv/`` holds the bytes as a customer delivers them, the source's description, and ``expected.json``,
which was written by hand from the bytes and never by running the code: counts, quarantine, and the records by type,
fields that are missing left out, ``row`` being the row number that provenance gives.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES

CASES = Path(__file__).with_name("csv")
DAY = date(2026, 3, 10)


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_a_file_gives_these_rows(bench, case) -> None:
    folder = CASES / case
    expected = json.loads((folder / "expected.json").read_text())
    bench.inbox = folder
    result = bench.sync(bench.source((folder / "source.yaml").read_text()), DAY)
    assert result.status == "applied"
    assert {name: count for name, count in result.counts.items() if count} == expected["counts"]
    assert _quarantine(bench) == expected["quarantine"]
    assert _records(bench) == {name: rows for name, rows in expected.items() if name in RECORD_TYPES}


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
