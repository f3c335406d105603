"""What several properties ask for: a sandbox for each example, all in one database."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sandbox import Sandbox


@pytest.fixture(scope="module")
def numbered(server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Sandbox]]:
    """Sandbox after sandbox, each with a source of its own, in one database."""
    name = server.fresh_database()
    first = Sandbox(server.url(name), tmp_path_factory.mktemp("inbox"))
    yield (replace(first, customer=f"koe-{number}") for number in itertools.count())
    server.execute(f"drop database {name} with (force)")
