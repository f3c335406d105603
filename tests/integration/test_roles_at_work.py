"""Each role does its own work to the end (RS-20); what it is refused is in `test_roles`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from erasures import CSV, PROCESSED, day, erased, first_night, head, house, match, night, people, put_csv, traces
from ruled import OWNER, as_login, login, owner, ruled

from assets.minimisation import minimise
from register import actors, batches, bulk, customers, decisions, evidence, holdings
from register.database import Register
from register.matching import decisions as matching
from register.retention import guard, holds
from register.retention import run as retention
from register.retention.holds import Scope
from register.roles import Role
from register.suppression import rotation
from schemas.retention import SHIPPED

__all__ = ["first_night", "house", "login", "owner", "ruled"]


class TestEachDoesItsWork:
    def test_nights_of_every_kind(self, ruled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bulk, "MANY", 1)
        monkeypatch.setattr(bulk, "DESCRIBED", 1)
        for number in (1, 2):  # skills change, so records are given up; a month's partition is made
            night(ruled, number)
        assert ruled.rows("select skill_code from register.competence where key = '0091670031'") == [("C2",)]
        night(ruled, 40)
        assert ruled.rows("select count(*) from register.message") == [(8,)]
        owners = "select distinct relowner::regrole::text from pg_class where relnamespace = 'register'::regnamespace"
        assert ruled.rows(owners) == [(OWNER,)]
        assert minimise(ruled.workplace(day(40)), ruled.sources, day(40), everything=True).scan.records["person"] == 6

    def test_a_first_load_builds_indexes_afterwards(
        self, server: Any, bench_at: Any, login: str, database_url: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bulk, "MANY", 3)
        bench = bench_at(database_url, tmp_path / "inbox")
        source = bench.source(head("hr") + CSV)
        bench.activate(source, day(0))
        bench.register = Register(as_login(database_url), role=Role.INGEST)
        indexes = "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index order by 1"
        number = "select oid from pg_class where relname = 'uq_person_record_source_id_key_part'"
        before, was = bench.rows(indexes), bench.rows(number)
        put_csv(bench.inbox, day(0), people(0))
        assert bench.sync(source, day(0)).counts["inserted"] == 3
        assert bench.rows(number) != was and bench.rows(indexes) == before
        bench.register.close()

    def test_retention_drops_a_partition_and_leaves_evidence(self, ruled: Any) -> None:
        ruled.register = ruled.register.acting_as(Role.RETENTION)
        parts = "select relname from pg_class where relname like 'message_20%%' and relkind = 'r'"
        assert ("message_2026_03_01",) in ruled.rows(parts)
        later = date(2029, 1, 1)
        while (done := retention.apply(ruled.register, SHIPPED, later, today=later)).held:
            with ruled.register.acting_as(Role.STEWARD).transaction() as connection:
                for one in done.held:
                    guard.approve(connection, one.number, by="kari", reason="looked at", on=later)
        assert ("message_2026_03_01",) not in ruled.rows(parts)
        assert ruled.rows("select count(*) from register.message") == [(0,)]
        with ruled.register.acting_as(Role.AUDITOR).transaction() as connection:
            noted = evidence.listed(connection, later, later)
        assert any(one.table == "register.message" for one in noted)

    def test_an_erasure_and_the_night_after(self, ruled: Any) -> None:
        ingest = ruled.register
        ruled.register = ingest.acting_as(Role.RETENTION)
        report = erased(ruled, 0)
        assert report.counts["register.person_record"] == 2 and report.tokens
        assert traces(ruled) == []
        with ruled.register.transaction() as connection:
            rotation.rotate(connection, ruled.vault, 0, day(1))
        ruled.register = ingest  # a hit is written down under the new key, too
        counts = night(ruled, 1)
        assert counts["hr"]["suppressed"] == 1 and traces(ruled) == []

    def test_a_customer_leaves(self, ruled: Any) -> None:
        badges = ruled.source(head("badges", role="processor") + PROCESSED + CSV.replace("hr_", "badges_"))
        put_csv(ruled.inbox, day(0), people(0))
        (ruled.inbox / f"hr_{day(0)}.csv").rename(ruled.inbox / f"badges_{day(0)}.csv")
        ruled.register = ruled.register.acting_as(Role.STEWARD)
        ruled.activate(badges, day(0))
        ruled.register = ruled.register.acting_as(Role.INGEST)
        assert ruled.sync(badges, day(0)).status == "applied"
        match(ruled)
        register = ruled.register.acting_as(Role.RETENTION)
        last = day(10)
        with register.transaction() as connection:
            customers.end(connection, "varpunen", ends_on=last, choice="delete", by="kari", reason="letter", on=day(1))
        due = last + timedelta(days=31)
        retention.apply(register, SHIPPED, due, today=due)
        processed = "select count(*) from register.person_record where processing_role = 'processor'"
        assert ruled.rows(processed) == [(0,)]
        with register.acting_as(Role.AUDITOR).transaction() as connection:
            (end,) = customers.listed(connection, days=30)
        assert end.certificate is not None

    def test_a_steward_decides(self, ruled: Any) -> None:
        register = ruled.register.acting_as(Role.STEWARD)
        one, other = (
            id_
            for (id_,) in ruled.rows("select min(id) from register.person_record group by last_name order by 1 limit 2")
        )
        matching.same(register, one, other, by="kari", reason="looked at", on=day(1))
        matching.different(register, one, other, by="kari", reason="was wrong", on=day(1))
        with register.transaction() as connection:
            actors.add(connection, actors.Actor("liisa", "lawyer", date(2026, 1, 1), None))
            signed = {"opened_by": "kari", "approved_by": "liisa"}
            scope = Scope(customer="varpunen")
            number = holds.add(connection, scope, reason="claim", review_on=day(30), on=day(1), **signed)
            holds.end(connection, number, by="kari", reason="settled", on=day(2))

    def test_a_steward_releases_and_the_sync_applies(self, ruled: Any) -> None:
        source = ruled.source((head("hr") + CSV).replace("removed_floor: 1000", "removed_floor: 0, removed_share: 0"))
        for number in (1, 2):
            put_csv(ruled.inbox, day(number), people(number, sirpukka=False))
            held = ruled.sync(source, day(number))
            assert held.status == "held"
            if number == 1:
                decisions.discard(ruled.register, held.batch.id, by="kari", reason="wrong", on=day(1))
        assert ruled.release(held, day(2)).status == "applied"
        assert ruled.rows("select tablename from pg_tables where schemaname = 'staging'") == []

    def test_an_auditor_reads_counts_and_runs(self, ruled: Any) -> None:
        with ruled.register.acting_as(Role.AUDITOR).transaction() as connection:
            assert {one.record: one.records for one in holdings.holdings(connection)}["person"] == 6
            assert {one.status for one in batches.listed(connection)} == {"applied"}
            assert evidence.digest(connection, day(0)).entries == 0
            assert actors.everyone(connection)
