"""A register behind an API, through whole syncs: pages, changes, deletions. How it may misbehave: test_api_tricks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from api_register import FIRST, SECOND, paged, people_behind, person
from api_server import Server, serving

CANARY = "Kanarialintu"
CHANGES = '{type: changes, deleted: {column: "\\"@removed\\".reason", values: [deleted]}}'
WINDOW = 'changed_since: {parameters: {since: "{from:%Y-%m-%d}"}, overlap: 2 days}'


@pytest.fixture
def api() -> Iterator[Server]:
    with serving() as mine:
        yield mine


def test_the_same_rows_again_change_nothing_and_are_read_again(bench, api) -> None:
    source = bench.source(people_behind(api.home))
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
    source = bench.source(people_behind(api.home, snapshot=CHANGES, more=WINDOW))
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


def test_a_preview_shows_what_would_be_taken(bench, api) -> None:
    from assets.preview import preview

    source = bench.source(people_behind(api.home))
    api.answer = paged([person(1, nickname=CANARY), person(2), {"id": 3, "name": [1]}])
    seen = preview(source, FIRST, bench.inbox)
    assert (seen.rows, seen.whole, seen.missing, seen.dropped) == (3, True, [], ["nickname"])
    assert seen.records == {"person": 2}
    assert seen.doubts == []
    api.answer = paged([person(1), person(2)], total=9)
    assert preview(source, FIRST, bench.inbox).doubts == ["the API declares 9 records and gave 2"]


def test_the_pages_are_shown_beside_the_rows(bench, api) -> None:
    from assets.source_assets import _events

    source = bench.source(people_behind(api.home))
    api.answer = paged([person(number) for number in range(1, 8)])
    pulled = next(_events(source, bench.sync(source, FIRST), 0.0))
    assert (pulled.metadata["rows_read"], pulled.metadata["pages"]) == (7, 3)
