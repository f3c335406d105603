"""A register behind an API, through whole syncs: changes, deletions, and a server that misbehaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from api_server import Request, Server, serving

from schemas.errors import Refusal, SourceRefused, TryLater

FIRST = date(2026, 3, 10)
SECOND = date(2026, 3, 11)
CANARY = "Kanarialintu"
SOURCE = """
customer: satama
register: people
title: People of the tests
kind: customer_register
register_type: contact_directory
valid: {{from: 2026-03-10}}
contract: T-1
role: controller
legal_basis: {{code: legitimate_interests, reference: LIA-1}}
owner: {{name: Tests, email: tests@example.com}}
hosting_country: FI
history: true
snapshot: {snapshot}
read:
  type: api
  url: {url}/people
  pages: {{type: cursor, cursor: next}}
  records: items
  total: total
  retry: {{attempts: 2, first_wait: 0.01, longest_wait: 0.1}}
  limits: {{silence_seconds: 0.5, answer_seconds: 1, read_seconds: 5, page_bytes: 10000, pages: 20}}
  {more}
key: [id]
guards: {{min_rows: 0}}
records:
  person:
    last_name: name.last
    work_email: {{column: "emails[0].value"}}
"""
FULL = "{type: full}"
CHANGES = '{type: changes, deleted: {column: "\\"@removed\\".reason", values: [deleted]}}'
WINDOW = 'changed_since: {parameters: {since: "{from:%Y-%m-%d}"}, overlap: 2 days}'


@pytest.fixture
def api() -> Iterator[Server]:
    with serving() as mine:
        yield mine


def person(number: int, last: str = "Virtanen", **more: Any) -> dict[str, Any]:
    return {"id": number, "name": {"last": last}, "emails": [{"value": f"p{number}@example.com"}]} | more


def paged(records: list[dict[str, Any]], size: int = 3, total: int | None = None) -> Callable[[Request], None]:
    """Serves records in pages, with their number."""

    def answer(request: Request) -> None:
        start = int(request.query.get("cursor", "0"))
        more = start + size < len(records)
        document = {"items": records[start : start + size], "next": start + size if more else None}
        request.reply(document | {"total": len(records) if total is None else total})

    return answer


def test_the_same_rows_again_change_nothing_and_are_read_again(bench, api) -> None:
    source = bench.source(SOURCE.format(url=api.home, snapshot=FULL, more=""))
    api.answer = paged([person(number) for number in range(1, 8)])
    told: list[tuple[str, int]] = []
    bench.activate(source, FIRST)
    from assets.sync import sync

    work = bench.workplace(FIRST, listener=lambda name, step, rows: told.append((step, rows)))
    first = sync(work, source, FIRST)
    assert (first.status, first.counts["inserted"], first.batch.complete) == ("applied", 7, True)
    assert ("page 3 came", 7) in told
    assert first.batch.digest
    assert first.batch.pulled["pages"] == 3
    before = bench.state()
    second = bench.sync(source, SECOND)
    assert (second.counts["unchanged"], second.counts["inserted"], second.counts["updated"]) == (7, 0, 0)
    assert len(api.asked) == 6, "the second night read every page"
    assert second.batch.digest == first.batch.digest
    assert bench.state()["register.person_record"] == before["register.person_record"]
    assert bench.sync(source, SECOND, dry_run=True).counts["unchanged"] == 7


def test_a_window_of_changes_with_marks_of_deletion(bench, api) -> None:
    source = bench.source(SOURCE.format(url=api.home, snapshot=CHANGES, more=WINDOW))
    api.answer = paged([person(number) for number in range(1, 6)])
    bench.sync(source, FIRST)
    assert api.asked[0].query == {"since": "2026-03-08"}
    api.answer = paged([person(2, "Korhonen"), {"id": 4, "@removed": {"reason": "deleted"}}])
    result = bench.sync(source, SECOND)
    # the row that is marked is known, and its end is a change of it; nobody is absent for not being in the window
    assert (result.counts["read"], result.counts["updated"], result.counts["absent"]) == (2, 2, 0)
    held = dict(bench.rows("select key, last_name from register.person_record"))
    assert held["2"] == "Korhonen"
    absent = bench.rows("select key from sync.source_row where absent_since is not null")
    assert absent == [("4",)]


def hang(request: Request) -> None:
    request.handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")
    request.handler.wfile.flush()
    request.handler.connection.settimeout(2)
    request.handler.close_connection = True
    request.handler.connection.recv(1)


def after_a_page(then: Callable[[Request], None]) -> Callable[[Request], None]:
    """One good page with new and changed people, and then the trick."""

    def answer(request: Request) -> None:
        if "cursor" in request.query:
            then(request)
        else:
            request.reply({"items": [person(1, CANARY), person(99, CANARY)], "next": "x", "total": 9})

    return answer


TRICKS: dict[str, tuple[Callable[[Request], None], type[Refusal]]] = {
    "the server ends": (lambda request: request.reply(status=500, body=CANARY.encode()), TryLater),
    "it hangs": (hang, TryLater),
    "too many requests": (lambda request: request.reply(status=429, Retry_After="3600"), TryLater),
    "the right is gone": (lambda request: request.reply(status=403, body=CANARY.encode()), SourceRefused),
    "an error page": (lambda request: request.reply(body=f"<p>{CANARY}".encode()), SourceRefused),
    "a circle": (
        lambda request: request.reply({"items": [person(request.number + 200)], "next": "x", "total": 9}),
        SourceRefused,
    ),
    "the same page": (
        lambda request: request.reply(
            {"items": [person(1, CANARY), person(99, CANARY)], "next": request.number, "total": 9}
        ),
        SourceRefused,
    ),
    "another host": (
        lambda request: request.reply(status=302, Location=f"https://{CANARY}.example.org"),
        SourceRefused,
    ),
    "too large": (lambda request: request.reply(body=b" " * 20_000), SourceRefused),
    "pages without end": (
        lambda request: request.reply(
            {"items": [person(request.number + 200)], "next": request.number + 200, "total": 9}
        ),
        SourceRefused,
    ),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_in_the_middle_leaves_the_register_as_it_was(bench, api, trick) -> None:
    source = bench.source(SOURCE.format(url=api.home, snapshot=FULL, more=""))
    api.answer = paged([person(number) for number in range(1, 8)])
    bench.sync(source, FIRST)
    before = bench.state()
    then, refused = TRICKS[trick]
    api.answer = after_a_page(then)
    with pytest.raises(refused):
        bench.sync(source, SECOND)
    assert bench.state() == before
    [(status, reason)] = bench.rows("select status, reason from sync.batch where business_date = %s", SECOND)
    assert status == "failed"
    assert CANARY not in reason
    assert bench.rows("select tablename from pg_tables where schemaname = 'staging'") == []


def test_a_total_that_does_not_match_makes_nobody_absent(bench, api) -> None:
    source = bench.source(SOURCE.format(url=api.home, snapshot=FULL, more=""))
    api.answer = paged([person(number) for number in range(1, 8)])
    bench.sync(source, FIRST)
    api.answer = paged([person(number) for number in range(1, 6)], total=7)
    result = bench.sync(source, SECOND)
    assert (result.counts["read"], result.counts["absent"], result.batch.complete) == (5, 0, False)
    assert result.batch.notes == ["the API declares 7 records and gave 5"]
    assert bench.rows("select key from sync.source_row where absent_since is not null") == []


def test_a_preview_shows_what_would_be_taken(bench, api) -> None:
    from assets.preview import preview

    source = bench.source(SOURCE.format(url=api.home, snapshot=FULL, more=""))
    api.answer = paged([person(1, nickname=CANARY), person(2), {"id": 3, "name": [1]}])
    seen = preview(source, FIRST, bench.inbox)
    assert (seen.rows, seen.whole, seen.missing, seen.dropped) == (3, True, [], ["nickname"])
    assert seen.records == {"person": 2}
