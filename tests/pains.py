"""Kettu Oy, whose staff register hurts as other systems' users were hurt, as files or behind an API.

Belongs here: what the tests of pains share. Does not belong here: what must come of a pain.

Each pain has a number and a test of its name. Rows and values (1, 2, 9, 16) are in `test_pains`, reads that fail or are
empty, and what they must not remove (3 to 7), in `test_pains_reads`, crashes and order (8, 10) in `test_pains_order`,
APIs (11, 12) in `test_pains_apis`, encodings and cells (13, 14) in `test_pains_files`, and where values might get to
(17, 19) in `test_pains_leaks`. Three are held where the means are: a slow merge (15) in
`tests/integration/test_cost.py`, Dagster's records that grow without end (18) in
`tests/integration/test_retention_asset.py`, and backfills without a status for each date, whose runs clash (20), in
`tests/system/test_browser.py` and `tests/integration/test_backfill.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from api_server import Server, serving
from descriptions import described

NIGHT = date(2026, 3, 10)
NEXT = NIGHT + timedelta(days=1)
_EMPLOYER = "employer: {scope: own, names: [Kettu Oy]}\n"
DESCRIPTION = described(
    _EMPLOYER
    + """
history: true
key: [Numero]
records:
  person: {last_name: Sukunimi, first_name: Etunimi, work_email: Sähköposti, work_phone: {column: Puhelin, region: FI}}
  employment: {valid_from: Alkoi}
read:
  type: csv
  path: hr_{date:%Y%m%d}.csv*
""",
    customer="kettu",
)
#: The beginning of registers whose path has no date, and which so know only today.
UNDATED = described(_EMPLOYER, customer="kettu")
HEADER = "Numero;Sukunimi;Etunimi;Sähköposti;Puhelin;Alkoi"


@pytest.fixture
def hr(bench):
    return bench.source(DESCRIPTION)


def person(number: int, last: str = "Virtanen", first: str = "Aino", mail: str = "", phone: str = "") -> str:
    return f"{number};{last};{first};{mail or f'n{number}@example.com'};{phone or '040 123 4567'};1.2.2020"


def staff(count: int, first: int = 1) -> list[str]:
    return [person(number) for number in range(first, first + count)]


def deliver(bench, lines: list[str], night: date = NIGHT) -> Path:
    return bench.put(f"hr_{night:%Y%m%d}.csv", "\n".join([HEADER, *lines, ""]))


def nonzero(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def names(bench) -> dict[str, str]:
    return dict(bench.rows("select key, last_name from register.person_record"))


def absent(bench) -> dict[str, date]:
    return dict(bench.rows("select key, absent_since from sync.source_row where absent_since is not null"))


@pytest.fixture
def api() -> Iterator[Server]:
    with serving() as mine:
        yield mine


def behind(api: Server, read: str, snapshot: str = "{type: full}") -> str:
    """The description of a register behind an API."""
    text = f"history: true\n{_EMPLOYER}key: [nro]\nsnapshot: {snapshot}\nrecords:\n  person: {{last_name: sukunimi}}\n"
    read = f"read:\n  type: api\n  url: {api.home}/people\n  retry: {{attempts: 1}}\n{read}"
    return described(text + read, customer="kettu")


def members(*numbers: int, last: str = "Virtanen") -> list[dict[str, Any]]:
    return [{"nro": number, "sukunimi": last} for number in numbers]
