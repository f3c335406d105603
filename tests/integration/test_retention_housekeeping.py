"""What the register keeps for itself goes as well: batches, evidence, persons who decided, copies, staging."""

from __future__ import annotations

from datetime import date

from retained import GENEROUS, Filled, with_periods

from register import actors

DAY = date(2026, 8, 31)


class TestHousekeeping:
    def test_evidence_of_runs_goes_but_for_what_is_still_referred_to(self, filled: Filled) -> None:
        old, used, newest = (filled.read("a", day) for day in (date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)))
        filled.put("a", "person", "1")
        filled.execute("update register.person_record set changed_batch = %s", used)
        filled.execute("insert into sync.scanned_batch select id from sync.batch")
        filled.night(date(2032, 1, 2), with_periods(GENEROUS, R99="999 months"))
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
