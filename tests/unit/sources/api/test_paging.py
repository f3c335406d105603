"""Every way of paging gives each record once, in order, and asks for no more than it needs."""

from __future__ import annotations

from typing import Any

import pytest

ALL = [str(number) for number in range(1, 8)]


def part(records: list[Any], start: int, most: int = 3) -> list[Any]:
    return records[start : start + most]


def by_number(request, records, first=1):
    request.reply(part(records, 3 * (int(request.query["page"]) - first)))


def by_number_with_more(request, records):
    page = int(request.query["page"])
    request.reply({"items": part(records, 3 * (page - 1)), "page": page, "pages": 3})


def by_offset(request, records):
    # asked for five at a time, this one gives three at most
    assert request.query["limit"] == "5"
    request.reply({"items": part(records, int(request.query["offset"])), "count": len(records)})


def by_cursor(request, records):
    start = int(request.query.get("after", "k0")[1:])
    more = start + 3 < len(records)
    request.reply({"items": part(records, start), "next": {"after": f"k{start + 3}"} if more else None})


def by_odata(request, records):
    start = int(request.query.get("$skiptoken", "0"))
    answer: dict[str, Any] = {"value": part(records, start), "@odata.count": len(records)}
    if start + 3 < len(records):
        answer["@odata.nextLink"] = (
            f"http://127.0.0.1:{request.handler.server.server_port}/people?$skiptoken={start + 3}"
        )
    request.reply(answer)


def by_plain_url(request, records):
    start = int(request.query.get("from", "0"))
    more = start + 3 < len(records)
    request.reply({"items": part(records, start), "links": {"next": f"/people?from={start + 3}" if more else ""}})


def by_link(request, records):
    start = int(request.query.get("from", "0"))
    link = f'</people?from=0>; rel="first", </people?from={start + 3}>; rel="next"'
    request.reply(part(records, start), **({"Link": link} if start + 3 < len(records) else {}))


def by_scim(request, records):
    start, most = int(request.query["startIndex"]), int(request.query["count"])
    given = part(records, start - 1, min(most, 3))
    request.reply({"totalResults": len(records), "startIndex": start, "itemsPerPage": 3, "Resources": given})


WAYS = {
    "number": (by_number, {"pages": {"type": "number"}}, 4),
    "number from 0": (
        lambda request, records: by_number(request, records, 0),
        {"pages": {"type": "number", "first": 0}},
        4,
    ),
    "number, told of more": (
        by_number_with_more,
        {"records": "items", "pages": {"type": "number", "more": "page < pages"}},
        3,
    ),
    "offset": (
        by_offset,
        {
            "records": "items",
            "total": "count",
            "pages": {"type": "offset", "size_parameter": "limit", "size": 5},
        },
        3,
    ),
    "cursor": (
        by_cursor,
        {"records": "items", "pages": {"type": "cursor", "parameter": "after", "cursor": "next.after"}},
        3,
    ),
    "odata": (by_odata, {"pages": {"type": "next_url"}, "total": '"@odata.count"'}, 3),
    "next url": (by_plain_url, {"records": "items", "pages": {"type": "next_url", "next": "links.next"}}, 3),
    "link header": (by_link, {"pages": {"type": "link_header"}}, 3),
    "scim": (by_scim, {"pages": {"type": "scim", "count": 5}}, 3),
    "none": (lambda request, records: request.reply(records), {}, 1),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_record_comes_once_and_in_order(server, read, people, way) -> None:
    answer, settings, requests = WAYS[way]
    records = people(7)
    server.answer = lambda request: answer(request, records)
    found = read(params={"tenant": "satama"}, headers={"X-Tenant": "s"}, **settings)
    assert [row["id"] for row in found.rows] == ALL
    assert found.numbers == list(range(1, 8))
    assert found.register.incomplete == []
    assert found.register.pages == requests == len(server.asked)
    assert all(request.headers["x-tenant"] == "s" for request in server.asked)
    assert server.asked[0].query["tenant"] == "satama"
    assert found.register.digest


@pytest.mark.parametrize("way", ["number", "offset", "cursor", "odata", "next url", "link header", "scim", "none"])
def test_an_empty_register_is_empty(server, read, way) -> None:
    answer, settings, _ = WAYS[way]
    server.answer = lambda request: answer(request, [])
    found = read(required=("id",), **settings)
    assert (found.rows, found.register.incomplete, found.register.columns_missing) == ([], [], [])


def test_scim_without_a_result_needs_no_list(server, read) -> None:
    server.pages([{"totalResults": 0}])
    assert read(pages={"type": "scim"}).register.incomplete == []


def test_cursors_may_lead_over_empty_pages(server, read, people) -> None:
    server.pages([{"d": people(1), "c": 1}, {"d": [], "c": 2}, {"d": people(1, 2)}])
    found = read(records="d", pages={"type": "cursor", "cursor": "c"})
    assert found.numbers == [1, 2]


def test_pages_are_gathered_into_chunks(server, read, people) -> None:
    records = people(7)
    server.answer = lambda request: by_number(request, records)
    assert read(pages={"type": "number"}, chunk_rows=4).chunks == 2


def test_redirects_inside_the_host_are_followed(server, read, people) -> None:
    def answer(request):
        if request.path == "/people":
            request.reply(status=307, Location="/v2/people?x=1")
        else:
            assert (request.path, request.query) == ("/v2/people", {"x": "1"})
            request.reply(people(2))

    server.answer = answer
    assert read().numbers == [1, 2]
