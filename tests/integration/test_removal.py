"""Removing records: what goes with them, and what stays."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from people import FIRST, People, person, with_steward
from sandbox import Sandbox, day, row

from register import removal
from register.database import Register, driver
from register.matching import pins, run, shown
from register.matching.keys import MOST_SHARING
from register.tables.records import RECORD_TABLES


def remove(place: Any, *keys: str) -> dict[str, int]:
    return removed(place, "person", "key = any(%(keys)s)", list(keys))


def removed(place: Any, record: str, which: str, keys: list[Any]) -> dict[str, int]:
    query = f"select '{record}', id, source_id, key from {RECORD_TABLES[record]} where {which}"
    with Register(place.url).transaction() as connection:
        removal.begin(connection)
        driver(connection).execute(f"insert into doomed {query}", {"keys": keys})
        removal.extend(connection)
        return removal.remove(connection)


def test_a_person_goes_with_all_that_hangs_on_the_row(sandbox: Sandbox) -> None:
    sandbox.put_rows(day(0), [row("1", Nimike="Luotsi", Taidot="C1,C2"), row("2", Nimike="Ahtaaja", Taidot="C1")])
    sandbox.sync(day(0))
    sandbox.put_rows(day(1), [row("1", Nimike="Ahtaaja", Taidot="C1,C2"), row("2", Nimike="Ahtaaja", Puhelin="x")])
    sandbox.sync(day(1))
    with sandbox.work.register.transaction() as connection:
        (customer_id,) = run.customers(connection).values()
    run.match(sandbox.work.register, customer_id)
    before = sandbox.held()["2"]
    counts = remove(sandbox, "1")
    assert counts == {
        "register.person_key": 1,
        "register.golden_member": 1,
        "sync.field_change": 1,
        "register.person_record": 1,
        "register.employment": 1,
        "register.competence": 2,
        "sync.source_row": 1,
    }
    assert sandbox.held() == {"2": before}
    assert len(sandbox.query("select from register.person")) == 1


def test_a_part_that_goes_leaves_its_row(sandbox: Sandbox) -> None:
    sandbox.put_rows(day(0), [row("1", Nimike="Luotsi", Taidot="C1,C2")])
    sandbox.sync(day(0))
    counts = removed(sandbox, "competence", "skill_code = any(%(keys)s)", ["C1"])
    assert counts == {"register.competence": 1}
    assert sandbox.held()["1"]["skills"] == ["C2"]


def test_those_who_stay_of_a_person_lose_what_the_removed_record_said(bench: Any) -> None:
    people = People(bench)
    people.read("hr", 0, [person("1", "Aino Kuvitelma", email="aino@koe.example.com")])
    people.read("crm", 1, [person("7", "Aino Kuvitelma", email="aino@koe.example.com", phone="040 555 0102")])
    people.match()
    shown = "select work_phone, records from register.person"
    assert bench.rows(shown) == [("+358405550102", 2)]
    remove(bench, "7")
    assert bench.rows(shown) == [(None, 1)]
    assert bench.rows("select from register.match_link") == []
    people.match()
    assert bench.rows(shown) == [(None, 1)]
    assert len(bench.rows("select from register.person_key")) == 1


def test_those_whom_only_the_removed_record_had_joined_are_parted(bench: Any) -> None:
    people = People(bench)
    number = {"employer": "Koe Oy", "number": "17"}
    people.read("crm", 0, [person("1", "Aino Kuvitelma", email="aino@koe.example.com")])
    people.read("hr", 0, [person("2", "Aino Kuvitelma", email="aino@koe.example.com", **number)])
    people.read("hr2", 0, [person("3", "Aino Kuvitelma", **number)])
    people.match()
    assert len(bench.rows("select from register.person")) == 1
    remove(bench, "2")
    people.match()
    assert len(bench.rows("select from register.person")) == 2


def test_a_key_that_too_many_shared_counts_again_when_few_enough_stay(bench: Any) -> None:
    """Six may share a mailbox. The seventh goes, and with him the keys by which matching would have told that."""
    people = People(bench)
    desk = {"email": "kopio@koe.example.com"}
    names = ("Kai Aalto", "Olli Virta", "Matti Laine", "Ville Koski", "Juha Salo")
    crowd = [person(str(n), name, **desk) for n, name in enumerate(names)]
    assert len(crowd) + 2 == MOST_SHARING + 1
    others = [person(f"9{n}", f"Eero Muu{n}", email=f"e{n}@koe.example.com") for n in range(30)]
    people.read("hr", 0, [*crowd, person("8", "Aino Kuvitelma", **desk), *others])
    people.read("crm", 0, [person("7", "Aino Kuvitelma", **desk)])
    people.match()
    assert people.together() == set()
    remove(bench, "0")
    people.match()
    in_parts = people.persons(), people.golden(), people.links()
    assert people.together() == {frozenset({"hr:8", "crm:7"})}
    people.match(everything=True)
    assert (people.persons(), people.golden(), people.links()) == in_parts


class TestCorrections:
    """A correction stays with its person at the oldest record that stays, also where a newer one has the smaller id."""

    @pytest.fixture
    def corrected(self, bench: Any) -> People:
        people = with_steward(bench)
        for name, night in (("hr", 2), ("crm", 0), ("dir", 1)):
            people.read(name, night, [person("1", "Aino Kuvitelma", email="aino@koe.example.com")])
        people.match()
        with bench.register.transaction() as connection:
            golden = shown.golden_of(connection, people.record("crm:1"))
        pins.pin(bench.register, "person", golden, "work_phone", "+358405550999", by="kari", reason="r", on=FIRST)
        assert self.where(bench) == [("crm", None)]
        return people

    def where(self, bench: Any) -> list[tuple[Any, ...]]:
        return bench.rows(
            "select split_part(source.name, '/', 2), pin.ended_why from register.field_pin as pin "
            "join register.person_record as record on record.id = pin.record_id "
            "join sync.source on source.id = record.source_id"
        )

    def test_when_its_record_is_removed(self, corrected: People) -> None:
        removed(corrected.bench, "person", "id = any(%(keys)s)", [corrected.record("crm:1")])
        assert self.where(corrected.bench) == [("dir", None)]
        assert corrected.bench.rows("select work_phone from register.person") == [("+358405550999",)]
        corrected.match()
        assert self.where(corrected.bench) == [("dir", None)]

    def test_when_a_merge_has_removed_it(self, corrected: People) -> None:
        with corrected.bench.register.transaction() as connection:
            connection.execute(
                sa.text("delete from register.person_record where id = :id"), {"id": corrected.record("crm:1")}
            )
        corrected.match()
        assert self.where(corrected.bench) == [("dir", None)]

    def test_with_the_last_record_it_goes(self, corrected: People) -> None:
        remove(corrected.bench, "1")
        assert corrected.bench.rows("select from register.field_pin") == []
