"""What several tests of the register ask for: one filled without a sync, and syncs in processes of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from retained import Filled
from sandbox import Runner


@pytest.fixture
def filled(database_url: str) -> Iterator[Filled]:
    """A customer whose records are put straight into a fresh database."""
    one = Filled(database_url)
    yield one
    one.close()


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """Syncs in processes of their own."""
    runner = Runner()
    yield runner
    runner.close()
