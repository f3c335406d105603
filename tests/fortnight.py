"""A house of sources whose nights, sensors and alerts run on a clock that a test sets.

Belongs here: the files of a night, the real jobs and sensors on an instance with files, the server that takes alerts.
Does not belong here: what goes wrong on which night, and what is expected then.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from api_server import Server, serving
from descriptions import described
from pydantic import SecretStr

from assets import leak_guard
from assets.night import Night, night
from pipelines import definitions
from pipelines.instance import prepare
from pipelines.settings import Settings
from schemas.errors import TryLater

HELSINKI = ZoneInfo("Europe/Helsinki")
FIRST = date(2026, 3, 2)
CANARY = "Kanarialintunen"

SOURCE = """
employer: {scope: any, reason: a register of the tests}
guards: {removed_floor: 1, shrink_floor: 1, fill_floor: 1}
key: [Numero]
records:
  person:
    last_name: Sukunimi
    work_email: Posti
"""
FILE = '{{type: csv, path: "{customer}_{{date}}.csv", encoding: utf-8, delimiter: ";"}}'
API = "{{type: api, url: {url}/people, pages: {{type: none}}, retry: {{attempts: 1}}}}"

#: Ada is always well; the others are named after what goes wrong with them.
NAMES = ("ada", "down", "ended", "late", "renamed", "short")


def text(customer: str, day: date, rows: int = 30, mail: str = "Posti", hetu: int = 0) -> str:
    """A register of so many people, one of whom has another mailbox every day, and some an identity code for one."""
    mails = ["131052-308T" if n < hetu else f"kanaria{n}@{'' if n else f'd{day:%d}.'}example.com" for n in range(rows)]
    lines = [f"{customer}{n};{CANARY};{mails[n]}" for n in range(rows)]
    return "\n".join([f"Numero;Sukunimi;{mail}", *lines]) + "\n"


@dataclass
class Fortnight:
    """The house, its clock, its cursors, and what was heard."""

    bench: Any
    folder: Path
    instance: dg.DagsterInstance
    api: Server
    hook: Server
    now: datetime = datetime(2026, 3, 1, tzinfo=UTC)
    cursors: dict[str, str | None] = field(default_factory=dict)
    reachable: bool = True
    loaded: dict[date, dg.Definitions] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def describe(self, customer: str, *, read: str = FILE, schedule: str = "01:30", until: str = "") -> None:
        document = described(
            SOURCE,
            customer=customer,
            valid=f"{{from: 2026-01-01, to: {until}}}" if until else "{from: 2026-01-01}",
            owner=f"{{name: Tests of {customer}, email: tests@example.com}}",
            schedule=f'"{schedule}"',
            history=str(read == FILE).lower(),
            read=read.format(customer=customer, url=self.api.home),
        )
        (self.folder / "sources" / f"{customer}.yaml").write_text(document, "utf-8")

    @property
    def today(self) -> date:
        return self.now.astimezone(HELSINKI).date()

    def at(self, hour: int, minute: int = 0, *, days: int = 0) -> None:
        """Sets the clock to a time of the day, or of one after it."""
        day = self.today + timedelta(days=days)
        self.now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=HELSINKI)

    @property
    def settings(self) -> Settings:
        hook = f"FI json://127.0.0.1:{self.hook.port}/alerts"
        return Settings.load(
            home=self.folder,
            sources=self.folder / "sources",
            inbox=self.bench.inbox,
            key_file=self.folder / "row.key",
            database_url=SecretStr(self.bench.url),
            fixed_today=self.today,
            alerts=SecretStr(hook),
            pages_url="https://sync.example.fi",
        )

    @property
    def built(self) -> dg.Definitions:
        """The definitions of the day."""
        if self.today not in self.loaded:
            settings = self.settings
            sources, refusals = definitions.load_sources(settings)
            work = _Workplace(self, self.bench.workplace(self.today, now=lambda: self.now))
            built = definitions.build(
                settings=settings,
                sources=sources,
                refusals=refusals,
                workplace=work,  # type: ignore[arg-type]
                now=lambda: self.now,
            )
            self.loaded = {self.today: built}
        return self.loaded[self.today]

    def run(self, job: str, day: date, assets: list[dg.AssetKey] | None = None) -> None:
        with dg.partition_loading_context(effective_dt=self.now):
            self.built.resolve_job_def(job).execute_in_process(
                instance=self.instance,
                partition_key=str(day),
                asset_selection=assets,
                raise_on_error=False,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
        self.now += timedelta(seconds=1)

    def begin(self, job: str, request: dg.RunRequest) -> None:
        """The run that was asked for."""
        self.run(job, date.fromisoformat(str(request.partition_key)), list(request.asset_selection or []) or None)

    def night(self) -> None:
        """The runs of a night, as the schedules ask for them."""
        for name in ("night", "night_0330"):
            self.at(*((1, 30) if name == "night" else (3, 30)))
            schedule = self.built.resolve_schedule_def(f"{name}_schedule")
            context = dg.build_schedule_context(
                scheduled_execution_time=self.now, repository_def=self.built.get_repository_def()
            )
            for request in schedule.evaluate_tick(context).run_requests or []:
                self.run(
                    name, date.fromisoformat(str(request.partition_key)), list(request.asset_selection or []) or None
                )

    def look(self, sensor: str) -> list[dg.RunRequest]:
        """One look of a sensor; the runs that it asks for are run."""
        defs = self.built
        context = dg.build_sensor_context(
            instance=self.instance, cursor=self.cursors.get(sensor), repository_def=defs.get_repository_def()
        )
        looked = defs.resolve_sensor_def(sensor).evaluate_tick(context)
        self.cursors[sensor] = looked.cursor
        requests = list(looked.run_requests or [])
        for request in requests:
            job = "morning" if sensor == "watch_sensor" else "sync_chosen"
            if request.run_key not in self.asked:  # Dagster's daemon begins a run of a key once
                self.asked.add(str(request.run_key))
                self.run(
                    job, date.fromisoformat(str(request.partition_key)), list(request.asset_selection or []) or None
                )
        return requests

    def morning(self) -> tuple[set[tuple[str, str]], list[str]]:
        """At six o'clock: which sources need somebody, and the titles of the alerts that came since the last look."""
        self.at(6)
        before = len(self.hook.asked)
        self.look("watch_sensor")
        heard = [json.loads(request.body)["title"] for request in self.hook.asked[before:]]
        return {(one.state.value, one.source.split("/")[0]) for one in self.list().open}, heard

    def list(self, day: date | None = None) -> Night:
        sources, refusals = definitions.load_sources(self.settings)
        return night(self.bench.workplace(self.today, now=lambda: self.now), sources, refusals, day or self.today)

    def give(self, name: str, **damage: Any) -> None:
        """The file of today of one customer."""
        self.bench.put(f"{name}_{self.today}.csv", text(name, self.today, **damage))

    def put(self, *but: str) -> None:
        """The files of today, of all customers but these."""
        for name in NAMES:
            if name not in (*but, "down"):
                self.give(name)
        records = [{"Numero": n, "Sukunimi": CANARY, "Posti": f"kanaria{n}@example.com"} for n in range(30)]
        self.api.answer = lambda request: request.reply(records)


@dataclass
class _Workplace:
    """A workplace whose register can be out of reach."""

    house: Fortnight
    work: Any

    def __getattr__(self, name: str) -> Any:
        if not self.house.reachable:
            raise TryLater("The database was not to be had.", "Run it again.")
        return getattr(self.work, name)


@pytest.fixture
def fortnight(bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fortnight]:
    monkeypatch.setattr(leak_guard, "RETRY_SECONDS", 0.01)
    (tmp_path / "sources").mkdir()
    with serving() as api, serving() as hook, dg.DagsterInstance.from_config(str(prepare(tmp_path))) as instance:
        house = Fortnight(bench, tmp_path, instance, api, hook)
        for name in NAMES:
            house.describe(
                name,
                read=API if name == "down" else FILE,
                schedule="03:30" if name == "ada" else "01:30",
                until="2026-03-12" if name == "ended" else "",
            )
        for source in definitions.load_sources(house.settings)[0]:
            bench.activate(source, FIRST)
        yield house
