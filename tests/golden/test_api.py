"""Answers in, the register's rows out: what APIs are like, each quirk with what must come of it.

Each folder of ``api/`` holds the description of a source (``API`` stands for the server's address) and two files that
were written by hand and never by running the code. ``answers.json`` has for each night what the reader must ask, in
this order and nothing else, and what it is given. ``expected.json`` has the counts and rows after the last night, as
for the files of ``csv/``; rows are numbered as they came.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from api_server import Request, serving

CASES = Path(__file__).with_name("api")


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_answers_give_these_rows(bench, found, case) -> None:
    folder = CASES / case
    expected = json.loads((folder / "expected.json").read_text())
    nights: dict[str, list[dict[str, Any]]] = json.loads((folder / "answers.json").read_text())
    result = None
    with serving() as api:
        source = bench.source((folder / "source.yaml").read_text().replace("API/", f"{api.home}/"))
        for night, answers in nights.items():
            asked: list[dict[str, Any]] = []

            def answer(request: Request, answers=answers, asked=asked) -> None:
                one = answers[len(asked)]
                names = one.get("headers", {})
                asked.append({"path": request.path, "query": request.query} | _named(names, request.headers))
                request.reply(one["gives"], **({"Link": one["link"]} if "link" in one else {}))

            api.answer = answer
            result = bench.sync(source, date.fromisoformat(night))
            assert asked == [
                {"path": one.get("path", "/people"), "query": one["query"]} | _named(one.get("headers", {}), one)
                for one in answers
            ]
            assert (result.status, result.batch.notes) == ("applied", expected.get("notes", []))
    expected.pop("notes", None)
    assert found(result) == expected


def _named(names: dict[str, str], given: dict[str, Any]) -> dict[str, Any]:
    """The headers that a case names, as they were given."""
    headers = given.get("headers", given)
    return {"headers": {name: headers.get(name) for name in names}} if names else {}
