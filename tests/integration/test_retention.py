"""A night of retention on a real register: what goes, what stays and why, and what comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from descriptions import described
from people import FIRST, People, person, with_steward
from sandbox import Sandbox, day, row

from register import actors, evidence
from register.matching import pins, shown
from register.retention import guard, holds, run
from register.retention.holds import Scope
from register.retention.report import Night
from schemas.errors import NotFound, Refusal
from schemas.retention import SHIPPED

LATE = date(2036, 1, 1)


def night(place: Any, on: date, **more: Any) -> Night:
    """One night; in the eyes of the test it is long past."""
    register = place.register if hasattr(place, "register") else place.work.register
    return run.apply(register, more.pop("policy", SHIPPED), on, today=LATE, **more)


def gone(done: Night) -> dict[tuple[str, str], int]:
    """Rows that went by rule and table, without what hung on them and without landed copies."""
    return {(one.rule, one.table): one.rows for one in done.done if one.reason != "hanging" and one.rule != "R9"}


def two_who_decide(place: Any) -> None:
    register = place.register if hasattr(place, "register") else place.work.register
    with register.transaction() as connection:
        for name in ("kari", "liisa"):
            if name not in {one.name for one in actors.everyone(connection)}:
                actors.add(connection, actors.Actor(name, "engineer", date(2026, 1, 1), None))


class TestAbsence:
    def test_two_complete_readings_without_a_person_start_the_clock(self, sandbox: Sandbox) -> None:
        trigger = "select retention_trigger from register.person_record where key = '1'"
        for number, keys in enumerate(["12", "2", "2"]):
            sandbox.put_rows(day(number), [row(key) for key in keys])
            sandbox.sync(day(number))
            night(sandbox, day(number))
            expected = day(2) if number == 2 else None
            assert sandbox.query(trigger) == [{"retention_trigger": expected}]
        # six months from 3 March: 3 September is the last day
        assert gone(night(sandbox, date(2026, 9, 3))) == {}
        assert gone(night(sandbox, date(2026, 9, 4))) == {("R1", "register.person_record"): 1}
        assert set(sandbox.held()) == {"2"}
        assert sandbox.query("select key from sync.source_row") == [{"key": "2"}]

    def test_one_who_comes_back_has_no_clock(self, sandbox: Sandbox) -> None:
        for number, keys in enumerate(["12", "2", "2"]):
            sandbox.put_rows(day(number), [row(key) for key in keys])
            sandbox.sync(day(number))
        night(sandbox, day(3))
        sandbox.put_rows(day(4), [row("1"), row("2")])
        sandbox.sync(day(4))
        assert gone(night(sandbox, date(2027, 1, 1))) == {}
        assert sandbox.query("select from register.person_record where retention_trigger is not null") == []

    def test_an_incomplete_reading_counts_for_nothing(self, sandbox: Sandbox) -> None:
        sandbox.put_rows(day(0), [row("1"), row("2")])
        sandbox.sync(day(0))
        sandbox.put_rows(day(1), [row("2")])
        sandbox.sync(day(1))
        sandbox.put_rows(day(2), [row("2"), row("")])  # a row without its key: it may be the one that is missed
        sandbox.sync(day(2))
        night(sandbox, day(3))
        assert sandbox.query("select from register.person_record where retention_trigger is not null") == []

    def test_who_is_still_in_another_register_is_active(self, bench: Any) -> None:
        people, who, stays = (
            People(bench),
            person("1", "Aino Kuvitelma", email="a@koe.example.com"),
            person("9", "Eero Satu"),
        )
        people.read("hr", 0, [who, stays])
        people.read("crm", 0, [who, stays])
        for number in (1, 2):
            people.read("hr", number, [stays])
        people.match()
        trigger = "select retention_trigger from register.person_record where key = '1' order by source_id"
        night(bench, FIRST + timedelta(days=3))
        assert bench.rows(trigger) == [(None,), (None,)]
        for number in (4, 5):
            people.read("crm", number, [stays])
        night(bench, FIRST + timedelta(days=6))
        last = FIRST + timedelta(days=5)
        assert bench.rows(trigger) == [(last,), (last,)]
        done = night(bench, date(2026, 9, 7))
        assert gone(done) == {("R1", "register.person_record"): 2}
        assert bench.rows("select key from register.person_record order by 1") == [("9",), ("9",)]

    def test_the_day_on_which_an_employment_ends_counts(self, bench: Any) -> None:
        people = People(bench)
        employed = {"employer": "Koe Oy", "number": "17", "from": "2020-01-01"}
        people.read("hr", 0, [person("1", "Aino Kuvitelma", to="2026-08-31", **employed), person("2", "Eero Satu")])
        assert gone(night(bench, date(2027, 2, 28))) == {}
        done = night(bench, date(2027, 3, 1))
        assert gone(done) == {("R1", "register.person_record"): 1}
        # its register still shows it, and it stays out; the other row has changed, so that the file is read
        later = replace_day(people, date(2027, 3, 2), [person("1", "Aino Kuvitelma", to="2026-08-31", **employed)])
        assert later.counts["expired"] == 1
        assert bench.rows("select key from register.person_record") == [("2",)]
        # and comes in when it is prolonged
        again = replace_day(people, date(2027, 3, 3), [person("1", "Aino Kuvitelma", to="2027-08-31", **employed)])
        assert again.counts["inserted"] == 1


def replace_day(people: People, on: date, rows: list[dict[str, str]]) -> Any:
    """A further night of ``hr`` by its date."""
    import csv
    import io

    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text,
        ("key", "last", "first", "email", "phone", "employer", "business_id", "number", "from", "to", "user"),
        restval="",
    )
    writer.writeheader()
    writer.writerows(rows)
    people.bench.put(f"koe_hr_{on}.csv", text.getvalue())
    return people.bench.sync(people.sources["hr"], on)


def test_a_correction_goes_over_to_the_record_that_a_hold_keeps(bench: Any) -> None:
    people, stays = with_steward(bench), person("9", "Eero Satu")
    for name, number in (("hr", 1), ("crm", 0), ("dir", 2)):
        people.read(name, number, [person("1", "Aino Kuvitelma", email="a@koe.example.com"), stays])
    people.match()
    two_who_decide(bench)
    with bench.register.transaction() as connection:
        golden = shown.golden_of(connection, people.record("crm:1"))
        kept = Scope(record_type="person", record_id=people.record("dir:1"))
        two = {"opened_by": "kari", "approved_by": "liisa"}
        holds.add(connection, kept, reason="claim", review_on=date(2026, 9, 1), on=FIRST, **two)
    pins.pin(bench.register, "person", golden, "work_phone", "+358405550999", by="kari", reason="r", on=FIRST)
    for name in ("hr", "crm", "dir"):
        for number in (3, 4):
            people.read(name, number, [stays])
    done = night(bench, date(2026, 9, 7))
    assert gone(done) == {("R1", "register.person_record"): 2}
    held = "select record_id, ended_at from register.field_pin"
    assert bench.rows(held) == [(people.record("dir:1"), None)]
    assert bench.rows("select work_phone from register.person where id = %s", golden) == [("+358405550999",)]


class TestWhatStays:
    @pytest.fixture
    def left(self, sandbox: Sandbox) -> Sandbox:
        for number, keys in enumerate(["123", "3", "3"]):
            sandbox.put_rows(day(number), [row(key, Taidot="C1") for key in keys])
            sandbox.sync(day(number))
        two_who_decide(sandbox)
        return sandbox

    def hold(self, place: Sandbox, key: str, on: date) -> int:
        ((record,),) = [
            tuple(each.values()) for each in place.query(f"select id from register.person_record where key = '{key}'")
        ]
        with place.work.register.transaction() as connection:
            return holds.add(
                connection,
                Scope(record_type="person", record_id=record),
                reason="claim",
                opened_by="kari",
                approved_by="liisa",
                review_on=on + timedelta(days=100),
                on=on,
            )

    def test_a_hold_suspends_the_action_and_not_the_clock(self, left: Sandbox) -> None:
        number = self.hold(left, "1", date(2026, 9, 1))
        done = night(left, date(2026, 9, 4))
        assert gone(done) == {("R1", "register.person_record"): 1}
        assert [line.refused for line in done.lines] == [{"hold": 1}]
        assert set(left.held()) == {"1", "3"}
        with left.work.register.transaction() as connection:
            holds.end(connection, number, by="kari", reason="settled", on=date(2026, 9, 10))
        assert gone(night(left, date(2026, 9, 10))) == {}, "its last day counts"
        assert gone(night(left, date(2026, 9, 11))) == {("R1", "register.person_record"): 1}

    def test_a_hold_needs_two_persons_and_a_review(self, left: Sandbox) -> None:
        on = date(2026, 9, 1)
        soon = on + timedelta(days=9)
        for approved_by, review_on, wrong, said in (
            ("kari", soon, Refusal, "another person"),
            ("liisa", date(2027, 3, 2), Refusal, "six months"),
            ("nobody", soon, NotFound, "may decide"),
        ):
            asked = {"opened_by": "kari", "approved_by": approved_by, "review_on": review_on}
            with pytest.raises(wrong, match=said), left.work.register.transaction() as connection:
                holds.add(connection, Scope(customer="koe"), reason="claim", on=on, **asked)

    def test_a_hold_past_its_review_is_told_of_and_stays(self, left: Sandbox) -> None:
        self.hold(left, "1", date(2026, 3, 4))
        done = night(left, date(2026, 9, 4))
        assert done.watch.unreviewed_holds == 1
        assert set(left.held()) == {"1", "3"}

    def test_too_much_waits_for_a_person(self, left: Sandbox) -> None:
        policy = SHIPPED.model_copy(update={"guard": SHIPPED.guard.model_copy(update={"floor": 1})})
        done = night(left, date(2026, 9, 4), policy=policy)
        assert gone(done) == {}
        ((held),) = done.held
        assert (held.rule, held.table, held.rows, held.of_rows) == ("R1", "register.person_record", 2, 3)
        again = night(left, date(2026, 9, 9), policy=policy)
        assert [one.overdue for one in again.held] == [True]
        with pytest.raises(NotFound), left.work.register.transaction() as connection:
            guard.approve(connection, held.number, by="nobody", reason="looked at", on=date(2026, 9, 9))
        with left.work.register.transaction() as connection:
            guard.approve(connection, held.number, by="liisa", reason="looked at", on=date(2026, 9, 9))
        done = night(left, date(2026, 9, 9), policy=policy)
        assert gone(done) == {("R1", "register.person_record"): 2}
        assert done.held == []

    def test_an_approval_does_not_last(self, left: Sandbox) -> None:
        policy = SHIPPED.model_copy(update={"guard": SHIPPED.guard.model_copy(update={"floor": 1})})
        ((held),) = night(left, date(2026, 9, 4), policy=policy).held
        with left.work.register.transaction() as connection:
            guard.approve(connection, held.number, by="liisa", reason="looked at", on=date(2026, 9, 4))
        assert gone(night(left, date(2026, 9, 8), policy=policy)) == {}

    def test_a_register_that_is_being_read_is_left_to_the_next_run(self, left: Sandbox) -> None:
        ((source,),) = [tuple(each.values()) for each in left.query("select id from sync.source")]
        with left.work.register.source_lock(source, wait_seconds=1):
            done = night(left, date(2026, 9, 4), wait_seconds=0.2)
        assert (gone(done), done.busy) == ({}, 1)
        assert gone(night(left, date(2026, 9, 4))) == {("R1", "register.person_record"): 2}

    def test_a_policy_that_is_new_is_looked_at_first(self, left: Sandbox) -> None:
        night(left, date(2026, 9, 1))
        changed = SHIPPED.model_copy(update={"name": "another"})
        with pytest.raises(Refusal, match="has changed"):
            night(left, date(2026, 9, 4), policy=changed)
        planned = run.plan(left.work.register, changed, date(2026, 9, 4))
        assert [(line.rule, line.rows) for line in planned.lines] == [("R1", 2)]
        assert len(left.held()) == 3, "a plan deletes nothing"
        assert gone(night(left, date(2026, 9, 4), policy=changed)) == {("R1", "register.person_record"): 2}

    def test_tomorrow_has_not_come(self, left: Sandbox) -> None:
        with pytest.raises(Refusal, match="not come"):
            run.apply(left.work.register, SHIPPED, date(2026, 9, 5), today=date(2026, 9, 4))

    def test_the_same_night_twice_changes_nothing(self, left: Sandbox) -> None:
        self.hold(left, "1", date(2026, 9, 1))
        night(left, date(2026, 9, 4))
        with left.work.register.transaction() as connection:
            before = evidence.digest(connection, date(2026, 9, 4))
        state = left.held()
        for _ in range(2):
            assert night(left, date(2026, 9, 4)).done == []
        with left.work.register.transaction() as connection:
            assert evidence.digest(connection, date(2026, 9, 4)) == before
        assert left.held() == state


def test_an_old_batch_does_not_bring_back_who_was_deleted(sandbox: Sandbox) -> None:
    sandbox.put_rows(day(0), [row("1"), row("2")])
    for number in (1, 2, 3):
        sandbox.put_rows(day(number), [row("2")])
    for number in (1, 2, 3):
        sandbox.sync(day(number))
    late = replace(sandbox, today=date(2026, 11, 22))
    night(sandbox, date(2026, 9, 10))
    result = late.sync(day(0))
    assert result.counts["expired"] == 1
    assert set(sandbox.held()) == {"2"}


CARDS = """
employer: {scope: any, reason: a register of the tests}
read: {type: csv, path: "kortit_{date}.csv", encoding: utf-8, delimiter: ";"}
guards: {removed_floor: 1000, changed_floor: 1000, shrink_floor: 1000, rejected_floor: 1000, fill_floor: 100000}
key: [nro]
records:
  person: {last_name: nimi, work_phone: {column: puhelin, region: FI}}
  certificate: {cert_code: kortti, valid_until: voimassa}
"""


def test_an_expired_certificate_stays_out_on_thirty_nights_and_comes_in_when_it_is_renewed(bench: Any) -> None:
    source = bench.source(described(CARDS, register="kortit"))

    def deliver(on: date, valid_until: str, phone: int) -> None:
        # another phone number each night, so that the row travels and is not merely unchanged
        row_of = f"1;Kuvitelma;040 55501{phone:02};K1;{valid_until}"
        bench.put(f"kortit_{on}.csv", f"nro;nimi;puhelin;kortti;voimassa\n{row_of}\n")
        assert bench.sync(source, on).status == "applied"

    held = "select valid_until from register.certificate"
    deliver(date(2026, 7, 31), "2026-01-31", 0)
    assert bench.rows(held) == [(date(2026, 1, 31),)], "its last day has not gone by"
    assert gone(night(bench, date(2026, 7, 31))) == {}
    assert gone(night(bench, date(2026, 8, 1))) == {("R8", "register.certificate"): 1}
    for number in range(30):
        deliver(date(2026, 8, 1) + timedelta(days=number), "2026-01-31", number + 1)
        assert bench.rows(held) == []
    assert bench.rows("select key from register.person_record") == [("1",)]
    deliver(date(2026, 8, 31), "2027-01-31", 31)
    assert bench.rows(held) == [(date(2027, 1, 31),)]
