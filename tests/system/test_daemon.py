"""The real daemon: a tick at its time, and a run of it that is killed in the middle."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psutil
import pytest
from descriptions import described
from pages import LOCATION, STEPS, Pages, wait

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]

#: So many that a run can be met while it reads.
ROWS = 200_000
SOURCE = """
employer: {scope: any, reason: a register of the tests}
after_read: keep
read: {type: csv, path: "hidas_{date}.csv", encoding: utf-8, delimiter: ";"}
key: [Numero]
records:
  person: {last_name: Sukunimi}
"""
RELOAD = "mutation Reload($at: String!) { reloadRepositoryLocation(repositoryLocationName: $at) { __typename } }"
START = """
mutation Start($at: ScheduleSelector!) { startSchedule(scheduleSelector: $at) { __typename
    ... on PythonError { message } } }
"""
EVENTS = """
query Events($id: ID!) { logsForRun(runId: $id) { ... on EventConnection {
    events { ... on MessageEvent { message } } } } }
"""
RUN = """
query Run($id: ID!) { runOrError(runId: $id) { ... on Run { status tags { key value } } } }
"""


def test_a_tick_comes_at_its_time_and_a_killed_run_is_made_good(pages: Pages) -> None:
    """The night of a source with a time of its own; its run is killed while it reads, and typed again by hand."""
    soon = datetime.now(ZoneInfo("Europe/Helsinki")) + timedelta(minutes=2)
    night = soon.date().isoformat()
    (pages.home / "sources" / "hidas.yaml").write_text(
        described(SOURCE, customer="hidas", history="true", schedule=f'"{soon:%H:%M}"'), "utf-8"
    )
    lines = [f"{number};Kuvitelma" for number in range(ROWS)]
    (pages.home / "inbox" / f"hidas_{night}.csv").write_text("\n".join(["Numero;Sukunimi", *lines, ""]), "utf-8")
    assert pages.mdo("source", "activate", "hidas/hr", "--by", "demo-engineer", "--reason", "a test").returncode == 0
    pages.ask(RELOAD, at=LOCATION["repositoryLocationName"])
    started = pages.ask(START, at=LOCATION | {"scheduleName": f"night_{soon:%H%M}_schedule"})["startSchedule"]
    assert started["__typename"] == "ScheduleStateResult", started

    before = pages.newest_run()["id"]
    reading = "select 1 from sync.batch b join sync.source s on s.id = source_id where s.name = 'hidas/hr'"
    wait(240, lambda: pages.query(reading), every=0.05)
    run = pages.newest_run()
    assert run["id"] != before
    _process_of(pages, run["id"]).kill()
    assert _ended(pages, run["id"]) == "FAILURE"

    listed = pages.mdo("night", "show", "--date", night)
    assert "failed: hidas/hr" in listed.stdout.decode()
    assert "Kuvitelma" not in (listed.stdout + listed.stderr).decode()
    whole = [["hidas", "hr", step] for step in STEPS]
    assert pages.launch("__ASSET_JOB", partition=night, assets=whole) == "SUCCESS"
    batches = f"select status, read {reading.removeprefix('select 1')} order by b.id"
    assert pages.query(batches) == [("failed", 0), ("applied", ROWS)]


def _process_of(pages: Pages, run_id: str) -> psutil.Process:
    """The process that executes a run, as its events name it."""
    said = pages.ask(EVENTS, id=run_id)["logsForRun"]["events"]
    found = [
        match for event in said if (match := re.search(r"process for run \(pid: (\d+)\)", event.get("message", "")))
    ]
    return psutil.Process(int(found[0][1]))


def _ended(pages: Pages, run_id: str) -> str:
    """The status of a run that its monitor gives up."""

    def status() -> Any:
        found = pages.ask(RUN, id=run_id)["runOrError"]["status"]
        return found if found in ("SUCCESS", "FAILURE", "CANCELED") else None

    return str(wait(400, status))
