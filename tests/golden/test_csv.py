"""A file in, the register's rows out: what delimited text files are like, each quirk with what must come of it.

Each folder of ``csv/`` holds the bytes as a customer delivers them, the source's description, and ``expected.json``,
which was written by hand from the bytes and never by running the code: counts, quarantine, and the records by type,
fields that are missing left out, ``row`` being the row number that provenance gives.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

CASES = Path(__file__).with_name("csv")
DAY = date(2026, 3, 10)


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_a_file_gives_these_rows(bench, found, case) -> None:
    folder = CASES / case
    expected = json.loads((folder / "expected.json").read_text())
    bench.inbox = folder
    result = bench.sync(bench.source((folder / "source.yaml").read_text()), DAY)
    assert result.status == "applied"
    assert found(result) == expected
