"""Damaged answers of an API through a whole sync: bytes, or the shape of what stands in them.

Short with the other tests; ``make endure FUZZ=2000 SEED=7`` for long. The reader alone meets stranger ones still, in
`test_api_rows`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from api_server import serving
from damage import Register, described, endure, mutate

_DESCRIPTION = described(
    """
active: {ends: left}
read:
  type: api
  url: API/people
  records: items
  total: total
  pages: {type: cursor, cursor: next}
  retry: {attempts: 1}
  limits: {silence_seconds: 5, answer_seconds: 10, read_seconds: 20, pages: 30}
key: [id]
records:
  person:
    last_name: name.last
    work_email: "mails[?primary].value | [0]"
    work_phone: {column: "phones[0]", region: FI}
  employment: {valid_from: since, valid_to: left}
  competence: {skill_code: {column: "skills[].code", split: ","}}
""",
    "api",
)


def _person(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "name": {"last": f"Mäki{'aeiouy'[number % 6]}", "given": ["Åsa"]},
        "mails": [{"value": f"koti{number}@example.com"}, {"value": f"n{number}@example.com", "primary": True}],
        "phones": [f"040 123 45{number:02}", None],
        "since": "2020-02-01T00:00:00Z",
        "left": "2031-01-31" if number % 7 == 0 else None,
        "skills": [{"code": "C"}, {"code": "D", "level": 2.5}],
        "active": True,
    }


def _sound() -> list[dict[str, Any]]:
    """Three pages of thirteen people."""
    people = [_person(number) for number in range(1, 40)]
    return [{"items": people[at : at + 13], "total": 39, "next": f"c{at}" if at < 26 else None} for at in (0, 13, 26)]


#: Values that stand where none like them is expected; texts are among them that no encoding has.
_VALUES = (
    *(None, True, False, 0, -1, 1.5, 1e300, 10**30, "", " ", "0", "null", "NaN", "x" * 300, "\ud800", "\0", "\u202e"),
    *([], {}, [[]], [{}], [None], ["a", "b"], ["a,b", "c"], {"value": 1}, {"": ""}, [[[[1]]]], "280254-9000"),
    *("31.12.9999", "0001-01-01", "=1+1", "\x1f", "c13", "next", 39, 13, "39"),
)


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a document, as what holds it and its key there."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in list(inner):
        yield value, key
        yield from _spots(below)


def _reshape(draw: random.Random, pages: list[Any]) -> None:
    """One place in one page is another value, goes, stands twice, or changes places with another."""
    holder, key = draw.choice(list(_spots(pages[draw.randrange(len(pages))])) or [(pages, 0)])
    what = draw.randrange(6)
    if what == 0:
        del holder[key]
    elif what == 1 and isinstance(holder, list):
        holder.insert(key, holder[key])
    elif what == 2:
        other, place = draw.choice(list(_spots(pages)))
        holder[key] = json.loads(json.dumps(other[place]))
    elif what == 3 and isinstance(holder, dict):
        holder[draw.choice(["id", "name", "ID", "@removed", "next", "x", ""])] = holder.pop(key)
    else:
        holder[key] = draw.choice(_VALUES)


def _answers(seed: int) -> bytes:
    """The answers, one after another, as one text: what `deliver` hands to the server."""
    draw = random.Random(seed)
    pages: list[Any] = _sound()
    if draw.randrange(2):
        for _ in range(draw.randint(1, 4)):
            if pages:
                _reshape(draw, pages)
    if draw.randrange(8) == 0:
        draw.shuffle(pages)
    bodies = [json.dumps(page, ensure_ascii=bool(draw.randrange(2))).encode("utf-8", "replace") for page in pages]
    if draw.randrange(2) and bodies:
        at = draw.randrange(len(bodies))
        bodies[at] = mutate(draw, bodies[at])
    return _BETWEEN.join(bodies)


_BETWEEN = b"\n--between--\n"


@pytest.fixture(scope="module")
def damaged(server, bench_at, tmp_path_factory) -> Iterator[Register]:
    """One register for all answers."""
    bench = bench_at(server.url(server.fresh_database()), tmp_path_factory.mktemp("inbox"))
    with serving() as api:

        def deliver(_: date, content: bytes) -> None:
            bodies = content.split(_BETWEEN)
            api.asked.clear()
            api.answer = lambda request: request.reply(body=bodies[min(request.number, len(bodies) - 1)])

        register = Register(bench, _DESCRIPTION.replace("API", api.home), deliver)
        assert register.meet(_BETWEEN.join(json.dumps(page).encode() for page in _sound())) == "applied"
        assert bench.rows("select count(*) from register.person_record") == [(39,)]
        yield register


@pytest.mark.endure
@pytest.mark.timeout(0)
def test_damaged_answers_give_a_result_or_a_refusal(damaged) -> None:
    ends = endure(damaged, _answers, short=40)
    assert {"refused", "applied", "held"} <= set(ends), ends
