"""Minimisation: what detectors find at import and at rest, what becomes of it, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd
import psycopg
import pytest
from retained import Filled, noon, with_periods
from sandbox import Sandbox, day, row

from assets.minimisation import Minimised, minimise
from assets.sync import sync
from register.minimisation import chunks, report
from register.minimisation import scan as scanning
from schemas.errors import TryLater
from schemas.retention import SHIPPED, Period
from sources.config import Source

HETU, IBAN, CARD = "010190-999W", "FI21 1234 5600 0007 85", "4111 1111 1111 1111"
WAIVED = "\nwaivers: [{column: Nimike, rule: health.words, reason: Titles of carers, until: 2026-12-31}]"


def found(sandbox: Sandbox) -> set[tuple[Any, ...]]:
    rows = sandbox.query("select row_number, key, rule, column_name, effect from sync.quarantine")
    return {tuple(row.values()) for row in rows}


def scan(sandbox: Sandbox, number: int, *, everything: bool = False, **settings: Any) -> Minimised:
    return minimise(sandbox.work, [sandbox.source], day(number), everything=everything, **settings)


def names(found: Minimised) -> set[tuple[str, str, int]]:
    return {(f"{one.record_type}.{one.field}", one.rule, one.records) for one in found.findings}


def test_what_becomes_of_a_cell_at_import(sandbox: Sandbox) -> None:
    sandbox.put_rows(
        day(0),
        [
            row("1", Nimike="Hitsaaja (sairauslomalla)"),
            row("2", Sukunimi=f"Virtanen {CARD}"),
            row("3", Nimike=f"palkka tilille {IBAN}"),
            row("4", Nimike="salasana: Kesa2026"),
            row("5", Taidot="LUOTTAMUSMIES, C1"),
            row("6", Posti="aino.kuvitelma@gmail.com"),
            row("7", Nimike="Asentaja, turvakielto"),
            row("8"),
            row(IBAN, Posti=""),
        ],
    )
    sandbox.sync(day(0))
    assert found(sandbox) == {
        (2, "1", "health.words", "Nimike", "value"),
        (3, "2", "card.found", "Sukunimi", "row"),
        (3, "2", "required.missing", "Sukunimi", "row"),
        (4, "3", "iban.found", "Nimike", "value"),
        (5, "4", "secret.found", "Nimike", "value"),
        (6, "5", "special.words", "Taidot", "value"),
        (7, "6", "mail.private", "Posti", "note"),
        (8, None, "row.by_hand", "", "row"),
        (10, None, "key.withheld", "Numero", "row"),
    }
    held = sandbox.query("select key, work_email from register.person_record order by key")
    assert [one["key"] for one in held] == ["1", "3", "4", "5", "6", "8"]
    assert held[4]["work_email"] == "aino.kuvitelma@gmail.com"
    (pulled,) = (one["pulled"] for one in sandbox.query("select pulled from sync.batch"))
    assert pulled["detected"] == {"health": 1, "card": 1, "iban": 2, "secret": 1, "special": 1, "mail": 1, "row": 1}
    assert pulled["noted"] == [{"rule": "mail.private", "column": "Posti", "rows": 1}]


def test_nothing_of_what_was_found_is_kept_in_the_landed_copy(sandbox: Sandbox) -> None:
    from register import landed
    from register.database import Register

    sandbox.put_rows(
        day(0), [row("1", Nimike="sairauslomalla"), row("2", Nimike="turvakielto", Posti="x@y.example.com")]
    )
    sandbox.sync(day(0))
    with Register(sandbox.url).transaction() as connection:
        (rows,) = landed.read_parts(connection, sandbox.query("select id from sync.batch")[0]["id"])
    assert rows.column("Nimike").to_pylist() == [None, None]
    assert rows.column("Posti").to_pylist()[1] is None
    assert rows.column("Numero").to_pylist() == ["1", "2"]


def test_three_cards_hold_the_plan(database_url: str, sandbox: Sandbox) -> None:
    sandbox.put_rows(day(0), [row(str(number), Nimike=CARD if number < 3 else "x") for number in range(9)])
    result = sandbox.sync(day(0))
    assert (result.status, [alarm["guard"] for alarm in result.alarms]) == ("held", ["cards"])


def test_more_rows_than_the_contract_speaks_of_and_new_fields_wait_for_a_person(sandbox: Sandbox) -> None:
    sandbox.settings["guards"] = "{headcount: 5, shrink_floor: 100}"
    sandbox.put_rows(day(0), [row(str(number)) for number in range(6)])
    assert sandbox.sync(day(0)).status == "applied"
    sandbox.put_rows(day(1), [row(str(number)) for number in range(7)])
    held = sandbox.sync(day(1))
    assert [alarm["guard"] for alarm in held.alarms] == ["headcount"]
    wider = sandbox.source.document
    wider["records"]["person"][0]["first_name"] = {"column": "Alue"}
    sandbox.put_rows(day(2), [row(str(number), Alue="Aino") for number in range(6)])
    again = sync(sandbox.work, Source.model_validate(wider), day(2))
    assert [(alarm["guard"], alarm["column"]) for alarm in again.alarms] == [("wider", "person.first_name")]


def test_a_waiver_lets_a_rule_pass_in_one_column(sandbox: Sandbox) -> None:
    sandbox.settings["landed_days"] = f"7{WAIVED}"
    sandbox.put_rows(day(0), [row("1", Nimike="Kuntoutus, ryhmä"), row("2", Sukunimi="kuntoutustuella")])
    sandbox.sync(day(0))
    assert found(sandbox) == {(3, "2", rule, "Sukunimi", "row") for rule in ("health.words", "required.missing")}
    (pulled,) = (one["pulled"] for one in sandbox.query("select pulled from sync.batch"))
    assert pulled["waived"] == [{"rule": "health.words", "column": "Nimike", "rows": 1}]
    assert names(scan(sandbox, 0)) == set()
    del sandbox.settings["landed_days"]
    assert names(scan(sandbox, 0, everything=True)) == {("employment.job_title", "health.words", 1)}


def test_private_mailboxes_stay_out_of_a_register_of_work_contacts(sandbox: Sandbox) -> None:
    sandbox.settings["landed_days"] = "7\nwork_contacts_only: true"
    sandbox.put_rows(day(0), [row("1", Posti="aino@gmail.com")])
    sandbox.sync(day(0))
    assert found(sandbox) == {(2, "1", "mail.private", "Posti", "value")}
    assert sandbox.query("select work_email from register.person_record") == [{"work_email": None}]


def test_a_marked_person_stays_out_and_the_mark_is_kept_nowhere(sandbox: Sandbox) -> None:
    sandbox.settings["landed_days"] = "7\nprotected: {column: Alue, values: [K]}"
    sandbox.put_rows(day(0), [row("1", Alue="K"), row("2", Alue="E")])
    sandbox.sync(day(0))
    assert found(sandbox) == {(2, None, "row.by_hand", "", "row")}
    assert [one["key"] for one in sandbox.query("select key from register.person_record")] == ["2"]
    again = sandbox.sync(day(0))
    assert again.status == "unchanged"


def test_a_mark_in_a_key_takes_the_key_with_it(sandbox: Sandbox) -> None:
    sandbox.put_rows(day(0), [row("TURVAKIELTO-9", Posti=""), row("2")])
    sandbox.sync(day(0))
    assert found(sandbox) == {(2, None, "row.by_hand", "", "row")}
    assert sandbox.query("select key from sync.source_row") == [{"key": "2"}]


def test_the_scan_finds_what_stands_in_the_register(sandbox: Sandbox) -> None:
    sandbox.put_rows(day(0), [row("1", Taidot="C1"), row("2"), row("3")])
    sandbox.sync(day(0))
    first = scan(sandbox, 0)
    assert (first.scan.whole, first.scan.records["person"], first.scan.records["competence"]) == (True, 3, 1)
    assert first.findings == []
    with sandbox.connect() as connection:
        connection.execute("update register.person_record set last_name = %s where key = '2'", [f"Virtanen {HETU}"])
        connection.execute("update register.competence set skill_code = 'LUOTTAMUSMIES'")
    assert scan(sandbox, 1).scan.records.total() == 0, "nothing was merged since"
    again = scan(sandbox, 1, everything=True)
    expected = {("person.last_name", "hetu.valid", 1), ("competence.skill_code", "special.words", 1)}
    assert names(again) == expected
    person = sandbox.query("select id from register.person_record where key = '2'")[0]["id"]
    assert [list(one.some) for one in again.findings if one.record_type == "person"] == [[person]]
    assert all(one.since == day(1) for one in again.findings)
    assert not sandbox.query("select 1 from sync.scan_finding where scan_finding::text like %s", f"%{HETU}%")

    sandbox.put_rows(day(2), [row("1", Taidot="C1"), row("2", Sukunimi="Satunen"), row("3")])
    sandbox.sync(day(2))
    mended = scan(sandbox, 2)
    assert (mended.scan.whole, mended.scan.records["person"]) == (False, 1)
    assert names(mended) == {("competence.skill_code", "special.words", 1)}, "the competence was not looked at"


def test_everything_is_looked_at_once_a_week_and_after_a_change_of_the_detectors(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.put_rows(day(0), [row("1")])
    sandbox.sync(day(0))
    assert [scan(sandbox, number).scan.whole for number in (0, 1, 6, 7, 8)] == [True, False, False, True, False]
    monkeypatch.setattr(scanning, "detectors_version", lambda: "other detectors")
    assert [scan(sandbox, number).scan.whole for number in (9, 10)] == [True, False]


def test_chunks_are_all_there_is_in_small_pieces(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.put_rows(day(0), [row(str(number)) for number in range(7)])
    sandbox.sync(day(0))
    with sandbox.connect() as connection:
        connection.execute("update register.person_record set last_name = %s where key = '4'", ['rivi\n"kaksi", ä'])
    monkeypatch.setattr(chunks, "SIZE", 2)
    told = []
    done = scan(sandbox, 0, listener=lambda record, rows: told.append((record, rows)))
    assert done.scan.records["person"] == 7
    assert [rows for record, rows in told if record == "person"] == [2, 4, 6, 7]


def test_two_scans_at_once(sandbox: Sandbox) -> None:
    with psycopg.connect(sandbox.url) as connection:
        connection.execute("select pg_advisory_lock(1296325, 0)")
        with pytest.raises(TryLater, match="Another scan"):
            scan(sandbox, 0)


def test_a_field_that_nobody_fills_for_ninety_days(sandbox: Sandbox) -> None:
    sandbox.put_rows(day(0), [row(str(number), Posti="", Puhelin="040 555 0101") for number in range(3)])
    sandbox.sync(day(0))
    for number in range(0, 98, 7):
        done = scan(sandbox, number)
        empty = {f"{one.record_type}.{one.field}" for one in done.empty}
        assert ("person.work_email" in empty) is (number >= 91), number
    assert "person.work_phone" not in empty
    assert "person.first_name" not in empty, "the source does not map it"


def test_orphaned_persons(sandbox: Sandbox) -> None:
    everybody = [row(str(number)) for number in range(3)]
    sandbox.put_rows(day(0), everybody)
    sandbox.sync(day(0))
    sandbox.put_rows(day(1), everybody[:2])
    sandbox.sync(day(1))
    with sandbox.connect() as connection:
        connection.execute(
            "insert into register.employment (customer_id, source_id, key, first_batch, first_row, "
            "changed_batch, changed_row, first_seen, last_changed, origin, processing_role, legal_basis, valid_to) "
            "select customer_id, source_id, key, first_batch, first_row, changed_batch, changed_row, first_seen, "
            "last_changed, origin, processing_role, legal_basis, %s from register.person_record where key = '1' "
            "on conflict (source_id, key, part) do update set valid_to = excluded.valid_to",
            [day(3)],
        )
    assert (scan(sandbox, 2).orphans.persons, scan(sandbox, 3).orphans.persons) == (1, 2)
    assert scan(sandbox, 31).orphans.unmarked == 0
    late = scan(sandbox, 32).orphans
    assert (late.persons, late.unmarked, len(late.some)) == (2, 1, 1)
    with sandbox.connect() as connection:
        connection.execute("update register.person_record set retention_trigger = %s where key = '2'", [day(1)])
    assert scan(sandbox, 33).orphans == replace(late, persons=2, unmarked=0, some=[])


def test_shared_mailboxes(sandbox: Sandbox) -> None:
    boxes = [
        "info@koe.example.com",
        "aula@koe.example.com",
        "aula@koe.example.com",
        "aula@koe.example.com",
        "a@x.example.com",
    ]
    sandbox.put_rows(day(0), [row(str(number), Posti=box) for number, box in enumerate(boxes)])
    sandbox.sync(day(0))
    assert scan(sandbox, 0).mailboxes == report.Mailboxes(role=1, shared=1)


def test_locations_are_held_to_the_policy_of_the_workplace(filled: Filled) -> None:
    for days in range(5, 15):
        at = noon(day(0) - timedelta(days=days))
        filled.put("y", "location", f"y{days}", observed_at=at, latitude=60.12345, longitude=24.5, accuracy_m=30)
    shorter = with_periods(SHIPPED, R5="12 days")
    steps = [
        step.model_copy(update={"after": Period.parse("10 days")}) if step.to == "hour" else step
        for step in shorter.rules["R5"].steps
    ]
    rule = shorter.rules["R5"].model_copy(update={"steps": tuple(steps)})
    own = shorter.model_copy(update={"rules": {**shorter.rules, "R5": rule}})
    with filled.register.transaction() as connection:
        by_shipped = report.locations(connection, SHIPPED, day(0))
        by_own = report.locations(connection, own, day(0))
        later = report.locations(connection, SHIPPED, day(18))
    # a day counts in full: of 10 points those of day 8 and before are too fine after 7 days, 11 and before after 10
    assert by_shipped == report.Locations(points=10, too_fine=7, too_old=0, too_exact=0)
    assert by_own == report.Locations(points=10, too_fine=4, too_old=2, too_exact=0)
    assert later.too_fine == 10
    assert report._midnight(pd.Timestamp(day(0))).utcoffset() == timedelta(hours=2)
