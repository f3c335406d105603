"""What a `read:` block of type api may say, and how it fits the rest of a source."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from schemas.errors import ConfigurationRefused
from sources.config import Source
from sources.loading import parse
from sources.readers.api.settings import ApiRead
from sources.readers.opening import opened
from sources.rules_version import rules_version

Describe = Callable[..., Source]
URL = "https://hr.example.com/people"


def api(**more: object) -> dict[str, object]:
    return {"type": "api", "url": URL, **more}


@pytest.mark.parametrize(
    "url",
    [
        "http://hr.example.com/people",
        "http://10.0.0.1/people",
        "ftp://hr.example.com/people",
        "hr.example.com/people",
        "https://user:word@hr.example.com/people",
        "https://hr.example.com/people?x=1",
        "https://hr.example.com/people#x",
        "https:///people",
        "https://[broken/people",
        "",
    ],
)
def test_addresses_that_are_refused(url) -> None:
    with pytest.raises(ValidationError):
        ApiRead.model_validate(api(url=url))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "[::1]"])
def test_this_machine_needs_no_tls(host) -> None:
    ApiRead.model_validate(api(url=f"http://{host}:8000/people"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"auth": {"type": "bearer", "token": "word"}},
        {"auth": {"type": "bearer", "token": {"env": "lower"}}},
        {
            "auth": {
                "type": "oauth2",
                "url": "http://login.example.com",
                "client_id": "a",
                "client_secret": {"env": "B"},
            }
        },
        {"auth": {"type": "digest"}},
        {"headers": {"Authorization": "Bearer x"}},
        {"headers": {"Host": "x"}},
        {"headers": {"X Y": "x"}},
        {"headers": {"X": "a\nb"}},
        {"pages": {"type": "cursor"}},
        {"pages": {"type": "guess"}},
        {"pages": {"type": "next_url", "next": "@odata.nextLink"}},
        {"records": "data["},
        {"columns": {"A": "@.x["}},
        {"changed_since": {"parameters": {"since": "{from}"}}},
        {"changed_since": {"parameters": {"since": "yesterday"}, "overlap": 1}},
        {"changed_since": {"parameters": {"since": "{from} {now}"}, "overlap": 1}},
        {"changed_since": {"parameters": {"since": "{from}"}, "overlap": 0}},
        {"changed_since": {"parameters": {"since": "{from}"}, "overlap": 1}, "params": {"since": "x"}},
        {"select": {"style": "odata"}, "params": {"$select": "id"}},
        {"join": "x"},
        {"pagse": {}},
    ],
    ids=str,
)
def test_blocks_that_are_refused(wrong) -> None:
    with pytest.raises(ValidationError):
        ApiRead.model_validate(api(**wrong))


@pytest.mark.parametrize(
    ("block", "records", "total"),
    [
        ({}, "@", None),
        ({"records": "@"}, "@", None),
        ({"records": "items"}, '"items"', None),
        ({"records": "data.items"}, "data.items", None),
        ({"pages": {"type": "scim"}}, "Resources", "totalResults"),
        ({"pages": {"type": "next_url"}}, "value", None),
        ({"pages": {"type": "next_url", "next": "next"}, "total": '"@odata.count"'}, "@", '"@odata.count"'),
    ],
)
def test_where_things_stand_by_default(block, records, total) -> None:
    read = ApiRead.model_validate(api(**block))
    assert (read.list_path, read.total_path) == (records, total)
    assert ApiRead.model_validate(read.model_dump()) == read


CHANGES = {"type": "changes", "deleted": {"column": "gone", "values": ["true"]}}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"read": api(changed_since={"parameters": {"since": "{from}"}, "overlap": 1})},
            "is not gone; write snapshot",
        ),
        ({"read": api(), "after_read": "delete"}, "an API has none"),
        ({"read": api(columns={"Muu": "x"})}, "no mapping uses this column"),
        ({"read": api(columns={"Sukunimi": "person.birthDate"})}, "never read"),
        ({"read": api(), "key": ["@.id"]}, "as a whole"),
        ({"read": api(), "key": ["to_string(@)"]}, "as a whole"),
        ({"read": api(), "key": ["id["]}, "is no path"),
        ({"read": api(), "key": ["päivä.nro"]}, "is no path"),
        ({"read": api(), "key": ["person.ssn"]}, "never read"),
    ],
)
def test_descriptions_that_are_refused(describe: Describe, changes, says) -> None:
    with pytest.raises(ValidationError, match=says):
        describe(**changes)


def test_the_document_can_be_read_back(describe: Describe) -> None:
    source = describe(read=api(pages={"type": "scim"}, auth={"type": "bearer", "token": {"env": "T"}}))
    assert Source.model_validate(source.document) == source


def test_where_an_api_is_does_not_change_what_its_rows_mean(describe: Describe) -> None:
    one = rules_version(describe(read=api()))
    assert one == rules_version(describe(read=api(auth={"type": "bearer", "token": {"env": "T"}})))
    assert one == rules_version(describe(read=api(url="https://hr2.example.com/people", limits={"pages": 7})))
    assert one != rules_version(describe(read=api(columns={"Sukunimi": "name.last"})))


def test_nothing_is_asked_when_it_is_opened(describe: Describe) -> None:
    source = describe(read=api(url="http://127.0.0.1:1/people"))
    with opened(source, date(2026, 3, 10), Path("nowhere")) as register:
        assert (register.found, register.name_shown) == (None, "http://127.0.0.1:1/people")
        assert (register.reader.digest, register.reader.columns_missing) == ("", [])


def test_a_secret_in_a_source_file_is_refused_by_its_line() -> None:
    text = "read:\n  type: api\n  auth: {type: bearer, token: Kanarialintu}\n"
    with pytest.raises(ConfigurationRefused, match=r"f\.yaml:3: .*write \{env: NAME") as refusal:
        parse(text, "f.yaml")
    assert "Kanarialintu" not in str(refusal.value)
