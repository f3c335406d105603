"""Pains of a crash, and of files that come late; all are listed in `pains`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pains import DESCRIPTION, NIGHT, absent, deliver, hr, names, nonzero, person, staff

__all__ = ["hr"]


def test_pain_8_duplicates_after_a_crash(bench, hr, monkeypatch) -> None:
    """A run that died and was started again wrote its rows twice."""
    from register import apply

    deliver(bench, staff(30))
    genuine = apply.merge.apply

    def dies_after_merging(*arguments, **named):
        genuine(*arguments, **named)
        raise SystemError("the process dies here")

    with monkeypatch.context() as patched:
        patched.setattr(apply.merge, "apply", dies_after_merging)
        with pytest.raises(SystemError):
            bench.sync(hr, NIGHT)
    assert names(bench) == {}
    assert nonzero(bench.sync(hr, NIGHT).counts) == {"read": 30, "inserted": 30}

    moved = bench.source(DESCRIPTION + "after_read: {move: done}\n")
    with monkeypatch.context() as patched:
        patched.setattr("assets.sync.intake.dispose", lambda *_: (_ for _ in ()).throw(SystemError("after the commit")))
        with pytest.raises(SystemError):
            bench.sync(moved, NIGHT)
    before = bench.state()
    for _ in range(2):
        assert bench.sync(moved, NIGHT).status in ("applied", "unchanged")
    assert bench.state() == before
    assert len(names(bench)) == 30
    assert bench.rows("select count(*) from pg_tables where schemaname = 'staging'") == [(0,)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_pain_10_older_data_overwrites_newer(bench, hr, order) -> None:
    """A file of an earlier day, loaded late, put old values over new ones."""
    nights = [NIGHT + timedelta(days=day) for day in range(3)]
    deliver(bench, [person(1, last="Old"), person(2), person(3)], nights[0])
    deliver(bench, [person(1, last="Newer"), person(2)], nights[1])
    deliver(bench, [person(1, last="Newest"), person(2, last="Newest")], nights[2])
    for day in order:
        bench.sync(hr, nights[day])
    assert names(bench) == {"1": "Newest", "2": "Newest", "3": "Virtanen"}
    assert absent(bench) == {"3": nights[1]}
