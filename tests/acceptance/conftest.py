"""What acceptance tests share: a home of their own with its PostgreSQL, its command line, and a look everywhere."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parents[2]
LANDED = "sync.landed, unpacked"


@dataclass
class Home:
    """An MDO_HOME with its own PostgreSQL, so that every byte that a run leaves can be looked at."""

    folder: Path

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def url(self) -> str:
        from register import embedded

        return embedded.url(self.postgres)

    def environment(self, **more: str) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("MDO_", "DAGSTER_", "PYTEST"))
        }
        places = {"MDO_HOME": str(self.folder), "TMPDIR": str(self.folder / "tmp"), "PYTHONPATH": str(ROOT)}
        return {**kept, **places, "NO_COLOR": "1", "COLUMNS": "200", **more}

    def mdo_command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-c", "from pipelines.command import main; main()", *arguments]

    def mdo(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        """One command of the command line, in a process of its own."""
        return subprocess.run(
            self.mdo_command(*arguments),
            cwd=self.folder,
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=240,
        )

    def tables(self) -> dict[str, str]:
        """The whole database as text by table: landed copies unpacked, the planner's statistics and queries as well."""
        with psycopg.connect(self.url) as connection:
            names = connection.execute(
                "select schemaname, tablename from pg_tables"
                " where schemaname not in ('pg_catalog', 'information_schema')"
            ).fetchall()
            found = {}
            for schema, table in names:
                rows = connection.execute(f'select t::text from "{schema}"."{table}" as t').fetchall()
                found[f"{schema}.{table}"] = "\n".join(row for (row,) in rows)
            parts = connection.execute("select parquet from sync.landed").fetchall()
            found[LANDED] = "\n".join(str(pq.read_table(io.BytesIO(part)).to_pydict()) for (part,) in parts)
            for view in ("pg_stats", "pg_stat_activity", "pg_description", "pg_prepared_statements"):
                rows = connection.execute(f"select t::text from {view} as t").fetchall()
                found[view] = "\n".join(row for (row,) in rows)
        return found

    def files(self) -> list[Path]:
        """Every file below the home, the inbox and the data files of the tables left out; the server's log is in it."""
        tables = {self.postgres / name for name in ("base", "pg_wal", "global", "pg_xact", "pg_stat", "pg_subtrans")}
        return [
            path
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
            and not path.is_symlink()
            and not path.is_relative_to(self.inbox)
            and not any(path.is_relative_to(table) for table in tables)
        ]

    def flush(self) -> None:
        """Brings what the server holds in memory to its files."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("checkpoint")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with a running, migrated database whose write-ahead log is not packed, so that it can be searched."""
    from register import embedded
    from register.database import upgrade

    mine = Home(Path(tempfile.mkdtemp(prefix="mdo-home-")))  # pytest's own folders are too deep for a socket
    tmp_path_factory.getbasetemp()  # pytest's own folders are made on first use, and must outlive this home
    before = tempfile.tempdir
    try:
        for folder in (mine.inbox, mine.folder / "tmp", mine.folder / "sources"):
            folder.mkdir(mode=0o700)
        embedded.start(mine.postgres)
        with psycopg.connect(mine.url, autocommit=True) as connection:
            # Nothing here outlives the test. The write-ahead log is not packed, so that it can be searched.
            for setting in ("fsync = off", "synchronous_commit = off", "wal_compression = off"):
                connection.execute(f"alter system set {setting}")
            connection.execute("select pg_reload_conf()")
        upgrade(mine.url)
        tempfile.tempdir = str(mine.folder / "tmp")
        yield mine
    finally:
        tempfile.tempdir = before
        embedded.stop(mine.postgres)
        shutil.rmtree(mine.folder, ignore_errors=True)
