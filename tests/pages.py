"""The demo's home with `mdo ui` running on it, for real: webserver, daemon, code server.

Belongs here: starting and ending it, and asking it what the pages ask. Does not belong here: any expectation.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError
from zoneinfo import ZoneInfo

import psutil
import psycopg

from register import embedded

ROOT = Path(__file__).resolve().parents[1]
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

    def newest_run(self) -> dict[str, Any]:
        """The run that was begun last: its id, status and date."""
        query = "{ runsOrError(limit: 1) { ... on Runs { results { runId status tags { key value } } } } }"
        (run,) = self.ask(query)["runsOrError"]["results"]
        tags = {tag["key"]: tag["value"] for tag in run["tags"]}
        return {"id": run["runId"], "status": run["status"], "date": tags.get("dagster/partition")}

    def mdo(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """A command in the home of the pages."""
        return subprocess.run(
            [*PROGRAM, *arguments],
            cwd=self.home.parent,
            env=os.environ | {"MDO_HOME": str(self.home), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=120,
        )

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """What the demo's database holds."""
        with psycopg.connect(embedded.url(self.home / "postgres")) as connection:
            return connection.execute(statement).fetchall()


def wait(seconds: float, look: Callable[[], Any], *, every: float = 0.5) -> Any:
    """The first answer that is something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if answer := look():
                return answer
        except (URLError, ConnectionError):
            pass
        time.sleep(every)
    raise AssertionError("It did not come.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running() -> Iterator[Pages]:
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
        ended(process, home)
        shutil.rmtree(folder, ignore_errors=True)


def ended(process: subprocess.Popen[bytes] | None, home: Path) -> None:
    """Ends the pages, whatever they started, and the database of their home."""
    if process is not None and process.poll() is None:
        family = [*psutil.Process(process.pid).children(recursive=True)]
        process.terminate()
        process.wait(90)
        psutil.wait_procs(family, timeout=30)
    embedded.stop(home / "postgres")


def today() -> str:
    return datetime.now(ZoneInfo("Europe/Helsinki")).date().isoformat()
