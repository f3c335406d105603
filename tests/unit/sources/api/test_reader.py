"""What a read makes of records: cells, columns, rejected rows, digest, and what it asks for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from schemas import rules
from schemas.errors import SourceRefused
from sources.readers.api.reader import SHAPE

RECORD = {
    "id": 7,
    "name": {"givenName": "Aino", "familyName": "Virta"},
    "emails": [{"value": "a@x.fi", "type": "home"}, {"value": "b@x.fi", "type": "work", "primary": True}],
    "urn:ext:2.0:User": {"employeeNumber": "007"},
    "skills": ["A", "B"],
    "active": True,
    "left": None,
    "@removed": {"reason": "deleted"},
    "Työpuhelin": "040",
}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("id", "7"),
        ("name.givenName", "Aino"),
        ("emails[0].value", "a@x.fi"),
        ("emails[1].value", "b@x.fi"),
        ("emails[?primary].value | [0]", "b@x.fi"),
        ("emails[*].value", "a@x.fi,b@x.fi"),
        ("emails[2].value", ""),
        ('"urn:ext:2.0:User".employeeNumber', "007"),
        ("skills", "A,B"),
        ("active", "true"),
        ("left", ""),
        ("nowhere", ""),
        ("nowhere.deeper[3]", ""),
        ('"@removed".reason', "deleted"),
        ("Työpuhelin", "040"),
        ("name.givenName.deeper", ""),
    ],
)
def test_a_column_is_a_field_or_a_path(server, read, column, text) -> None:
    server.pages([[RECORD]])
    assert read(wanted=(column,)).rows == [{column: text}]


def test_a_column_may_have_a_name_of_its_own(server, read) -> None:
    server.pages([[RECORD]])
    columns = {"Posti": "emails[?type=='work'].value | [0]", "Sukunimi": "name.familyName"}
    assert read(wanted=("Posti", "Sukunimi"), columns=columns).rows == [{"Posti": "b@x.fi", "Sukunimi": "Virta"}]


@pytest.mark.parametrize(
    "record",
    ["text", 3, None, [], {"id": {"a": 1}}, {"id": [{"a": 1}]}, {"id": [[1]]}, {"id": ["a,b", "c"]}],
    ids=str,
)
def test_a_record_of_another_shape_is_rejected_by_its_number(server, read, record) -> None:
    server.pages([[{"id": 1}, record, {"id": 3}]])
    found = read()
    assert (found.numbers, found.rejected) == ([1, 3], [(2, SHAPE)])
    assert rules.get(SHAPE)


def test_fields_that_nobody_asked_for_are_named_and_not_read(server, read) -> None:
    server.pages([[RECORD, {"id": 8, "010190-123X": 1, "a@b.fi": 2}]])
    found = read(wanted=("id", "emails[0].value", "name.givenName"))
    dropped = found.register.columns_dropped
    assert {"active", "left", "skills", "Työpuhelin"} <= set(dropped)
    assert not {"id", "emails", "name"} & set(dropped)
    assert not any("010190" in name or "@" in name for name in dropped)
    assert len([name for name in dropped if name.startswith("column ")]) == 3
    assert len(dropped) == 8
    assert set(found.rows[0]) == {"id", "emails[0].value", "name.givenName"}


def test_a_value_that_is_the_name_of_a_field_is_not_shown(server, read) -> None:
    """As in records that map a person's name to a number."""
    names = ["Kuvitelma", "Satunen", "Keksilä", "Tarinainen", "Näytelmä", "Aho", "Eho", "Iho", "Oho", "Uho", "Yho"]
    server.pages([[{"id": number, "left": None, name: 1} for number, name in enumerate(names)]])
    dropped = read().register.columns_dropped
    assert dropped == ["left", *(f"column {position}" for position in range(2, 13))]


def test_columns_that_no_record_fills_are_known_after_the_read(server, read) -> None:
    server.pages([[{"id": 1, "x": None}]])
    found = read(wanted=("id", "x"))
    assert found.register.columns_used == ["id", "x"]
    assert found.register.columns_missing == ["x"]


def test_a_required_column_that_no_record_fills_refuses_the_read(server, read) -> None:
    server.pages([[{"id": 1}, {"id": 2}]])
    with pytest.raises(SourceRefused, match="None of the API's 2 records has 'name'"):
        read(wanted=("id", "name"), required=("id", "name"))


def test_half_a_character_becomes_the_mark_of_damage(server, read) -> None:
    server.answer = lambda request: request.reply(body=b'[{"id": "a\\ud800b"}, {"id": "\\ud83d\\ude00"}]')
    assert [row["id"] for row in read().rows] == ["a\ufffdb", "\U0001f600"]


def test_the_digest_is_that_of_the_wanted_fields(server, read) -> None:
    def digest(*records: Any) -> str:
        server.pages([list(records)])
        return read(wanted=("id", "name")).register.digest

    one = digest({"id": 1, "name": "a", "seen": "x"})
    assert one == digest({"seen": "y", "name": "a", "id": 1})
    assert len({one, digest({"id": 1, "name": "b"}), digest({"id": 1}), digest(), digest({"id": 1}, {"id": 2})}) == 5
    assert len(one) == 64


WANTED = ("id", "name.givenName", "emails[?primary].value | [0]", '"urn:e:User".employeeNumber', '"@removed".reason')


@pytest.mark.parametrize(
    ("select", "name", "asked"),
    [
        ({"style": "odata"}, "$select", "id,name,emails,urn:e:User"),
        ({"style": "scim"}, "attributes", "id,name.givenName,emails,urn:e:User:employeeNumber"),
        ({"style": "names", "parameter": "only"}, "only", "id,name,emails,urn:e:User"),
    ],
)
def test_only_mapped_fields_are_asked_for(server, read, select, name, asked) -> None:
    server.pages([[RECORD]])
    read(wanted=WANTED, select=select)
    assert server.asked[0].query[name] == asked


WINDOW = {"parameters": {"$filter": "changed ge {from} and changed lt {until}", "day": "{from:%d.%m.%Y}"}}


@pytest.mark.parametrize(
    ("on", "overlap", "since", "until", "day"),
    [
        # Finnish winter time is two hours ahead of UTC, summer time three; the 29th of March 2026 has 23 hours
        (date(2026, 3, 10), "1 day", "2026-03-08T22:00:00Z", "2026-03-10T22:00:00Z", "09.03.2026"),
        (date(2026, 3, 10), 3, "2026-03-06T22:00:00Z", "2026-03-10T22:00:00Z", "07.03.2026"),
        (date(2026, 3, 29), "1 days", "2026-03-27T22:00:00Z", "2026-03-29T21:00:00Z", "28.03.2026"),
        (date(2026, 1, 1), "2d", "2025-12-29T22:00:00Z", "2026-01-01T22:00:00Z", "30.12.2025"),
    ],
)
def test_the_window_follows_the_business_date(server, read, on, overlap, since, until, day) -> None:
    server.pages([[]])
    read(on=on, changed_since=WINDOW | {"overlap": overlap})
    assert server.asked[0].query == {"$filter": f"changed ge {since} and changed lt {until}", "day": day}


def test_the_day_of_a_whole_read_has_no_window(server, read) -> None:
    server.pages([[]])
    read(changed_since=WINDOW | {"overlap": 1}, everything=True)
    assert server.asked[0].query == {}


def test_windows_overlap_so_that_a_late_row_is_seen(server, read) -> None:
    """A row that shows up a day late, with yesterday's time, is in the next window as well."""
    shown_from = {"early": date(2026, 3, 9), "late": date(2026, 3, 11)}  # both were changed on the 9th

    def seen_on(day: date, overlap: int) -> set[str]:
        def answer(request):
            since = date.fromisoformat(request.query["since"])
            there = [name for name, shown in shown_from.items() if shown <= day and since <= date(2026, 3, 9)]
            request.reply([{"id": name} for name in there])

        server.answer = answer
        window = {"parameters": {"since": "{from:%Y-%m-%d}"}, "overlap": overlap}
        return {row["id"] for row in read(on=day, changed_since=window).rows}

    nights = [date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11)]
    assert set.union(*(seen_on(night, 1) for night in nights)) == {"early"}
    assert set.union(*(seen_on(night, 2) for night in nights)) == {"early", "late"}
