"""``mdo ui`` for real, on the demo's home: webserver, daemon, code server, and runs as the pages launch them."""

from __future__ import annotations

import itertools
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


def test_a_date_materialised_from_the_pages_runs_to_its_end(pages: Pages) -> None:
    """Satama's file of today is in the register already, so the run says so and changes nothing."""
    before = pages.query("select count(*) from sync.field_change")
    whole = [[*SATAMA, step] for step in STEPS]
    assert pages.launch("__ASSET_JOB", partition=today(), assets=whole) == "SUCCESS"
    assert pages.query("select count(*) from sync.field_change") == before
    query = """
    query Node($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
        assetMaterializations(limit: 1) { partition metadataEntries { label ... on TextMetadataEntry { text }
          ... on IntMetadataEntry { intValue } } } } } }
    """
    node = pages.ask(query, key={"path": [*SATAMA, "merged"]})["assetNodeOrError"]
    (latest,) = node["assetMaterializations"]
    entries = {entry["label"]: entry.get("text", entry.get("intValue")) for entry in latest["metadataEntries"]}
    assert latest["partition"] == today()
    assert (entries["status"], entries["rows_inserted"], entries["rows_unchanged"]) == ("unchanged", 0, 112)


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


BACKFILL = """
mutation Backfill($params: LaunchBackfillParams!) {
  launchPartitionBackfill(backfillParams: $params) {
    __typename
    ... on LaunchBackfillSuccess { backfillId }
    ... on PythonError { message }
  }
}
"""


def test_a_backfill_of_five_dates_with_one_failing(pages: Pages) -> None:
    """One run for each date; those of one source take turns, and the pages tell which date is which."""
    folder = pages.home / "inbox" / "satama"
    last = date.fromisoformat(today()) - timedelta(days=10)
    days = [last - timedelta(days=number) for number in range(5)]
    content = min(folder.glob("henkilot_*.csv")).read_bytes()
    for day in days:
        (folder / f"henkilot_{day:%Y%m%d}.csv").write_bytes(content)
    (folder / f"henkilot_{days[2]:%Y%m%d}.csv").unlink()
    assets = [{"path": [*SATAMA, step]} for step in STEPS]
    params = {"partitionNames": [str(day) for day in days], "assetSelection": assets}
    launched = pages.ask(BACKFILL, params=params)["launchPartitionBackfill"]
    assert launched["__typename"] == "LaunchBackfillSuccess", launched
    query = """
    query Backfill($id: String!) { partitionBackfillOrError(backfillId: $id) { ... on PartitionBackfill { status
        runs(limit: 20) { status tags { key value } stepStats { startTime endTime } } } } }
    """

    def ended() -> list[dict[str, Any]] | None:
        found = pages.ask(query, id=launched["backfillId"])["partitionBackfillOrError"]
        runs: list[dict[str, Any]] = found["runs"]
        return runs if len(runs) == 5 and all(run["status"] in ("SUCCESS", "FAILURE") for run in runs) else None

    runs = wait(400, ended)
    ends = {tag["value"]: run["status"] for run in runs for tag in run["tags"] if tag["key"] == "dagster/partition"}
    assert ends == {str(day): "FAILURE" if number == 2 else "SUCCESS" for number, day in enumerate(days)}
    spans = sorted((step["startTime"], step["endTime"]) for run in runs for step in run["stepStats"])
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans)), "one at a time"
    failed = f"select reason from sync.batch where business_date = '{days[2]}'"
    assert [reason for (reason,) in pages.query(failed) if "No file" in reason]


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
