"""What a night's page shows of the review queue: pairs by likelihood, and what persons have decided."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from people import People, person, with_steward

from register.matching import decisions, queue
from register.matching.queue import Band, Decided

DAY = date(2026, 3, 10)
WHO: dict[str, Any] = {"by": "kari", "reason": "looked at", "on": DAY}
AINO = {"email": "aino@koe.example.com"}


@pytest.fixture
def people(bench: Any) -> People:
    """Two records that a rule was kept from joining."""
    made = with_steward(bench)
    made.read("hr", 0, [person("1", "Aino Kuvitelma", number="17", **AINO)])
    made.read("hr2", 0, [person("1", "Aino Kuvitelma", number="17")])
    made.read("crm", 0, [person("1", "Ainno Kuvitelma", **AINO)])
    made.match()
    return made


def set_pair(people: People, **values: Any) -> None:
    with people.bench.register.transaction() as connection:
        for name, value in values.items():
            connection.exec_driver_sql(f"update register.review_pair set {name} = %s", (value,))


def bands(people: People, today: date = DAY) -> list[Band]:
    with people.bench.register.transaction() as connection:
        return queue.by_band(connection, today, 30)


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (None, "not scored"),
        (-1.5, "below 0"),
        (0, "0 to 5"),
        (4.99, "0 to 5"),
        (5, "5 to 10"),
        (10, "10 and more"),
    ],
)
def test_pairs_by_likelihood(people: People, score: float | None, band: str) -> None:
    set_pair(people, score=score, since="2026-03-01 12:00+02")
    assert bands(people) == [Band("koe", band, 1, 0, date(2026, 3, 1))]


@pytest.mark.parametrize(("days", "long"), [(30, 0), (31, 1)])
def test_pairs_that_have_waited_too_long(people: People, days: int, long: int) -> None:
    set_pair(people, since="2026-02-28 23:30+00")  # 1 March in Helsinki
    (band,) = bands(people, date(2026, 3, 1) + timedelta(days=days))
    assert (band.waiting_long, band.since) == (long, date(2026, 3, 1))


def test_what_persons_have_decided(people: People) -> None:
    def decided(first: date, last: date) -> list[Decided]:
        with people.bench.register.transaction() as connection:
            return queue.decided(connection, first, last)

    ((today,),) = people.bench.rows("select privacy.local_date(now())")
    assert decided(today, today) == [], "what rules have joined is no decision"
    decisions.same(people.bench.register, people.record("hr:1"), people.record("crm:1"), **WHO)
    assert bands(people) == []
    assert decided(today, today) == [Decided("koe", "same", 1)]
    assert decided(today - timedelta(days=9), today - timedelta(days=1)) == []
    ((link,),) = people.bench.rows("select id from register.match_link where decided_by is not null")
    decisions.undo(people.bench.register, link, **WHO)
    found = {one.what: one.decisions for one in decided(today, today)}
    assert found["same"] == 1 and found["undone"] == 1
