"""The roles inside the database: each does its own work to the end, and is refused everything else (RS-20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from alembic import command
from erasures import (
    CSV,
    PROCESSED,
    day,
    erased,
    first_night,
    head,
    house,
    match,
    night,
    people,
    put_csv,
    traces,
)
from psycopg import sql

from assets.minimisation import minimise
from register import actors, batches, bulk, customers, database, decisions, evidence, holdings, roles
from register.database import DatabaseRefused, Register, upgrade
from register.matching import decisions as matching
from register.retention import guard, holds
from register.retention import run as retention
from register.retention.holds import Scope
from register.roles import Role
from register.suppression import rotation
from register.tables import metadata
from schemas.errors import Refusal
from schemas.retention import SHIPPED

__all__ = ["first_night", "house"]
LOGIN, OWNER = "mdo_sync_of_the_tests", "mdo_owner_of_the_tests"
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN", "TRUNCATE", "REFERENCES", "TRIGGER")


@pytest.fixture(scope="module", autouse=True)
def owner(server: Any) -> Iterator[str]:
    """An owner that is no superuser: a superuser's functions may more than they should."""
    server.execute(f"create role {OWNER} login createrole")
    server.execute(f"create database owned owner {OWNER}")
    upgrade(server.url("owned").replace("//postgres@", f"//{OWNER}@"))
    before, server.template = server.template, "owned"
    yield OWNER
    server.template = before
    server.execute("drop database owned with (force)")


@pytest.fixture(scope="module")
def login(server: Any) -> Iterator[str]:
    """A login that owns nothing and has no privilege but to take a role."""
    server.execute(f"create role {LOGIN} login")
    server.execute(f"grant ingest, retention, steward, auditor to {LOGIN} with inherit false")
    yield LOGIN
    server.execute(f"drop owned by {LOGIN}")
    server.execute(f"drop role {LOGIN}")


def as_login(url: str) -> str:
    return url.replace("//postgres@", f"//{LOGIN}@")


@pytest.fixture
def ruled(house: Any, login: str) -> Any:
    """The register of erasure's tests, reached by a login that must take a role for everything."""
    house.register.close()
    house.register = Register(as_login(house.url), role=Role.INGEST)
    return house


@pytest.fixture(scope="module")
def refusing(server: Any) -> Iterator[psycopg.Connection[Any]]:
    """One database for all statements that are refused."""
    name = server.fresh_database()
    with psycopg.connect(server.url(name)) as connection:
        connection.execute("select register.make_partition('message', '2026-03-01', '2026-04-01')")
        connection.execute("select privacy.make_evidence_partition(2026)")
        connection.execute(
            "insert into privacy.evidence (business_date, rule, action, table_name, rows) "
            "values ('2026-03-01', 'R1', 'delete', 'register.person_record', 1)"
        )
        connection.commit()
        yield connection
    server.execute(f"drop database {name} with (force)")


class TestGrants:
    def test_the_database_has_what_is_declared_and_nothing_else(self, database_url: str) -> None:
        with psycopg.connect(database_url) as connection:
            for role in Role:
                for table in metadata.sorted_tables:
                    said = {
                        (what, column)
                        for who, name, what, column in roles.declared(18)
                        if (who, name) == (role, str(table))
                    }
                    for verb in VERBS:
                        whole = "select has_table_privilege(%s, %s, %s)"
                        has = connection.execute(whole, [role, str(table), verb]).fetchone()
                        assert has == ((verb, "") in said,), (role, str(table), verb)
                    for column in table.columns:
                        for verb in ("SELECT", "INSERT", "UPDATE"):
                            single = "select has_column_privilege(%s, %s, %s, %s)"
                            has = connection.execute(single, [role, str(table), column.name, verb]).fetchone()
                            may = (verb, "") in said or (verb, column.name) in said
                            assert has == (may,), (role, str(table), column.name, verb)

    def test_roles_own_nothing_and_pass_by_nothing(self, database_url: str) -> None:
        with psycopg.connect(database_url) as connection:
            found = connection.execute(
                "select rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, "
                "exists (select from pg_class where relowner = pg_roles.oid) from pg_roles where rolname = any(%s)",
                [[role.value for role in Role]],
            ).fetchall()
        assert sorted(found) == sorted((role.value, *[False] * 7) for role in Role)

    def test_functions_with_an_owners_power_are_narrow(self, database_url: str) -> None:
        with psycopg.connect(database_url) as connection:
            found = connection.execute(
                "select format('%%s.%%s(%%s)', pronamespace::regnamespace, proname, oidvectortypes(proargtypes)), "
                "proconfig, array(select grantee::regrole::text from aclexplode(proacl) where grantee <> proowner) "
                "from pg_proc where prosecdef and pronamespace::regnamespace::text = any(%s)",
                [["sync", "register", "privacy", "staging", "public"]],
            ).fetchall()
        callers = {name: set(who) for name, _, who in found if who}
        assert callers == {name: {role.value for role in who} for name, who in roles.FUNCTIONS.items()}
        assert all(path == ["search_path=pg_catalog, pg_temp"] for _, path, _ in found)

    def test_an_upgrade_mends_what_somebody_has_granted(self, database_url: str) -> None:
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("grant delete on register.person_record to ingest")
            connection.execute("revoke insert on register.person_record from ingest")
            upgrade(database_url)
            may = "select has_table_privilege('ingest', 'register.person_record', %s)"
            assert connection.execute(may, ["DELETE"]).fetchone() == (False,)
            assert connection.execute(may, ["INSERT"]).fetchone() == (True,)

    def test_another_database_of_the_cluster_keeps_its_roles(self, server: Any, database_url: str) -> None:
        name = server.fresh_database()
        command.downgrade(database._alembic(Register(server.url(name)).url), "0011")
        may = "select has_table_privilege('ingest', 'register.person_record', 'insert')"
        with psycopg.connect(server.url(name)) as connection:
            assert connection.execute(may).fetchone() == (False,)
        with psycopg.connect(database_url) as connection:
            assert connection.execute(may).fetchone() == (True,)
        upgrade(server.url(name))
        with psycopg.connect(server.url(name)) as connection:
            assert connection.execute(may).fetchone() == (True,)
        server.execute(f"drop database {name} with (force)")

    def test_a_role_of_somebody_else_is_not_taken_over(self, server: Any) -> None:
        name = server.fresh_database()
        command.downgrade(database._alembic(Register(server.url(name)).url), "0011")
        server.execute("alter role steward login")
        try:
            with pytest.raises(Refusal, match="has a role steward already"):
                upgrade(server.url(name))
        finally:
            server.execute("alter role steward nologin")
            server.execute(f"drop database {name} with (force)")

    def test_a_login_that_is_not_the_owner_finds_it_done_or_is_told(self, server: Any, login: str) -> None:
        name = server.fresh_database()
        assert upgrade(as_login(server.url(name))) == 18
        command.downgrade(database._alembic(Register(server.url(name)).url), "0011")
        with psycopg.connect(server.url(name), autocommit=True) as connection:
            connection.execute("grant select on alembic_version to public")
        with pytest.raises(Refusal, match="not its owner"):
            upgrade(as_login(server.url(name)))
        server.execute(f"drop database {name} with (force)")


EVERYBODY = [
    (role, statement)
    for role in Role
    for statement in (
        "update privacy.evidence set rows = 0",
        "delete from privacy.evidence",
        "truncate privacy.evidence",
        "update privacy.evidence_2026 set rows = 0",
        "delete from privacy.evidence_2026",
        "truncate privacy.evidence_2026",
        "drop table privacy.evidence_2026",
        "alter table privacy.evidence disable trigger all",
        "drop table register.person_record",
        "truncate register.person_record",
        "alter table register.person_record disable trigger all",
        "create table register.mine (a int)",
        "drop policy by_customer on register.person_record",
        "set local session_replication_role = replica",
        "select register.check_dropped()",
        "select register.share_partition('person_record')",
    )
]
REFUSED = [
    *EVERYBODY,
    (Role.INGEST, "delete from register.person_record"),
    (Role.INGEST, "delete from register.person"),
    (Role.INGEST, "delete from register.account"),
    (Role.INGEST, "delete from register.message_2026_03_01"),
    (Role.INGEST, "delete from sync.source_row"),
    (Role.INGEST, "update sync.source set state = 'active'"),
    (Role.INGEST, "insert into sync.source (customer_id, name, state) values (1, 'a/b', 'active')"),
    (Role.INGEST, "drop index register.ix_person_record_retention_trigger"),
    (Role.INGEST, "delete from privacy.suppression"),
    (
        Role.INGEST,
        "insert into privacy.suppression_lift (controller_id, case_id, scope, reason) values (0, 'C', 'register', '')",
    ),
    (Role.INGEST, "update privacy.hold set ended_on = current_date"),
    (Role.INGEST, "select privacy.drop_evidence_partition(2026)"),
    (Role.INGEST, "select register.detach_partition('message_2026_03_01')"),
    (Role.RETENTION, "insert into register.person_record (last_name) values ('A')"),
    (Role.RETENTION, "insert into register.person (customer_id) values (1)"),
    (Role.RETENTION, "insert into register.message (key) values ('A')"),
    (Role.RETENTION, "insert into register.message_2026_03_01 (key) values ('A')"),
    (Role.RETENTION, "update register.person_record set last_name = 'A'"),
    (Role.RETENTION, "insert into sync.source_row (key) values ('A')"),
    (Role.RETENTION, "create table staging.b1_row (a int)"),
    (Role.RETENTION, "select register.begin_load('register.person_record')"),
    (Role.RETENTION, "select register.drop_detached('message_2026_03_01')"),
    (Role.RETENTION, "select register.drop_detached('person_record')"),
    (Role.RETENTION, "select register.detach_partition('person_record')"),
    (Role.RETENTION, "select register.make_partition('person_record', '2026-01-01', '2026-02-01')"),
    (Role.STEWARD, "insert into register.person_record (last_name) values ('A')"),
    (Role.STEWARD, "update register.person_record set last_name = 'A'"),
    (Role.STEWARD, "delete from register.person_record"),
    (Role.STEWARD, "update sync.batch set read = 0"),
    (Role.STEWARD, "select token from privacy.suppression"),
    (Role.STEWARD, "delete from privacy.actor"),
    (Role.STEWARD, "create table staging.b1_row (a int)"),
    (Role.AUDITOR, "select last_name from register.person_record"),
    (Role.AUDITOR, "select key from register.account"),
    (Role.AUDITOR, "select * from register.location"),
    (Role.AUDITOR, "select * from register.message_2026_03_01"),
    (Role.AUDITOR, "select last_name from register.person"),
    (Role.AUDITOR, "select email from register.person_key"),
    (Role.AUDITOR, "select value from register.field_pin"),
    (Role.AUDITOR, "select key from sync.source_row"),
    (Role.AUDITOR, "select hash from sync.source_row"),
    (Role.AUDITOR, "select from sync.quarantine"),
    (Role.AUDITOR, "select parquet from sync.landed"),
    (Role.AUDITOR, "select token from privacy.suppression"),
    (Role.AUDITOR, "select user_id from privacy.action_pseudonym"),
    (Role.AUDITOR, "select key from privacy.restriction"),
    (Role.AUDITOR, "select remark from privacy.subject_case"),
    (Role.AUDITOR, "insert into privacy.evidence (rows) values (1)"),
    (Role.AUDITOR, "update sync.batch set status = 'applied'"),
    (Role.AUDITOR, "select staging.drop_batch(1)"),
]


class TestRefused:
    @pytest.mark.parametrize(("role", "statement"), REFUSED)
    def test_what_a_role_must_not_do(self, refusing: psycopg.Connection[Any], role: Role, statement: str) -> None:
        refusing.rollback()
        refusing.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            refusing.execute(statement.encode())

    def test_a_table_of_dropped_indexes_cannot_be_planted(self, refusing: psycopg.Connection[Any]) -> None:
        for call in ("select register.end_load()", "select register.begin_load('register.person_record')"):
            refusing.rollback()
            refusing.execute("set local role ingest")
            refusing.execute("create temporary table dropped_index (place int, definition text)")
            refusing.execute("insert into dropped_index values (1, 'alter role ingest superuser')")
            refusing.execute("grant all on dropped_index to public")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                refusing.execute(call.encode())

    def test_a_function_of_the_same_name_is_not_called(self, refusing: psycopg.Connection[Any]) -> None:
        refusing.rollback()
        refusing.execute("set local role ingest")
        refusing.execute("create function pg_temp.format(text, text) returns text language sql return 'drop table x'")
        refusing.execute("set local search_path = pg_temp, pg_catalog")
        refusing.execute("select register.make_partition('message', '2026-05-01', '2026-06-01')")
        found = refusing.execute("select to_regclass('register.message_2026_05_01')::text").fetchone()
        assert found is not None and found[0] is not None

    def test_a_full_table_keeps_its_indexes(self, ruled: Any) -> None:
        count = "select count(*) from pg_index where indrelid = 'register.person_record'::regclass"
        before = ruled.rows(count)
        with ruled.register.transaction() as connection:
            begun = connection.exec_driver_sql("select register.begin_load('register.person_record')").scalar()
        assert begun is False and ruled.rows(count) == before

    def test_a_load_that_is_not_ended_is_not_committed(self, refusing: psycopg.Connection[Any]) -> None:
        indexes = "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index order by 1"
        refusing.rollback()
        before = refusing.execute(indexes).fetchall()
        refusing.execute("set local role ingest")
        begun = refusing.execute("select register.begin_load('register.person_record')").fetchone()
        assert begun == (True,) and len(refusing.execute(indexes).fetchall()) < len(before)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="not been ended"):
            refusing.commit()
        assert refusing.execute(indexes).fetchall() == before

    def test_records_are_given_up_only_by_a_batch_that_says_so(self, ruled: Any) -> None:
        ((batch, record),) = ruled.rows(
            "select changed_batch, min(id) from register.person_record group by 1 order by 1 limit 1"
        )
        give_up = f"select register.remove_given_up('person', 'person_record', array[{record}], {batch})"
        before = ruled.rows("select count(*) from register.person_record")
        with ruled.register.transaction() as connection:
            connection.exec_driver_sql(give_up)
            # said, but by a batch that has been applied
            connection.exec_driver_sql(
                "insert into sync.field_change (customer_id, source_id, record_type, record_id, field, batch_id, "
                f"row_number, rule) select customer_id, source_id, 'person', {record}, '*', id, 1, 'removed' "
                f"from sync.batch where id = {batch}"
            )
            connection.exec_driver_sql(give_up)
            connection.exec_driver_sql(
                "select register.remove_memberless('person', array(select id from register.person))"
            )
        assert ruled.rows("select count(*) from register.person_record") == before
        assert ruled.rows("select count(*) from register.person where records > 0")[0][0] > 0

    def test_a_refusal_names_the_table_and_the_way_on(self, ruled: Any) -> None:
        said = r"permission denied for table person_record.*docs/operating\.md"
        with pytest.raises(DatabaseRefused, match=said), ruled.register.transaction() as connection:
            connection.exec_driver_sql("delete from register.person_record")

    def test_row_level_security_binds_a_role(self, ruled: Any) -> None:
        (customer,) = ruled.rows("select id from sync.customer")[0]
        with psycopg.connect(ruled.url) as owner:
            owner.execute("alter table register.person_record enable row level security")
        many = "select count(*) from register.person_record"
        with ruled.register.transaction() as connection:
            assert connection.exec_driver_sql(many).scalar() == 0
            connection.exec_driver_sql(f"select set_config('mdo.customer_id', '{customer}', true)")
            assert connection.exec_driver_sql(many).scalar() > 0


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
