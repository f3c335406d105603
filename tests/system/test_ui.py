"""``mdo ui`` for real, on the demo's home: webserver, daemon, code server, and runs as the pages launch them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError
from zoneinfo import ZoneInfo

import psutil
import psycopg
import pytest

from register import embedded
from sources.demo import registers

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-c", "from pipelines.command import main; main()"]
SATAMA, PESULA = ["satama-logistiikka", "hr"], ["pohjan-pesula", "yhteyshenkilot"]
STEPS = ("pulled", "validated", "merged")
LOCATION = {"repositoryLocationName": "pipelines.definitions", "repositoryName": "__repository__"}

LAUNCH = """
mutation Launch($params: ExecutionParams!) {
  launchPipelineExecution(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message }
    ... on RunConfigValidationInvalid { errors { message } }
    ... on InvalidSubsetError { message }
  }
}
"""


@dataclass
class Pages:
    """The running pages and the demo's home behind them."""

    port: int
    home: Path
    process: subprocess.Popen[bytes]

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """One GraphQL request, as the pages send it."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/graphql",
            json.dumps({"query": query, "variables": variables}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            answer: dict[str, Any] = json.load(response)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    def launch(self, job: str, *, partition: str = "", assets: list[list[str]] | None = None, **config: Any) -> str:
        """Launches a run and waits for its end; its status."""
        tags = [{"key": "dagster/partition", "value": partition}] if partition else []
        params = {
            "selector": LOCATION
            | {"pipelineName": job}
            | ({"assetSelection": [{"path": path} for path in assets]} if assets else {}),
            "runConfigData": config,
            "mode": "default",
            "executionMetadata": {"tags": tags},
        }
        launched = self.ask(LAUNCH, params=params)["launchPipelineExecution"]
        if launched["__typename"] != "LaunchRunSuccess":
            return str(launched)
        run_id = launched["run"]["runId"]
        return str(wait(300, lambda: self._ended(run_id)))

    def _ended(self, run_id: str) -> str | None:
        query = "query Run($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
        status = self.ask(query, id=run_id)["runOrError"]["status"]
        return str(status) if status in ("SUCCESS", "FAILURE", "CANCELED") else None

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """What the demo's database holds."""
        with psycopg.connect(embedded.url(self.home / "postgres")) as connection:
            return connection.execute(statement).fetchall()


def wait(seconds: float, look: Callable[[], Any]) -> Any:
    """The first answer that is something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if answer := look():
                return answer
        except (URLError, ConnectionError):
            pass
        time.sleep(0.5)
    raise AssertionError("It did not come.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    """The demo played in a temporary folder, and the pages on its home; afterwards nothing of them runs."""
    folder = Path(tempfile.mkdtemp(prefix="mdo-test-"))  # pytest's own folders are too deep for a socket
    home = folder / "demo"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MDO_", "DAGSTER_"))}
    environment = kept | {"PYTHONPATH": str(ROOT)}
    process: subprocess.Popen[bytes] | None = None
    try:
        demo = [*PROGRAM, "demo"]
        subprocess.run(demo, cwd=folder, env=environment | {"MDO_HOME": str(folder)}, check=True, capture_output=True)
        port = free_port()
        with (folder / "ui.log").open("wb") as log:
            process = subprocess.Popen(
                [*PROGRAM, "ui", "--port", str(port)],
                cwd=folder,
                env=environment | {"MDO_HOME": str(home)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        mine = Pages(port, home, process)
        wait(180, lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info", timeout=10).read())
        yield mine
    finally:
        if process is not None and process.poll() is None:
            family = [*psutil.Process(process.pid).children(recursive=True)]
            process.terminate()
            process.wait(90)
            psutil.wait_procs(family, timeout=30)
        embedded.stop(home / "postgres")
        shutil.rmtree(folder, ignore_errors=True)


def today() -> str:
    return datetime.now(ZoneInfo("Europe/Helsinki")).date().isoformat()


def test_every_source_has_its_assets_partitions_and_checks(pages: Pages) -> None:
    query = """
    { assetNodes { assetKey { path } groupName opNames hasMaterializePermission
        partitionStats { numMaterialized numPartitions }
        assetChecksOrError { ... on AssetChecks { checks { name } } } } }
    """
    nodes = {"/".join(node["assetKey"]["path"]): node for node in pages.ask(query)["assetNodes"]}
    wanted = {"/".join([*source, step]) for source in (SATAMA, PESULA) for step in STEPS}
    konepaja = {name for name in nodes if name.startswith("korven-konepaja/")}  # many, told in its own tests
    assert set(nodes) - konepaja == wanted | {"register/source_files", "register/persons", "register/retention"}
    assert len(konepaja) % len(STEPS) == 0
    checks = {each["name"] for each in nodes["pohjan-pesula/yhteyshenkilot/validated"]["assetChecksOrError"]["checks"]}
    assert checks == {"released", "nothing_rejected", "complete"}
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
        "retention_schedule": {"cronSchedule": "15 5 * * *", **shared},
    }


def test_the_daemon_is_healthy(pages: Pages) -> None:
    query = "{ instance { daemonHealth { allDaemonStatuses { daemonType required healthy } } } }"

    def healthy() -> bool:
        found = pages.ask(query)["instance"]["daemonHealth"]["allDaemonStatuses"]
        needed = {each["daemonType"]: each["healthy"] for each in found if each["required"]}
        return {"SCHEDULER", "QUEUED_RUN_COORDINATOR", "MONITORING"} <= set(needed) and all(needed.values())

    assert wait(90, healthy)


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
