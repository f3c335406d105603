"""Dagster's instance in PostgreSQL, as a production has it: the same settings, no file, no name, and an end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import psycopg
import pytest
import yaml
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.remote_origin import RegisteredCodeLocationOrigin, RemoteInstigatorOrigin, RemoteRepositoryOrigin
from dagster._core.scheduler.instigation import InstigatorState, InstigatorStatus, TickData, TickStatus
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster_postgres import PostgresEventLogStorage
from sandbox import FIRST, Sandbox, row

from assets import dagster_records
from pipelines import definitions
from pipelines.settings import Settings
from schemas.errors import TryLater
from schemas.retention import SHIPPED

CANARY = "Kanarialintunen"
VARIABLE = "MDO_DAGSTER_DATABASE_URL"


@pytest.fixture
def url(server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database, under a URL as people write it; what a command sets is taken back."""
    name = f"dagster_{next(server.numbers)}"
    server.execute(f"create database {name}")
    monkeypatch.setenv(VARIABLE, server.url(name))
    monkeypatch.setenv("DAGSTER_HOME", "")
    yield server.url(name)
    server.execute(f"drop database {name} with (force)")


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    return Settings.load(home=tmp_path / "home")


def count(url: str, table: str) -> int:
    with psycopg.connect(url) as connection:
        found = connection.execute(f"select count(*) from {table}").fetchone()
    assert found is not None
    return int(found[0])


def test_a_night_is_kept_in_it_without_a_name_and_ends_there(
    settings: Settings, url: str, database_url: str, tmp_path: Path, canary: Any
) -> None:
    sandbox = Sandbox(database_url, tmp_path / "inbox").activate()
    good = row("1", Sukunimi=CANARY, Posti=f"{CANARY.lower()}@example.com")
    sandbox.put_rows(FIRST, [good, row("2", Sukunimi="", Posti=f"{CANARY} at home")])
    built = definitions.build(settings=settings, sources=[sandbox.source], refusals=[], workplace=sandbox.work)
    with settings.dagster_instance() as instance:
        ran = built.resolve_job_def("night").execute_in_process(
            instance=instance, partition_key=str(FIRST), raise_on_error=False
        )
        assert sandbox.held()["1"]["last_name"] == CANARY
        key = dg.AssetKey([*sandbox.source.name.split("/"), "merged"])
        assert instance.get_materialized_partitions(key) == {str(FIRST)}
        assert count(url, "event_logs") > 20
        assert count(url, "asset_check_executions") > 3
        assert canary.hits([CANARY, CANARY.lower()], settings.home, canary.dump(url)) == []
        assert not list(settings.home.rglob("*.db")), "no record is in a file"

        now = datetime.now(UTC)
        today = now.date()
        _tick(instance, now - timedelta(days=SHIPPED.step("dagster_tick", "delete").after.days + 2))
        _tick(instance, now)
        gone = dagster_records.purge(instance, SHIPPED, today)
        assert [(one.table, one.rows) for one in gone] == [("dagster.ticks", 1)]
        gone = dagster_records.purge(instance, SHIPPED, today + timedelta(days=370))
        assert ("dagster.runs", 1) in [(one.table, one.rows) for one in gone]
        assert instance.get_run_by_id(ran.run_id) is None
    emptied = ("runs", "run_tags", "event_logs", "asset_event_tags", "asset_check_executions", "job_ticks")
    assert {table: count(url, table) for table in emptied} == dict.fromkeys(emptied, 0)


def _tick(instance: dg.DagsterInstance, when: datetime) -> None:
    where = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin("pipelines.definitions"), "__repository__")
    origin = RemoteInstigatorOrigin(where, "watch_sensor")
    if not instance.all_instigator_state():
        instance.add_instigator_state(InstigatorState(origin, InstigatorType.SENSOR, InstigatorStatus.RUNNING))
    instance.create_tick(
        TickData(
            origin.get_id(),
            "watch_sensor",
            InstigatorType.SENSOR,
            TickStatus.SKIPPED,
            when.timestamp(),
            selector_id=origin.get_selector().get_id(),
        )
    )


def test_all_other_settings_are_those_of_the_files(settings: Settings, url: str) -> None:
    written = (settings.dagster_home() / "dagster.yaml").read_text("utf-8")
    assert url not in written, "only the variable's name"
    ours, shipped = yaml.safe_load(written), yaml.safe_load(Path("pipelines/dagster.yaml").read_text("utf-8"))
    assert ours.pop("storage")["custom"]["config"] == {"postgres_url": {"env": VARIABLE}}
    del shipped["event_log_storage"]
    assert ours == shipped
    with settings.dagster_instance() as instance:
        assert isinstance(instance.event_log_storage, PostgresEventLogStorage)
        assert isinstance(instance.compute_log_manager, NoOpComputeLogManager)
        assert instance.run_monitoring_settings["free_slots_after_run_end_seconds"] == 60
        assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 2
        assert url not in str(instance.get_ref().to_dict()), "what is handed to a run holds no password"


def test_connections_are_kept_and_a_restart_of_the_server_goes_unnoticed(
    settings: Settings, url: str, server: Any
) -> None:
    @dg.asset
    def counted() -> None: ...

    name = url.partition("?")[0].rpartition("/")[2]
    with settings.dagster_instance() as instance:
        assert dg.materialize([counted], instance=instance).success
        ended = f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
        with psycopg.connect(server.url("postgres")) as connection:
            gone = connection.execute(ended).fetchall()
        assert 1 <= len(gone) <= 3, "one each for runs, events and schedules"
        assert dg.materialize([counted], instance=instance).success


def test_a_database_that_is_not_there_is_said_without_its_password(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, server: Any
) -> None:
    monkeypatch.setenv(VARIABLE, f"{server.url('nowhere')}&password=Keltasirkku")
    monkeypatch.setattr("dagster_postgres.utils.time.sleep", lambda _: None)
    with pytest.raises(TryLater, match=VARIABLE) as caught, settings.dagster_instance():
        pass
    assert "Keltasirkku" not in str(caught.value)
    assert caught.value.__context__ is None
    assert os.environ["DAGSTER_HOME"] == str(settings.dagster_home())
