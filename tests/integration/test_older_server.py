"""PostgreSQL 16, which comes in the same package as 18: the commands of a night do there what they do on 18."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from commands import Home

from register import embedded, server
from sources.demo.registers import EXPECTED, SATAMA, SOURCES, write_night

NIGHTS = {1: date(2026, 3, 9), 2: date(2026, 3, 10)}
_OFF = {"MDO_DATABASE_ROLES": "off"}


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    folder = Path(tempfile.mkdtemp(prefix="mdo-test-"))  # pytest's own folders are too deep for a socket
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "MAJOR", 16)
        patch.setattr(server, "LOCALE", ("--locale=C.UTF-8",))
        try:
            shutil.copytree(SOURCES, folder / "sources")
            yield Home(folder)
        finally:
            embedded.stop(folder / "postgres")
            shutil.rmtree(folder, ignore_errors=True)


def test_roles_need_a_newer_one(home: Home) -> None:
    said = home.mdo("actor", "list")
    assert said.code == 1
    assert "PostgreSQL 16 has no privilege" in said.words
    assert "MDO_DATABASE_ROLES=off" in said.words


def test_nights_matching_retention_and_scans_without_roles(home: Home) -> None:
    assert home.mdo("actor", "add", "kari", "--title", "engineer", "--date", "2026-01-01", **_OFF).code == 0
    assert home.mdo("source", "activate", SATAMA, "--by", "kari", "--reason", "a test", **_OFF).code == 0
    for night, day in NIGHTS.items():
        write_night(home.folder / "inbox", day, night)
        ran = home.mdo("sync", "--date", str(day), "--source", SATAMA, **_OFF)
        assert ran.code == 0, ran.words
    assert home.query("select current_setting('server_version_num')::int / 10000") == [(16,)]
    counts = home.query("select inserted, updated, unchanged, absent from sync.batch order by id")
    expected = [EXPECTED[SATAMA, night] for night in NIGHTS]
    assert counts == [(one.inserted, one.updated, one.unchanged, one.absent) for one in expected]
    for command in (("match", "run"), ("retention", "plan"), ("retention", "apply"), ("minimisation", "scan")):
        said = home.mdo(*command, **_OFF)
        assert said.code == 0, said.words
