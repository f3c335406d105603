"""Servers of files, and all that is said while they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from file_servers import PASSWORD, S3_SECRET, running_store, secrets, sftp, site, store
from logged import everything_logged

__all__ = ["running_store", "secrets", "sftp", "site", "store"]


@pytest.fixture(autouse=True)
def said(secrets: None) -> Iterator[None]:
    """Whatever any library logs; no secret may be in it."""
    with everything_logged() as log:
        yield
    for secret in (PASSWORD, S3_SECRET):
        assert secret not in log.getvalue()


@pytest.fixture
def open_at(tmp_path: Path) -> Callable[[dict[str, Any]], Any]:
    """The location that a block describes."""
    from pydantic import TypeAdapter

    from sources.config.location import Location
    from sources.locations import opening

    return lambda block: opening.at(TypeAdapter(Location).validate_python(block), tmp_path)
