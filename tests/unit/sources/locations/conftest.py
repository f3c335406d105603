"""Servers of files, their secrets, and what is written to disk meanwhile."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import file_servers
from file_servers import PASSWORD, S3_KEY, S3_SECRET, Sftp, Site, Store


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables that the locations of the tests name."""
    for name, value in {
        "LUMME_PASSWORD": PASSWORD,
        "LUMME_TOKEN": PASSWORD,
        "LUMME_ACCESS_KEY": S3_KEY,
        "LUMME_SECRET_KEY": S3_SECRET,
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(autouse=True)
def said() -> Iterator[Callable[[], str]]:
    """All that any library logs; no secret may be in it."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield log.getvalue
    root.removeHandler(handler)
    root.setLevel(level)
    for secret in (PASSWORD, S3_SECRET):
        assert secret not in log.getvalue()


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[Sftp]:
    (tmp_path / "served").mkdir()
    with file_servers.sftp_server(tmp_path / "served") as server:
        yield server


@pytest.fixture(scope="session")
def _store() -> Iterator[Store]:
    with file_servers.s3_server() as store:
        yield store


@pytest.fixture
def store(_store: Store) -> Store:
    """An S3 server whose bucket is empty."""
    for name in _store.names():
        _store.client.delete_object(Bucket=file_servers.BUCKET, Key=name)
    return _store


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    (tmp_path / "served").mkdir()
    with file_servers.https_server(tmp_path / "served", tmp_path / "authority") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        yield server


@pytest.fixture
def open_at(tmp_path: Path) -> Callable[[dict[str, Any]], Any]:
    """The location that a block describes."""
    from pydantic import TypeAdapter

    from sources.config.location import Location
    from sources.locations import opening

    return lambda block: opening.at(TypeAdapter(Location).validate_python(block), tmp_path)
