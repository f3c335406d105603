"""A register of people behind an API, as the tests of whole syncs describe and serve it.

Belongs here: its description, its records, and serving them well. Does not belong here: serving them badly, or what a
test expects.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from api_server import Request
from descriptions import described

FIRST = date(2026, 3, 10)
SECOND = date(2026, 3, 11)

_SOURCE = """
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


def people_behind(url: str, *, snapshot: str = FULL, more: str = "") -> str:
    """The description of a register of people there; limits and tries are those of somebody in a hurry."""
    return described(_SOURCE.format(url=url, snapshot=snapshot, more=more), register="people")


def person(number: int, last: str = "Virtanen", **more: Any) -> dict[str, Any]:
    """One record."""
    return {"id": number, "name": {"last": last}, "emails": [{"value": f"p{number}@example.com"}]} | more


def paged(records: list[dict[str, Any]], size: int = 3, total: int | None = None) -> Callable[[Request], None]:
    """Serves records in pages, with their number."""

    def answer(request: Request) -> None:
        start = int(request.query.get("cursor", "0"))
        more = start + size < len(records)
        document = {"items": records[start : start + size], "next": start + size if more else None}
        request.reply(document | {"total": len(records) if total is None else total})

    return answer
