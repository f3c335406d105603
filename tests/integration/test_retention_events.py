"""Events by partition: locations fade, actions become nobody's, messages go, what is held moves aside (R5 to R7)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from retained import Filled, hold, noon

from register import actors
from register.retention import event_keys, guard, holds
from register.retention.holds import Scope
from schemas.retention import SHIPPED

DAY = date(2026, 8, 31)


class TestEvents:
    def test_locations_are_coarsened_twice_and_dropped(self, filled: Filled) -> None:
        seen = datetime(2026, 8, 31, 12, 34, 56, tzinfo=UTC)
        filled.put("a", "location", "1", observed_at=seen)
        look = (
            "select latitude::text, longitude::text, accuracy_m, observed_at at time zone 'Europe/Helsinki' "
            "from register.location"
        )
        filled.night(date(2026, 9, 7))
        assert filled.rows(look) == [("62.24147", "25.72088", 12, datetime(2026, 8, 31, 15, 34, 56))]
        filled.night(date(2026, 9, 8))
        assert filled.rows(look) == [("62.24000", "25.72000", 12, datetime(2026, 8, 31, 15))]
        filled.night(date(2026, 9, 30))
        assert filled.rows(look)[0][3] == datetime(2026, 8, 31, 15)
        filled.night(date(2026, 10, 1))
        assert filled.rows(look) == [(None, None, None, datetime(2026, 8, 31))]
        done = filled.night(date(2026, 11, 30))
        assert [(one.action, one.table, one.rows) for one in done.done if one.reason != "hanging"] == [
            ("drop", "register.location", 1)
        ]
        assert filled.rows("select to_regclass('register.location_2026_08_31')") == [(None,)]

    @pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)])
    def test_days_of_23_and_25_hours(self, filled: Filled, day: date) -> None:
        first = datetime(day.year, day.month, day.day, tzinfo=noon(day).tzinfo)
        last = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=noon(day).tzinfo)
        for key, seen in {"1": first, "2": last, "3": first.astimezone(UTC) - timedelta(seconds=1)}.items():
            filled.put("a", "location", key, observed_at=seen)
            filled.put("b", "message", key, sent_at=seen)
        filled.night(day + timedelta(days=30))
        coarse = filled.rows("select key from register.location where latitude is null")
        assert coarse == [("3",)]
        filled.night(day + timedelta(days=31))
        at_midnight = "select count(*) from register.location where observed_at at time zone 'Europe/Helsinki' = %s"
        assert filled.rows(at_midnight, datetime(day.year, day.month, day.day)) == [(2,)]
        filled.night(day + timedelta(days=90))
        assert filled.left("location") == {"1", "2"}
        filled.night(day + timedelta(days=91))
        assert filled.left("location") == set()
        year_later = day.replace(year=day.year + 1)
        filled.night(year_later)
        assert filled.left("message") == {"1", "2"}
        filled.night(year_later + timedelta(days=1))
        assert filled.left("message") == set()

    def test_actions_become_nobodys_and_are_dropped(self, filled: Filled) -> None:
        month = "insert into privacy.action_pseudonym values (%s, '2026-08-01', 'u1', 'p1')"
        filled.execute(month, filled.customer)
        filled.put("a", "action", "1", occurred_at=noon(date(2026, 8, 2)))
        filled.night(date(2027, 8, 31))
        assert filled.rows("select from privacy.action_pseudonym") == [()]
        done = filled.night(date(2027, 9, 1))
        assert [(one.action, one.rows) for one in done.done] == [("pseudonymise", 1)]
        assert filled.rows("select from privacy.action_pseudonym") == []
        filled.night(date(2028, 8, 31))
        assert filled.left("action") == {"1"}

    def test_a_held_event_moves_aside_and_goes_after_its_hold(self, filled: Filled) -> None:
        account = filled.put("users", "account", "1", user_id="u1", last_login_at=noon(date(2026, 9, 1)))
        filled.put("a", "location", "1", observed_at=noon(DAY))
        filled.put("a", "location", "2", observed_at=noon(DAY), user_id="u2")
        number = hold(filled, Scope(record_type="account", record_id=account), DAY)
        done = filled.night(date(2026, 11, 30))
        assert filled.left("location") == {"1"}
        assert filled.rows("select latitude::text, tableoid::regclass::text from register.location") == [
            ("62.24147", "register.location_kept")
        ]
        assert {line.rule: line.refused for line in done.lines} == {"R5": {"hold": 1}}
        # what comes for a day that is kept aside joins it there
        filled.partition("location", DAY)
        with filled.register.transaction() as connection:
            holds.end(connection, number, by="kari", reason="settled", on=date(2026, 12, 4))
        filled.night(date(2026, 12, 4))
        assert filled.left("location") == {"1"}
        filled.night(date(2026, 12, 5))
        assert filled.left("location") == set()
        assert filled.keys() == {"1"}, "that of the account"

    def test_the_keys_of_a_month_are_looked_up_part_by_part(
        self, filled: Filled, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(event_keys, "MOST", 70)
        monkeypatch.setattr(event_keys, "MORE", 0)  # so that they are looked for nowhere else
        filled.put("a", "action", "k", occurred_at=noon(date(2026, 8, 2)))
        account = filled.put("users", "account", "1", user_id="u1", last_login_at=noon(date(2028, 8, 1)))
        filled.execute("insert into privacy.action_pseudonym values (%s, '2026-08-01', 'u1', 'held')", filled.customer)
        filled.execute(
            "insert into register.action (customer_id, source_id, key, user_id, occurred_at, action_code, first_batch, "
            "first_row, changed_batch, changed_row, first_seen, last_changed, origin, processing_role, legal_basis) "
            "select customer_id, source_id, 'k' || n, case n when 150 then 'held' else 'p' end, occurred_at, "
            "action_code, 0, 0, 0, 0, first_seen, last_changed, origin, processing_role, legal_basis "
            "from register.action, generate_series(1, 300) as n"
        )
        filled.execute(
            "insert into sync.source_row (customer_id, source_id, key, imported, first_batch, changed_batch) "
            "select customer_id, source_id, key, true, 0, 0 from register.action where key <> 'k'"
        )
        hold(filled, Scope(record_type="account", record_id=account), date(2027, 1, 1))
        done = filled.night(date(2028, 9, 1))
        rows = [(one.action, one.table, one.rows) for one in done.done if one.rule == "R6"]
        assert [many for *_, table, many in rows if table == "sync.source_row"] == [69, 70, 70, 70, 21]
        assert rows[-1] == ("drop", "register.action", 300)
        assert filled.left("action") == {"k150"} and filled.keys() == {"k150", "1"}

    def test_a_reminder_is_kept_as_long_as_the_claim(self, filled: Filled) -> None:
        filled.put("ledger", "invoice", "L1", due_date=DAY)
        filled.put("ledger", "collection", "L1")
        filled.put("a", "message", "1", sent_at=noon(DAY), related_invoice_no="L1")
        filled.put("a", "message", "2", sent_at=noon(DAY))
        filled.night(date(2028, 1, 1))
        assert filled.left("message") == {"1"}
        filled.execute("update register.collection set closed_on = '2028-01-10'")
        filled.night(date(2028, 7, 10))
        assert filled.left("message") == {"1"}
        filled.night(date(2028, 7, 11))
        assert filled.left("message") == set()

    def test_partitions_are_there_before_the_night(self, filled: Filled) -> None:
        filled.night(date(2026, 12, 30))
        for name in ("location_2027_01_01", "action_2027_01_01", "message_2026_12_01"):
            assert filled.rows("select to_regclass(%s) is not null", f"register.{name}") == [(True,)]

    def test_many_months_at_once_wait_for_a_person(self, filled: Filled) -> None:
        for number in (1, 2, 3):
            filled.put("a", "action", str(number), occurred_at=noon(date(2026, number, 10)))
        done = filled.night(date(2028, 5, 1), SHIPPED)
        ((held),) = done.held
        assert (held.rule, held.rows, filled.left("action")) == ("R6", 3, {"1", "2", "3"})
        with filled.register.transaction() as connection:
            actors.add(connection, actors.Actor("liisa", "engineer", date(2026, 1, 1), None))
            guard.approve(connection, held.number, by="liisa", reason="looked at", on=date(2028, 5, 1))
        filled.night(date(2028, 5, 1), SHIPPED)
        assert filled.left("action") == set()
