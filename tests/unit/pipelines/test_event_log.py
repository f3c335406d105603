"""Dagster's event log with its connections kept open: the same records in the same files, seen at once by others."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines import event_log
from pipelines.event_log import KeptEventLog
from pipelines.instance import prepare


@dg.asset(check_specs=[dg.AssetCheckSpec("whole", asset="counted")])
def counted() -> dg.MaterializeResult:
    return dg.MaterializeResult(
        metadata={"rows": 7}, check_results=[dg.AssetCheckResult(check_name="whole", passed=True)]
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return prepare(tmp_path)


@pytest.fixture
def instance(home: Path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.from_config(str(home)) as mine:
        yield mine


def _run(instance: dg.DagsterInstance) -> str:
    ran = dg.materialize([counted], instance=instance)
    assert ran.success
    return ran.run_id


def test_it_is_the_one_in_use(instance: dg.DagsterInstance, home: Path) -> None:
    assert isinstance(instance.event_log_storage, KeptEventLog)
    run_id = _run(instance)
    assert (home / "history" / "runs" / f"{run_id}.db").exists()


def test_dagsters_own_class_reads_the_same_events_meanwhile_and_afterwards(home: Path) -> None:
    with dg.DagsterInstance.from_config(str(home)) as instance:
        run_id = _run(instance)
        written = [record.event_log_entry for record in instance.get_records_for_run(run_id).records]
        own = SqliteEventLogStorage(str(home / "history" / "runs"))
        assert own.get_logs_for_run(run_id) == written
    assert SqliteEventLogStorage(str(home / "history" / "runs")).get_logs_for_run(run_id) == written
    assert not list((home / "history" / "runs").glob("*.db-wal")), "closed, nothing is left beside the files"


def test_who_watches_a_run_is_told_of_an_event_as_it_comes(instance: dg.DagsterInstance, home: Path) -> None:
    run_id = _run(instance)
    with dg.DagsterInstance.from_config(str(home)) as pages:
        seen: list[dg.EventLogEntry] = []
        pages.event_log_storage.watch(run_id, None, lambda event, _: seen.append(event))
        before = len(instance.all_logs(run_id))
        instance.report_engine_event("a word", dagster_run=instance.get_run_by_id(run_id))
        until = time.monotonic() + 20
        while len(seen) <= before and time.monotonic() < until:
            time.sleep(0.05)
    assert seen[-1].message == "a word"


def test_materializations_and_checks_are_known_across_runs(instance: dg.DagsterInstance) -> None:
    _run(instance)
    last = _run(instance)
    materialized = instance.get_latest_materialization_event(dg.AssetKey("counted"))
    assert materialized is not None
    assert materialized.run_id == last
    assert (
        len(
            instance.event_log_storage.get_asset_check_execution_history(
                dg.AssetCheckKey(dg.AssetKey("counted"), "whole"), 10
            )
        )
        == 2
    )


def test_it_keeps_few_databases_open(instance: dg.DagsterInstance, monkeypatch) -> None:
    monkeypatch.setattr(event_log, "_KEPT", 2)
    runs = [_run(instance) for _ in range(3)]
    assert len({len(instance.all_logs(run_id)) for run_id in runs}) == 1
    assert len(instance.event_log_storage._engines) == 2


def test_wiped_it_is_empty_and_goes_on(instance: dg.DagsterInstance) -> None:
    run_id = _run(instance)
    instance.event_log_storage.wipe()
    assert instance.all_logs(run_id) == []
    assert instance.all_logs(_run(instance))
