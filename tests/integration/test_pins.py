"""Golden fields: corrected by hand, and by the priority of sources."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from people import People, person, with_steward

from register import explain
from register.matching import decisions, pins, shown
from register.outranking import Outranked
from schemas.errors import NotFound, Refusal

WHO: dict[str, Any] = {"by": "kari", "reason": "the person asked for it", "on": date(2026, 3, 10)}
AINO = {"email": "aino@koe.example.com"}


@pytest.fixture
def people(bench) -> People:
    return with_steward(bench)


def person_of(people: People, record: str) -> int:
    with people.bench.register.transaction() as connection:
        return shown.golden_of(connection, people.record(record))


def pin(people: People, field: str, text: str | None, record: str = "hr:1") -> None:
    pins.pin(people.bench.register, "person", person_of(people, record), field, text, **WHO)


def said(people: People, field: str = "work_phone", record: str = "hr:1") -> tuple[Any, Any, Any]:
    """Value, source, and who corrected it."""
    with people.bench.register.transaction() as connection:
        golden = shown.explain_golden(connection, "person", shown.golden_of(connection, people.record(record)))
    (one,) = [one for one in golden.fields if one.field == field]
    return one.value, one.source, one.corrected and (one.corrected.said_by, one.corrected.reason)


def pinned(people: People) -> list[tuple[Any, ...]]:
    return people.bench.rows(
        "select split_part(source.name, '/', 2) || ':' || record.key, field, value, ended_why "
        "from register.field_pin as pin left join register.person_record as record on record.id = pin.record_id "
        "left join sync.source on source.id = record.source_id order by pin.id"
    )


class TestPins:
    def test_a_correction_stays_through_later_imports(self, people: People) -> None:
        """L-14: three nights later it stands, whatever the registers and the user say, until it is taken away."""
        people.read("hr", 0, [person("1", "Aino Kuvitelma", phone="040 555 0101", **AINO)])
        people.match()
        pin(people, "work_phone", " 040 555 0999".replace("040", "+358 40"))
        corrected = ("+358405550999", None, ("kari", "the person asked for it"))
        assert said(people) == corrected
        for night in (1, 2, 3):
            people.read("hr", night, [person("1", "Aino Kuvitelma", phone=f"040 555 010{night}", **AINO)])
            people.read("app", night, [person("u", "Aino Kuvitelma", user=AINO["email"], phone="040 555 0777")])
            people.match(everything=night == 3)
            assert said(people) == corrected
        pins.unpin(people.bench.register, "person", person_of(people, "hr:1"), "work_phone", **WHO)
        assert said(people)[:2] == ("+358405550777", "koe/app")
        assert pinned(people) == [("hr:1", "work_phone", None, "the person asked for it")], "the value is not kept"

    def test_corrected_anew_and_corrected_to_nothing(self, people: People) -> None:
        people.read("hr", 0, [person("1", "Aino Kuvitelma", phone="040 555 0101", **AINO)])
        people.match()
        pin(people, "work_phone", "+358405550999")
        pin(people, "work_phone", None)
        assert said(people) == (None, None, ("kari", "the person asked for it"))
        assert [row[1:] for row in pinned(people)] == [
            ("work_phone", None, "corrected anew"),
            ("work_phone", None, None),
        ]
        with people.bench.register.transaction() as connection:
            told = {one.field: one for one in explain.explain(connection, "person", people.record("hr:1")).fields}
        assert told["work_phone"].outranked == Outranked(None, "corrected by hand")
        assert told["work_email"].outranked is None

    def test_it_goes_where_its_record_goes(self, people: People) -> None:
        people.read("hr", 0, [person("1", "Aino Kuvitelma", **AINO)])
        people.read("crm", 1, [person("1", "Aino Kuvitelma", **AINO)])
        people.match()
        pin(people, "first_name", "Aino Inkeri")
        decisions.different(people.bench.register, people.record("hr:1"), people.record("crm:1"), **WHO)
        assert said(people, "first_name")[0] == "Aino Inkeri"
        assert said(people, "first_name", "crm:1")[0] == "Aino"
        pin(people, "first_name", "Aina", "crm:1")
        decisions.same(people.bench.register, people.record("hr:1"), people.record("crm:1"), **WHO)
        assert said(people, "first_name")[0] == "Aina", "of two corrections that meet the later one counts"

    def test_it_stays_with_the_person_whose_record_has_gone(self, people: People) -> None:
        people.read("app", 0, [person("u1", "Aino Kuvitelma", user="aino", phone="040 555 0101")])
        people.read("dir", 1, [person("1", "Aino Kuvitelma", user="aino", **AINO)])
        people.match()
        pin(people, "work_phone", "+358405550999", "dir:1")
        assert pinned(people)[0][0] == "app:u1", "at the oldest record"
        people.read("app", 2, [person("u1", "", user="aino")])  # the user has cleared all that he had said
        people.match()
        assert said(people, record="dir:1")[0] == "+358405550999"
        assert pinned(people) == [("dir:1", "work_phone", "+358405550999", None)]
        with people.bench.register.transaction() as connection:
            connection.exec_driver_sql("delete from register.person_record where key = '1'")
        people.match()
        assert [row[2:] for row in pinned(people)] == [(None, "the records have gone")]

    @pytest.mark.parametrize(
        ("field", "text", "says"),
        [
            ("work_phone", "Kanarialintunen", "phone.invalid"),
            ("work_email", "kanarialintunen(at)example.com", "email.syntax"),
            ("first_name", "010190-999W", "identity code"),
            ("first_name", "Kanarialintunen" * 6, "does not fit person.first_name"),
            ("first_name", "  ", "No value was typed"),
            ("last_name", None, "never empty"),
            ("job_title", "Luotsi", "no such field"),
        ],
    )
    def test_what_is_refused_says_no_value(self, people: People, field: str, text: str | None, says: str) -> None:
        people.read("hr", 0, [person("1", "Aino Kuvitelma", **AINO)])
        people.match()
        with pytest.raises(Refusal, match=says) as refused:
            pin(people, field, text)
        told = f"{refused.value}{refused.value.__context__}{refused.value.__cause__}"
        assert text is None or not text.strip() or text not in told
        assert pinned(people) == []

    def test_who_and_whom(self, people: People) -> None:
        people.read("hr", 0, [person("1", "Aino Kuvitelma", **AINO)])
        people.match()
        with pytest.raises(NotFound, match="no person G999"):
            pins.pin(people.bench.register, "person", 999, "first_name", "Aina", **WHO)
        with pytest.raises(NotFound, match="named person"):
            who = WHO | {"by": "nobody"}
            pins.pin(people.bench.register, "person", person_of(people, "hr:1"), "first_name", "Aina", **who)
        with pytest.raises(NotFound, match="not corrected"):
            pins.unpin(people.bench.register, "person", person_of(people, "hr:1"), "first_name", **WHO)


def test_the_register_of_the_higher_priority_counts_before_the_newer_one(people: People) -> None:
    people.read("hr", 0, [person("1", "Aino Kuvitelma", phone="040 555 0101", **AINO), person("2", "Eero Satunen")])
    people.read("crm", 1, [person("1", "Aino Kuvitelma", phone="040 555 0102", **AINO)])
    people.match()
    assert said(people)[:2] == ("+358405550102", "koe/crm"), "the newer one"
    people.sources["hr"] = people.sources["hr"].model_copy(update={"priority": 10})
    people.read("hr", 1, [person("1", "Aino Kuvitelma", phone="040 555 0101", **AINO), person("2", "Eero Satunen")])
    assert people.match().touched == 3, "all is computed anew, although no record has changed"
    assert said(people)[:2] == ("+358405550101", "koe/hr")
    assert people.match().touched == 0
    with people.bench.register.transaction() as connection:
        told = {one.field: one for one in explain.explain(connection, "person", people.record("crm:1")).fields}
    why = Outranked(people.record("hr:1"), "its register has the higher priority")
    assert told["work_phone"].outranked == why
    people.read("hr", 2, [person("2", "Eero Satunen")])
    people.match()
    assert said(people)[:2] == ("+358405550102", "koe/crm"), "present before absent, whatever the priority"
