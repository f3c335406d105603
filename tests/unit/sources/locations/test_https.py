"""A site that leads on, is not vouched for, or gives no parts of files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from api_server import serving
from file_servers import PASSWORD, Site

from schemas.errors import SourceRefused
from sources.locations import https
from sources.locations.base import Location

OpenAt = Callable[[dict[str, Any]], Location]


def read(location: Location, name: str) -> bytes:
    state = location.look(name)
    assert state is not None
    handle = location.open(name, state)
    data = b""
    while block := handle.file.read(1000):
        data += block
    assert not handle.changed()
    location.close()
    return data


def test_a_certificate_that_nobody_vouches_for(site: Site, open_at: OpenAt, monkeypatch: Any) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(SourceRefused, match="not trusted") as refused:
        open_at(site.location()).look("h.csv")
    assert refused.value.__context__ is None
    assert site.asked == []


def test_a_store_that_nobody_vouches_for(site: Site, open_at: OpenAt, monkeypatch: Any) -> None:
    monkeypatch.setenv("LUMME_ACCESS_KEY", "x")
    keys = {"access_key": {"env": "LUMME_ACCESS_KEY"}, "secret_key": {"env": "LUMME_ACCESS_KEY"}}
    endpoint = f"https://localhost:{site.port}"
    with pytest.raises(SourceRefused, match="not trusted") as refused:
        open_at({"type": "s3", "bucket": "lumme", "region": "hel", "endpoint_url": endpoint} | keys).check()
    assert refused.value.__context__ is None


def test_a_redirect_to_another_host_is_refused(site: Site, open_at: OpenAt) -> None:
    with serving() as other:
        site.redirect = f"{other.home}/h.csv"
        with pytest.raises(SourceRefused, match="another host"):
            open_at(site.location()).look("h.csv")
        assert other.asked == []


def test_a_wrong_token(site: Site, open_at: OpenAt, monkeypatch: Any) -> None:
    monkeypatch.setenv("LUMME_TOKEN", "another")
    with pytest.raises(SourceRefused, match="401") as refused:
        open_at(site.location()).look("h.csv")
    assert "Kanarialintu" not in str(refused.value) and PASSWORD not in str(refused.value)


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize("head", [True, False])
def test_servers_that_know_less(site: Site, open_at: OpenAt, ranges: bool, head: bool) -> None:
    """Without parts of files the whole one is in memory, and fetched as seldom as can be."""
    site.ranges, site.head = ranges, head
    (site.folder / "hr").mkdir()
    (site.folder / "hr/h ä#1.csv").write_bytes(b"rows" * 5000)
    assert read(open_at(site.location()), "hr/h ä#1.csv") == b"rows" * 5000
    assert set(site.authorizations) == {f"Bearer {PASSWORD}"}


def test_a_file_too_large_for_memory_needs_parts(site: Site, open_at: OpenAt, monkeypatch: Any) -> None:
    monkeypatch.setattr(https, "MOST_HELD", 100)
    (site.folder / "h.csv").write_bytes(b"x" * 200)
    site.ranges = False
    with pytest.raises(
        SourceRefused, match=r"larger than 100 bytes\. Larger files are read from servers that give parts"
    ):
        read(open_at(site.location()), "h.csv")
