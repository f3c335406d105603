"""The shipped dagster.yaml: loads, says what it must, reaches old folders, respects changed files."""

from __future__ import annotations

import stat
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager

from pipelines.instance import prepare

ROOT = Path(__file__).resolve().parents[3]


def test_dagster_obeys_it(tmp_path) -> None:
    folder = prepare(tmp_path)
    assert folder == tmp_path / "dagster"
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        assert isinstance(instance.compute_log_manager, NoOpComputeLogManager)
        assert instance.telemetry_enabled is False
        assert instance.nux_enabled is False
        assert instance.run_retries_enabled is False
        assert instance.run_monitoring_enabled is True
        assert instance.freshness_enabled is True
        assert instance.run_monitoring_settings["free_slots_after_run_end_seconds"] == 60
        assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 2
    assert (folder / "history" / "runs.db").exists()


def test_the_folder_is_private(tmp_path) -> None:
    assert stat.S_IMODE(prepare(tmp_path).stat().st_mode) & 0o077 == 0


def test_again_changes_nothing(tmp_path) -> None:
    file = prepare(tmp_path) / "dagster.yaml"
    before = file.stat().st_mtime_ns
    prepare(tmp_path)
    assert file.stat().st_mtime_ns == before


def test_a_file_of_an_earlier_release_is_replaced(tmp_path, monkeypatch) -> None:
    old = tmp_path / "old.yaml"
    old.write_text("telemetry:\n  enabled: true\n")
    with monkeypatch.context() as patched:
        patched.setattr("pipelines.instance._SHIPPED", old)
        assert "enabled: true" in (prepare(tmp_path) / "dagster.yaml").read_text().splitlines()[2]
    text = (prepare(tmp_path) / "dagster.yaml").read_text()
    assert "NoOpComputeLogManager" in text


@pytest.mark.parametrize("change", [lambda text: text + "# mine\n", lambda text: "telemetry: {enabled: false}\n"])
def test_a_changed_file_is_kept(tmp_path, change) -> None:
    file = prepare(tmp_path) / "dagster.yaml"
    file.write_text(change(file.read_text()))
    kept = file.read_text()
    prepare(tmp_path)
    assert file.read_text() == kept


def test_the_repositorys_own_is_the_same_file() -> None:
    """Without DAGSTER_HOME, ``dagster dev`` reads the one of the working folder."""
    assert (ROOT / "dagster.yaml").resolve() == (ROOT / "pipelines" / "dagster.yaml").resolve()
