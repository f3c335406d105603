"""Puts `pages` on the path, and starts it once for each file of tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from pages import Pages, running


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    """The pages on a home in which the demo has been played; afterwards nothing of them runs."""
    with running() as mine:
        yield mine
