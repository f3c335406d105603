"""The keys of a month that is dropped: all of them go, and nothing else, wherever they are looked for first."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
import pytest
import sqlalchemy as sa
from dateutil.relativedelta import relativedelta
from retained import GENEROUS, Filled, noon

from register import actors
from register.retention import event_keys, events, holds
from register.retention.holds import Scope
from register.retention.records import Context
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES

DUE = date(2028, 9, 1)
MONTH = "register.action_2026_08_01"
#: Actions of the month, and of all months; one in a hundred was touched by a later batch.
MANY, ALL = 1_000, 8_000

#: In which order the rows were written.
CAME = {"in order": "n", "in no order": "md5(n::text)"}


@pytest.fixture
def filled(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Filled]:
    monkeypatch.setattr(event_keys, "MORE", 1)  # the register need not be large then
    one = Filled(database_url)
    yield one
    one.close()


def fill(filled: Filled, came: str) -> None:
    """Eight months of actions from one source, the second of which is due; the same keys from another source."""
    order = CAME[came]
    for number in range(ALL // MANY):
        filled.partition("action", date(2026, 7, 1) + relativedelta(months=number))
    for name, first in (("a", date(2026, 7, 2)), ("b", date(2026, 10, 2))):
        source = filled.source(name)
        filled.execute(
            "insert into sync.source_row (customer_id, source_id, key, imported, first_batch, changed_batch) "
            f"select %s, %s, 'k' || n, true, 1, 1 from generate_series(1, {ALL}) as n order by {order}",
            *(filled.customer, source),
        )
        filled.execute(
            "insert into register.action (customer_id, source_id, key, user_id, occurred_at, action_code, first_batch, "
            "first_row, changed_batch, changed_row, first_seen, last_changed, origin, processing_role, legal_basis) "
            "select %s, %s, 'k' || n, 'p' || n, %s + (n - 1) / %s * interval '1 month', 'login', "
            "1, n, 1, n, '2026-07-01', '2026-07-01', 'service_generated', 'controller', 'b' "
            f"from generate_series(1, {ALL if name == 'a' else 2 * MANY}) as n order by {order}",
            *(filled.customer, source, noon(first), MANY),
        )
    filled.execute("update sync.source_row set changed_batch = 99 where right(key, 2) = '50'")  # and lie elsewhere now
    filled.execute("analyze")


def left(filled: Filled) -> set[tuple[str, str]]:
    """The source and key of every source row."""
    return set(filled.rows("select name, key from sync.source_row join sync.source on source.id = source_id"))


def in_evidence(filled: Filled) -> tuple[int, int]:
    """Keys and actions that went by the evidence."""
    asked = (
        "select coalesce(sum(rows) filter (where table_name = 'sync.source_row'), 0)::int, "
        "coalesce(sum(rows) filter (where table_name = 'register.action'), 0)::int from privacy.evidence "
        "where action <> 'refuse'"
    )
    ((keys, actions),) = filled.rows(asked)
    return keys, actions


def remove(filled: Filled) -> None:
    """Removes the month's keys, and leaves the month."""
    event_keys.remove(filled.register, Context(GENEROUS, DUE), "R6", RECORD_TYPES["action"], MONTH)


def of_month(source: str = "koe/a") -> set[tuple[str, str]]:
    """The keys that were of the month."""
    return {(source, f"k{number}") for number in range(MANY + 1, 2 * MANY + 1)}


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether keys were looked for where they lie before they were looked up, by transaction."""
    places: list[bool] = []
    removal = event_keys._removal

    def noted(near: bool, partition: str, stays: str) -> sa.TextClause:
        places.append(near)
        return removal(near, partition, stays)

    monkeypatch.setattr(event_keys, "_removal", noted)
    return places


@pytest.mark.parametrize(
    ("came", "places"),
    [
        ("in order", [True]),
        ("in no order", [False]),
    ],
)
def test_all_of_a_month_go_wherever_they_lie(filled: Filled, looked: list[bool], came: str, places: list[bool]) -> None:
    fill(filled, came)
    before = left(filled)
    remove(filled)
    assert before - left(filled) == of_month()
    assert (looked, in_evidence(filled)) == (places, (MANY, 0))


@pytest.mark.parametrize("came", CAME)
def test_what_a_hold_covers_keeps_its_key(filled: Filled, came: str) -> None:
    fill(filled, came)
    account = filled.put("users", "account", "1", user_id="p1050", last_login_at=noon(date(2028, 8, 1)))
    other = filled.put("users", "account", "2", user_id="p1051", last_login_at=noon(date(2028, 8, 1)))
    with filled.register.transaction() as connection:
        for name in ("kari", "liisa"):
            actors.add(connection, actors.Actor(name, "engineer", date(2026, 1, 1), None))
        two = {"opened_by": "kari", "approved_by": "liisa"}
        for one in (account, other):  # one that a later batch has touched, and one that none has
            scope = Scope(record_type="account", record_id=one)
            holds.add(connection, scope, reason="incident", review_on=DUE + timedelta(days=90), on=DUE, **two)
    before = left(filled)
    filled.night(DUE)
    kept = {("koe/a", "k1050"), ("koe/a", "k1051")}
    of_july = {("koe/a", f"k{number}") for number in range(1, MANY + 1)}
    assert before - left(filled) == (of_month() | of_july) - kept
    assert in_evidence(filled) == (2 * MANY - 2, 2 * MANY - 2)
    assert filled.rows("select key from register.action_kept order by 1") == [("k1050",), ("k1051",)]


@pytest.mark.parametrize("came", CAME)
def test_what_a_killed_run_left_goes_with_the_next(filled: Filled, monkeypatch: pytest.MonkeyPatch, came: str) -> None:
    fill(filled, came)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(events, "_drop_detached", killed)
        with pytest.raises(KeyboardInterrupt):
            filled.night(DUE)
    assert len(filled.rows(f"select from {MONTH}")) == MANY
    monkeypatch.setattr(event_keys, "MOST", 70)
    before = left(filled)
    filled.night(DUE)
    assert before - left(filled) <= of_month() | {("koe/a", f"k{number}") for number in range(1, MANY + 1)}
    assert in_evidence(filled) == (2 * MANY, 2 * MANY)
    assert filled.night(DUE).done == []


@pytest.mark.parametrize("came", CAME)
def test_a_row_that_a_batch_touches_meanwhile_goes_as_well(filled: Filled, came: str) -> None:
    fill(filled, came)
    before = left(filled)
    with psycopg.connect(filled.url) as merging:
        merging.execute("update sync.source_row set changed_batch = 100, scope = 'x' where key = 'k1777'")
        night = threading.Thread(target=remove, args=(filled,))
        night.start()
        wait_until_it_waits(filled)
        merging.commit()
    night.join(60)
    assert not night.is_alive()
    assert before - left(filled) == of_month()
    assert in_evidence(filled) == (MANY, 0)


def wait_until_it_waits(filled: Filled) -> None:
    """Until a session waits for the lock of another."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if filled.rows("select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"):
            return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def test_several_events_of_one_row(filled: Filled) -> None:
    fill(filled, "in order")
    names = ", ".join(column.name for column in RECORD_TABLES["action"].columns if column.name != "id")
    again = names.replace("part", "'second'")
    filled.execute(f"insert into register.action ({names}) select {again} from {MONTH}")
    before = left(filled)
    remove(filled)
    assert before - left(filled) == of_month()
    assert in_evidence(filled) == (MANY, 0)
