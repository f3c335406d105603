"""Fourteen nights with everything that goes wrong in practice: what the morning list says, and who is told what.

The nights are run by the real job, the files lie in a real inbox, a real server on this machine takes the alerts. The
clock and the business dates are the test's. The runbook of docs/operating.md is compared with what was seen.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
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
from assets.standing import OPEN, State
from pipelines import definitions
from pipelines.instance import prepare
from pipelines.night import alerts
from pipelines.settings import Settings
from register import decisions
from schemas.errors import TryLater

ROOT = Path(__file__).resolve().parents[2]
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

KILL = """
import os, signal, sys
from datetime import date
import dagster as dg
from pipelines import definitions
from pipelines.settings import Settings
settings = Settings.load()
sources, refusals = definitions.load_sources(settings)
def listen(source, step, rows):
    if source == "late/hr" and step == "merging":
        os.kill(os.getpid(), signal.SIGKILL)
work = definitions.open_workplace(settings, listener=listen)
defs = definitions.build(settings=settings, sources=sources, refusals=refusals, workplace=work)
with dg.DagsterInstance.ephemeral() as instance:
    defs.resolve_job_def("night").execute_in_process(instance=instance, partition_key=str(settings.today()))
"""


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


def test_a_fortnight(fortnight: Fortnight, canary: Any) -> None:
    house = fortnight
    seen: set[str] = set()

    def expect(open_: set[tuple[str, str]], *urgent: str) -> None:
        """What the morning is to say; the digest comes after what is urgent."""
        found, heard = house.morning()
        assert found == open_, [(one.source, one.what, one.details) for one in house.list().open]
        count = len(open_)
        digest = f"Night of {house.today}: " + (f"{count} need somebody" if count else "all is well")
        assert heard == [*urgent, digest]
        seen.update(state for state, _ in found)

    house.now = datetime(2026, 3, 2, tzinfo=HELSINKI)
    house.put()
    house.night()
    expect(set())

    # 2: the same once more, and the night run twice: nothing is said twice
    house.at(0, days=1)
    house.put()
    house.night()
    house.night()
    expect(set())
    assert house.morning()[1] == [], "one digest a night"
    assert house.bench.rows("select max(attempt) from sync.batch") == [(1,)], "a second run leaves no batch"

    # 3: no file, which comes in the morning
    house.at(0, days=1)
    house.put("late")
    house.night()
    expect({("missing", "late")})
    house.give("late")
    assert house.look("arrivals_sensor") == [], "it may still be growing"
    house.now += timedelta(minutes=1)
    (request,) = house.look("arrivals_sensor")
    assert request.partition_key == str(house.today)
    house.now += timedelta(minutes=1)
    assert house.look("arrivals_sensor") == [], "once for each content"
    assert not house.list().open

    # 4: a transfer broke off; the plan is held, discarded, and the right file comes
    house.at(0, days=1)
    house.put("short")
    house.give("short", rows=10)
    house.night()
    expect({("held", "short")})
    held = house.list().open[0]
    assert held.guards == ["shrunken", "removed"]
    decisions.discard(house.bench.register, held.batch.id, by="kari", reason="it broke off", on=house.today)
    house.give("short")
    house.look("arrivals_sensor")
    house.now += timedelta(minutes=1)
    assert len(house.look("arrivals_sensor")) == 1
    assert not house.list().open

    # 5: the API is down
    house.at(0, days=1)
    house.put()
    house.api.answer = lambda request: request.reply(status=503)
    house.night()
    expect({("failed", "down")})

    # 6 to 8: a column was renamed, and nobody does anything; on the third night nobody waits for the digest
    for nights in range(1, 4):
        house.at(0, days=1)
        house.put("renamed")
        house.give("renamed", mail="Sähköposti")
        house.night()
        expect({("held", "renamed")}, *(["renamed/hr has not been merged for 3 nights"] if nights == 3 else []))

    # 9: it is mended, and the held plans are superseded; the night is killed in the middle
    house.at(0, days=1)
    house.put()
    house.at(1, 30)
    killed = subprocess.run(
        [sys.executable, "-c", KILL], env=environment(house), cwd=ROOT, capture_output=True, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    house.at(3, 30)
    house.run("night_0330", house.today)
    states = {one.source.split("/")[0]: one for one in house.list().standings}
    assert states["late"].state is State.FAILED and states["late"].what == "it was interrupted, and nothing was changed"
    open_ = {("failed", "late"), ("late", "renamed"), ("late", "short"), ("held", "renamed")}
    expect(open_, "renamed/hr has not been merged for 4 nights")

    # 10: the night caught up with what was not tried; the killed one is read again, and the held plan superseded
    house.at(0, days=1)
    house.put()
    (request,) = house.look("catch_up_sensor")
    assert {key.path[0] for key in request.asset_selection or []} == {"renamed", "short"}
    house.night()
    expect(set())
    before = house.list(house.today - timedelta(days=1))
    assert {(one.state.value, one.source) for one in before.open} == {("failed", "late/hr")}, (
        "its data came a day later"
    )

    # 11: nothing runs at all
    house.at(0, days=1)
    house.put()
    not_run = {("late", name) for name in NAMES}
    expect(not_run, f"The night of {house.today} has not run")

    # 12: caught up with, of those whose files are dated; an agreement has ended with the day before
    house.at(0, days=1)
    house.put()
    (request,) = house.look("catch_up_sensor")
    assert {key.path[0] for key in request.asset_selection or []} == set(NAMES) - {"down"}
    house.night()
    expect({("refused", "ended")})

    # 13: somebody's identity codes are in the file: said at once, and not only in the digest
    house.at(0, days=1)
    house.put()
    house.give("ada", hetu=5)
    house.night()
    expect({("refused", "ended"), ("held", "ada")}, "ada/hr may hold data that must not be here")

    # 14: the register is out of reach for a while; on the third night the agreement is urgent, too
    house.at(0, 10, days=1)
    house.put()
    house.reachable = False
    for _ in range(2):
        house.look("watch_sensor")
    house.reachable = True
    house.night()
    expect({("refused", "ended")}, "ended/hr has not been merged for 3 nights")

    assert {one.source.split("/")[0]: one.state.value for one in house.list().standings} == {
        **dict.fromkeys(NAMES, "applied"),
        "ended": "refused",
    }
    mails = house.bench.rows("select work_email from register.person_record where work_email like %s", "%@d%")
    assert sorted(mails) == sorted([("kanaria0@d15.example.com",)] * 4 + [("kanaria0@d12.example.com",)])
    _everything_is_in_the_runbook(house, seen)
    assert not canary.hits([CANARY, "kanaria0", "131052-308T"], *_said(house))


def _everything_is_in_the_runbook(house: Fortnight, seen: set[str]) -> None:
    """Every alert came, and every alert and state that came is in the runbook, and no other."""
    titles = [json.loads(request.body)["title"] for request in house.hook.asked]
    heard = {kind for kind, title in TITLES.items() if any(re.search(title, one) for one in titles)}
    assert heard == set(alerts.KINDS)
    assert all(any(re.search(title, one) for title in TITLES.values()) for one in titles)
    assert titles.count("The register cannot be reached") == 1
    runbook = (ROOT / "docs" / "operating.md").read_text("utf-8").split("## The runbook\n", 1)[1].split("\n## ", 1)[0]
    documented = set(re.findall(r"^\| `(\w+)` \|", runbook, re.M))
    assert documented == heard | {state.value for state in OPEN}
    assert seen == documented - heard - {"released"}, "a release that was interrupted is tried in test_crash"


TITLES = {
    "digest": r"^Night of \S+: (all is well|\d+ need somebody)$",
    "private": r"^\S+ may hold data that must not be here$",
    "behind": r"^\S+ has not been merged for \d+ nights$",
    "not_run": r"^The night of \S+ has not run$",
    "unreachable": r"^The register cannot be reached$",
}


def _said(house: Fortnight) -> list[bytes | Path]:
    """All that left the house, or lies beside the register."""
    bodies = [request.body.encode() for request in house.hook.asked]
    return [*bodies, json.dumps(house.cursors).encode(), house.folder / "nights"]


def environment(house: Fortnight) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MDO_", "DAGSTER_"))}
    return kept | house.settings.environment() | {"PYTHONPATH": str(ROOT)}
