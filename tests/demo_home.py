"""A home with the demo's sources after one night, as its owner would have typed it.

Belongs here: what the tests of the command line share beside `commands`. Does not belong here: what a command should
answer.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from commands import Home, Said

from register import embedded
from sources.demo.registers import PESULA, SATAMA, SOURCES, write_night

FIRST, SECOND = date(2026, 3, 9), date(2026, 3, 10)
PROGRAM = [sys.executable, "-c", "from pipelines.command import main; main()"]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="mdo-test-"))  # pytest's own folders are too deep for a socket
    try:
        yield made
    finally:
        for home in (made, made / "demo"):
            embedded.stop(home / "postgres")
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def home(folder: Path) -> Home:
    """The demo's sources, live, with the first night's files applied and the second night's in the inbox."""
    mine = Home(folder)
    shutil.copytree(SOURCES, folder / "sources")
    write_night(folder / "inbox", FIRST, 1)
    assert mine.mdo("actor", "add", "kari", "--title", "engineer", "--date", "2026-01-01").code == 0
    for name in (SATAMA, PESULA):
        assert mine.mdo("source", "activate", name, "--by", "kari", "--reason", "a test").code == 0
    ran = mine.mdo("sync", "--date", str(FIRST))
    assert ran.code == 0, ran.out + ran.err
    write_night(folder / "inbox", SECOND, 2)
    return mine


def count_rows(home: Home) -> list[tuple[object, ...]]:
    tables = home.query(
        "select schemaname || '.' || tablename from pg_tables where schemaname in ('sync', 'register') order by 1"
    )
    return [(table, *home.query(f"select count(*) from {table}")[0]) for (table,) in tables]


def summary(said: Said, source: str) -> list[str]:
    """The cells of a source's line in a summary table."""
    (cells,) = (cells for line in said.out.splitlines() if (cells := line.split())[:1] == [source])
    return cells
