"""Puts what several folders of tests share on the path, and what the tests of this one ask for most."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from retained import Filled
from sandbox import Runner, Sandbox


@pytest.fixture
def sandbox(database_url: str, tmp_path: Path) -> Sandbox:
    """A customer with one register, active, in a fresh database."""
    return Sandbox(database_url, tmp_path).activate()


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
