"""The tables as they are in the database: the migrations' against the declared ones, and what each must have."""

from __future__ import annotations

import random
import re
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sandbox import Sandbox, csv_of, day, row

from register.database import Register, migration_status, upgrade
from register.tables import SCHEMAS, metadata
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES, all_fields
from schemas.retention import SHIPPED


def test_the_migrations_make_the_declared_tables(database_url: str) -> None:
    engine = sa.create_engine(Register(database_url).url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_schemas": True, "compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, metadata)
    assert differences == []
    current, head = migration_status(database_url)
    assert current == head


def test_checks_comments_and_generated_columns_are_those_declared(database_url: str) -> None:
    # what alembic does not compare
    with psycopg.connect(database_url) as connection:
        checks = {
            name
            for (name,) in connection.execute(
                "select conname from pg_constraint join pg_namespace on pg_namespace.oid = connamespace "
                "where contype = 'c' and nspname = any(%s)",
                [list(SCHEMAS)],
            )
        }
        comments = dict(
            connection.execute(
                "select attrelid::regclass || '.' || attname, col_description(attrelid, attnum) "
                "from pg_attribute join pg_class on pg_class.oid = attrelid "
                "where relnamespace::regnamespace::text = any(%s) and relkind in ('r', 'p') and attnum > 0 "
                "and not attisdropped",
                [list(SCHEMAS)],
            ).fetchall()
        )
    declared = {
        str(constraint.name)
        for table in metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }
    assert checks == declared
    assert comments == {
        f"{table}.{column.name}": column.comment for table in metadata.sorted_tables for column in table.columns
    }
    assert all(comments.values())


def test_tables_that_a_night_updates_have_room_for_it(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        options = connection.execute(
            "select oid::regclass::text, reloptions from pg_class where relkind in ('r', 'p') "
            "and relnamespace::regnamespace::text = any(%s) and reloptions is not null",
            [list(SCHEMAS)],
        ).fetchall()
    declared = {
        str(table): [f"{name}={value}" for name, value in (table.dialect_options["postgresql"]["with"] or {}).items()]
        for table in metadata.sorted_tables
    }
    assert dict(options) == {name: made for name, made in declared.items() if made}


def test_an_upgrade_of_an_upgraded_database_does_nothing(database_url: str) -> None:
    upgrade(database_url)
    assert migration_status(database_url)[0] is not None


def test_each_table_has_one_retention_rule(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        found = connection.execute(
            "select oid::regclass::text, obj_description(oid, 'pg_class') from pg_class "
            "where relnamespace::regnamespace::text = any(%s) and relkind in ('r', 'p')",
            [list(SCHEMAS)],
        ).fetchall()
    assert {name for name, _ in found} == {str(table) for table in metadata.sorted_tables}
    for name, comment in found:
        rules = re.findall(r"Retention: (\S+)\.$", comment or "")
        assert len(rules) == 1 and rules[0] in SHIPPED.rules, name


def test_each_field_column_is_the_catalogues() -> None:
    columns = {
        column.info["field"]: column for table in RECORD_TABLES.values() for column in table.columns if column.info
    }
    assert columns.keys() == {field.path for field in all_fields()}
    for field in all_fields():
        assert field.en in (columns[field.path].comment or "")
        assert columns[field.path].nullable is (not field.required or field.fades)
    assert {name: table.info["retention"] for name, table in RECORD_TABLES.items()} == {
        name: record.retention for name, record in RECORD_TYPES.items()
    }


def test_a_batch_that_does_not_add_up_is_refused(sandbox: Sandbox) -> None:
    sandbox.put_rows(day(0), [row("1")])
    sandbox.sync(day(0))
    with pytest.raises(psycopg.errors.CheckViolation, match="ck_batch_conservation"), sandbox.connect() as connection:
        connection.execute("update sync.batch set read = read + 1")
    with pytest.raises(psycopg.errors.CheckViolation, match="ck_batch_status"), sandbox.connect() as connection:
        connection.execute("update sync.batch set status = 'lost'")


def of_a_customer() -> list[str]:
    return [str(table) for table in metadata.sorted_tables if "customer_id" in table.columns]


def test_rows_can_be_shut_off_by_customer(sandbox: Sandbox) -> None:
    other = sandbox.another("toinen").activate()
    for each in (sandbox, other):
        each.put_rows(day(0), [row("1", Nimike="Luotsi", Taidot="C1"), row("2", Sukunimi="")])
        each.sync(day(0))
    assert len(of_a_customer()) >= 6 + len(RECORD_TABLES)
    with psycopg.connect(sandbox.url) as connection:
        mine = connection.execute("select id from sync.customer where name = 'koe'").fetchone()
        assert mine is not None
        connection.execute("create role reader_of_the_tests")
        for schema in ("sync", "register", "privacy"):
            connection.execute(
                sql.SQL("grant usage on schema {} to reader_of_the_tests").format(sql.Identifier(schema))
            )
        for table in of_a_customer():
            name = sql.Identifier(*table.split("."))
            connection.execute(sql.SQL("grant select on {} to reader_of_the_tests").format(name))
            connection.execute(sql.SQL("alter table {} enable row level security").format(name))
            connection.execute(
                sql.SQL(
                    "create policy of_its_customer on {} using (customer_id = current_setting('mdo.customer')::int)"
                ).format(name)
            )
        everything = {table: customers_in(connection, table) for table in of_a_customer()}
        connection.execute("set local role reader_of_the_tests")
        connection.execute("select set_config('mdo.customer', %s, true)", [str(mine[0])])
        seen = {table: customers_in(connection, table) for table in of_a_customer()}
        connection.rollback()
    filled = {table for table, customers in everything.items() if len(customers) == 2}
    assert filled >= {
        "sync.batch",
        "sync.source_row",
        "sync.quarantine",
        "register.person_record",
        "register.competence",
    }
    assert all(seen[table] == {mine[0]} for table in filled)


def customers_in(connection: psycopg.Connection[Any], table: str) -> set[int]:
    found = connection.execute(sql.SQL("select distinct customer_id from {}").format(sql.Identifier(*table.split("."))))
    return {customer for (customer,) in found}


def test_nothing_is_orphaned_after_some_nights(sandbox: Sandbox) -> None:
    draw = random.Random(1)
    other = sandbox.another("toinen", snapshot="{type: scoped, column: Alue}").activate()
    for number in (0, 3, 1, 2, 4):
        for each in (sandbox, other):
            rows = [
                row(
                    str(key),
                    Sukunimi=draw.choice(["Virtanen", "Nieminen", ""]),
                    Taidot=draw.choice(["", "C1", "C1,C2"]),
                )
                for key in draw.sample(range(30), 20)
            ]
            each.put(day(number), csv_of(rows))
            each.sync(day(number))
    targets = {"customer_id": "sync.customer", "source_id": "sync.source"} | dict.fromkeys(
        ("batch_id", "first_batch", "changed_batch"), "sync.batch"
    )
    looked_at = 0
    for table in metadata.sorted_tables:
        for column in table.columns:
            if target := targets.get(column.name):
                looked_at += 1
                lost = f"select count(*) as lost from {table} where {column.name} not in (select id from {target})"
                assert sandbox.query(lost) == [{"lost": 0}], f"{table}.{column.name}"
        if {"customer_id", "source_id"} <= set(table.columns.keys()):
            strange = (
                f"select count(*) as lost from {table} as it join sync.source as source on source.id = it.source_id"
            )
            assert sandbox.query(f"{strange} where source.customer_id <> it.customer_id") == [{"lost": 0}], str(table)
    assert looked_at >= 30
    for name, table in RECORD_TABLES.items():
        keys = f"select count(*) as lost from {table} where (source_id, key) not in"
        assert sandbox.query(f"{keys} (select source_id, key from sync.source_row where imported)") == [{"lost": 0}]
        changed = "select count(*) as lost from sync.field_change where record_type = %s and rule <> 'removed'"
        ever = f"{changed} and record_id not in (select id from {table}) and record_id not in "
        removed = "(select record_id from sync.field_change where record_type = %s and rule = 'removed')"
        assert sandbox.query(ever + removed, name, name) == [{"lost": 0}]
