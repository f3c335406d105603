"""What falls due in the days to come: on each of them, the very rows that a plan of that date would count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from retained import GENEROUS, Filled, noon
from sandbox import Sandbox, row

from register import actors
from register.database import Register
from register.retention import holds, run, years
from register.retention.ahead import ahead
from register.retention.holds import Scope
from register.retention.report import Falling
from register.retention.years import FinancialYear
from schemas.retention import Policy

ON = date(2026, 12, 20)
DAYS = 30


def assert_as_planned(register: Register, policy: Policy, found: Sequence[Falling], on: date = ON) -> None:
    for days in (0, 1, 8, 9, 15, 29, DAYS):
        until = on + timedelta(days=days)
        planned: Counter[tuple[str, str, str, str]] = Counter()
        for line in run.plan(register, policy, until).lines:
            planned[line.rule, line.table, line.do, "rows"] += line.rows
            planned[line.rule, line.table, line.do, "kept"] += sum(line.refused.values())
        seen: Counter[tuple[str, str, str, str]] = Counter()
        for one in found:
            if one.due_on <= until:
                seen[one.rule, one.table, one.do, "rows"] += one.rows
                seen[one.rule, one.table, one.do, "kept"] += one.kept
        assert +seen == +planned, until


def filled_with_everything(filled: Filled) -> None:
    """Something of every kind that falls due around the days looked at, and something of each that does not."""
    with filled.register.transaction() as connection:
        years.add(connection, FinancialYear("mdo", date(2019, 3, 1), date(2020, 2, 29)))
        actors.add(connection, actors.Actor("kari", "engineer", date(2026, 1, 1), None))
        actors.add(connection, actors.Actor("liisa", "engineer", date(2026, 1, 1), None))
    for number, days in enumerate((-3, 0, 1, 9, 30, 31)):
        due, key = ON + timedelta(days=days), str(number)
        filled.put("a", "contract", key, terminated_on=_before(due, 36))
        filled.put("b", "account", key, user_id=key, username=key, created_at=noon(_before(due, 15)))
        filled.put("c", "certificate", key, valid_until=_before(due, 6))
        filled.put("d", "necessity_event", key, ended_at=noon(due - timedelta(days=91)))
        filled.put("e", "location", key, observed_at=noon(due - timedelta(days=91)))
        filled.put("f", "message", key, sent_at=noon(_before(due, 12)))
        filled.put("g", "action", key, occurred_at=noon(_before(due, 24)))
        filled.put("h", "competence", key, first_seen=_before(due, 30), shown=_before(due, 24), absent=_before(due, 23))
        filled.put("i", "person", key, first_seen=_before(due, 30), shown=_before(due, 24), absent=_before(due, 23))
        filled.put("j", "invoice", key, posting_date=date(2020, 1, 1) if days else date(2026, 1, 1))
        filled.put("k", "person", key, retention_trigger=_before(due, 6))
    filled.put("k", "person", "implausible")
    filled.put("a", "contract", "implausible", terminated_on=date(1900, 1, 1))


def _before(due: date, months: int) -> date:
    """A trigger by which so many months are over on that day."""
    return due - timedelta(days=1) - relativedelta(months=months)


@pytest.mark.parametrize("held", [False, True])
def test_each_day_is_as_its_plan(filled: Filled, held: bool) -> None:
    filled_with_everything(filled)
    if held:
        with filled.register.transaction() as connection:
            holds.add(
                connection,
                Scope(source="koe/a"),
                opened_by="kari",
                approved_by="liisa",
                reason="claim",
                review_on=ON + timedelta(days=90),
                on=ON,
            )
    everything = _everything(filled)
    found = ahead(filled.register, GENEROUS, ON, DAYS)
    assert _everything(filled) == everything, "nothing is written"
    assert {one.rule for one in found} >= {"R1", "R2a", "R3", "R4b", "R5", "R6", "R7", "R8", "R99"}
    assert sum(one.kept for one in found if one.table == "register.contract") == (6 if held else 1)
    persons = [one for one in found if one.table == "register.person_record" and one.rule == "R1"]
    assert [(one.due_on - ON).days for one in persons] == [-3, 0, 1, 9, 30]
    # a plan looks at the clocks anew, and finds no reason for these
    filled.execute("update register.person_record set retention_trigger = null")
    assert_as_planned(filled.register, GENEROUS, ahead(filled.register, GENEROUS, ON, DAYS))


def _everything(filled: Filled) -> dict[str, Any]:
    """Every row of every table, with the transaction that wrote it."""
    tables = filled.rows(
        "select schemaname || '.' || relname from pg_stat_user_tables "
        "where schemaname in ('sync', 'register', 'privacy') order by 1"
    )
    return {table: filled.rows(f"select xmin::text, xmax::text, * from {table}") for (table,) in tables}


def test_what_is_held_back_goes_in_its_days(sandbox: Sandbox) -> None:
    today = date(2026, 11, 22)  # of the sandbox's clock
    sandbox.put_rows(today, [row("1"), row("")])
    sandbox.sync(today)
    found = ahead(sandbox.work.register, GENEROUS, today, DAYS)
    assert {(one.rule, one.of, (one.due_on - today).days) for one in found} == {
        ("R9", "landed", 8),
        ("R9", "quarantine", 15),
    }
    assert_as_planned(sandbox.work.register, GENEROUS, found, today)


def test_an_empty_register_has_nothing_to_come(filled: Filled) -> None:
    assert ahead(filled.register, GENEROUS, ON, DAYS) == []
