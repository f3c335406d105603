"""Retention of what is written down of decisions (R10, R11), and restricted rows, which it leaves (L-16)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from retained import Filled, noon

from register import actors

DAY = date(2026, 8, 31)


@pytest.fixture
def filled(database_url: str) -> Iterator[Filled]:
    one = Filled(database_url)
    yield one
    one.close()


@pytest.fixture
def decided(filled: Filled) -> Filled:
    """A register in which somebody may decide."""
    with filled.register.transaction() as connection:
        actors.add(connection, actors.Actor("kari", "engineer", date(2020, 1, 1), None))
        actors.add(connection, actors.Actor("liisa", "officer", date(2020, 1, 1), None))
    return filled


def restricted(filled: Filled, key: str, ended: str | None = None) -> None:
    filled.execute(
        "insert into privacy.restriction (customer_id, source_id, key, case_id, ended_at) values (%s, %s, %s, 'C', %s)",
        *(filled.customer, filled.source("a"), key, ended),
    )


def test_what_is_restricted_stays_until_it_is_so_no_more(filled: Filled) -> None:
    for key in ("1", "2"):
        filled.put("a", "account", key, user_id=f"u{key}", last_login_at=noon(date(2028, 1, 1)))
        filled.put("a", "certificate", key, valid_until=date(2026, 1, 1))
        filled.put("m", "message", key, user_id=f"u{key}", sent_at=noon(DAY))
        filled.put("m", "location", f"l{key}", user_id=f"u{key}", observed_at=noon(DAY))
        filled.execute(
            "insert into privacy.action_pseudonym values (%s, '2026-08-01', %s, %s)",
            filled.customer,
            f"u{key}",
            f"p{key}",
        )
        filled.put("m", "action", f"a{key}", user_id=f"p{key}", occurred_at=noon(DAY))
    restricted(filled, "1")
    look = ("certificate", "message", "location", "action")
    filled.night(date(2028, 9, 1))
    assert [filled.left(record) for record in look] == [{"1"}, {"1"}, {"l1"}, {"a1"}]
    filled.execute("update privacy.restriction set ended_at = '2028-09-01 12:00+03'")
    filled.night(date(2028, 9, 2))
    assert [filled.left(record) for record in look] == [set()] * 4


def test_cases_restrictions_and_lifts_go_after_three_years(decided: Filled) -> None:
    """By local days: what was done at half past midnight in Helsinki was done yesterday by the clock of Greenwich."""
    moment = "2025-12-31T22:30:00Z"
    decided.execute("insert into privacy.subject_case (case_id, action, controller_id, remark, done_at) "
                    "values ('C', 'erase', 0, '', %s)", moment)  # fmt: skip
    restricted(decided, "ended", moment)
    restricted(decided, "standing")
    for case in ("gone", "alive"):
        decided.execute(
            "insert into privacy.suppression_lift (controller_id, case_id, scope, reason, lifted_at) "
            "values (0, %s, 'register', '', %s)",
            *(case, moment),
        )
    decided.execute(
        "insert into privacy.suppression (token, kind, key_version, controller_id, scope, created_on, case_id) "
        "values ('t', 'email', 1, 0, 'register', '2026-01-01', 'alive')"
    )
    there = (
        "select (select count(*) from privacy.subject_case), "
        "(select array_agg(key order by key) from privacy.restriction), "
        "(select array_agg(case_id order by case_id) from privacy.suppression_lift)"
    )
    decided.night(date(2029, 1, 1))
    assert decided.rows(there) == [(1, ["ended", "standing"], ["alive", "gone"])]
    decided.night(date(2029, 1, 2))
    assert decided.rows(there) == [(0, ["standing"], ["alive"])]


def papers(filled: Filled) -> list[Any]:
    tables = ("privacy.hold", "privacy.held_deletion", "sync.source_decision", "sync.source_version")
    found = [filled.rows(f"select count(*) from {table}")[0][0] for table in tables]
    return [*found, filled.rows("select count(*) from privacy.policy_version where version = 'old'")[0][0]]


def test_holds_decisions_descriptions_and_policies_go_after_six_years(decided: Filled) -> None:
    source = decided.source("a")
    for ended in (date(2026, 1, 1), None):
        decided.execute(
            "insert into privacy.hold (source_id, reason, opened_by, approved_by, opened_on, review_on, ended_on) "
            "select %s, 'claim', min(id), max(id), '2025-12-01', '2026-02-01', %s from privacy.actor",
            *(source, ended),
        )
        decided.execute(
            "insert into privacy.held_deletion (business_date, rule, table_name, rows, of_rows, done_on) "
            "values ('2025-12-01', 'R1', 'register.x', 1, 1, %s)",
            ended,
        )
    decided.execute(
        "insert into sync.source_decision (source_id, state, actor_id, decided_at, reason) "
        "select %s, 'active', min(id), '2026-01-01 12:00+02', 'r' from privacy.actor",
        source,
    )
    decided.execute("update sync.source_version set first_used_at = '2026-01-01 12:00+02'")
    decided.execute("insert into sync.source_version (source_id, digest, description) values (%s, 'new', '{}')", source)
    decided.execute("insert into privacy.policy_version values ('old', '{}', '2026-01-01', null, null)")
    decided.night(date(2032, 1, 1))
    assert papers(decided) == [2, 2, 1, 2, 1]
    decided.night(date(2032, 1, 2))
    assert papers(decided) == [1, 1, 0, 1, 0]
