"""What a night of retention reads and asks, told by the database and never by a clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa
from retained import GENEROUS, Filled

from register.retention import records
from register.retention.records import Context

SEEN, MISSED, AGAIN = date(2026, 1, 1), date(2026, 3, 1), date(2026, 3, 2)
#: The clocks run from 2 March: the last day on which nothing is due, and the first on which they are.
BEFORE, DUE = date(2026, 9, 2), date(2026, 9, 3)


@pytest.fixture
def filled(database_url: str) -> Iterator[Filled]:
    one = Filled(database_url)
    yield one
    one.close()


def read(filled: Filled, *, rows: int, missed: int) -> list[int]:
    """A register of which two readings have missed the first persons. Returns their records."""
    for on in (SEEN, MISSED, AGAIN):
        filled.read("hr", on)
    gone = []
    for number in range(rows):
        absent = {"absent": MISSED, "shown": SEEN} if number < missed else {}
        record = filled.put("hr", "person", f"p{number}", first_seen=SEEN, **absent)
        filled.put("hr", "employment", f"p{number}", first_seen=SEEN)
        filled.together(record)
        if absent:
            gone.append(record)
    return gone


def rows_read(filled: Filled, table: str) -> int:
    """How many rows of a table have been read so far."""
    with filled.register.transaction() as one, filled.register.transaction() as other:  # both kept sessions tell
        for connection in (one, other):
            connection.execute(sa.text("select pg_stat_force_next_flush()"))
    counted = "select seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_user_tables where relid = %s::regclass"
    return int(filled.rows(counted, table)[0][0])


def context(filled: Filled, *, current: bool) -> Context:
    """What the nights' removals are given: with what was merged until now, or before all of it."""
    made = Context(GENEROUS, DUE)
    if current:
        with filled.register.transaction() as connection:
            made.seen.update(records.state(connection))
    return made


def test_a_night_with_nothing_due_goes_through_the_markers_of_rows_once(filled: Filled) -> None:
    read(filled, rows=600, missed=20)
    filled.night(BEFORE)  # the clocks have started
    filled.execute("analyze")
    before = rows_read(filled, "sync.source_row")
    assert filled.night(BEFORE).done == []
    assert 600 <= rows_read(filled, "sync.source_row") - before < 2 * 600


def test_matching_is_told_once_of_each_person_who_has_gone(filled: Filled) -> None:
    gone = read(filled, rows=6, missed=3)
    filled.execute(
        "insert into register.person_key (record_id, customer_id, source_id, last_name, name_key, self_reported, "
        "absent) select id, customer_id, source_id, 'k', 'k', false, false from register.person_record"
    )
    filled.execute("truncate register.match_again")
    filled.night(DUE)
    assert filled.left("person") == filled.left("employment") == filled.keys() == {"p3", "p4", "p5"}
    assert filled.rows("select record_id from register.match_again order by 1") == [(one,) for one in gone]


@pytest.mark.parametrize(("due", "transactions"), [(3, 2), (4, 2), (5, 3)])
def test_as_many_transactions_as_are_needed_and_none_that_finds_nothing(
    filled: Filled, monkeypatch: pytest.MonkeyPatch, due: int, transactions: int
) -> None:
    monkeypatch.setattr(records, "MOST", 2)
    read(filled, rows=6, missed=due)
    begun: list[str] = []

    def note(_connection: object, _cursor: object, text: str, *_: object) -> None:
        if "create temporary table doomed (" in text:
            begun.append(text)

    sa.event.listen(filled.register.engine, "before_cursor_execute", note)
    filled.night(DUE)
    sa.event.remove(filled.register.engine, "before_cursor_execute", note)
    assert (len(filled.left("person")), len(begun)) == (6 - due, transactions)


def test_only_what_the_look_has_found_is_looked_for_again(filled: Filled) -> None:
    read(filled, rows=2, missed=1)
    filled.night(BEFORE)
    assert records.remove(filled.register, context(filled, current=True), "R1", filled.customer, {"company"}, ()) == (
        [],
        False,
    )
    assert len(filled.left("person")) == 2


def test_what_a_merge_has_brought_since_the_look_is_found(filled: Filled) -> None:
    read(filled, rows=2, missed=1)
    records.remove(filled.register, context(filled, current=False), "R1", filled.customer, (), ())
    assert filled.left("person") == {"p1"}
