"""RS-06: whatever comes in whatever order, what a user last said of himself is what counts, until he clears it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from descriptions import described
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.matching import run

FIRST = date(2026, 11, 1)

_READ = """
history: true
read: {{type: csv, path: "{register}_{{date}}.csv", delimiter: ","}}
guards: {{removed_floor: 1000, changed_floor: 1000, shrink_floor: 1000}}
key: [nro]
records:
  person: {{last_name: last, first_name: first, work_email: mail}}
  account: {{username: user{more}}}
"""
_NAMES = st.sampled_from(["", "Aino", "Eero", "Helmi"])
_EVENTS = st.lists(st.tuples(st.sampled_from(["employer", "user"]), st.integers(0, 5), _NAMES), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def workplaces(server, bench_at, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[tuple[Any, int]]]:
    """A workplace with the number of a customer that it has not seen, again and again."""
    name = server.fresh_database()
    made = bench_at(server.url(name), tmp_path_factory.mktemp("inbox"))
    yield ((made, number) for number in itertools.count())
    server.execute(f"drop database {name} with (force)")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=_EVENTS)
def test_the_last_word_of_the_user_counts(workplaces, events: list[tuple[str, int, str]]) -> None:
    bench, number = next(workplaces)
    kinds = {
        "employer": ("", {"register_type": "identity_directory"}),
        "user": (", user_id: nro", {"kind": "own_service", "register_type": "application"}),
    }
    sources = {}
    for who, (more, head) in kinds.items():
        text = described(_READ.format(register=who, more=more), customer=f"koe{number}", register=who, **head)
        sources[who] = bench.source(text)
    newest: dict[str, tuple[int, str]] = {}
    for who, night, first in events:
        day = FIRST + timedelta(days=night)
        bench.put(f"{who}_{day}.csv", f"nro,last,first,mail,user\n7,Virtanen,{first},,aino@koe\n")
        assert bench.sync(sources[who], day).status in ("applied", "unchanged")
        if night >= newest.get(who, (-1, ""))[0]:
            newest[who] = (night, first)
    ((customer,),) = bench.rows("select id from sync.customer where name = %s", f"koe{number}")
    run.match(bench.register, customer)
    found = bench.rows("select first_name from register.person where customer_id = %s", customer)
    said = newest.get("user", (0, ""))[1]
    assert found == [(said or newest.get("employer", (0, ""))[1] or None,)]
