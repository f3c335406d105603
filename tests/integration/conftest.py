"""Puts `sandbox`, which the tests of the invariants share, on the path."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sandbox import Runner, Sandbox


@pytest.fixture
def sandbox(database_url: str, tmp_path: Path) -> Sandbox:
    """A customer with one register, active, in a fresh database."""
    return Sandbox(database_url, tmp_path).activate()


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """Syncs in processes of their own."""
    runner = Runner()
    yield runner
    runner.close()
