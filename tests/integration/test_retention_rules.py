"""Each rule on its own: the last day on which a row is kept, and the day on which it goes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from retained import Filled, hold, noon

from register.retention.holds import Scope
from schemas.retention import SHIPPED

DAY = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("record", "fields", "goes_on"),
    [
        ("contract", {"terminated_on": DAY}, date(2029, 9, 1)),
        ("contract", {"terminated_on": date(2024, 2, 29)}, date(2027, 3, 1)),
        ("collection", {"closed_on": DAY}, date(2027, 3, 1)),
        ("certificate", {"valid_until": DAY}, date(2027, 3, 1)),
        ("account", {"created_at": noon(DAY)}, date(2027, 12, 1)),
        ("account", {"created_at": noon(date(2020, 1, 1)), "last_login_at": noon(DAY)}, date(2027, 12, 1)),
        # half past nine in the evening of UTC is the next day in Helsinki, in summer as in winter
        ("account", {"created_at": datetime(2026, 8, 31, 21, 30, tzinfo=UTC)}, date(2027, 12, 2)),
        ("necessity_event", {"ended_at": noon(DAY)}, date(2026, 11, 30)),
        ("message", {"sent_at": noon(DAY)}, date(2027, 9, 1)),
        ("location", {"observed_at": noon(DAY)}, date(2026, 11, 30)),
        ("action", {"occurred_at": noon(date(2026, 8, 2))}, date(2028, 9, 1)),
    ],
)
def test_the_day_on_which_a_record_goes(filled: Filled, record: str, fields: dict[str, Any], goes_on: date) -> None:
    filled.put("a", record, "1", **fields)
    filled.night(goes_on - timedelta(days=1))
    assert filled.left(record) == {"1"}
    filled.night(goes_on)
    assert filled.left(record) == set()
    assert filled.keys() == set()


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        ("contract", {"terminated_on": None}),
        ("contract", {"terminated_on": date(2059, 1, 1)}),
        ("collection", {"closed_on": None}),
        ("certificate", {"valid_until": date(2059, 1, 1)}),
        ("necessity_event", {"ended_at": None}),
        # a slip of the pen deletes nothing
        ("contract", {"terminated_on": date(1900, 1, 1)}),
    ],
)
def test_what_has_not_ended_stays(filled: Filled, record: str, fields: dict[str, Any]) -> None:
    filled.put("a", record, "1", **fields)
    filled.read("a", date(2049, 12, 31))
    filled.night(date(2050, 1, 1))
    assert filled.left(record) == {"1"}


@pytest.mark.parametrize("record", ["competence", "certificate"])
def test_the_undated_go_by_their_last_confirmation(filled: Filled, record: str) -> None:
    filled.put("a", "person", "1")
    filled.put("a", record, "1")
    filled.put("a", "person", "2", shown=date(2026, 8, 30), absent=DAY)
    filled.put("a", record, "2")
    filled.read("a", DAY)
    filled.night(date(2028, 8, 30))
    assert filled.left(record) == {"1", "2"}
    filled.night(date(2028, 8, 31))
    assert filled.left(record) == {"1"}, "the other was confirmed a day later"
    filled.night(date(2028, 9, 1))
    assert filled.left(record) == set()


def test_what_stays_is_evidence_by_its_reason_and_once(filled: Filled) -> None:
    filled.put("a", "contract", "1", terminated_on=date(1985, 1, 1))
    kept = filled.put("a", "contract", "2", terminated_on=DAY)
    filled.put("a", "contract", "3", terminated_on=DAY)
    filled.put("a", "invoice", "4")
    filled.put("a", "collection", "4")
    for key in ("5", "6"):
        filled.put("b", "certificate", key, valid_until=DAY)
    hold(filled, Scope(record_type="contract", record_id=kept), date(2029, 9, 1))
    strict = SHIPPED.model_copy(update={"guard": SHIPPED.guard.model_copy(update={"floor": 0})})
    for _ in range(2):
        filled.night(date(2029, 9, 1), strict)
    refused = filled.rows("select rule, reason, rows from privacy.evidence where action = 'refuse' order by 1, 2")
    assert refused == [("R3", "hold", 1), ("R3", "implausible", 1), ("R3", "open_claim", 1), ("R8", "guard", 2)]


class TestAccounts:
    def test_what_hangs_on_an_idle_account_goes_with_it(self, filled: Filled) -> None:
        filled.put("users", "account", "1", user_id="u1", created_at=noon(DAY))
        filled.put("users", "person", "1", origin="self_reported")
        filled.put("users", "channel_choice", "1", part="email")
        filled.put("a", "message", "m", sent_at=noon(date(2027, 11, 1)))
        filled.put("b", "action", "a", occurred_at=noon(date(2027, 11, 1)))
        month = "insert into privacy.action_pseudonym values (%s, '2027-11-01', 'u1', 'p1')"
        filled.execute(month, filled.customer)
        assert filled.night(date(2027, 9, 1)).watch.idle_accounts == 1
        assert filled.left("account") == {"1"}
        filled.night(date(2027, 12, 1))
        for record in ("account", "person", "channel_choice", "message", "action"):
            assert filled.left(record) == set(), record
        assert filled.keys() == set()
        assert filled.rows("select from privacy.action_pseudonym") == []

    def test_a_withdrawn_consent_fades_and_the_objection_stays(self, filled: Filled) -> None:
        filled.put("users", "account", "1", user_id="u1", created_at=noon(date(2029, 8, 1)))
        choice = {"consent_at": noon(date(2025, 1, 1)), "objection_at": noon(DAY), "evidence_ref": "E1"}
        filled.put("users", "marketing_choice", "1", **choice)
        filled.night(date(2029, 8, 31))
        look = "select consent_at is null, evidence_ref is null, objection_at is null from register.marketing_choice"
        assert filled.rows(look) == [(False, False, False)]
        filled.night(date(2029, 9, 1))
        assert filled.rows(look) == [(True, True, False)]


class TestWithoutTrigger:
    def test_records_of_a_register_that_is_silent(self, filled: Filled) -> None:
        filled.read("a", DAY)
        for record in ("person", "contract", "invoice"):
            filled.put("a", record, record)
        filled.night(date(2028, 8, 31))
        assert filled.left("person") == {"person"}
        done = filled.night(date(2028, 9, 1))
        assert (filled.left("person"), filled.left("contract")) == (set(), set())
        assert filled.left("invoice") == {"invoice"}
        assert {one.rule for one in done.done} == {"R99"}

    @pytest.mark.parametrize(("kind", "covers"), [("full", True), ("changes", False)])
    def test_an_active_relation_has_no_clock(self, filled: Filled, kind: str, covers: bool) -> None:
        filled.source("a", kind)
        filled.put("a", "person", "1", shown=DAY)
        filled.read("a", date(2050, 1, 1), covers=covers)
        filled.night(date(2050, 1, 2))
        assert filled.left("person") == {"1"}
