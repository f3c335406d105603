"""The asset of retention, run by Dagster: what it shows, what it checks, and what it ends of Dagster's own records."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
from retained import GENEROUS, Filled

from assets import dagster_records
from assets.workplace import Workplace
from pipelines import definitions
from pipelines.settings import Settings
from register import evidence
from register.database import Register
from schemas.retention import SHIPPED

NIGHT = date(2029, 9, 1)


def ran(filled: Filled, tmp_path: Path, instance: dg.DagsterInstance, day: date = NIGHT) -> Any:
    work = Workplace(Register(filled.url), tmp_path, b"k" * 32, day, policy=GENEROUS)
    defs = definitions.build(settings=Settings.load(home=tmp_path), sources=[], refusals=[], workplace=work)
    with dg.partition_loading_context(effective_dt=datetime(2030, 1, 1, tzinfo=UTC)):
        return defs.resolve_job_def("retention").execute_in_process(instance=instance, partition_key=day.isoformat())


def test_it_shows_counts_and_the_digest_and_a_check_for_each_rule(filled: Filled, tmp_path: Path) -> None:
    filled.put("a", "contract", "1", terminated_on=date(2026, 8, 31))
    filled.put("a", "invoice", "2")
    with dg.DagsterInstance.ephemeral() as instance:
        done = ran(filled, tmp_path, instance)
        (made,) = done.asset_materializations_for_node("register__retention")
        checks = {one.check_name: one for one in done.get_asset_check_evaluations()}
    with filled.register.transaction() as connection:
        digest = evidence.digest(connection, NIGHT)
    assert made.metadata["rows_ended"].value == 2, "the contract and its source row"
    assert digest.digest in made.metadata["evidence"].value
    assert checks.keys() == {*(rule.lower() for rule in SHIPPED.rules), "nothing_held", "holds_reviewed"}
    assert {name for name, one in checks.items() if not one.passed} == {"r2a"}
    assert checks["r2a"].metadata["invoices_of_no_known_year"].value == 1
    assert checks["r3"].metadata["rows_ended"].value == 2


def test_what_nobody_can_show_to_have_ended_is_warned_of_as_it_goes(filled: Filled, tmp_path: Path) -> None:
    filled.read("a", date(2026, 8, 31))
    filled.put("a", "contract", "1")
    with dg.DagsterInstance.ephemeral() as instance:
        done = ran(filled, tmp_path, instance)
        checks = {one.check_name: one for one in done.get_asset_check_evaluations()}
    assert filled.left("contract") == set()
    assert {name for name, one in checks.items() if not one.passed} == {"r99"}
    assert checks["r99"].severity == dg.AssetCheckSeverity.WARN
    assert checks["r99"].metadata["rows_ended"].value == 2


def test_dagsters_own_runs_go_and_leave_evidence(filled: Filled, tmp_path: Path) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        first = ran(filled, tmp_path, instance).run_id
        today = datetime.now(UTC).date()
        after = SHIPPED.step("dagster_run", "delete").after
        assert after.months == 12
        assert dagster_records.purge(instance, SHIPPED, today + timedelta(days=364)) == []
        gone = dagster_records.purge(instance, SHIPPED, today + timedelta(days=370))
        assert [(one.rule, one.table, one.rows) for one in gone] == [("R10", "dagster.runs", 1)]
        assert instance.get_run_by_id(first) is None
        assert instance.all_logs(first) == []


def test_ticks_are_purged_by_the_daemon_no_later_than_the_policy_says() -> None:
    import yaml

    settings = yaml.safe_load(Path("pipelines/dagster.yaml").read_text("utf-8"))
    longest = SHIPPED.step("dagster_tick", "delete").after.days
    for kind in ("schedule", "sensor"):
        assert max(settings["retention"][kind]["purge_after_days"].values()) <= longest
