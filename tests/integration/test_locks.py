"""Two syncs at once: of one source one waits or says so, of different sources both go on; nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace

import pytest
from sandbox import Runner, Sandbox, csv_of, day, row

from register import sources as known_sources
from register.database import Register
from schemas.errors import TryLater

ROWS = 2_000


def file_of(number: int) -> str:
    return csv_of([row(str(key), Posti=f"a{number}@example.com") for key in range(number, ROWS + number)])


@pytest.fixture
def runners() -> Iterator[tuple[Runner, Runner]]:
    with ExitStack() as stack:
        both = Runner(), Runner()
        for each in both:
            stack.callback(each.close)
        yield both


def source_id(sandbox: Sandbox) -> int:
    source = sandbox.source
    with sandbox.work.register.transaction() as connection:
        return known_sources.enter(
            connection, customer=source.customer, name=source.name, description=source.document
        ).id


def test_two_syncs_of_one_source_take_turns(sandbox: Sandbox, runners: tuple[Runner, Runner]) -> None:
    for number in (0, 1):
        sandbox.put(day(number), file_of(number))
    for number, each in enumerate(runners):
        each.begin(sandbox, day(number))
    assert [each.end()[0] for each in runners] == ["applied", "applied"]
    held = sandbox.held()
    assert len(held) == ROWS + 1
    assert held["0"]["absent_since"] == day(1)
    assert {each["work_email"] for key, each in held.items() if key != "0"} == {"a1@example.com"}
    first, second = sandbox.query(
        "select started_at, finished_at, inserted + updated + unchanged as taken from sync.batch order by started_at"
    )
    assert first["finished_at"] <= second["started_at"], "they ran at once"
    assert first["taken"] == second["taken"] == ROWS


def test_a_sync_that_may_not_wait_says_so(sandbox: Sandbox, runners: tuple[Runner, Runner]) -> None:
    sandbox.put(day(0), file_of(0))
    impatient = replace(sandbox, wait_seconds=0)
    with sandbox.work.register.source_lock(source_id(sandbox), wait_seconds=0):
        runners[0].begin(impatient, day(0))
        assert runners[0].end()[0] == "TryLater"
        with pytest.raises(TryLater, match="still running") as refused:
            impatient.sync(day(0))
        assert refused.value.worth_retrying
        assert sandbox.query("select * from sync.batch") == [], "it left a batch behind"
    assert impatient.sync(day(0)).status == "applied"


def test_a_waiting_sync_says_so_and_goes_on_afterwards(sandbox: Sandbox, runners: tuple[Runner, Runner]) -> None:
    sandbox.put(day(0), file_of(0))
    with sandbox.work.register.source_lock(source_id(sandbox), wait_seconds=0):
        runners[0].begin(sandbox, day(0))
        # it has entered its source and waits: nobody else asks for the lock
        tried = "select count(*) as tried from pg_stat_activity where query like '%pg_try_advisory_lock%'"
        while sandbox.query(f"{tried} and pid <> pg_backend_pid()")[0]["tried"] < 2:
            time.sleep(0.05)
        assert sandbox.query("select * from sync.batch") == []
    assert runners[0].end()[0] == "applied"


def test_the_lock_goes_with_a_killed_process(sandbox: Sandbox, runners: tuple[Runner, Runner]) -> None:
    sandbox.put(day(0), file_of(0))
    runners[0].begin(sandbox, day(0), kill_after=0.4)
    runners[0].end()
    assert replace(sandbox, wait_seconds=20).sync(day(0)).status in ("applied", "unchanged")


def test_different_sources_run_at_once(sandbox: Sandbox, runners: tuple[Runner, Runner]) -> None:
    other = sandbox.another("toinen").activate()
    for each in (sandbox, other):
        each.put(day(0), file_of(0))
    with sandbox.work.register.source_lock(source_id(sandbox), wait_seconds=0):
        runners[0].begin(sandbox, day(0))
        runners[1].begin(replace(other, wait_seconds=0), day(0))
        assert runners[1].end()[0] == "applied", "it waited for another source"
    assert runners[0].end()[0] == "applied"
    assert len(sandbox.held()) == len(other.held()) == ROWS


@pytest.mark.parametrize("how", ["well", "badly"])
def test_the_lock_is_given_back_though_the_connection_is_kept(sandbox: Sandbox, how: str) -> None:
    known = source_id(sandbox)
    with suppress(KeyboardInterrupt), sandbox.work.register.source_lock(known, wait_seconds=0):
        if how == "badly":
            raise KeyboardInterrupt
    other = Register(sandbox.url)
    with other.source_lock(known, wait_seconds=1):
        assert sandbox.query("select count(*) as held from pg_locks where locktype = 'advisory'") == [{"held": 1}]
    other.close()


def test_a_kept_connection_that_died_is_noticed(sandbox: Sandbox) -> None:
    known = source_id(sandbox)
    ended = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
    assert sandbox.query(f"{ended} and pid <> pg_backend_pid()"), "no connection was kept"
    assert source_id(sandbox) == known
