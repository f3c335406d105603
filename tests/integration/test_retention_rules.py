"""Each rule on its own: the last day on which a row is kept, and the day on which it goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from retained import GENEROUS, Filled, noon

from register import actors
from register.retention import events, guard, holds, years
from register.retention.holds import Scope
from register.retention.years import FinancialYear
from schemas.errors import Refusal
from schemas.retention import SHIPPED

DAY = date(2026, 8, 31)


@pytest.fixture
def filled(database_url: str) -> Iterator[Filled]:
    one = Filled(database_url)
    yield one
    one.close()


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


class TestInvoices:
    def test_they_go_by_the_financial_year_of_the_books(self, filled: Filled) -> None:
        # 18 months, as is allowed where books are begun: arithmetic on the posting date would say 2031
        with filled.register.transaction() as connection:
            years.add(connection, FinancialYear("mdo", date(2024, 7, 1), date(2025, 12, 31)))
        filled.put("a", "invoice", "1", posting_date=date(2024, 8, 15))
        filled.night(date(2031, 12, 31))
        assert filled.left("invoice") == {"1"}
        filled.night(date(2032, 1, 1))
        assert filled.left("invoice") == set()

    def test_one_of_no_known_year_is_kept_and_told_of(self, filled: Filled) -> None:
        filled.put("a", "invoice", "1", posting_date=date(2024, 8, 15))
        done = filled.night(date(2058, 1, 1))
        assert filled.left("invoice") == {"1"}
        assert done.watch.without_year == 1

    def test_one_with_an_open_claim_is_kept(self, filled: Filled) -> None:
        with filled.register.transaction() as connection:
            years.add(connection, FinancialYear("mdo", date(2024, 1, 1), date(2024, 12, 31)))
        filled.put("a", "invoice", "1", posting_date=date(2024, 8, 15))
        filled.put("a", "collection", "1")
        done = filled.night(date(2031, 1, 1))
        assert [line.refused for line in done.lines if line.rule == "R2a"] == [{"open_claim": 1}]
        filled.execute("update register.collection set closed_on = '2030-12-01'")
        filled.night(date(2031, 1, 2))
        assert (filled.left("invoice"), filled.left("collection"), filled.keys()) == (set(), set(), set())

    def test_years_do_not_overlap_and_end(self, filled: Filled) -> None:
        with filled.register.transaction() as connection:
            years.add(connection, FinancialYear("mdo", date(2024, 1, 1), date(2024, 12, 31)))
        for first, last in [(date(2024, 12, 31), date(2025, 6, 30)), (date(2025, 6, 30), date(2025, 1, 1))]:
            with pytest.raises(Refusal), filled.register.transaction() as connection:
                years.add(connection, FinancialYear("mdo", first, last))
        with pytest.raises(Refusal), filled.register.transaction() as connection:
            years.add(connection, FinancialYear("mdo", date(2025, 1, 1), date(2026, 7, 1)))
        filled.night(date(2034, 12, 31))
        assert filled.rows("select from privacy.financial_year") == [()]
        filled.night(date(2035, 1, 1))
        assert filled.rows("select from privacy.financial_year") == []

    def test_claims_that_may_be_time_barred_are_told_of(self, filled: Filled) -> None:
        for key, fields in {"1": {}, "2": {"enforcement_title_on": DAY}, "3": {"closed_on": date(2029, 8, 1)}}.items():
            filled.put("a", "invoice", key, due_date=DAY, posting_date=date(2026, 8, 1))
            filled.put("a", "collection", key, **fields)
        assert filled.night(date(2029, 8, 31)).watch.time_barred == 0
        assert filled.night(date(2029, 9, 1)).watch.time_barred == 1
        assert filled.night(date(2031, 9, 1)).watch.time_barred == 2
        assert filled.left("collection") == {"1", "2"}


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

    def test_the_keys_of_a_month_go_part_by_part(self, filled: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(events, "MOST", 70)
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


class TestHousekeeping:
    def test_evidence_of_runs_goes_but_for_what_is_still_referred_to(self, filled: Filled) -> None:
        old, used, newest = (filled.read("a", day) for day in (date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)))
        filled.put("a", "person", "1")
        filled.execute("update register.person_record set changed_batch = %s", used)
        filled.execute("insert into sync.scanned_batch select id from sync.batch")
        filled.night(date(2032, 1, 2), rule_off("R99"))
        assert {one for (one,) in filled.rows("select id from sync.batch")} == {used, newest}
        assert {one for (one,) in filled.rows("select batch_id from sync.scanned_batch")} == {used, newest}
        assert old not in {used, newest}

    def test_scans_fills_and_what_was_taken_along_go_after_six_years(self, filled: Filled) -> None:
        with filled.register.transaction() as connection:
            actors.add(connection, actors.Actor("kari", "engineer", date(2020, 1, 1), None))
        source = filled.source("a")
        filled.execute("insert into sync.scan (business_date, whole, detectors) values ('2026-01-01', true, 'd')")
        filled.execute("insert into sync.field_fill values ('2026-01-01', %s, 'person', 'last_name', 1, 1)", source)
        filled.execute(
            "insert into privacy.document (kind, about, rows, actor_id, reason, made_at) "
            "select 'customer_report', '7', 1, id, 'asked', '2025-12-31T22:30:00Z' from privacy.actor"
        )
        there = "select (select count(*) from sync.scan), (select count(*) from sync.field_fill), count(*)"
        filled.night(date(2032, 1, 1))
        assert filled.rows(f"{there} from privacy.document") == [(1, 1, 1)]
        filled.night(date(2032, 1, 2))
        assert filled.rows(f"{there} from privacy.document") == [(0, 0, 0)]

    def test_evidence_itself_goes_by_whole_years(self, filled: Filled) -> None:
        filled.put("a", "contract", "1", terminated_on=date(2020, 1, 1))
        filled.night(date(2026, 5, 1))
        assert filled.rows("select count(*) > 0 from privacy.evidence") == [(True,)]
        filled.night(date(2032, 12, 31))
        assert filled.rows("select to_regclass('privacy.evidence_2026') is null") == [(False,)]
        filled.night(date(2033, 1, 1))
        assert filled.rows("select to_regclass('privacy.evidence_2026') is null") == [(True,)]

    def test_a_person_who_decided_is_kept_as_long_as_the_decision(self, filled: Filled) -> None:
        batch = filled.read("a", date(2026, 1, 1))
        with filled.register.transaction() as connection:
            for name in ("kari", "liisa"):
                actors.add(connection, actors.Actor(name, "engineer", date(2020, 1, 1), date(2026, 8, 31)))
        filled.execute("update sync.batch set decided_by = (select id from privacy.actor where name = 'kari')")
        filled.night(date(2029, 8, 31))
        assert len(filled.rows("select from privacy.actor")) == 2
        filled.night(date(2029, 9, 1))
        assert filled.rows("select name from privacy.actor") == [("kari",)]
        assert batch

    def test_landed_copies_quarantine_and_staging(self, filled: Filled) -> None:
        batch = filled.read("a", DAY)
        source = filled.source("a")
        filled.execute(
            "insert into sync.landed values (%s, %s, %s, 0, 1, '', '2027-01-01')", filled.customer, source, batch
        )
        filled.execute(
            "insert into sync.quarantine (customer_id, source_id, batch_id, row_number, key, rule, column_name, field, "
            "effect, expires_on) values (%s, %s, %s, 1, 'k', 'r', '', '', 'row', '2027-01-01')",
            *(filled.customer, source, batch),
        )
        filled.execute(f"create table staging.b{batch}_row (key text)")
        there = (
            "select (select count(*) from sync.landed), (select count(*) from sync.quarantine), "
            f"to_regclass('staging.b{batch}_row') is not null"
        )
        filled.night(date(2026, 9, 7))
        assert filled.rows(there) == [(1, 1, True)]
        filled.night(date(2026, 9, 8))
        assert filled.rows(there) == [(0, 1, True)]
        filled.night(date(2026, 9, 14))
        assert filled.rows(there) == [(0, 1, True)]
        filled.night(date(2026, 9, 15))
        assert filled.rows(there) == [(0, 0, False)]


def hold(filled: Filled, scope: Scope, on: date) -> int:
    """A hold of two persons. Returns its number."""
    with filled.register.transaction() as connection:
        for name in ("kari", "liisa"):
            actors.add(connection, actors.Actor(name, "engineer", date(2026, 1, 1), None))
        two = {"opened_by": "kari", "approved_by": "liisa"}
        return holds.add(connection, scope, reason="incident", review_on=on + timedelta(days=90), on=on, **two)


def rule_off(name: str) -> Any:
    from retained import with_periods

    return with_periods(GENEROUS, **{name: "999 months"})
