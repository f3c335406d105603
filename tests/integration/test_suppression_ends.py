"""How long a list of erased persons is kept (R12), and that somebody looks at it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from retained import Filled

from register import actors
from register.erasure import lifting
from register.suppression import shown
from schemas.errors import NotFound
from schemas.retention import SHIPPED

ERASED = date(2026, 3, 1)
LAST = date(2027, 3, 31)
GONE = date(2028, 4, 1)
OWN = 0


def source(filled: Filled, name: str, role: str = "controller", last: date | None = None) -> int:
    number = filled.source(name)
    described = {"role": role, "valid": {"from": "2026-01-01", "to": last and last.isoformat()}}
    filled.execute(
        "insert into sync.source_version (source_id, digest, description) values (%s, %s, %s)",
        *(number, str(last), json.dumps(described)),
    )
    return number


def another_customer(filled: Filled, name: str) -> int:
    filled.execute("insert into sync.customer (name) values (%s)", name)
    ((filled.customer,),) = filled.rows("select id from sync.customer where name = %s", name)
    return filled.customer


def leaves(filled: Filled, customer: int, on: date) -> None:
    with filled.register.transaction() as connection:
        if not actors.everyone(connection):
            actors.add(connection, actors.Actor("kari", "engineer", date(2026, 1, 1), None))
    filled.execute(
        "insert into privacy.customer_end (customer_id, ends_on, choice, actor_id, reason, recorded_on, certificate) "
        "values (%s, %s, 'delete', (select id from privacy.actor), 'letter', %s, '{}')",
        *(customer, on, on),
    )


def suppress(filled: Filled, controller: int, case: str = "C-1", source_id: int | None = None) -> None:
    scope = "register" if source_id is None else "source"
    filled.execute(
        "insert into privacy.suppression (token, kind, key_version, controller_id, scope, source_id, created_on, "
        "case_id) values (%s, 'email', 1, %s, %s, %s, %s, %s)",
        *(case.encode(), controller, scope, source_id, ERASED, case),
    )


def left(filled: Filled) -> list[str]:
    return [case for (case,) in filled.rows("select case_id from privacy.suppression order by 1")]


def test_our_own_list_goes_a_year_after_the_last_of_all_registers(filled: Filled) -> None:
    first = filled.customer
    source(filled, "hr")
    second = another_customer(filled, "toinen")
    source(filled, "crm")
    suppress(filled, OWN)
    leaves(filled, first, date(2026, 6, 30))
    filled.night(date(2030, 1, 1))
    assert left(filled) == ["C-1"], "the other customer's register is delivered still"
    leaves(filled, second, LAST)
    filled.night(date(2028, 3, 31))
    assert left(filled) == ["C-1"]
    filled.night(GONE)
    assert left(filled) == []


def test_a_register_ends_with_the_last_day_of_its_description_too(filled: Filled) -> None:
    source(filled, "hr", last=LAST)
    suppress(filled, OWN)
    filled.night(date(2028, 3, 31))
    source(filled, "hr", last=date(2028, 12, 31))  # it is prolonged
    filled.night(GONE)
    assert left(filled) == ["C-1"]
    assert filled.rows("select expires_on from privacy.suppression") == [(date(2030, 1, 1),)]
    source(filled, "hr")
    filled.night(date(2029, 12, 31))
    assert filled.rows("select expires_on from privacy.suppression") == [(None,)]
    filled.night(date(2040, 1, 1))
    assert left(filled) == ["C-1"]


def test_a_customers_list_goes_with_what_is_processed_for_it(filled: Filled) -> None:
    source(filled, "hr")
    badges = source(filled, "badges", "processor", LAST)
    suppress(filled, filled.customer, "C-1")
    suppress(filled, OWN, "C-2")
    suppress(filled, OWN, "C-3", badges)
    filled.night(date(2028, 3, 31))
    assert left(filled) == ["C-1", "C-2", "C-3"]
    filled.night(GONE)
    assert left(filled) == ["C-2"], "of what we are the controller of, a register is delivered still"


def test_a_case_is_looked_at_every_two_years(filled: Filled) -> None:
    suppress(filled, OWN)
    assert filled.night(date(2028, 3, 1)).watch.unreviewed_suppressions == 0
    assert filled.night(date(2028, 3, 2)).watch.unreviewed_suppressions == 1
    with filled.register.transaction() as connection:
        actors.add(connection, actors.Actor("kari", "engineer", date(2026, 1, 1), None))
    with pytest.raises(NotFound):
        lifting.keep(filled.register, "C-9", by="kari", reason="still sent", customer=None, on=date(2028, 3, 2))
    lifting.keep(filled.register, "C-1", by="kari", reason="still sent", customer=None, on=date(2028, 3, 2))
    filled.execute("update privacy.subject_case set done_at = '2028-03-02 12:00+02'")
    assert filled.night(date(2030, 3, 2)).watch.unreviewed_suppressions == 0
    with filled.register.transaction() as connection:
        (one,) = shown.cases(connection, SHIPPED.step("suppression", "report").after)
    assert one.review_on == date(2030, 3, 2)
    assert filled.night(date(2030, 3, 3)).watch.unreviewed_suppressions == 1
