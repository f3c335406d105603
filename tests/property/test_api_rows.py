"""Whatever a server answers: chunks of text, or a refusal that shows nothing of it. Never another error."""

from __future__ import annotations

import json
import math
import os
from contextlib import closing
from datetime import date
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.errors import SourceRefused
from sources.readers.api.pagination import Ask
from sources.readers.api.reader import ApiRegister, open_api
from sources.readers.api.settings import ApiRead
from sources.readers.api.transport import Answer

FUZZ = int(os.environ.get("MDO_ENDURE_FUZZ", "200"))
WAYS: list[dict[str, Any]] = [
    {},
    {"records": "d", "total": "n", "pages": {"type": "cursor", "cursor": "c"}},
    {"records": "d", "pages": {"type": "next_url", "next": "c"}},
    {"pages": {"type": "number"}},
    {"records": "d", "total": "n", "pages": {"type": "offset", "more": "c"}},
    {"pages": {"type": "scim"}},
]
WANTED = ("a", "b.c", "d[0].e", "f[?g].h | [0]")

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=8)
    | st.decimals(allow_nan=False).map(lambda number: float(number) if math.isfinite(number) else 0.0),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcdefgh"), inner, max_size=4),
    max_leaves=12,
)
records = st.lists(values, max_size=4)
documents = values | st.fixed_dictionaries(
    {"d": records, "Resources": records}, optional={"n": values, "c": values, "totalResults": st.integers(0, 9)}
)
bodies = documents.map(lambda document: json.dumps(document).encode()) | st.binary(max_size=60)


class Given:
    """A transport that gives these bodies, and then empty lists for ever."""

    def __init__(self, pages: list[bytes]) -> None:
        self.pages = list(pages)

    def get(self, url: httpx.URL, parameters: dict[str, str] | None) -> Answer:
        Ask(url, parameters)
        return Answer(self.pages.pop(0) if self.pages else b"[]", url, None, 200, httpx.Headers())

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.endure
@settings(max_examples=FUZZ, suppress_health_check=[HealthCheck.too_slow])
@given(way=st.sampled_from(WAYS), pages=st.lists(bodies, max_size=4))
def test_any_answer_is_read_or_refused(way: dict[str, Any], pages: list[bytes]) -> None:
    read = ApiRead.model_validate(
        {"type": "api", "url": "https://hr.example.com/people", "limits": {"pages": 50}} | way
    )
    register = open_api(
        read,
        wanted=WANTED,
        required=(),
        business_date=date(2026, 3, 10),
        transport=lambda _: Given(pages),  # type: ignore[arg-type, return-value]
    )
    with closing(register):
        try:
            _look_at(register)
        except SourceRefused as refusal:
            assert refusal.__context__ is None


def _look_at(register: ApiRegister) -> None:
    numbers: list[int] = []
    for chunk in register.chunks():
        assert chunk.rows.column_names == list(WANTED)
        assert chunk.rows.num_rows == len(chunk.row_numbers)
        assert all(isinstance(cell, str) for row in chunk.rows.to_pylist() for cell in row.values())
        numbers += [*chunk.row_numbers.tolist(), *(number for number, _ in chunk.rejected)]
    assert sorted(numbers) == list(range(1, len(numbers) + 1)), "each record is a row or rejected"
    assert register.digest


@pytest.mark.parametrize("text", ["[[[", "{}", "nul", '{"d": 1}', '[1, {"a": {}}]', ""])
def test_a_few_that_are_easily_got_wrong(text: str) -> None:
    test_any_answer_is_read_or_refused.hypothesis.inner_test({}, [text.encode()])
