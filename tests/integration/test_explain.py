"""Who says a value, since when, by which file, row and rule."""

from __future__ import annotations

from typing import Any

import pytest
from sandbox import Sandbox, day, row

from register import explain
from schemas.errors import NotFound


@pytest.fixture
def told(sandbox: Sandbox) -> Sandbox:
    """A person over five nights: brought, changed, with a bad value, changed by a late night, and gone."""
    first = row("1", Nimike="Luotsi", Puhelin="040 1234567")
    nights = {
        0: [row("2"), first],
        2: [first | {"Posti": "uusi@example.com"}, row("2")],
        3: [row("2"), row("3"), first | {"Posti": "no address", "Sukunimi": "Nieminen"}],
        # read late: newer than the e-mail's last good reading, older than the rest
        1: [row("2"), first | {"Posti": "late@example.com"}],
    }
    for number, rows in nights.items():
        sandbox.put_rows(day(number), rows)
        assert sandbox.sync(day(number)).status == "applied"
    return sandbox


def explained(sandbox: Sandbox, record_type: str = "person", key: str = "1") -> explain.Explanation:
    table = {"person": "person_record"}.get(record_type, record_type)
    (found,) = sandbox.query(f"select id from register.{table} where key = %s", key)
    with sandbox.work.register.transaction() as connection:
        return explain.explain(connection, record_type, found["id"])


def fields(explanation: explain.Explanation) -> dict[str, Any]:
    return {
        field.field: (field.value, field.business_date, field.row_number, field.rule, field.stale_since)
        for field in explanation.fields
    }


def test_each_field_names_its_night_row_and_rule(told: Sandbox) -> None:
    explanation = explained(told)
    assert (explanation.source, explanation.key) == ("koe/hr", "1")
    assert (explanation.origin, explanation.legal_basis) == ("customer_register", "legitimate_interests LIA-1")
    assert explanation.absent_since is None
    assert fields(explanation) == {
        "last_name": ("Nieminen", day(3), 4, "newer", None),
        "first_name": (None, day(0), 3, "first", None),
        "work_email": ("uusi@example.com", day(2), 2, "newer", day(3)),
        "work_phone": ("+358401234567", day(0), 3, "first", None),
        "notice_language": (None, day(0), 3, "first", None),
    }
    assert {field.file_name for field in explanation.fields} == {f"koe/{day(number)}.csv" for number in (0, 2, 3)}


def test_a_value_filled_in_by_a_late_night_says_so(sandbox: Sandbox) -> None:
    for number, email in {0: "a@example.com", 2: "no address", 1: "late@example.com"}.items():
        sandbox.put_rows(day(number), [row("1", Posti=email)])
        sandbox.sync(day(number))
    assert fields(explained(sandbox))["work_email"] == ("late@example.com", day(1), 2, "late", day(2))


def test_a_person_who_is_gone_is_explained(told: Sandbox) -> None:
    told.put_rows(day(5), [row("2"), row("3")])
    told.sync(day(5))
    assert explained(told).absent_since == day(5)


def test_other_records_of_the_row_are_explained(told: Sandbox) -> None:
    assert fields(explained(told, "employment"))["job_title"] == ("Luotsi", day(0), 3, "first", None)


@pytest.mark.parametrize("text", ["1", "UUSI@example.com", "nieminen", " Nieminen "])
def test_a_person_is_found_by_key_name_or_mailbox(told: Sandbox, text: str) -> None:
    with told.work.register.transaction() as connection:
        found = explain.find(connection, text)
        assert [(record_type, source) for record_type, _, source in found] == [("person", "koe/hr")]
        assert explain.explain(connection, *found[0][:2]).key == "1"


def test_what_is_not_there_is_not_found(told: Sandbox) -> None:
    with told.work.register.transaction() as connection:
        assert explain.find(connection, "Niem%") == []
        assert explain.find(connection, "") == []
        with pytest.raises(NotFound, match="no person 99999"):
            explain.explain(connection, "person", 99999)
        with pytest.raises(NotFound, match="no record type"):
            explain.explain(connection, "sync.batch", 1)
