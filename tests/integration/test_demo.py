"""The story of the third demo customer, read for real: a workbook, a directory behind an API, and MDO's own exports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from register.holdings import holdings
from register.matching import run
from schemas.catalogue import GROUPS
from sources.config import Source
from sources.demo import konepaja, registers
from sources.loading import load_folder

DAYS = {1: date(2026, 11, 19), 2: date(2026, 11, 20)}


@pytest.fixture
def sources(tmp_path: Path):
    folder = tmp_path / "sources"
    folder.mkdir()
    with konepaja.serve_users() as address:
        konepaja.place_sources(folder, address)
        yield sorted(load_folder(folder), key=lambda source: (source.turn, source.name))


def test_two_nights_bring_what_the_story_says(bench, canary, sources: list[Source], tmp_path: Path) -> None:
    brought = {}
    for night, day in DAYS.items():
        konepaja.write_night(bench.inbox, day, night)
        for source in sources:
            if source.accepts_date(day, DAYS[2]):
                result = bench.sync(source, day)
                assert result.status == "applied", source.name
                brought[source.name, night] = result
    assert brought.keys() == konepaja.EXPECTED.keys()
    for at, expected in konepaja.EXPECTED.items():
        counts = {name: brought[at].counts[name] for name in vars(expected) if name not in ("held", "rules")}
        assert counts == {name: getattr(expected, name) for name in counts}, at
        assert {one.rule: one.rows for one in brought[at].rejected} == expected.rules, at
    with bench.register.transaction() as connection:
        held = holdings(connection)
    assert {one.group for one in held if one.records} == set(GROUPS)
    assert [one.record for one in held if not one.records] == ["company", "billing"]
    assert canary.hits([registers.UNDECLARED], canary.dump(bench.url)) == []


def test_the_user_is_believed_before_the_employer(bench, sources: list[Source]) -> None:
    konepaja.write_night(bench.inbox, DAYS[2], 2)
    for source in sources:
        bench.sync(source, DAYS[2])
    ((customer,),) = bench.rows("select id from sync.customer")
    run.match(bench.register, customer)
    found = bench.rows(
        "select work_phone, records from register.person where work_email = %s", "aarne.kuvitelma@konepaja.example.com"
    )
    assert found == [("+358405550777", 4)]


def test_the_same_night_again_changes_nothing(bench, sources: list[Source]) -> None:
    konepaja.write_night(bench.inbox, DAYS[1], 1)
    read = [source for source in sources if source.accepts_date(DAYS[1], DAYS[2])]
    for source in read:
        bench.sync(source, DAYS[1])
    before = bench.state()
    for source in read:
        assert bench.sync(source, DAYS[1]).status == "unchanged"
    assert bench.state() == before
