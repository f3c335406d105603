"""``mdo ui`` for real, on the demo's home: webserver, daemon, code server, and what the pages ask of them."""

from __future__ import annotations

import signal
from datetime import date, timedelta
from typing import Any

import psutil
import pytest
from pages import LOCATION, PESULA, SATAMA, STEPS, Pages, today, wait

from pipelines import health
from pipelines.health import Part
from pipelines.settings import Settings
from register import embedded
from sources.demo import registers

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]


def test_every_source_has_its_assets_partitions_and_checks(pages: Pages) -> None:
    query = """
    { assetNodes { assetKey { path } groupName opNames hasMaterializePermission
        partitionStats { numMaterialized numPartitions }
        assetChecksOrError { ... on AssetChecks { checks { name } } } } }
    """
    nodes = {"/".join(node["assetKey"]["path"]): node for node in pages.ask(query)["assetNodes"]}
    wanted = {"/".join([*source, step]) for source in (SATAMA, PESULA) for step in STEPS}
    konepaja = {name for name in nodes if name.startswith("korven-konepaja/")}  # many, told in its own tests
    more = ("source_files", "persons", "night", "minimisation", "retention")
    assert set(nodes) - konepaja == wanted | {f"register/{name}" for name in more}
    assert len(konepaja) % len(STEPS) == 0
    checks = {each["name"] for each in nodes["pohjan-pesula/yhteyshenkilot/validated"]["assetChecksOrError"]["checks"]}
    assert checks == {"released", "nothing_rejected", "nothing_secret", "complete"}
    made = {name: node["partitionStats"]["numMaterialized"] for name, node in nodes.items()}
    assert made["pohjan-pesula/yhteyshenkilot/validated"] == 2
    assert made["pohjan-pesula/yhteyshenkilot/merged"] == 1, "the second night is held"
    assert made["satama-logistiikka/hr/merged"] == 2
    days = nodes["satama-logistiikka/hr/merged"]["partitionStats"]["numPartitions"]
    assert days == (date.fromisoformat(today()) - date(2026, 1, 1)).days + 1


def test_the_schedules_are_there_and_wait_to_be_switched_on(pages: Pages) -> None:
    query = """
    query Schedules($at: RepositorySelector!) { schedulesOrError(repositorySelector: $at) { ... on Schedules {
        results { name cronSchedule executionTimezone scheduleState { status } } } } }
    """
    found = {one.pop("name"): one for one in pages.ask(query, at=LOCATION)["schedulesOrError"]["results"]}
    shared = {"executionTimezone": "Europe/Helsinki", "scheduleState": {"status": "STOPPED"}}
    assert found == {
        "night_schedule": {"cronSchedule": "30 1 * * *", **shared},
        "matching_schedule": {"cronSchedule": "30 4 * * *", **shared},
        "minimisation_schedule": {"cronSchedule": "0 5 * * *", **shared},
        "retention_schedule": {"cronSchedule": "15 5 * * *", **shared},
    }


def test_the_daemon_is_healthy(pages: Pages) -> None:
    query = "{ instance { daemonHealth { allDaemonStatuses { daemonType required healthy } } } }"

    def healthy() -> bool:
        found = pages.ask(query)["instance"]["daemonHealth"]["allDaemonStatuses"]
        needed = {each["daemonType"]: each["healthy"] for each in found if each["required"]}
        return {"SCHEDULER", "QUEUED_RUN_COORDINATOR", "MONITORING"} <= set(needed) and all(needed.values())

    assert wait(90, healthy)


def test_mdo_health_says_that_all_is_well(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    answers = health.ask(Settings.load(home=pages.home), f"http://127.0.0.1:{pages.port}", Part)
    assert [answer for answer in answers if not answer.well] == []
    assert len(answers) == len(Part)


def test_merged_alone_cannot_get_round_a_hold(pages: Pages) -> None:
    statuses = (
        "select status from sync.batch join sync.source s on s.id = source_id where s.name like 'pohjan%' order by 1"
    )
    before = pages.query(statuses)
    answer = pages.launch("__ASSET_JOB", partition=today(), assets=[[*PESULA, "merged"]])
    assert answer != "SUCCESS"
    assert pages.query(statuses) == before == [("applied",), ("held",)]


def test_a_night_on_which_one_file_is_missing_goes_on_with_the_others(pages: Pages) -> None:
    """The job of the schedule, launched for the first night with Satama's file taken away."""
    night = (date.fromisoformat(today()) - timedelta(days=1)).isoformat()
    (file,) = (pages.home / "inbox" / "satama").glob(f"*{night.replace('-', '')}*")
    file.rename(file.with_suffix(".away"))
    try:
        assert pages.launch("night", partition=night) == "FAILURE"
    finally:
        file.with_suffix(".away").rename(file)
    newest = pages.query(
        "select s.name, b.status from sync.batch b join sync.source s on s.id = source_id order by b.id"
    )
    assert ("satama-logistiikka/hr", "failed") in newest
    query = """
    query Node($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
        assetMaterializations(limit: 1) { partition } } } }
    """
    for path in (["register", "source_files"], [*PESULA, "merged"]):
        (latest,) = pages.ask(query, key={"path": path})["assetNodeOrError"]["assetMaterializations"]
        assert latest["partition"] == night, path


def test_a_held_plan_is_released_from_the_launchpad(pages: Pages) -> None:
    ((batch_id,),) = pages.query("select id from sync.batch where status = 'held'")
    config = {"batch": batch_id, "person": "nobody-known", "reason_code": "OTHER"}
    assert pages.launch("decide_held_plan", ops={"decide": {"config": config}}) == "FAILURE"
    config = {"batch": batch_id, "person": "demo-engineer", "reason_code": "CONFIRMED_BY_OWNER"}
    assert pages.launch("decide_held_plan", ops={"decide": {"config": config}}) == "SUCCESS"
    assert pages.query(f"select status from sync.batch where id = {batch_id}") == [("applied",)]
    query = """
    query Checks($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
        assetChecksOrError { ... on AssetChecks { checks { name executionForLatestMaterialization { status } } } }
        partitionStats { numMaterialized } } } }
    """
    validated = pages.ask(query, key={"path": [*PESULA, "validated"]})["assetNodeOrError"]
    shown = {
        each["name"]: each["executionForLatestMaterialization"]["status"]
        for each in validated["assetChecksOrError"]["checks"]
    }
    assert shown["released"] == "SUCCEEDED"
    merged = pages.ask(query, key={"path": [*PESULA, "merged"]})["assetNodeOrError"]
    assert merged["partitionStats"]["numMaterialized"] == 2


def test_the_sensors_are_switched_on_and_look(pages: Pages) -> None:
    """The watch finds the night, has its page written, and has nobody to tell."""
    query = """
    query Sensors($at: RepositorySelector!) { sensorsOrError(repositorySelector: $at) { ... on Sensors {
        results { name id sensorState { status ticks(limit: 5) { status skipReason error { message } } } } } } }
    """

    def found() -> dict[str, dict[str, Any]]:
        return {one["name"]: one for one in pages.ask(query, at=LOCATION)["sensorsOrError"]["results"]}

    names = ("arrivals_sensor", "catch_up_sensor", "watch_sensor")
    assert {name: one["sensorState"]["status"] for name, one in found().items()} == dict.fromkeys(names, "STOPPED")
    start = "mutation Start($at: SensorSelector!) { startSensor(sensorSelector: $at) { __typename } }"
    for name in names:
        pages.ask(start, at=LOCATION | {"sensorName": name})

    def looked() -> bool:
        ticks = {name: one["sensorState"]["ticks"] for name, one in found().items()}
        assert not [tick["error"] for each in ticks.values() for tick in each if tick["error"]]
        return all(any(tick["status"] in ("SUCCESS", "SKIPPED") for tick in each) for each in ticks.values())

    assert wait(240, looked)


def test_nothing_undeclared_is_in_what_dagster_keeps(pages: Pages, canary: Any) -> None:
    mailbox = "satama.example.com"  # the domain of every mailbox in the staff register, and of its owner
    assert canary.hits([registers.UNDECLARED], pages.home / "dagster", pages.home.parent / "ui.log") == []
    found = canary.hits([f".1@{mailbox}", f".2@{mailbox}"], pages.home / "dagster", pages.home.parent / "ui.log")
    assert found == []


def test_ended_it_leaves_no_process_behind(pages: Pages) -> None:
    family = psutil.Process(pages.process.pid).children(recursive=True)
    assert len(family) >= 3
    pages.process.send_signal(signal.SIGTERM)
    pages.process.wait(90)
    _, left = psutil.wait_procs(family, timeout=30)
    assert [each.name() for each in left] == []
    assert not embedded.is_running(pages.home / "postgres"), "PostgreSQL ends with the last who used it"
