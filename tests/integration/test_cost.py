"""A night costs by what changed and not by what is there, told by what is written and asked, never by a clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sandbox import Sandbox, day, row

from schemas.detectors import search

TABLES = ("register.person_record", "register.employment", "sync.source_row", "sync.field_change", "sync.quarantine")
#: Changed, new and gone rows of the second night, whatever the size of the file.
CHANGED, NEW, GONE = 20, 4, 4


@contextmanager
def _counted(register_engine: sa.Engine) -> Iterator[list[str]]:
    """The statements that are run meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, text: str, *_: object) -> None:
        statements.append(text)

    sa.event.listen(register_engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(register_engine, "before_cursor_execute", note)


def _second_night(sandbox: Sandbox, rows: int) -> tuple[dict[str, int], int, list[str]]:
    """Of a second night: row versions written per table, statements run, and keys whose row left its page."""
    people = [row(f"{number:06d}", Nimike="Asentaja") for number in range(rows)]
    sandbox.put_rows(day(0), people)
    assert sandbox.sync(day(0)).counts["inserted"] == rows
    step = rows // CHANGED
    for person in people[::step]:
        person["Nimike"] = "Huoltaja"
    gone = people[1 :: rows // GONE]
    new = [row(f"{number:06d}", Nimike="Asentaja") for number in range(rows, rows + NEW)]
    sandbox.put_rows(day(1), [person for person in people if person not in gone] + new)
    before, (since,) = _pages(sandbox), sandbox.query("select pg_current_xact_id()::text::bigint as xid")
    with _counted(sandbox.work.register.engine) as statements:
        counts = sandbox.sync(day(1)).counts
    assert (counts["updated"], counts["inserted"], counts["absent"]) == (CHANGED, NEW, GONE)
    written = {
        table: sandbox.query(f"select count(*) from {table} where xmin::text::bigint >= %s", since["xid"])[0]["count"]
        for table in TABLES
    }
    after = _pages(sandbox)
    return written, len(statements), [key for key, page in before.items() if after[key] != page]


def _pages(sandbox: Sandbox) -> dict[str, str]:
    """Of each record and key the page on which it stands."""
    return {
        f"{table} {found['key']}": found["page"]
        for table in ("register.employment", "sync.source_row")
        for found in sandbox.query(f"select key, split_part(ctid::text, ',', 1) as page from {table}")
    }


def test_a_night_writes_and_asks_the_same_of_ten_times_the_rows(sandbox: Sandbox) -> None:
    small, large = (_second_night(sandbox.another(f"rows-{rows}").activate(), rows) for rows in (1_000, 10_000))
    written, statements, moved = large
    assert small[0] == written
    assert written["register.employment"] == CHANGED + NEW
    assert written["register.person_record"] == NEW
    assert written["sync.field_change"] == CHANGED
    assert written["sync.source_row"] <= CHANGED + NEW + GONE
    assert small[1] == statements
    # an update that stays on its page, and changes no indexed column, writes to no index
    assert moved == small[2] == []


def test_a_merge_reads_no_row_for_each_key(sandbox: Sandbox) -> None:
    """Elsewhere a merge asked for one key or another in its DELETE, and so went through all rows for each key."""
    rows = 2_000
    people = [row(f"{number:06d}", Nimike="Asentaja") for number in range(rows)]
    sandbox.put_rows(day(0), people)
    sandbox.sync(day(0))
    for person in people[: rows // 2]:
        person["Nimike"] = "Huoltaja"
    sandbox.put_rows(day(1), people[: -rows // 10])
    before = _reads(sandbox)
    counts = sandbox.sync(day(1)).counts
    assert (counts["updated"], counts["absent"]) == (rows // 2, rows // 10)
    after = _reads(sandbox)
    assert {table: after[table] - before[table] for table in TABLES if after[table] - before[table] > 10 * rows} == {}


def test_detectors_look_once_at_what_changed_in_many_chunks(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look compiles the detectors' pattern anew, which takes as long as looking at all that a night changes."""
    looked: list[int] = []
    find_in = search.find_in

    def counted(columns: dict[str, object], looks: dict[str, search.Look]) -> dict[str, dict[str, object]]:
        looked.append(max(len(cells) for cells in columns.values()))
        return find_in(columns, looks)

    rows = 101_000  # a file is read in chunks of 50,000
    people = [row(f"{number:06d}", Nimike="Asentaja") for number in range(rows)]
    sandbox.put_rows(day(0), people)
    monkeypatch.setattr(search, "find_in", counted)
    sandbox.sync(day(0))
    assert looked == [50_000, 50_000, 1_000]
    looked.clear()
    changed = people[:: rows // 5]
    for person in changed:
        person["Nimike"] = "Masennus"
    sandbox.put_rows(day(1), people)
    sandbox.sync(day(1))
    assert looked == [len(changed)]
    found = sandbox.query("select count(*) from sync.quarantine where rule = 'health.words'")
    assert found == [{"count": len(changed)}]


def _reads(sandbox: Sandbox) -> dict[str, int]:
    """How many rows of each table have been read so far, by scans and through indexes."""
    sandbox.work.register.engine.dispose()  # a session tells what it has read when it ends
    found = sandbox.query(
        "select schemaname || '.' || relname as name, seq_tup_read + coalesce(idx_tup_fetch, 0) as read "
        "from pg_stat_user_tables"
    )
    return {one["name"]: one["read"] for one in found}
