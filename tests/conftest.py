"""What every test may ask for: a PostgreSQL of its own, a fresh database, a search for canaries, the sample registers.

No test can reach any other database: the variables that could name one are taken away before anything is imported,
and each connection is checked to lead into this session's temporary folder.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import psycopg
import pytest
from packed import unpacked

if TYPE_CHECKING:
    from sandbox import Sandbox

    from assets.sync import Result
    from assets.workplace import Workplace
    from sources.config import Source

_KEPT = ("MDO_SAMPLE_REGISTERS", "MDO_HYPOTHESIS", "MDO_ENDURE_", "MDO_SCREENSHOTS")
for _name in [name for name in os.environ if name.startswith("MDO_") and not name.startswith(_KEPT)]:
    del os.environ[_name]
os.environ.pop("DAGSTER_HOME", None)
for _name in [name for name in os.environ if name.startswith("PG")]:
    del os.environ[_name]

hypothesis.settings.register_profile("random", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.register_profile("quick", deadline=None, derandomize=True, max_examples=20)
hypothesis.settings.load_profile(os.environ.get("MDO_HYPOTHESIS") or ("ci" if os.environ.get("CI") else "random"))

_ZEROS = re.compile(rb"\0{64,}")
_ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test writes into the .mdo of the working directory."""
    monkeypatch.setenv("MDO_HOME", str(tmp_path_factory.getbasetemp() / "home"))


@dataclass
class Server:
    """The PostgreSQL of this test session."""

    folder: Path
    template: str | None = None
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str) -> str:
        """The URL of one of its databases."""
        from register import embedded

        return embedded.url(self.folder, database)

    def execute(self, statement: str) -> None:
        """One statement outside of any transaction, in the database ``postgres``."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            self.check_is_ours(connection)
            connection.execute(statement)

    def check_is_ours(self, connection: psycopg.Connection) -> None:
        """Fails unless the connection leads to this session's own server."""
        found = connection.execute("show data_directory").fetchone()
        if found is None or Path(found[0]).resolve() != self.folder.resolve():
            pytest.exit("A test reached a database that is not its own.", returncode=3)

    def fresh_database(self) -> str:
        """A new migrated database's name."""
        if self.template is None:
            from register.database import upgrade

            self.execute("create database migrated")
            upgrade(self.url("migrated"))
            self.template = "migrated"
        name = f"test_{next(self.numbers)}"
        self.execute(f"create database {name} template {self.template}")
        return name


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """An embedded PostgreSQL in a temporary folder, one for each worker; a test that kills one starts its own."""
    from register import embedded

    folder = Path(tempfile.mkdtemp(prefix="mdo-test-"))  # pytest's own folders are too deep for a socket
    try:
        embedded.start(folder / "pg")
        mine = Server(folder / "pg")
        # The tests do not outlive the machine, and SIGKILL loses nothing that only fsync would have kept.
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            mine.execute(f"alter system set {setting}")
        mine.execute("select pg_reload_conf()")
        yield mine
    finally:
        embedded.stop(folder / "pg")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database_url(server: Server) -> Iterator[str]:
    """A fresh, migrated database, dropped after the test."""
    name = server.fresh_database()
    with psycopg.connect(server.url(name)) as connection:
        server.check_is_ours(connection)
    yield server.url(name)
    server.execute(f"drop database {name} with (force)")


class Bench:
    """A workplace: put a file into the inbox, sync it, look at what the register holds."""

    def __init__(self, url: str, inbox: Path) -> None:
        from register.database import Register

        self.url = url
        self.inbox = inbox
        self.register = Register(url)
        self.vault: Any = None
        inbox.mkdir(parents=True, exist_ok=True)

    def put(self, name: str, content: str | bytes) -> Path:
        """Writes a customer's file."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def source(self, description: str) -> Source:
        """A source from the text of its file."""
        from sources.loading import parse

        return parse(description, "source.yaml")

    def workplace(self, today: date, **more: Any) -> Workplace:
        """What a sync of that day works with."""
        from assets.workplace import Workplace

        return Workplace(self.register, self.inbox, b"k" * 32, today, **({"vault": self.vault} | more))

    def activate(self, source: Source, day: date) -> None:
        """Sends a source live, so that its first plan is not held for being a draft."""
        from register import actors, sources

        with self.register.transaction() as connection:
            if not any(actor.name == "kari" for actor in actors.everyone(connection)):
                actors.add(connection, actors.Actor("kari", "engineer", date(2026, 1, 1), None))
            sources.enter(connection, customer=source.customer, name=source.name, description=source.document)
            sources.decide(connection, source.name, "active", by="kari", reason="test", on=day)

    def sync(self, source: Source, day: date, *, dry_run: bool = False) -> Result:
        """One sync of an active source on its business date."""
        from assets.sync import sync

        if not self.rows("select 1 from sync.source where name = %s and state = 'active'", source.name):
            self.activate(source, day)
        return sync(self.workplace(day), source, day, dry_run=dry_run)

    def release(self, result: Result, day: date, reason: str = "looked at") -> Any:
        """Releases a held batch."""
        from register import decisions

        return decisions.release(self.register, result.batch.id, by="kari", reason=reason, on=day, vault=self.vault)

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(query, parameters).fetchall()

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that the central register holds, for comparing before and after."""
        names = [name for (name,) in self.rows("select tablename from pg_tables where schemaname = 'register'")]
        tables = [*(f"register.{name}" for name in sorted(names)), "sync.source_row", "sync.field_change"]
        return {name: self.rows(f"select t::text from {name} as t order by 1") for name in tables}


@pytest.fixture(scope="session")
def bench_at() -> type[Bench]:
    """Makes a workplace on another database: `bench_at(url, inbox)`."""
    return Bench


@pytest.fixture
def bench(database_url: str, tmp_path: Path) -> Bench:
    """A workplace on a fresh database."""
    return Bench(database_url, tmp_path / "inbox")


@pytest.fixture
def sandbox(database_url: str, tmp_path: Path) -> Sandbox:
    """A customer with one register, active, in a fresh database."""
    from sandbox import Sandbox

    return Sandbox(database_url, tmp_path).activate()


class Canary:
    """Searches for texts that must not be there: in every encoding that our tools write, and inside what they pack."""

    def hits(self, texts: Iterable[str], *places: Path | bytes | str) -> list[str]:
        """Where any of the texts is found: ``<text> in <file>``; folders are searched whole."""
        wanted = {text: self._forms(text) for text in texts}
        found = []
        seen = set()
        for where, content in self._contents(places):
            # PostgreSQL's templates are copies of each other, and most of its files are empty pages.
            packed = _ZEROS.sub(b"\0", content)
            digest = hashlib.sha256(packed).digest()
            if digest in seen:
                continue
            seen.add(digest)
            found += [f"{text} in {where}" for text, forms in wanted.items() if any(form in packed for form in forms)]
        return found

    def dump(self, url: str) -> bytes:
        """The whole database as SQL text."""
        from register import server

        program = server.binaries() / "pg_dump"
        return subprocess.run([program, "--inserts", f"--dbname={url}"], check=True, capture_output=True).stdout

    @staticmethod
    def _forms(text: str) -> set[bytes]:
        forms = {text.encode("utf-8"), text.encode("utf-16-le"), text.encode("utf-16-be")}
        forms.add(json.dumps(text)[1:-1].encode())
        with suppress(UnicodeEncodeError):
            forms.add(text.encode("latin-1"))
        return forms

    def _contents(self, places: Iterable[Path | bytes | str]) -> Iterator[tuple[str, bytes]]:
        for place in places:
            if isinstance(place, bytes | str):
                yield "the given text", place.encode() if isinstance(place, str) else place
            elif place.is_dir():
                for path in sorted(place.rglob("*")):
                    yield str(path), str(path).encode()
                    if path.is_file() and not path.is_symlink():
                        yield from unpacked(path)
            else:
                yield from unpacked(place)


@pytest.fixture(scope="session")
def canary() -> Canary:
    """The search for texts that must be nowhere."""
    return Canary()


@pytest.fixture(scope="session")
def sample_registers() -> Path:
    """The folder of published sample registers: MDO_SAMPLE_REGISTERS, or ``shared/data`` beside the repository."""
    folder = Path(os.environ.get("MDO_SAMPLE_REGISTERS") or _ROOT.parent / "shared" / "data")
    if not (folder / "northwind").is_dir():
        pytest.skip(f"no sample registers in {folder}: set MDO_SAMPLE_REGISTERS to the folder that holds northwind/")
    return folder
