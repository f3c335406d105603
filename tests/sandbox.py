"""A customer with one register, a central register to sync it into, and a way to look at what came of it.

Belongs here: what the tests of the register's invariants share. Does not belong here: any expectation of theirs. A
child process that is to be killed runs it as a program.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

if __name__ == "__main__":  # a child does not inherit pytest's path
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from descriptions import described

from assets.sync import Result, sync
from assets.workplace import Workplace
from register import actors
from register import sources as known_sources
from register.database import Register
from sources import loading
from sources.config import Source

_ROOT = Path(__file__).resolve().parents[1]
FIRST = date(2026, 3, 1)
COLUMNS = ("Numero", "Sukunimi", "Posti", "Puhelin", "Nimike", "Taidot", "Tila", "Alue")
GENEROUS = (
    "{min_rows: 0, removed_floor: 1000000, rejected_floor: 1000000, changed_floor: 1000000, fill_floor: 1000000, "
    "shrink_floor: 1000000, hetu_floor: 1000000, overlap_floor: 1000000}"
)
_TEMPLATE = """
history: true
snapshot: {snapshot}
employer: {{scope: any, reason: a register of the tests}}
read: {{type: csv, path: "{customer}/{{date}}.csv", encoding: utf-8, delimiter: ";"}}
key: [Numero]
filter: {{exclude: [{{column: Tila, equals: vieras}}]}}
active: {active}
guards: {guards}
after_read: {after_read}
landed_days: {landed_days}
records:
  person:
    last_name: Sukunimi
    work_email: Posti
    work_phone: {{column: Puhelin, region: FI}}
  employment:
    job_title: {{column: Nimike, because: a register of the tests}}
  competence:
    skill_code: {{column: Taidot, split: ","}}
"""


@lru_cache(maxsize=8)
def register_at(url: str) -> Register:
    """The one register of a database: each keeps connections."""
    return Register(url)


@dataclass
class Sandbox:
    """One source and its surroundings; `another` gives a further source in the same database."""

    url: str
    folder: Path
    customer: str = "koe"
    settings: dict[str, str] = field(default_factory=dict)
    ticks: Iterator[int] = field(default_factory=itertools.count)
    today: date = date(2026, 11, 22)
    wait_seconds: float = 60

    @property
    def work(self) -> Workplace:
        """The workplace; its clock goes forward a second with each look."""
        noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
        return Workplace(
            register=register_at(self.url),
            inbox=self.folder,
            secret=b"k" * 32,
            today=self.today,
            wait_seconds=self.wait_seconds,
            now=lambda: noon + timedelta(seconds=next(self.ticks)),
        )

    @property
    def description(self) -> str:
        """The text of the source's file, as the settings say now."""
        settings = {
            "snapshot": "{type: full}",
            "active": "{column: Tila, values: [voimassa]}",
            "guards": GENEROUS,
            "after_read": "keep",
            "landed_days": "7",
        } | self.settings
        return described(_TEMPLATE.format(customer=self.customer, **settings), customer=self.customer)

    @property
    def source(self) -> Source:
        """The source as its description says now."""
        return loading.parse(self.description, "test.yaml")

    def another(self, customer: str, **settings: str) -> Sandbox:
        """A further source beside this one."""
        return replace(self, customer=customer, settings=settings)

    def activate(self) -> Sandbox:
        """Enters the source as active, without the batch that a draft would need."""
        source = self.source
        with self.work.register.transaction() as connection:
            known_sources.enter(connection, customer=source.customer, name=source.name, description=source.document)
        with self.connect() as connection:
            connection.execute("update sync.source set state = 'active' where name = %s", [source.name])
        return self

    def person_who_decides(self, name: str = "kari") -> str:
        """Enters a person who may decide."""
        with self.work.register.transaction() as connection:
            actors.add(connection, actors.Actor(name, "engineer", date(2026, 1, 1), None))
        return name

    def put(self, business_date: date, text: str) -> Path:
        """Writes the file of a business date."""
        path = self.folder / self.customer / f"{business_date}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def put_rows(self, business_date: date, rows: list[dict[str, str]]) -> Path:
        """Writes the file of a business date from rows; what a row does not say is good or empty."""
        return self.put(business_date, csv_of(rows))

    def sync(self, business_date: date, *, dry_run: bool = False) -> Result:
        """One sync of the source."""
        return sync(self.work, self.source, business_date, dry_run=dry_run)

    @contextmanager
    def connect(self) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        """A connection of its own, committing at the end."""
        with psycopg.connect(self.url, row_factory=dict_row) as connection:
            yield connection

    def query(self, statement: str, *parameters: Any) -> list[dict[str, Any]]:
        """The rows of a statement."""
        with self.connect() as connection:
            return connection.execute(statement, parameters or None).fetchall()

    def held(self) -> dict[str, dict[str, Any]]:
        """What the register holds of each key of the source: values, absence, quarantine, what is stale."""
        rows = self.query(
            """
            select
              held.key, held.imported, held.absent_since, held.quarantined_place is not null as quarantined,
              coalesce(array(select jsonb_object_keys(held.stale) order by 1), '{}') as stale,
              person.last_name, person.work_email, person.work_phone, employment.job_title,
              array(select skill_code from register.competence
                    where source_id = held.source_id and key = held.key order by 1) as skills
            from sync.source_row as held
            join sync.source as source on source.id = held.source_id and source.name = %s
            left join register.person_record as person on person.source_id = held.source_id and person.key = held.key
            left join register.employment as employment
              on employment.source_id = held.source_id and employment.key = held.key
            order by held.key
            """,
            self.source.name,
        )
        return {row.pop("key"): row for row in rows}

    def staging_tables(self) -> list[str]:
        """The names of the tables in the schema staging."""
        return [row["tablename"] for row in self.query("select tablename from pg_tables where schemaname = 'staging'")]


def row(key: str, **cells: str) -> dict[str, str]:
    """A good row; `cells` replaces what it says, by column."""
    good = {"Sukunimi": "Virtanen", "Posti": f"{key}@example.com", "Tila": "voimassa", "Alue": "A"}
    return {"Numero": key} | good | cells


def csv_of(rows: list[dict[str, str]]) -> str:
    """The text of a file with these rows."""
    lines = [";".join(cells.get(column, "") for column in COLUMNS) for cells in rows]
    return "\n".join([";".join(COLUMNS), *lines]) + "\n"


def day(number: int) -> date:
    """The business date of that number, from 0."""
    return FIRST + timedelta(days=number)


class Runner:
    """Runs syncs in processes of their own, started in no time by one that has imported everything, and kills them."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
        )

    def begin(self, sandbox: Sandbox, business_date: date, *, kill_after: float | None = None) -> None:
        """Begins a sync; with `kill_after`, it gets SIGKILL so many seconds after its start."""
        order = {
            "url": sandbox.url,
            "folder": str(sandbox.folder),
            "customer": sandbox.customer,
            "settings": sandbox.settings,
            "wait_seconds": sandbox.wait_seconds,
            "business_date": str(business_date),
            "kill_after": kill_after,
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def end(self) -> tuple[str, float]:
        """Waits for the sync: what became of it (a status, an error's class, or killed), and its seconds."""
        assert self._process.stdout is not None
        said = json.loads(self._process.stdout.readline())
        return said["became"], said["seconds"]

    def close(self) -> None:
        """Ends it and what it runs."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


def _serve() -> None:
    """Each line of the input is a sync; a fork runs it, and a line of the output says what became of it."""
    for line in sys.stdin:
        order = json.loads(line)
        reader, writer = os.pipe()
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            os.write(writer, _run(order).encode())
            os._exit(0)
        os.close(writer)
        if order["kill_after"] is not None:
            time.sleep(order["kill_after"])
            os.kill(child, signal.SIGKILL)  # not waited for yet, so the id is still this child's
        with os.fdopen(reader) as answer:
            became = answer.read() or "killed"
        os.waitpid(child, 0)
        print(json.dumps({"became": became, "seconds": time.monotonic() - started}), flush=True)


def _run(order: dict[str, Any]) -> str:
    try:
        sandbox = Sandbox(order["url"], Path(order["folder"]), order["customer"], order["settings"])
        work = replace(sandbox.work, now=lambda: datetime.now(UTC), wait_seconds=order["wait_seconds"])
        return sync(work, sandbox.source, date.fromisoformat(order["business_date"])).status
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    _serve()
