"""How much a run of matching does, counted in rows and not in seconds; and that it misses nothing by doing little."""

from __future__ import annotations

from typing import Any

import pytest
from people import People, person

from register import bulk
from register.matching import run
from register.matching.report import Matched, measure

#: What the open transaction has read and written of our own tables, temporary ones left out.
_WORK = """
select coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::int, coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::int
from pg_stat_xact_user_tables
where schemaname = 'register' or relname = 'source_row'
"""
MANY = 3000


@pytest.fixture
def people(bench) -> People:
    return People(bench)


def staff(changed: int = 0) -> list[dict[str, str]]:
    """A large register, of which the first have got another phone."""
    return [
        person(
            str(key),
            f"Aino Kuvitelma{'nen' * (key % 3)}",
            email=f"a{key}@koe.example.com",
            phone=f"040 {5 if key < changed else 4}{key:06d}",
            number=str(10_000 + 3 * key),
        )
        for key in range(MANY)
    ]


def contacts() -> list[dict[str, str]]:
    return [
        person(str(key), f"Aino Kuvitelma{'nen' * (key % 3)}", email=f"a{key}@koe.example.com") for key in range(MANY)
    ]


def execute(people: People, statement: str) -> None:
    """One statement outside of a transaction."""
    with people.bench.register.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(statement)


def counted(people: People, monkeypatch: pytest.MonkeyPatch) -> tuple[Matched, int, int]:
    """One run; the rows it has read and written, before it counts what there is."""
    work: list[Any] = []

    def measured(connection: Any, *arguments: Any) -> Matched:
        work.append(connection.exec_driver_sql(_WORK).one())
        return measure(connection, *arguments)

    people.bench.register.close()  # what a session has counted before may be told with the next transaction
    with monkeypatch.context() as patched:
        patched.setattr(run, "measure", measured)
        matched = people.match()
    ((read, written),) = work
    return matched, read, written


def test_a_small_change_in_a_large_register_is_little_work(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    people.read("hr", 0, staff())
    people.read("crm", 0, contacts())
    everything, read, written = counted(people, monkeypatch)
    assert (everything.touched, everything.persons) == (2 * MANY, MANY)
    assert read > 2 * MANY and written > 2 * MANY
    execute(people, "vacuum analyze")
    people.read("hr", 1, staff(changed=10))
    matched, read, written = counted(people, monkeypatch)
    assert matched.touched == 10
    assert read < 1000, "each of the ten by its keys and links, and nothing else"
    assert written < 60
    before = people.persons(), people.golden(), people.links()
    people.match(everything=True)
    assert (people.persons(), people.golden(), people.links()) == before


def test_nothing_new_is_nothing_written(people: People) -> None:
    people.read("hr", 0, staff()[:20])
    people.match()
    with people.bench.register.transaction() as connection:
        run.begin(connection, people.customer_id)
        assert run.settle(connection, people.customer_id).touched == 0
        assert connection.exec_driver_sql("select pg_current_xact_id_if_assigned()").scalar() is None


def test_indexes_are_all_there_after_a_first_run(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a table is filled, its indexes are built afterwards (`register.bulk`)."""
    indexes = "select indexname, indexdef from pg_indexes where schemaname = 'register' order by 1"
    before = people.bench.rows(indexes)
    monkeypatch.setattr(bulk, "MANY", 5)
    people.read("hr", 0, staff()[:20])
    people.match()
    assert people.bench.rows(indexes) == before
    people.match(everything=True)
    assert len(people.persons()) == 20


@pytest.mark.parametrize("table", ["person_record", "employment", "account"])
def test_whoever_deletes_need_not_know_of_matching(people: People, table: str) -> None:
    people.read("hr", 0, [person("1", "Aino Kuvitelma", email="aino@koe.example.com", number="17")])
    people.read("dir", 0, [person("1", "Aino Kuvitelma", email="aino@koe.example.com", user="aino")])
    people.read("app", 0, [person("u1", "Aino Kuvitelma", user="aino")])
    people.match()
    assert len(people.persons()) == 1
    execute(people, f"delete from register.{table} where source_id <> 1 or '{table}' = 'employment'")
    assert people.match().touched == (1 if table == "employment" else 2)
    in_parts = people.persons(), people.golden(), people.links()
    assert len(people.persons()) == {"person_record": 1, "employment": 1, "account": 2}[table]
    people.match(everything=True)
    assert (people.persons(), people.golden(), people.links()) == in_parts


def test_a_change_beside_a_value_that_stays_bad_is_seen(people: People) -> None:
    """Such a row never has a hash, so that by its hash it does not change."""
    bad = {"phone": "040 12"}
    people.read("hr", 0, [person("1", "Aino Kuvitelma", **bad), person("2", "Eero Satunen")])
    people.read("crm", 0, [person("1", "Aino Kuvitelma", email="aino@koe.example.com")])
    people.match()
    assert people.together() == set()
    people.read(
        "hr", 1, [person("1", "Aino Kuvitelma", email="aino@koe.example.com", **bad), person("2", "Eero Satunen")]
    )
    assert people.match().touched == 1
    assert people.together() == {frozenset({"hr:1", "crm:1"})}
