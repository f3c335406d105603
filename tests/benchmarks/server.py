"""The one PostgreSQL that all loaders of a bench use: the embedded one, with the settings that it ships with.

Belongs here: databases made, settled between two steps, and dropped; the raw COPY that shows the machine's limit. Does
not belong here: any loader.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg

from register import embedded
from register.database import upgrade


class Server:
    """The server; `url` names one of its databases."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, database: str) -> str:
        """The libpq URL of a database."""
        return embedded.url(self._folder, database)

    def execute(self, statement: str, database: str = "postgres") -> None:
        """One statement outside of a transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self, name: str, *, migrated: bool = False) -> Iterator[str]:
        """An empty database, dropped in the end."""
        self.execute(f"create database {name}")
        if migrated:
            upgrade(self.url(name))
        try:
            yield self.url(name)
        finally:
            self.execute(f"drop database {name} with (force)")

    def settle(self, database: str) -> None:
        """What happens between two nights: autovacuum has been, and everything is on disk. No step pays for another."""
        self.execute("vacuum (analyze)", database)
        self.execute("checkpoint")

    def cpu(self) -> float:
        """Processor seconds that the server has taken so far, ended sessions included."""
        first = psutil.Process(int((self._folder / "postmaster.pid").read_text().splitlines()[0]))
        while True:
            with suppress(psutil.NoSuchProcess):  # a session ended meanwhile; its seconds are its parent's now
                sessions = sum(sum(one.cpu_times()[:2]) for one in first.children(recursive=True))
                return sessions + sum(first.cpu_times()[:4])

    def raw_copy(self, database: str, path: Path, columns: tuple[str, ...]) -> float:
        """Seconds that COPY of the file into a table of text takes, from the first byte to commit."""
        with psycopg.connect(self.url(database)) as connection:
            body = ", ".join(f'"{name}" text' for name in columns)
            connection.execute(b"drop table if exists raw")
            connection.execute(f"create table raw ({body})".encode())
            connection.commit()
            started = time.perf_counter()
            copy = "copy raw from stdin (format csv, header, delimiter ';')"
            with connection.cursor().copy(copy.encode()) as sink, path.open("rb") as file:
                while block := file.read(1 << 20):
                    sink.write(block)
            connection.commit()
            return time.perf_counter() - started


@contextmanager
def running() -> Iterator[Server]:
    """A server in a temporary folder, stopped and removed in the end."""
    folder = Path(tempfile.mkdtemp(prefix="mdo-bench-"))
    try:
        embedded.start(folder / "pg")
        yield Server(folder / "pg")
    finally:
        embedded.stop(folder / "pg")
        shutil.rmtree(folder, ignore_errors=True)
