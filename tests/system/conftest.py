"""Starts the pages once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pages import Pages, running


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    """The pages on a home in which the demo has been played; afterwards nothing of them runs."""
    with running() as mine:
        yield mine
