"""A load of many records into empty tables leaves the same indexes and the same register as one row by row."""

from __future__ import annotations

import psycopg
import pytest
from sandbox import Sandbox, day, row

from register import bulk

INDEXES = """
select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition, indisvalid,
  (select array_agg(contype::text || pg_get_constraintdef(oid)) from pg_constraint where conindid = indexrelid) as held
from pg_index
where indrelid in ('register.person_record'::regclass, 'register.employment'::regclass, 'sync.source_row'::regclass)
order by 1
"""
ROWS = [row(str(number), Nimike="Asentaja") for number in range(1, 6)]


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five rows count as many."""
    monkeypatch.setattr(bulk, "MANY", 5)


def test_the_indexes_are_as_they_were(sandbox: Sandbox, few_are_many: None) -> None:
    before = sandbox.query(INDEXES)
    sandbox.put_rows(day(0), ROWS)
    assert sandbox.sync(day(0)).counts["inserted"] == 5
    assert sandbox.query(INDEXES) == before
    assert [held["last_name"] for held in sandbox.held().values()] == ["Virtanen"] * 5


def test_the_indexes_of_an_empty_table_are_built_afterwards(sandbox: Sandbox, few_are_many: None) -> None:
    before = {
        one["name"]: one for one in sandbox.query("select relname as name, oid from pg_class where relkind = 'i'")
    }
    sandbox.put_rows(day(0), ROWS)
    sandbox.sync(day(0))
    after = _oids(sandbox)
    name = "uq_person_record_source_id_key_part"
    assert before[name] != after[name]


def test_a_table_that_holds_something_keeps_its_indexes(sandbox: Sandbox, few_are_many: None) -> None:
    sandbox.put_rows(day(0), [row("99", Nimike="Asentaja")])
    sandbox.sync(day(0))
    before = sandbox.query("select oid from pg_class where relname = 'uq_person_record_source_id_key_part'")
    sandbox.put_rows(day(1), ROWS)
    assert sandbox.sync(day(1)).counts["inserted"] == 5
    assert sandbox.query("select oid from pg_class where relname = 'uq_person_record_source_id_key_part'") == before


def test_a_table_that_somebody_reads_is_not_waited_for(sandbox: Sandbox, few_are_many: None) -> None:
    sandbox.put_rows(day(0), ROWS)
    with psycopg.connect(sandbox.url) as reader:
        reader.execute("select count(*) from register.person_record")
        assert sandbox.sync(day(0)).counts["inserted"] == 5
        assert reader.execute("select count(*) from register.person_record").fetchone() == (5,)


def test_a_load_that_breaks_a_constraint_leaves_everything(sandbox: Sandbox, few_are_many: None) -> None:
    before = sandbox.query(INDEXES)
    with sandbox.connect() as connection:
        connection.execute(
            "alter table register.employment add constraint no_title check (job_title is null) not valid"
        )
    sandbox.put_rows(day(0), ROWS)
    with pytest.raises(Exception, match="no_title"):
        sandbox.sync(day(0))
    assert sandbox.query(INDEXES) == before
    assert sandbox.held() == {}


def _oids(sandbox: Sandbox) -> dict[str, int]:
    found = sandbox.query("select relname as name, oid from pg_class where relkind = 'i'")
    return {one["name"]: one["oid"] for one in found}
