"""What hurts the users of the field's systems, with real files, a real PostgreSQL and whole syncs: rows and values.

Each test is named after the pain; its docstring says what users of other systems met. The others are listed in `pains`.
"""

from __future__ import annotations

import pandas as pd
import psycopg
from pains import NEXT, NIGHT, absent, deliver, hr, names, nonzero, person, staff

from schemas import rules
from schemas.catalogue import RECORD_TYPES

__all__ = ["hr"]


def test_pain_1_rejected_rows_are_silently_lost(bench, hr) -> None:
    """Rows that did not fit vanished, and the totals still looked right."""
    deliver(bench, [person(1), person(2, last=""), person(3), person(4) + ";one too many", person(5, last="X 1")])
    result = bench.sync(hr, NIGHT)
    assert nonzero(result.counts) == {"read": 5, "inserted": 2, "quarantined": 3}
    told = bench.rows("select row_number, key, column_name, rule from sync.quarantine order by 1")
    assert told == [
        (3, "2", "Sukunimi", "required.missing"),
        (5, None, "", "csv.ragged"),
        (6, "5", "Sukunimi", "name.not_a_name"),
    ]
    for *_, rule in told:  # and the owner can be told in plain words what to mend
        assert rules.get(rule).fi
        assert rules.get(rule).mend_en
    # A row that its owner has mended comes in the next night.
    deliver(bench, [person(1), person(2, last="Mended"), person(3), person(4), person(5, last="Mended")], NEXT)
    assert nonzero(bench.sync(hr, NEXT).counts) == {"read": 5, "unchanged": 2, "inserted": 3}
    assert names(bench)["5"] == "Mended"


def test_pain_2_one_bad_row_stops_everything(bench, hr) -> None:
    """One bad row in a whole table failed the load of all the others."""
    bad = [person(501, last="\x07"), "502;only;three", person(503, last="")]
    deliver(bench, [*staff(250), *bad, *staff(250, first=251)])
    result = bench.sync(hr, NIGHT)
    assert result.status == "applied"
    assert nonzero(result.counts) == {"read": 503, "inserted": 500, "quarantined": 3}


def test_pain_2_one_bad_value_stops_its_row(bench, hr) -> None:
    """The same for one bad value: the person comes in without it, and an earlier good value stays."""
    deliver(bench, [person(1), person(2, mail="no address")])
    assert nonzero(bench.sync(hr, NIGHT).counts) == {"read": 2, "inserted": 2, "rejected_values": 1}
    deliver(bench, [person(1, last="Koski", mail="broken@"), person(2)], NEXT)
    bench.sync(hr, NEXT)
    assert bench.rows("select key, last_name, work_email from register.person_record order by key") == [
        ("1", "Koski", "n1@example.com"),
        ("2", "Virtanen", "n2@example.com"),
    ]


def test_pain_9_duplicate_keys_in_one_batch(bench, hr) -> None:
    """Two rows of one key failed the merge, or one of them won by chance."""
    deliver(bench, staff(3))
    bench.sync(hr, NIGHT)
    lines = [person(1), person(1), person(2, last="Koski"), person(2, last="Lampi"), person(3), person(4), person(4)]
    deliver(bench, lines, NEXT)
    result = bench.sync(hr, NEXT)
    assert nonzero(result.counts) == {"read": 7, "unchanged": 2, "duplicate": 2, "quarantined": 2, "inserted": 1}
    told = bench.rows("select row_number, key, rule from sync.quarantine order by 1")
    assert told == [(4, "2", "key.conflict"), (5, "2", "key.conflict")]
    assert names(bench) == {"1": "Virtanen", "2": "Virtanen", "3": "Virtanen", "4": "Virtanen"}  # 2 as it was
    assert absent(bench) == {}


def test_pain_16_a_column_level_drop_passes_bad_rows(bench, hr) -> None:
    """Pandera's own dropping of bad rows let some through; here each row breaks several rules at once."""
    lines = [
        *staff(3),
        person(4, last="", mail="no address", phone="no number"),
        person(5, last="9", first="8", mail="@"),
        person(6, first="7", mail="@", phone="1") + "x",
        person(7, last="K" * 81),
        person(8, first="K" * 81, mail="a@b"),
    ]
    deliver(bench, lines)
    result = bench.sync(hr, NIGHT)
    assert nonzero(result.counts) == {"read": 8, "inserted": 5, "quarantined": 3, "rejected_values": 10}
    record = RECORD_TYPES["person"]
    with psycopg.connect(bench.url) as connection:
        found = connection.execute(f"select {', '.join(record.field_names)} from register.person_record").fetchall()
    frame = pd.DataFrame(found, columns=record.field_names).astype("str")
    assert set(names(bench)) == {"1", "2", "3", "6", "8"}
    record.model.validate(frame.where(frame.notna() & (frame != "None")))  # what the register holds is sound
