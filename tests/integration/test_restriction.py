"""Restricting the processing of a person's data, and objecting to marketing (GDPR 18, 21; L-16, SUP-11)."""

from __future__ import annotations

import pytest
from erasures import CSV, PROCESSED, day, erased, find, first_night, head, house, match, night, people, put_csv

from register.erasure import objection, restriction
from register.erasure.subjects import Identifiers
from schemas.errors import NotFound

__all__ = ["first_night", "house"]


def test_marketing_is_off_and_no_import_switches_it_on(house) -> None:
    person = find(house)[0]
    objection.object_to_marketing(
        house.register,
        house.vault,
        objection.Request("C-3", "kari", [person.golden_id], [], Identifiers()),
        on=day(0),
    )
    counts = night(house, 1, consent="2026-03-03T08:00:00Z")
    assert "suppressed" not in counts["users"] and counts["users"]["updated"] == 1
    assert house.rows(
        "select consent_at, (objection_at at time zone 'Europe/Helsinki')::date from register.marketing_choice"
    ) == [(None, day(0))]
    assert find(house)[0].golden_id == person.golden_id


def test_restricted_rows_that_stay_are_restricted_still(house) -> None:
    badges = house.source(head("badges", role="processor") + PROCESSED + CSV.replace("hr_", "badges_"))
    put_csv(house.inbox, day(0), people(0))
    (house.inbox / f"hr_{day(0)}.csv").rename(house.inbox / f"badges_{day(0)}.csv")
    house.sync(badges, day(0))
    match(house)
    request = restriction.Request("C-5", "kari", [find(house)[0].golden_id], [], Identifiers())
    assert restriction.restrict(house.register, house.vault, request, on=day(0)) == 4
    erased(house, 0)
    alive = "select name from privacy.restriction join sync.source on source.id = source_id where ended_at is null"
    assert house.rows(alive) == [("varpunen/badges",)]


def test_restricted_rows_wait_and_come_in_afterwards(house) -> None:
    person = find(house)[0]
    request = restriction.Request("C-5", "kari", [person.golden_id], [], Identifiers())
    assert restriction.restrict(house.register, house.vault, request, on=day(0)) == 3
    before = house.rows("select work_phone from register.person_record where key = '0091770031'")
    rows = [(*row[:4], "040 555 0888", *row[5:]) if row[0] == "0091770031" else row for row in people(1)]
    put_csv(house.inbox, day(1), rows)
    result = house.sync(house.sources[0], day(1))
    assert [one.rule for one in result.rejected] == ["restriction.parked"]
    assert house.rows("select work_phone from register.person_record where key = '0091770031'") == before
    match(house)
    assert house.rows("select records from register.person where id = %s", person.golden_id) == [(1,)]
    with pytest.raises(NotFound):
        restriction.unrestrict(house.register, house.vault, "C-6", by="kari", told=day(1), on=day(1))
    assert restriction.unrestrict(house.register, house.vault, "C-5", by="kari", told=day(1), on=day(1)) == 3
    assert house.sync(house.sources[0], day(1)).counts["updated"] == 1
    assert house.rows("select work_phone from register.person_record where key = '0091770031'") == [("+358405550888",)]
    match(house)
    assert house.rows("select records from register.person where id = %s", person.golden_id) == [(2,)]
