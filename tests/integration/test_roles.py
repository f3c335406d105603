"""The roles inside the database: what each is granted, and that everything else is refused (RS-20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from alembic import command
from erasures import first_night, house
from psycopg import sql
from ruled import as_login, login, owner, ruled

from register import database, roles
from register.database import DatabaseRefused, Register, upgrade
from register.roles import Role
from register.tables import metadata
from schemas.errors import Refusal

__all__ = ["first_night", "house", "login", "owner", "ruled"]
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN", "TRUNCATE", "REFERENCES", "TRIGGER")


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
