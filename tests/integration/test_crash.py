"""Crash safety (invariant 4): killed at any point and run again, the register is that of an undisturbed run.

The moments are drawn over the time that an undisturbed run takes, with a file large enough for a kill to hit the
middle of every step. `make endure` draws many more.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sandbox import Runner, Sandbox, csv_of, day, row

from assets import replay
from register import embedded, server

ROWS = 20_000
SEED = int(os.environ.get("MDO_ENDURE_SEED", "0"))
MANY = int(os.environ.get("MDO_ENDURE_KILLS", "2"))


def night(number: int) -> str:
    """Nine of ten keys of a large register, each tenth of them changed, and some bad rows and values."""
    rows = []
    for key in range(ROWS):
        if (key + number) % 10 == 0:
            continue
        cells = {"Posti": f"a{key if key % 9 else key + number}@example.com", "Taidot": f"C{key % 7},C{key % 5}"}
        if (key + number) % 501 == 0:
            cells["Sukunimi"] = ""
        if (key + number) % 403 == 0:
            cells["Posti"] = "no address"
        rows.append(row(str(key), **cells))
    return csv_of(rows)


class House:
    """A server of our own with a database after the first night, and copies of it to disturb."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "pg"
        self.folder = folder
        self.copies = 0
        embedded.start(self.data)
        first = Sandbox(self._migrated("first_night"), folder).activate()
        first.person_who_decides()
        for number in (0, 1):
            first.put(day(number), night(number))
        assert first.sync(day(0)).status == "applied"
        first.work.register.close()  # a database in use is no template
        self.runner = Runner()
        undisturbed = self.copy()
        self.runner.begin(undisturbed, day(1))
        became, self.seconds = self.runner.end()
        assert became == "applied"
        self.expected = contents(undisturbed)
        self.drop(undisturbed)

    def _migrated(self, name: str) -> str:
        from register.database import upgrade

        self._execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        upgrade(embedded.url(self.data, name))
        return embedded.url(self.data, name)

    def copy(self) -> Sandbox:
        """A database as it is after the first night."""
        self.copies += 1
        name = f"copy_{self.copies}"
        self._execute(sql.SQL("create database {} template first_night").format(sql.Identifier(name)))
        # Without it a crash takes the copy's sequences back: their next values were logged for the template only.
        self._execute(sql.SQL("checkpoint"))
        return Sandbox(embedded.url(self.data, name), self.folder)

    def drop(self, sandbox: Sandbox) -> None:
        name = sandbox.url.split("?")[0].rsplit("/", 1)[1]
        self._execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def kill_server(self) -> None:
        """SIGKILL to our own PostgreSQL, and a start as the next sync would make it."""
        postmaster = server.pid(self.data)
        assert postmaster is not None
        os.kill(postmaster, signal.SIGKILL)

    def _execute(self, statement: sql.Composable) -> None:
        with psycopg.connect(embedded.url(self.data, "postgres"), autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    folder = Path(tempfile.mkdtemp(prefix="mdo-test-"))
    house = None
    try:
        house = House(folder)
        yield house
    finally:
        if house is not None:
            house.runner.close()
        embedded.stop(folder / "pg")
        shutil.rmtree(folder, ignore_errors=True)


def contents(sandbox: Sandbox) -> dict[str, Any]:
    """What must not depend on a crash: everything but ids, clocks, and the batches that failed."""
    applied = "select business_date, complete, read, inserted, updated, unchanged, quarantined, absent, rejected_values"
    changes = """
      select change.record_type, change.field, change.rule, batch.business_date, change.row_number, count(*)
      from sync.field_change as change join sync.batch as batch on batch.id = change.batch_id
      group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    """
    quarantine = """
      select batch.business_date, row_number, key, rule, field, effect
      from sync.quarantine join sync.batch as batch on batch.id = batch_id
      where batch.status = 'applied' order by 1, 2, 4, 5
    """
    return {
        "held": sandbox.held(),
        "batches": sandbox.query(f"{applied} from sync.batch where status = 'applied' order by 1"),
        "coverage": sandbox.query("select scope, sync.place_date(place) from sync.coverage order by 1, 2"),
        "changes": sandbox.query(changes),
        "quarantine": sandbox.query(quarantine),
        "landed": sandbox.query("select part, rows from sync.landed order by batch_id, part"),
        "staging": sandbox.staging_tables(),
    }


def disturb_and_check(house: House, share: float, disturb: Callable[[Sandbox, float], str]) -> str:
    """Disturbs a sync after that share of its time, runs it again, and compares. Returns what the first became."""
    sandbox = house.copy()
    became = disturb(sandbox, share * house.seconds)
    embedded.start(house.data)
    # killed after its end, the run finds its work done
    assert sandbox.sync(day(1)).status in ("applied", "unchanged")
    found = contents(sandbox)
    assert {name: found[name] == house.expected[name] for name in found} == dict.fromkeys(found, True)
    statuses = {each["status"] for each in sandbox.query("select status from sync.batch")}
    assert statuses <= {"applied", "failed"}
    house.drop(sandbox)
    return became


def killing_the_process(house: House) -> Callable[[Sandbox, float], str]:
    def disturb(sandbox: Sandbox, seconds: float) -> str:
        house.runner.begin(sandbox, day(1), kill_after=seconds)
        return house.runner.end()[0]

    return disturb


def killing_the_server(house: House) -> Callable[[Sandbox, float], str]:
    def disturb(sandbox: Sandbox, seconds: float) -> str:
        house.runner.begin(sandbox, day(1))
        # the runner goes on by itself; the same clock as its own, less the moment it takes to fork
        time.sleep(seconds)
        house.kill_server()
        return house.runner.end()[0]

    return disturb


@pytest.mark.parametrize("share", [0.2, 0.55, 0.9])
def test_a_killed_process_leaves_no_trace_in_the_register(house: House, share: float) -> None:
    disturb_and_check(house, share, killing_the_process(house))


@pytest.mark.parametrize("share", [0.5, 0.85])
def test_a_killed_database_leaves_no_trace_in_the_register(house: House, share: float) -> None:
    assert disturb_and_check(house, share, killing_the_server(house)) in ("TryLater", "applied")


@pytest.mark.endure
@pytest.mark.timeout(0)
def test_kills_at_many_moments(house: House) -> None:
    draw = random.Random(SEED)
    for number in range(MANY):
        kill = killing_the_server if number % 4 == 3 else killing_the_process
        share = draw.uniform(0.02, 1.05)
        became = disturb_and_check(house, share, kill(house))
        print(f"kill {number} of {MANY}, seed {SEED}: {kill.__name__} at {share:.3f} of the run: {became}")


def test_a_held_plan_survives_both(house: House) -> None:
    guards = "{removed_share: 0, removed_floor: 1}"
    sandbox = house.copy()
    held = replace(sandbox, settings={"guards": guards})
    result = held.sync(day(1))
    assert result.status == "held"
    tables = sandbox.staging_tables()
    # the process that would release it is killed, and so is the database
    house.runner.begin(held, day(1), kill_after=0.1 * house.seconds)
    house.runner.end()
    house.kill_server()
    embedded.start(house.data)
    assert set(tables) <= set(sandbox.staging_tables())
    decision = replay.Decision("kari", "looked at")
    released = replay.release(held.work, held.source, result.batch.id, decision)
    assert released.status == "applied"
    found = contents(sandbox)
    assert {name: found[name] == house.expected[name] for name in found} == dict.fromkeys(found, True)
    house.drop(sandbox)
