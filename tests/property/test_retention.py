"""For any policy and history: what is past its date goes, unless a hold or claim keeps it, and nothing else does.

The oracle counts months by dateutil and knows nothing of SQL, clocks or temporary tables. Everything is in the register
from the start; the nights come in order, with gaps between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from retained import GENEROUS, Filled, noon, with_periods

from register.retention import years
from register.retention.years import FinancialYear
from schemas.retention import Period, Policy

days = st.dates(date(2025, 1, 1), date(2029, 12, 31))
maybe = st.one_of(st.none(), days)


@dataclass(frozen=True)
class Held:
    first: date
    last: date | None

    def on(self, night: date) -> bool:
        return self.first <= night and (self.last is None or night <= self.last)


@dataclass(frozen=True)
class Person:
    """A person's record: its source, the reading that missed it first, its employment's end, and whose it is."""

    source: str
    missed: int | None
    left_on: date | None
    together: int
    hold: Held | None
    certificate: date | None


@dataclass(frozen=True)
class World:
    readings: dict[str, list[date]]
    persons: list[Person]
    contracts: list[date | None]
    invoices: list[tuple[date, bool, date | None]]
    reminders: list[tuple[date, int | None]]
    actions: list[date]
    locations: list[date]
    accounts: list[date]


holds = st.one_of(st.none(), st.none(), st.builds(Held, days, maybe))
persons = st.builds(
    Person,
    source=st.sampled_from("ab"),
    missed=st.one_of(st.none(), st.integers(1, 3)),
    left_on=st.one_of(st.none(), st.none(), days),
    together=st.integers(0, 3),
    hold=holds,
    certificate=maybe,
)
few = {"max_size": 3}
worlds = st.builds(
    World,
    readings=st.fixed_dictionaries(
        {name: st.lists(days, min_size=3, max_size=5, unique=True).map(sorted) for name in "ab"}
    ),
    persons=st.lists(persons, max_size=5),
    contracts=st.lists(maybe, **few),
    invoices=st.lists(st.tuples(days, st.booleans(), maybe), **few),
    reminders=st.lists(st.tuples(days, st.one_of(st.none(), st.integers(0, 2))), **few),
    actions=st.lists(days, **few),
    locations=st.lists(days, **few),
    accounts=st.lists(days, **few),
)
policies = st.builds(
    lambda r1, r2c, r3, r4b, r6, r7, r99: with_periods(
        GENEROUS,
        R1=f"{r1} months",
        R2c=f"{r2c} months",
        R3=f"{r3} months",
        R4b=f"{r4b} months",
        R6=f"{r6} months",
        R7=f"{r7} months",
        R99=f"{r99} months",
    ),
    *[st.integers(1, 40) for _ in range(7)],
)
nights = st.lists(st.dates(date(2026, 1, 1), date(2034, 12, 31)), min_size=1, max_size=3, unique=True).map(sorted)


@pytest.fixture(scope="module")
def filled(server) -> Iterator[Filled]:
    name = server.fresh_database()
    one = Filled(server.url(name))
    yield one
    one.close()
    server.execute(f"drop database {name} with (force)")


def put(filled: Filled, world: World) -> None:
    """Fills the register, and opens the holds."""
    filled.empty()
    filled.execute(
        "insert into privacy.actor (name, title, valid_from) values ('k', 'x', '2020-01-01'), ('l', 'x', '2020-01-01') "
        "on conflict do nothing"
    )
    with filled.register.transaction() as connection:
        for year in range(2024, 2031):
            years.add(connection, FinancialYear("mdo", date(year, 1, 1), date(year, 12, 31)))
    for source, readings in world.readings.items():
        for day in readings:
            filled.read(source, day)
    together: dict[int, list[int]] = {}
    for number, one in enumerate(world.persons):
        key, readings = f"p{number}", world.readings[one.source]
        missed = missed_on(world, one)
        absent = {"absent": missed, "shown": before(readings, missed)} if missed else {}
        record = filled.put(one.source, "person", key, **absent)
        together.setdefault(one.together, []).append(record)
        if one.left_on:
            filled.put(one.source, "employment", key, valid_to=one.left_on)
        if one.certificate:
            filled.put(one.source, "certificate", key, valid_until=one.certificate)
        if one.hold:
            filled.execute(
                "insert into privacy.hold (record_type, record_id, reason, opened_by, approved_by, opened_on, "
                "review_on, ended_on) select 'person', %s, 'claim', min(id), max(id), %s, %s, %s from privacy.actor",
                *(record, one.hold.first, one.hold.first + timedelta(days=9), one.hold.last),
            )
    for group, records in together.items():
        if group:  # those of group 0 have not been matched yet
            filled.together(*records)
    for number, day in enumerate(world.contracts):
        filled.put("a", "contract", f"c{number}", terminated_on=day)
    for number, (posted, claimed, closed) in enumerate(world.invoices):
        filled.put("ledger", "invoice", f"i{number}", posting_date=posted, invoice_no=f"L{number}")
        if claimed:
            filled.put("ledger", "collection", f"i{number}", closed_on=closed)
    for number, (day, invoice) in enumerate(world.reminders):
        related = None if invoice is None else f"L{invoice}"
        filled.put("m", "message", f"m{number}", sent_at=noon(day), related_invoice_no=related)
    for number, day in enumerate(world.actions):
        filled.put("x", "action", f"x{number}", occurred_at=noon(day))
    for number, day in enumerate(world.locations):
        filled.put("y", "location", f"l{number}", observed_at=noon(day))
    for number, day in enumerate(world.accounts):
        filled.put("u", "account", f"u{number}", last_login_at=noon(day))


def missed_on(world: World, one: Person) -> date | None:
    readings = world.readings[one.source]
    return readings[one.missed] if one.missed is not None and one.missed < len(readings) else None


def before(readings: list[date], day: date) -> date:
    return readings[readings.index(day) - 1]


def is_past(day: date, period: Period, night: date) -> bool:
    """Whether the last day that counts has gone by."""
    return night > day + relativedelta(months=period.months, days=period.days)


class Oracle:
    """What is left after each night."""

    def __init__(self, policy: Policy, world: World) -> None:
        self.policy, self.world = policy, world
        self.persons = set(range(len(world.persons)))
        self.certificates = {n for n in self.persons if world.persons[n].certificate}
        self.contracts = set(range(len(world.contracts)))
        self.invoices = set(range(len(world.invoices)))
        self.claims = {n for n, (_, claimed, _) in enumerate(world.invoices) if claimed}
        self.reminders = set(range(len(world.reminders)))
        self.actions, self.locations, self.accounts = (
            set(range(len(some))) for some in (world.actions, world.locations, world.accounts)
        )

    def after(self, record: str, trigger: str = "") -> Period:
        return self.policy.step(record, "drop" if record in ("action", "location") else "delete", trigger=trigger).after

    def night(self, night: date) -> None:
        world = self.world
        open_claim = any(world.invoices[n][2] is None for n in self.claims)
        while True:
            due = {n for n in self.persons if self.person_is_due(n, night) and not self.is_held(n, night)}
            if not due:
                break
            self.persons -= due
        self.certificates = {
            n
            for n in self.certificates & self.persons
            if self.is_held(n, night)
            or not is_past(_day(world.persons[n].certificate), self.after("certificate", "valid_until"), night)
        }
        newest = world.readings["a"][-1]
        if not open_claim:
            self.contracts -= {
                n
                for n in self.contracts
                if (is_past(_day(end), self.after("contract"), night) if (end := world.contracts[n]) else False)
                or (world.contracts[n] is None and is_past(newest, self.after("record"), night))
            }
        self.reminders -= {n for n in self.reminders if self.reminder_is_due(n, night)}
        self.invoices -= {
            n
            for n in self.invoices
            if night > date(world.invoices[n][0].year + 6, 12, 31)
            and not (n in self.claims and not world.invoices[n][2])
        }
        closed = self.after("collection")
        self.claims = {
            n
            for n in self.claims & self.invoices
            if not ((day := world.invoices[n][2]) and is_past(day, closed, night))
        }
        months = [(n, world.actions[n] + relativedelta(day=31)) for n in self.actions]
        self.actions -= {n for n, last in months if is_past(last, self.after("action"), night)}
        self.locations -= {n for n in self.locations if is_past(world.locations[n], self.after("location"), night)}
        self.accounts -= {n for n in self.accounts if is_past(world.accounts[n], self.after("account"), night)}

    def is_held(self, number: int, night: date) -> bool:
        hold = self.world.persons[number].hold
        return hold is not None and hold.on(night)

    def ended_on(self, number: int) -> date | None:
        """The last thing that ended, or None while the record is active."""
        one = self.world.persons[number]
        readings, missed = self.world.readings[one.source], missed_on(self.world, one)
        later = [day for day in readings if missed and day > missed]
        return max([*later[:1], *([one.left_on] if one.left_on else [])], default=None)

    def person_is_due(self, number: int, night: date) -> bool:
        one = self.world.persons[number]
        others = {number}
        if one.together:
            others = {n for n in self.persons if self.world.persons[n].together == one.together}
        ends = [self.ended_on(other) for other in others]
        if all(ends):
            return is_past(max(_day(end) for end in ends), self.after("person"), night)
        readings, missed = self.world.readings[one.source], missed_on(self.world, one)
        seen = before(readings, missed) if missed else readings[-1]
        return is_past(seen, self.after("record"), night)

    def reminder_is_due(self, number: int, night: date) -> bool:
        sent, invoice = self.world.reminders[number]
        if not is_past(sent, self.after("message"), night):
            return False
        if invoice not in self.claims:
            return True
        closed = self.world.invoices[invoice][2]
        return closed is not None and is_past(closed, self.after("collection"), night)

    def left(self) -> dict[str, set[str]]:
        return {
            "person": {f"p{n}" for n in self.persons},
            "certificate": {f"p{n}" for n in self.certificates},
            "contract": {f"c{n}" for n in self.contracts},
            "invoice": {f"i{n}" for n in self.invoices},
            "collection": {f"i{n}" for n in self.claims},
            "message": {f"m{n}" for n in self.reminders},
            "action": {f"x{n}" for n in self.actions},
            "location": {f"l{n}" for n in self.locations},
            "account": {f"u{n}" for n in self.accounts},
        }


def _day(day: date | None) -> date:
    assert day is not None
    return day


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(world=worlds, policy=policies, nights=nights)
def test_what_is_past_its_date_goes_and_nothing_else(
    filled: Filled, world: World, policy: Policy, nights: list[date]
) -> None:
    put(filled, world)
    oracle = Oracle(policy, world)
    for night in nights:
        filled.night(night, policy)
        oracle.night(night)
        expected = oracle.left()
        assert {record: filled.left(record) for record in expected} == expected
        assert filled.keys() == set().union(*expected.values()), "a source row goes with its last record"
    assert filled.night(nights[-1], policy).done == [], "the same night again changes nothing"


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(world=worlds, policy=policies, nights=nights)
def test_missed_nights_make_the_same_end(filled: Filled, world: World, policy: Policy, nights: list[date]) -> None:
    """Without holds, which are of their own days."""
    free = [Person(**{**one.__dict__, "hold": None}) for one in world.persons]
    world = World(**{**world.__dict__, "persons": free})
    states: list[Any] = []
    for some in (nights, nights[-1:]):
        put(filled, world)
        for night in some:
            filled.night(night, policy)
        states.append({record: filled.left(record) for record in Oracle(policy, world).left()})
    assert states[0] == states[1]
