"""A bad row never deletes a person (invariant 5): what is kept, and what derives no absence."""

from __future__ import annotations

from typing import Any

import pytest
from sandbox import Sandbox, csv_of, day, row

GOOD = {"Posti": "matti@example.com", "Puhelin": "040 1234567", "Nimike": "Luotsi", "Taidot": "C1,C2"}
VALUES = {
    "last_name": "Virtanen",
    "work_email": "matti@example.com",
    "work_phone": "+358401234567",
    "job_title": "Luotsi",
    "skills": ["C1", "C2"],
}


@pytest.fixture
def full(sandbox: Sandbox) -> Sandbox:
    """A register of two persons, read once."""
    sandbox.put_rows(day(0), [row("1", **GOOD), row("2")])
    sandbox.sync(day(0))
    assert values(sandbox) == VALUES
    return sandbox


def values(sandbox: Sandbox, key: str = "1") -> dict[str, Any]:
    held = sandbox.held()[key]
    return {name: held[name] for name in VALUES}


BAD_ROWS = {
    "a missing name": [row("1", **GOOD | {"Sukunimi": ""})],
    "a name that is none": [row("1", **GOOD | {"Sukunimi": "12345"})],
    "an identity code for a name": [row("1", **GOOD | {"Sukunimi": "131052-308T"})],
    "two rows that contradict": [row("1", **GOOD | {"Posti": "x@example.com"}), row("1", **GOOD)],
    "two rows that contradict what is held": [row("1", Sukunimi="A"), row("1", Sukunimi="B")],
}


@pytest.mark.parametrize("rows", BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_keeps_its_person(full: Sandbox, rows: list[dict[str, str]]) -> None:
    full.put_rows(day(1), [*rows, row("2")])
    result = full.sync(day(1))
    assert result.status == "applied"
    assert result.counts["quarantined"] == len(rows)
    assert values(full) == VALUES
    held = full.held()["1"]
    assert held["absent_since"] is None
    assert held["quarantined"]
    # and when the row is good again, it is as if nothing had been
    full.put_rows(day(2), [row("1", **GOOD | {"Nimike": "Perämies"}), row("2")])
    full.sync(day(2))
    held = full.held()["1"]
    assert values(full) == VALUES | {"job_title": "Perämies"}
    assert not held["quarantined"]


def test_a_bad_row_that_is_gone_on_the_next_night_is_absent_since_then(full: Sandbox) -> None:
    full.put_rows(day(1), [row("1", Sukunimi=""), row("2")])
    full.sync(day(1))
    full.put_rows(day(2), [row("2")])
    result = full.sync(day(2))
    assert result.counts["absent"] == 1
    assert full.held()["1"]["absent_since"] == day(2)
    assert values(full) == VALUES


def test_a_row_that_was_bad_from_the_start_gives_no_record(sandbox: Sandbox) -> None:
    for number in (0, 1):
        sandbox.put_rows(day(number), [row("1", Sukunimi=""), row(str(number + 2))])
        result = sandbox.sync(day(number))
        assert result.counts["quarantined"] == 1, "it is looked at again each night"
    held = sandbox.held()["1"]
    assert not held["imported"]
    assert held["last_name"] is None


INCOMPLETE = {
    "an unreadable key": csv_of([row("2"), row("")]),
    "a key that is an identity code": csv_of([row("2"), row("131052-308T")]),
    "a key that is too long": csv_of([row("2"), row("x" * 300)]),
    "a last row that ends early": csv_of([row("2")]) + "3;Vir",
    "a row with too many cells": csv_of([row("2")]) + "3;Virtanen;;;;;voimassa;A;;;\n",
    "no rows": csv_of([]),
    "a quote that is never closed": csv_of([row("2")]) + '3;"Virtanen;;;;;voimassa;A\n',
}


@pytest.mark.parametrize("text", INCOMPLETE.values(), ids=INCOMPLETE)
def test_what_is_not_known_to_be_complete_derives_no_absence(full: Sandbox, text: str) -> None:
    full.put(day(1), text)
    result = full.sync(day(1))
    assert result.counts["absent"] == 0
    assert not result.batch.complete or not full.query(
        "select * from sync.batch where id = %s and complete", result.batch.id
    )
    assert {key: held["absent_since"] for key, held in full.held().items() if key in "12"} == {"1": None, "2": None}
    # the next complete one tells
    full.put_rows(day(2), [row("2")])
    assert full.sync(day(2)).counts["absent"] >= 1
    assert full.held()["1"]["absent_since"] == day(2)


@pytest.mark.parametrize(
    "content", ["", "\n", "Numero;Sukunimi\n1;Virtanen\n"], ids=["nothing", "a line", "columns lack"]
)
def test_a_file_that_is_refused_changes_nothing(full: Sandbox, content: str) -> None:
    from schemas.errors import SourceRefused

    before = full.held()
    full.put(day(1), content)
    with pytest.raises(SourceRefused):
        full.sync(day(1))
    assert full.held() == before
    assert [each["status"] for each in full.query("select status from sync.batch order by id")] == ["applied", "failed"]
    assert full.staging_tables() == []


BAD_VALUES = {
    "Posti": ("no address", "person.work_email", "work_email"),
    "Puhelin": ("12", "person.work_phone", "work_phone"),
    "Nimike": ("...", "employment.job_title", "job_title"),
    "Taidot": ("C1,ei koodi", "competence", "skills"),
}
IDENTITY_CODES = {
    f"{column} with an identity code": ("131052-308T", path, name) for column, (_, path, name) in BAD_VALUES.items()
}


@pytest.mark.parametrize(
    ("column", "bad", "path", "name"),
    [(column.split()[0], *rest) for column, rest in (BAD_VALUES | IDENTITY_CODES).items()],
    ids=BAD_VALUES | IDENTITY_CODES,
)
def test_a_bad_optional_value_keeps_the_earlier_one_marked_stale(
    full: Sandbox, column: str, bad: str, path: str, name: str
) -> None:
    full.put_rows(day(1), [row("1", **GOOD | {"Sukunimi": "Nieminen", column: bad}), row("2")])
    result = full.sync(day(1))
    assert result.counts["quarantined"] == 0
    assert result.counts["rejected_values"] == 1
    held = full.held()["1"]
    assert values(full) == VALUES | {"last_name": "Nieminen"}, "the rest of the row counts"
    assert held["stale"] == [path]
    # empty is a good value: it takes the place of the stale one
    full.put_rows(day(2), [row("1", **GOOD | {"Sukunimi": "Nieminen", column: ""}), row("2")])
    full.sync(day(2))
    held = full.held()["1"]
    assert held[name] == ([] if name == "skills" else None)
    assert held["stale"] == []


def test_a_good_value_clears_the_mark(full: Sandbox) -> None:
    for number, email in enumerate(["no address", "no address", "uusi@example.com"], start=1):
        full.put_rows(day(number), [row("1", **GOOD | {"Posti": email}), row("2")])
        full.sync(day(number))
        assert full.held()["1"]["stale"] == (["person.work_email"] if number < 3 else [])
    assert values(full) == VALUES | {"work_email": "uusi@example.com"}


@pytest.mark.parametrize("column", ["Posti", "Puhelin", "Nimike"])
def test_a_column_that_lacks_keeps_what_it_filled(full: Sandbox, column: str) -> None:
    from assets import replay

    lines = [line.split(";") for line in csv_of([row("1", **GOOD | {"Sukunimi": "Nieminen"}), row("2")]).splitlines()]
    at = lines[0].index(column)
    full.put(day(1), "\n".join(";".join(cells[:at] + cells[at + 1 :]) for cells in lines) + "\n")
    result = full.sync(day(1))
    assert result.status == "held"
    assert [alarm["guard"] for alarm in result.alarms] == ["column_missing"]
    full.person_who_decides()
    decision = replay.Decision("kari", "the customer knows")
    assert replay.release(full.work, full.source, result.batch.id, decision).status == "applied"
    assert values(full) == VALUES | {"last_name": "Nieminen"}
    assert full.held()["1"]["stale"] == [BAD_VALUES[column][1]]


def test_scopes_that_the_file_does_not_show_keep_their_people(sandbox: Sandbox) -> None:
    scoped = sandbox.another("toinen", snapshot="{type: scoped, column: Alue}").activate()
    scoped.put_rows(day(0), [row("1", Alue="A"), row("2", Alue="A"), row("3", Alue="B"), row("4", Alue="C")])
    scoped.sync(day(0))
    # of A only one is left; of C only one whose relation has ended: C is in the file, and that is why he is not
    scoped.put_rows(day(1), [row("1", Alue="A"), row("4", Alue="C", Tila="päättynyt")])
    scoped.sync(day(1))
    absent = {key: held["absent_since"] for key, held in scoped.held().items()}
    assert absent == {"1": None, "2": day(1), "3": None, "4": day(1)}
