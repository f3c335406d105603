"""`mdo health`, part by part: how each way of being ill is told. Real pages and daemons are asked in tests/system."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from api_server import Request, serving
from commands import Home
from dagster._daemon.types import DaemonHeartbeat
from dagster._utils.error import SerializableErrorInfo
from sandbox import Sandbox

from pipelines import health
from pipelines.health import Answer, Part
from pipelines.settings import ZONE, Settings

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def settings(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DAGSTER_HOME", "")
    return Settings.load(home=tmp_path, database_url=database_url)


def ask(settings: Settings, part: Part, pages: str = NOWHERE) -> Answer:
    (answer,) = health.ask(settings, pages, [part])
    return answer


class TestDatabase:
    def test_well(self, settings: Settings, tmp_path: Path) -> None:
        assert ask(settings, Part.DATABASE).well
        assert not settings.ledger.exists(), "asking makes nothing"

    def test_not_to_be_reached(self, tmp_path: Path) -> None:
        absent = Settings.load(home=tmp_path, database_url=f"postgresql://u:Keltasirkku@/x?host={tmp_path}")
        answer = ask(absent, Part.DATABASE)
        assert not answer.well and "not to be had" in answer.says
        assert answer.next.startswith("Is PostgreSQL up")
        assert "Keltasirkku" not in repr(answer)

    def test_not_migrated(self, settings: Settings, server: Any) -> None:
        name = f"bare_{next(server.numbers)}"
        server.execute(f"create database {name}")
        bare = Settings.load(home=settings.home, database_url=server.url(name))
        answer = ask(bare, Part.DATABASE)
        server.execute(f"drop database {name} with (force)")
        assert (answer.well, answer.next) == (False, "Run mdo db upgrade.")

    def test_restored_from_a_backup_and_not_erased_again(self, settings: Settings) -> None:
        settings.vault().ledger.append("erase", controller=0, case="C-1", tokens=[])
        answer = ask(settings, Part.DATABASE)
        assert not answer.well and "restored from a backup" in answer.says
        assert answer.next.startswith("Run mdo db restored")

    def test_the_embedded_one_is_not_started_to_be_asked(self, tmp_path: Path) -> None:
        answer = ask(Settings.load(home=tmp_path), Part.DATABASE)
        assert not answer.well and answer.next.startswith("Start mdo ui")
        assert not (tmp_path / "postgres").exists()


class TestPages:
    def test_they_do_not_answer(self, settings: Settings) -> None:
        for part in (Part.PAGES, Part.CODE):
            answer = ask(settings, part)
            assert not answer.well and "does not answer" in answer.says

    def test_a_login_or_another_server_answers(self, settings: Settings) -> None:
        with serving() as other:
            other.answer = _other
            answer = ask(settings, Part.PAGES, other.home)
        assert not answer.well and "is not the Dagster webserver" in answer.says


def _other(request: Request) -> None:
    request.reply({"login": "please"})


class TestDaemons:
    def _beat(self, settings: Settings, *, ago: float = 5, errors: bool = False, but: str = "") -> Answer:
        said = [SerializableErrorInfo("Keltasirkku", [], "Error")] if errors else []
        with settings.dagster_instance() as instance:
            for daemon in instance.get_required_daemon_types():
                late = ago if daemon == but or not but else 5
                instance.add_daemon_heartbeat(DaemonHeartbeat(time.time() - late, daemon, "id", said))
        return ask(settings, Part.DAEMONS)

    def test_well(self, settings: Settings) -> None:
        answer = self._beat(settings)
        assert answer.well and "scheduler 5 s" in answer.says

    def test_never_there(self, settings: Settings) -> None:
        answer = ask(settings, Part.DAEMONS)
        assert not answer.well and "scheduler was never there" in answer.says

    def test_one_is_silent(self, settings: Settings) -> None:
        answer = self._beat(settings, ago=health.SILENCE_SECONDS + 60, but="SENSOR")
        assert (answer.well, answer.says) == (False, "sensor is silent for 0:06:00.")
        assert self._beat(settings, ago=health.SILENCE_SECONDS - 60, but="SENSOR").well

    def test_errors_are_told_without_their_text(self, settings: Settings) -> None:
        answer = self._beat(settings, errors=True)
        assert not answer.well and "sensor met an error" in answer.says
        assert "Keltasirkku" not in repr(answer)

    def test_dagsters_database_is_not_to_be_reached(
        self, settings: Settings, server: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MDO_DAGSTER_DATABASE_URL", server.url("nowhere"))
        monkeypatch.setattr("dagster_postgres.utils.time.sleep", lambda _: None)
        answer = ask(Settings.load(home=settings.home), Part.DAEMONS)
        assert not answer.well and "Dagster's database cannot be reached" in answer.says


class TestNight:
    @pytest.fixture
    def active(self, settings: Settings, database_url: str, tmp_path: Path) -> Iterator[Sandbox]:
        today = datetime.now(ZONE).date()
        sandbox = Sandbox(database_url, tmp_path / "inbox", today=today)
        settings.sources.mkdir()
        (settings.sources / "hr.yaml").write_text(sandbox.description, "utf-8")
        yield sandbox.activate()

    def test_no_source_is_active(self, settings: Settings) -> None:
        settings.sources.mkdir()
        answer = ask(settings, Part.NIGHT)
        assert answer.well and "no source is active" in answer.says

    def test_nothing_was_tried(self, settings: Settings, active: Sandbox) -> None:
        active.put_rows(_days_ago(3), [])
        active.sync(_days_ago(3))
        answer = ask(settings, Part.NIGHT)
        assert not answer.well and answer.says.startswith("Nothing was tried in the night of")
        assert "night_schedule" in answer.next

    def test_tried_is_well_whatever_came_of_it(self, settings: Settings, active: Sandbox) -> None:
        for ago in (1, 0):
            active.put_rows(_days_ago(ago), [])
            active.sync(_days_ago(ago))
        assert ask(settings, Part.NIGHT).well


def _days_ago(days: int) -> date:
    return datetime.now(ZONE).date() - timedelta(days=days)


def test_a_full_disk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(settings, Part.DISK).well
    monkeypatch.setattr(health, "ROOM_BYTES", 1 << 60)
    answer = ask(settings, Part.DISK)
    assert not answer.well and str(settings.home) in answer.says


def test_a_defect_of_ours_is_told_without_a_value(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_url: str, _vault: Any) -> str:
        raise psycopg.Error("Keltasirkku")

    monkeypatch.setattr(health.health, "look", broken)
    answer = ask(settings, Part.DATABASE)
    assert not answer.well and "report" in answer.next
    assert "Keltasirkku" not in repr(answer)


def test_the_command_and_its_exit_codes(tmp_path: Path, database_url: str) -> None:
    home = Home(tmp_path)
    well = home.mdo("health", "--only", "database", "--only", "disk", MDO_DATABASE_URL=database_url)
    assert (well.code, "ILL" in well.out) == (0, False)
    ill = home.mdo("health", "--only", "disk", "--only", "pages", "--pages", NOWHERE, "--json")
    assert ill.code == 1
    answer = json.loads(ill.out)
    assert (answer["well"], [part["well"] for part in answer["parts"]]) == (False, [True, False])
    assert set(answer["parts"][1]) == {"part", "well", "says", "next"}
