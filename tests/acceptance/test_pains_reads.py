"""Pains of reads that fail or are empty, and of what a register has ceased to hold; all are listed in `pains`."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from pains import DESCRIPTION, HEADER, NEXT, NIGHT, absent, deliver, hr, names, nonzero, person, staff

from schemas.errors import SourceRefused

__all__ = ["hr"]


def test_pain_3_success_with_zero_rows(bench, hr) -> None:
    """A run was green although it had read nothing: on the first night, and on a later one."""
    deliver(bench, [])
    first = bench.sync(hr, NIGHT)
    assert (first.status, [alarm["guard"] for alarm in first.alarms]) == ("held", ["empty"])
    deliver(bench, staff(3))
    assert bench.sync(hr, NIGHT).status == "applied"
    deliver(bench, [], NEXT)
    later = bench.sync(hr, NEXT)
    assert (later.status, [alarm["guard"] for alarm in later.alarms]) == ("held", ["empty"])
    assert not later.batch.complete


def _cut_off(content: bytes) -> bytes:
    return gzip.compress(content)[:-9]


def _not_text(content: bytes) -> bytes:
    return content.replace(b"Aino", b"A\x81\x8d\x90o", 1)


def _without_header(content: bytes) -> bytes:
    return content.split(b"\n", 1)[1]


@pytest.mark.parametrize("spoil", [_cut_off, _not_text, _without_header, None])
def test_pain_4_a_failed_read_wipes_the_target(bench, hr, spoil) -> None:
    """A read that failed half-way left the target empty, or emptied it before it began."""
    deliver(bench, staff(30))
    bench.sync(hr, NIGHT)
    before = bench.state()
    path = deliver(bench, staff(30), NEXT)
    if spoil is None:
        path.unlink()
    else:
        path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(SourceRefused):
        bench.sync(hr, NEXT)
    assert bench.state() == before
    assert bench.rows("select status from sync.batch order by id desc limit 1") == [("failed",)]
    deliver(bench, staff(30), NEXT)
    assert nonzero(bench.sync(hr, NEXT).counts) == {"read": 30, "unchanged": 30}
    assert bench.state() == before


def test_pain_5_an_empty_source_truncates_tables(bench, hr) -> None:
    """An empty delivery was taken for a register in which nobody is left."""
    deliver(bench, staff(30))
    bench.sync(hr, NIGHT)
    before = bench.state()
    deliver(bench, [], NEXT)
    held = bench.sync(hr, NEXT)
    assert held.status == "held"
    assert bench.state() == before
    # Even a person who releases it by mistake removes nobody.
    assert bench.release(held, NEXT).counts["absent"] == 0
    assert absent(bench) == {}
    bench.put(f"hr_{NEXT:%Y%m%d}.csv", b"")
    with pytest.raises(SourceRefused, match="empty"):
        bench.sync(hr, NEXT)
    assert bench.state() == before


def test_pain_6_deletes_never_propagate(bench, hr) -> None:
    """Who had left the source stayed in the target for ever."""
    deliver(bench, staff(30))
    bench.sync(hr, NIGHT)
    deliver(bench, staff(29), NEXT)
    assert nonzero(bench.sync(hr, NEXT).counts) == {"read": 29, "unchanged": 29, "absent": 1}
    assert absent(bench) == {"30": NEXT}
    after = NEXT + timedelta(days=1)
    deliver(bench, staff(30), after)
    bench.sync(hr, after)
    assert absent(bench) == {}  # and who comes back is present


def test_pain_6_deletes_never_propagate_from_changes(bench) -> None:
    """The same for a register of changes, where only a marker says that somebody is gone."""
    text = DESCRIPTION.replace(
        "key: [Numero]", "key: [Numero]\nsnapshot: {type: changes, deleted: {column: Tila, values: [poistettu]}}"
    )
    source = bench.source(text)
    nights = {NIGHT: {1: "voimassa", 2: "voimassa", 3: "voimassa"}, NEXT: {2: "poistettu"}}
    for night, states in nights.items():
        rows = [f"{person(number)};{state}" for number, state in states.items()]
        bench.put(f"hr_{night:%Y%m%d}.csv", "\n".join([HEADER + ";Tila", *rows, ""]))
        assert bench.sync(source, night).status == "applied"
    assert absent(bench) == {"2": NEXT}


def test_pain_7_a_hard_delete_removes_good_rows(bench, hr) -> None:
    """Deletes took rows that should have stayed: after half a file, and after a row that was merely bad."""
    deliver(bench, staff(100))
    bench.sync(hr, NIGHT)
    before = bench.state()
    deliver(bench, staff(50), NEXT)
    held = bench.sync(hr, NEXT)
    assert held.status == "held"
    assert {alarm["guard"] for alarm in held.alarms} == {"removed", "shrunken"}
    assert bench.state() == before

    deliver(bench, [*staff(98), person(99, last=""), "100;unreadable"], NEXT)
    result = bench.sync(hr, NEXT)
    assert nonzero(result.counts) == {"read": 100, "unchanged": 98, "quarantined": 2}
    assert absent(bench) == {}
    assert names(bench) == {str(number): "Virtanen" for number in range(1, 101)}

    after = NEXT + timedelta(days=1)
    deliver(bench, staff(99), after)
    bench.sync(hr, after)
    assert absent(bench) == {"100": after}
    assert "100" in names(bench)  # absence is noted; the record goes by its retention rule, not at once
