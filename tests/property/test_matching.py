"""Registers in any order of sources and nights make the same persons, and what was computed in parts is the whole."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from people import People, person

from register import actors
from register.matching import decisions

_QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # an example takes a second, and shrinking takes hundreds
ON = date(2026, 3, 10)

#: Few values, so that they meet; each register says of each key what it likes, or nothing.
_ROW = st.fixed_dictionaries(
    {
        "key": st.sampled_from("1234"),
        "name": st.sampled_from(["Matti Virtanen", "Matti Virtaneva", "Marko Virtanen", "Elina Satunen"]),
        "email": st.sampled_from(["", "m@koe.example.com", "m2@koe.example.com", "e@koe.example.com"]),
        "phone": st.sampled_from(["", "040 555 0101"]),
        "number": st.sampled_from(["", "17", "18", "218"]),
        "user": st.sampled_from(["", "matti", "elina"]),
    }
)
_NIGHT = st.tuples(
    st.sampled_from(["hr", "hr2", "dir", "app"]),
    st.integers(0, 2),
    st.lists(_ROW, max_size=4, unique_by=lambda row: row["key"]),
)
_NIGHTS = st.lists(_NIGHT, min_size=2, max_size=5, unique_by=lambda night: night[:2])


@pytest.fixture(scope="module")
def customers(server, bench_at, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[People]]:
    """A customer that has no register yet, again and again."""
    name = server.fresh_database()
    bench = bench_at(server.url(name), tmp_path_factory.mktemp("inbox"))
    with bench.register.transaction() as connection:
        actors.add(connection, actors.Actor("kari", "engineer", date(2026, 1, 1), None))
    yield (People(bench, f"koe-{number}") for number in itertools.count())
    server.execute(f"drop database {name} with (force)")


def read(people: People, night: tuple[str, int, list[dict[str, str]]]) -> None:
    register, number, rows = night
    told = [person(**row) for row in rows]
    # two who are always there: a file without any row says nothing, and one record alone is nobody to be taken for
    always = [person("0", "Talon Kirja", user=f"kirja-{register}"), person("00", "Toinen Sivu")]
    people.read(register, number, [*told, *always])


def kept(people: People) -> list[Any]:
    """All that matching keeps, with its ids."""
    tables = {"match_link": "", "person": "", "golden_member": "", "person_key": "", "review_pair": ""}
    return [
        people.bench.rows(
            f"select t::text from register.{table} as t where customer_id = %s order by 1", people.customer_id
        )
        for table in tables
    ]


@settings(max_examples=6, deadline=None, phases=_PHASES, suppress_health_check=_QUIET)
@given(nights=_NIGHTS, data=st.data())
def test_any_order_makes_the_same_persons_and_parts_make_the_whole(customers, nights, data: st.DataObject) -> None:
    in_parts, at_once = next(customers), next(customers)
    for night in nights:
        read(in_parts, night)
        in_parts.match()
    before = kept(in_parts)
    in_parts.match(everything=True)
    assert kept(in_parts) == before, "a full run finds nothing to change"
    for night in data.draw(st.permutations(nights)):
        read(at_once, night)
    at_once.match(everything=True)
    assert set(at_once.persons().values()) == set(in_parts.persons().values())
    assert at_once.queue() == in_parts.queue()


@settings(max_examples=6, deadline=None, phases=_PHASES, suppress_health_check=_QUIET)
@given(nights=_NIGHTS, data=st.data())
def test_a_merge_that_is_undone_gives_equal_persons(customers, nights, data: st.DataObject) -> None:
    people = next(customers)
    for night in nights:
        read(people, night)
    people.match()
    before, golden = people.persons(), people.golden()
    records = sorted(itertools.chain.from_iterable(before.values()))
    one, other = data.draw(st.sampled_from(list(itertools.combinations(records, 2))))
    pair = (people.record(one), people.record(other))
    who = {"by": "kari", "reason": "looked at", "on": ON}
    apart = all(not {one, other} <= members for members in before.values())
    decisions.same(people.bench.register, *pair, **who)
    assert any({one, other} <= members for members in people.persons().values())
    ((link,),) = people.bench.rows(
        "select id from register.match_link where record_a = %s and record_b = %s and ended_at is null",
        min(pair),
        max(pair),
    )
    decisions.undo(people.bench.register, link, **who)
    assert all(not {one, other} <= members for members in people.persons().values()), "kept apart from now on"
    if apart:
        assert set(people.persons().values()) == set(before.values())
        assert people.golden() == golden
    people.match(everything=True)
    assert all(not {one, other} <= members for members in people.persons().values()), "and by the next run, too"
