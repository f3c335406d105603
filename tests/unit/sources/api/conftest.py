"""A server on this machine, and a way to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from api_server import Server, serving

from sources.readers.api.reader import ApiRegister, open_api
from sources.readers.api.settings import ApiRead


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that answers as the test tells it."""
    with serving() as mine:
        yield mine


@dataclass
class Read:
    """What a read gave."""

    register: ApiRegister
    rows: list[dict[str, str]]
    numbers: list[int]
    rejected: list[tuple[int, str]]
    chunks: int


@pytest.fixture
def read(server: Server) -> Callable[..., Read]:
    """Reads the server's whole register by a `read:` block; quick to give up, unless the block says otherwise."""

    def run(
        *,
        wanted: tuple[str, ...] = ("id",),
        required: tuple[str, ...] = (),
        on: date = date(2026, 3, 10),
        everything: bool = False,
        chunk_rows: int = 1000,
        **settings: Any,
    ) -> Read:
        quick = {
            "type": "api",
            "url": f"{server.home}/people",
            "retry": {"attempts": 3, "first_wait": 0.01, "longest_wait": 0.5},
            "limits": {"silence_seconds": 0.5, "answer_seconds": 1, "read_seconds": 8},
        }
        settings["limits"] = quick["limits"] | settings.get("limits", {})
        settings["retry"] = quick["retry"] | settings.get("retry", {})
        register = open_api(
            ApiRead.model_validate(quick | settings),
            wanted=wanted,
            required=required,
            business_date=on,
            everything=everything,
            chunk_rows=chunk_rows,
        )
        found = Read(register, [], [], [], 0)
        incomplete = register.incomplete  # the caller holds this list from before the read on
        with closing(register):
            for chunk in register.chunks():
                found.rows += chunk.rows.to_pylist()
                found.numbers += chunk.row_numbers.tolist()
                found.rejected += chunk.rejected
                found.chunks += 1
        assert incomplete is register.incomplete
        return found

    return run


@pytest.fixture
def people() -> Callable[..., list[dict[str, Any]]]:
    """So many records, from a number on."""

    def make(count: int, first: int = 1) -> list[dict[str, Any]]:
        return [{"id": number, "name": f"n{number}"} for number in range(first, first + count)]

    return make
