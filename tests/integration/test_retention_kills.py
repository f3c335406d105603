"""A night of retention killed at any moment and run again ends as one that nothing disturbed."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from retained import GENEROUS, LATE, Filled, night_in_small_steps, noon

from register.database import Register
from register.retention import event_keys, records, run

NIGHT = date(2030, 1, 1)
SEED = int(os.environ.get("MDO_ENDURE_SEED", "0"))
MANY = int(os.environ.get("MDO_ENDURE_KILLS", "4"))


def fill(filled: Filled) -> None:
    """Something of everything, due and not."""
    for number in range(40):
        late = number % 3 == 0
        end = date(2029, 12, 1) if late else date(2026, 1, 1)
        filled.put("c", "contract", f"c{number}", terminated_on=end)
        filled.put("e", "person", f"p{number}")
        filled.put("e", "employment", f"p{number}", valid_to=end)
        filled.put("e", "competence", f"p{number}")
        seen = date(2029, 12, 20) if late else date(2027, 1 + number % 5, 1 + number % 20)
        filled.put("m", "message", f"m{number}", sent_at=noon(seen))
        filled.put("x", "action", f"x{number}", occurred_at=noon(seen))
        filled.put("y", "location", f"y{number}", observed_at=noon(seen))
    for month in range(1, 6):
        filled.execute(
            "insert into privacy.action_pseudonym values (%s, %s, 'u1', %s)",
            *(filled.customer, date(2027, month, 1), f"q{month}"),
        )


def contents(url: str) -> dict[str, Any]:
    """What must not depend on a kill: rows, and how many went of which table by which rule."""
    filled = Filled.__new__(Filled)
    Filled.look_at(filled, url)
    tables = ("person_record", "employment", "competence", "contract", "message", "action", "location")
    found: dict[str, Any] = {name: filled.rows(f"select key from register.{name} order by 1") for name in tables}
    found["keys"] = sorted(filled.keys())
    found["pseudonyms"] = filled.rows("select month from privacy.action_pseudonym order by 1")
    found["partitions"] = filled.rows("select tablename from pg_tables where schemaname = 'register' order by 1")
    found["evidence"] = filled.rows(
        "select rule, action, table_name, reason, sum(rows) from privacy.evidence "
        "group by 1, 2, 3, 4 order by 1, 2, 3, 4"
    )
    filled.close()
    return found


#: Forks where nothing but imports has happened: a fork of the tests' own process, with its threads, may fall over.
ELSEWHERE = multiprocessing.get_context("forkserver")
ELSEWHERE.set_forkserver_preload(["register.retention.run"])


def night_elsewhere(url: str) -> Any:
    """Starts a night in a process of its own."""
    process = ELSEWHERE.Process(target=night_in_small_steps, args=(url, NIGHT))
    process.start()
    return process


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST", 7)
    monkeypatch.setattr(event_keys, "MOST", 3)


@pytest.mark.usefixtures("small_steps")
def test_killed_at_any_moment(server) -> None:
    template = server.fresh_database()
    filled = Filled(server.url(template))
    fill(filled)
    filled.close()

    def copy() -> str:
        name = f"{template}_{next(numbers)}"
        server.execute(f"create database {name} template {template}")
        return server.url(name)

    numbers = iter(range(10_000))
    for _ in range(2):  # the first one waits for the imports
        undisturbed = copy()
        began = time.monotonic()
        night_elsewhere(undisturbed).join()
        seconds = time.monotonic() - began
    expected = contents(undisturbed)
    assert len(expected["contract"]) == 14 and len(expected["person_record"]) == 14, "something went"
    draw = random.Random(SEED)
    for number in range(MANY):
        url = copy()
        for _ in range(2):
            child = night_elsewhere(url)
            share = draw.uniform(0.02, 1)
            time.sleep(share * seconds)
            child.kill()
            child.join()
        register = Register(url)
        wait_for_its_locks(register)
        run.apply(register, GENEROUS, NIGHT, today=LATE)
        assert run.apply(register, GENEROUS, NIGHT, today=LATE).done == []
        register.close()
        assert contents(url) == expected, f"kill {number} of seed {SEED}, at {share:.3f}"


def wait_for_its_locks(register: Register) -> None:
    """PostgreSQL notices that a client has died when it next speaks to it."""
    until = time.monotonic() + 60
    others = sa.text(
        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    )
    while time.monotonic() < until:
        with register.transaction() as connection:
            if not connection.scalar(others):
                return
        time.sleep(0.1)
