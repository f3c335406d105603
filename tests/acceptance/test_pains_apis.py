"""Pains of APIs: rows that come late, and pages that are not all; all are listed in `pains`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from api_server import Request
from pains import NEXT, NIGHT, absent, api, behind, members, names

from schemas.errors import Refusal

__all__ = ["api"]


@pytest.mark.parametrize(("overlap", "seen"), [("1 day", {"1", "3"}), ("3 days", {"1", "2", "3"})])
def test_pain_11_late_rows_are_missed_by_the_cursor(bench, api, overlap, seen) -> None:
    """A row that showed up late, with a time before the cursor's, was never read.

    So the window does not begin where the last one ended but a declared time before it. Number 2 was changed on the
    9th and shows up on the 11th; how far back the window goes decides whether it is seen.
    """
    shows_up = {1: NIGHT, 2: NEXT, 3: NEXT}
    changed = {1: date(2026, 3, 9), 2: date(2026, 3, 9), 3: NEXT}
    today = NIGHT

    def answer(request: Request) -> None:
        since = date.fromisoformat(request.query["since"])
        there = [number for number in changed if shows_up[number] <= today and changed[number] >= since]
        request.reply(members(*there))

    api.answer = answer
    window = f"  changed_since: {{parameters: {{since: '{{from:%Y-%m-%d}}'}}, overlap: {overlap}}}\n"
    source = bench.source(behind(api, window, "{type: changes, full_every: 90 days}"))
    for today in (NIGHT, NEXT):
        assert bench.sync(source, today).status == "applied"
    assert set(names(bench)) == seen
    assert absent(bench) == {}


def test_pain_11_late_rows_are_missed_after_a_night_that_failed(bench, api) -> None:
    """The same for a night that failed: its window follows the date, and the next one reaches back over it."""
    changed = {1: NIGHT, 2: NEXT, 3: NEXT + timedelta(days=1)}
    today = NIGHT

    def answer(request: Request) -> None:
        since = date.fromisoformat(request.query["since"])
        if today == NEXT:
            request.reply(status=503)
        else:
            request.reply(members(*(number for number in changed if since <= changed[number] <= today)))

    api.answer = answer
    window = "  changed_since: {parameters: {since: '{from:%Y-%m-%d}'}, overlap: 1 day}\n"
    source = bench.source(behind(api, window, "{type: changes, full_every: 90 days}"))
    bench.sync(source, NIGHT)
    today = NEXT
    with pytest.raises(Refusal):
        bench.sync(source, NEXT)
    today = NEXT + timedelta(days=1)
    bench.sync(source, today)
    assert set(names(bench)) == {"1", "2", "3"}


_PAGES = {
    "number": "  pages: {type: number, size_parameter: size, size: 100}\n  records: items\n",
    "offset": "  pages: {type: offset, parameter: skip, size_parameter: size, size: 100}\n  records: items\n",
    "scim": "  pages: {type: scim, count: 100}\n  records: items\n",
}


def _capped(register: list[dict[str, Any]], ends_after: int | None = None, total: int | None = None):
    """A server that gives three records at a time, whatever it is asked for, and may end before its end."""

    def answer(request: Request) -> None:
        if "page" in request.query:
            start = 3 * (int(request.query["page"]) - 1)
        else:
            start = int(request.query.get("skip", 0)) or int(request.query.get("startIndex", 1)) - 1
        items = register[start : min(start + 3, len(register) if ends_after is None else ends_after)]
        declared = {} if total is None else {"total": total, "totalResults": total}
        request.reply({"items": items} | declared)

    return answer


@pytest.mark.parametrize("way", _PAGES)
def test_pain_12_short_pages_are_taken_for_the_last(bench, api, way) -> None:
    """A server gave fewer records a page than it was asked for, and the first short page was taken for the end."""
    api.answer = _capped(members(*range(1, 8)), total=7 if way == "scim" else None)
    result = bench.sync(bench.source(behind(api, _PAGES[way])), NIGHT)
    assert (result.status, result.counts["inserted"], result.batch.complete) == ("applied", 7, True)


@pytest.mark.parametrize("way", _PAGES)
def test_pain_12_api_pages_are_silently_truncated(bench, api, way) -> None:
    """A server stopped giving pages, and whoever stood on the others was taken for gone, or missed without a word."""
    source = bench.source(behind(api, _PAGES[way] + ("" if way == "scim" else "  total: total\n")))
    api.answer = _capped(members(*range(1, 8)), total=7)
    assert bench.sync(source, NIGHT).status == "applied"
    before = bench.state()
    api.answer = _capped(members(*range(1, 8), last="Koski"), ends_after=3, total=7)
    held = bench.sync(source, NEXT)
    assert (held.status, [alarm["guard"] for alarm in held.alarms]) == ("held", ["doubtful"])
    assert "declares 7 records and gave 3" in held.alarms[0]["says"]
    assert bench.state() == before
    bench.release(held, NEXT)
    assert sorted(names(bench).values()) == ["Koski"] * 3 + ["Virtanen"] * 4
    assert absent(bench) == {}
