"""`mdo serve` refuses to begin what could not work; that it works is tested in tests/system."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest
from commands import Home


@pytest.mark.parametrize("process", ["code", "pages", "daemon"])
def test_without_records_that_processes_can_share(tmp_path: Path, process: str) -> None:
    said = Home(tmp_path).mdo("serve", process)
    assert said.code == 1
    assert "Set MDO_DAGSTER_DATABASE_URL" in said.words


def test_the_code_without_a_register_or_beside_an_older_one(tmp_path: Path, server: Any) -> None:
    name = f"bare_{next(server.numbers)}"
    server.execute(f"create database {name}")
    home, dagsters = Home(tmp_path), server.url("dagster")
    said = home.mdo("serve", "code", MDO_DAGSTER_DATABASE_URL=dagsters)
    assert (said.code, "Set MDO_DATABASE_URL" in said.words) == (1, True)
    said = home.mdo("serve", "code", MDO_DAGSTER_DATABASE_URL=dagsters, MDO_DATABASE_URL=server.url(name))
    assert (said.code, "Run mdo db upgrade" in said.words) == (1, True)
    server.execute(f"drop database {name} with (force)")


def test_one_upgrade_brings_both_databases_up_to_date(tmp_path: Path, server: Any) -> None:
    names = [f"new_{next(server.numbers)}" for _ in range(2)]
    for name in names:
        server.execute(f"create database {name}")
    ours, dagsters = map(server.url, names)
    said = Home(tmp_path).mdo("db", "upgrade", MDO_DATABASE_URL=ours, MDO_DAGSTER_DATABASE_URL=dagsters)
    assert (said.code, said.err) == (0, "")
    assert "alembic_version" in _tables(ours)
    assert {"alembic_version", "runs", "event_logs", "job_ticks"} <= _tables(dagsters)
    for name in names:
        server.execute(f"drop database {name} with (force)")


def _tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {name for (name,) in connection.execute("select tablename from pg_tables where schemaname = 'public'")}
