"""``mdo serve`` for real: code, pages and daemon as systemd starts them, with Dagster's records in PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from pages import PROGRAM, ROOT, SATAMA, STEPS, Pages, free_port, today, wait

from pipelines import health
from pipelines.health import Part
from pipelines.settings import Settings
from register.database import upgrade
from sources.demo import registers

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

SECRET = "Keltasirkku-0417"


@dataclass
class Production:
    """Three processes and where they are reached; only the code is told of the register."""

    settings: Settings
    port: int
    secrets: dict[str, str]
    started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def elsewhere(self) -> Path:
        return self.settings.home.with_name("pages")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, name: str, *arguments: str) -> None:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("MDO_", "DAGSTER_"))}
        variables = kept | {"PYTHONPATH": str(ROOT), "MDO_HOME": str(self.settings.home)} | self.secrets
        if name != "code":  # another user, another home: all they share is the socket
            del variables["MDO_DATABASE_URL"]
            variables |= {"MDO_HOME": str(self.elsewhere), "MDO_CODE_SOCKET": str(self.settings.code_socket)}
        with (self.settings.home.parent / f"{name}.log").open("wb") as log:
            self.started[name] = subprocess.Popen(
                [*PROGRAM, "serve", name, *arguments], env=variables, stdout=log, stderr=subprocess.STDOUT
            )

    def stop(self, name: str) -> None:
        process = self.started.pop(name)
        family = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        process.wait(60)
        _, left = psutil.wait_procs(family, timeout=30)
        assert [each.name() for each in left] == []

    def ill(self) -> set[Part]:
        """The parts that are ill at this moment."""
        parts = (Part.DATABASE, Part.PAGES, Part.CODE, Part.DAEMONS)
        return {answer.part for answer in health.ask(self.settings, self.address, parts) if not answer.well}

    def family(self, name: str) -> list[psutil.Process]:
        process = psutil.Process(self.started[name].pid)
        return [process, *process.children(recursive=True)]


@pytest.fixture
def production(server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Production]:
    with tempfile.TemporaryDirectory(prefix="mdo-test-") as folder, _databases(server) as url:
        home = Path(folder) / "home"
        secrets = {
            "MDO_DATABASE_URL": f"{url('served')}&password={SECRET}",
            "MDO_DAGSTER_DATABASE_URL": f"{url('served_dagster')}&password={SECRET}",
        }
        monkeypatch.setenv("MDO_DAGSTER_DATABASE_URL", secrets["MDO_DAGSTER_DATABASE_URL"])
        monkeypatch.setenv("DAGSTER_HOME", "")
        settings = Settings.load(home=home, database_url=secrets["MDO_DATABASE_URL"])
        shutil.copytree(registers.SOURCES, settings.sources)
        registers.write_night(settings.inbox, date.fromisoformat(today()), 1)
        mine = Production(settings, free_port(), secrets)
        try:
            yield mine
        finally:
            for name in list(mine.started):
                mine.stop(name)


@contextmanager
def _databases(server: Any) -> Iterator[Callable[[str], str]]:
    for name in ("served", "served_dagster"):
        server.execute(f"create database {name}")
    try:
        yield server.url
    finally:
        for name in ("served", "served_dagster"):
            server.execute(f"drop database {name} with (force)")


def test_three_processes_run_a_night_and_each_is_missed_when_it_is_gone(
    production: Production, server: Any, canary: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(server.url("served"))
    with production.settings.dagster_instance() as instance:
        instance.upgrade()
    for name in ("code", "pages", "daemon"):
        production.start(name, *(["--port", str(production.port)] if name == "pages" else []))
    wait(120, lambda: not production.ill())

    pages = Pages(production.port, production.settings.home, production.started["pages"])
    production.elsewhere.rename(production.elsewhere.with_name("away"))
    assert pages.launch("__ASSET_JOB", partition=today(), assets=[[*SATAMA, step] for step in STEPS]) == "SUCCESS"
    with psycopg.connect(server.url("served")) as connection:
        assert connection.execute("select status from sync.batch").fetchall() == [("held",)], "a draft"
    with psycopg.connect(server.url("served_dagster")) as connection:
        assert connection.execute("select count(*) from runs where status = 'SUCCESS'").fetchone() == (1,)
    kept = canary.dump(server.url("served_dagster"))
    assert canary.hits([registers.UNDECLARED, ".1@satama.example.com", ".2@satama.example.com"], kept) == []
    assert not production.elsewhere.exists(), "a run that pages or daemon ask for writes nothing at theirs"
    production.elsewhere.with_name("away").rename(production.elsewhere)
    assert (production.settings.code_socket.stat().st_mode & 0o007) == 0

    for name in ("pages", "daemon"):
        for process in production.family(name):
            assert "MDO_DATABASE_URL" not in process.environ(), "what people reach knows nothing of the register"
    shown = " ".join(" ".join(process.cmdline()) for name in production.started for process in production.family(name))
    home = production.settings.home
    assert canary.hits([SECRET], home, production.elsewhere, shown, *home.parent.glob("*.log")) == []
    assert not list(home.rglob("*.db"))

    production.stop("daemon")
    with monkeypatch.context() as patched:
        patched.setattr(health, "SILENCE_SECONDS", 0)
        assert production.ill() == {Part.DAEMONS}
    production.stop("code")
    wait(60, lambda: production.ill() == {Part.CODE})
    production.stop("pages")
    assert production.ill() == {Part.PAGES, Part.CODE}
