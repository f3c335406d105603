"""``make bench-pages``: the pages of hundreds of sources, in a browser.

Belongs here: a home of so many sources, `mdo ui` on it, and the seconds until each page shows what it is opened for.
Does not belong here: whether the pages are right (`tests/system`).

No night is run: it is the number of sources that makes pages slow. Each page is opened twice in one tab, as by somebody
who goes from one to the next; the median of the second openings is what counts, the first is shown beside it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from asked import asked
from ours import SOURCE
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from pages import LOCATION, PROGRAM, Pages, ended, free_port, today, wait  # noqa: E402

#: Milliseconds after which a page counts as not usable.
_PATIENCE = 120_000
_NIGHT = clock(1, 30)
#: Sources of one customer.
_EACH = 3


@dataclass
class Opened:
    """Seconds of each opening of a page, and the mebibytes of its scripts' memory after the last one."""

    seconds: list[float] = field(default_factory=list)
    heap: float = 0


def main() -> None:
    """Runs the bench as the command line says."""
    options = asked(__doc__, sources=300)
    folder = Path(tempfile.mkdtemp(prefix="mdo-bench-"))
    home = folder / "home"
    customers = describe(home / "sources", options.sources)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MDO_", "DAGSTER_"))}
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(
        [*PROGRAM, "ui", "--port", str(port)],
        cwd=folder,
        env=environment | {"MDO_HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        served = Pages(port, home, process)
        wait(300, lambda: _loaded(served))
        start = time.perf_counter() - began
        ticks = [_seconds(lambda: _tick(served)) for _ in range(options.repeat)]
        opened = _browse(port, customers[0], options.repeat)
    finally:
        ended(process, home)
        shutil.rmtree(folder, ignore_errors=True)
    print(report(options.sources, start, median(ticks), opened))


def describe(folder: Path, sources: int) -> list[str]:
    """Writes so many source files; the customers' names."""
    folder.mkdir(parents=True)
    customers = []
    for number in range(sources):
        customer, register = f"asiakas{number // _EACH:03}", f"rekisteri{number % _EACH}"
        text = SOURCE.replace("customer: penkki", f"customer: {customer}")
        text = text.replace("register: hr\n", f"register: {register}\n")
        (folder / f"{customer}-{register}.yaml").write_text(text, encoding="utf-8")
        customers.append(customer)
    return sorted(set(customers))


def _loaded(served: Pages) -> bool:
    """Whether the pages have the definitions of the location."""
    query = "query Loaded($at: RepositorySelector!) { repositoryOrError(repositorySelector: $at) { __typename } }"
    return bool(served.ask(query, at=LOCATION)["repositoryOrError"]["__typename"] == "Repository")


def _tick(served: Pages) -> None:
    """What the night's schedule asks for at its next time, as the daemon asks the code server for it."""
    query = """
    mutation Tick($at: ScheduleSelector!, $when: Float!) {
      scheduleDryRun(selectorData: $at, timestamp: $when) { __typename
        ... on DryRunInstigationTick { evaluationResult { error { message } runRequests { assetSelection { path } } } }
        ... on PythonError { message } }
    }
    """
    when = datetime.combine(date.fromisoformat(today()), _NIGHT, ZoneInfo("Europe/Helsinki")).timestamp()
    answer = served.ask(query, at=LOCATION | {"scheduleName": "night_schedule"}, when=when)["scheduleDryRun"]
    assert answer["__typename"] == "DryRunInstigationTick", answer
    result = answer["evaluationResult"]
    assert not result["error"] and len(result["runRequests"]) == 1, result


def _browse(port: int, customer: str, repeat: int) -> dict[str, Opened]:
    program = shutil.which("chromium")
    assert program, "chromium is missing: apt-get install -y chromium"
    opened: dict[str, Opened] = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--enable-precise-memory-info"]
        )
        page = chromium.new_page(viewport={"width": 1280, "height": 800}, base_url=f"http://127.0.0.1:{port}")
        page.set_default_timeout(_PATIENCE)
        expect.set_options(timeout=_PATIENCE)
        for _ in range(repeat):
            for name, path, text in _visits(customer):
                one = opened.setdefault(name, Opened())
                one.seconds.append(_seconds(lambda path=path, text=text: _open(page, path, text)))
                one.heap = page.evaluate("performance.memory.usedJSHeapSize") / 2**20
        chromium.close()
    return opened


def _visits(customer: str) -> list[tuple[str, str, str]]:
    """Name, path, and the text that says that the page shows what it is opened for."""
    group = f"/locations/pipelines.definitions/asset-groups/{customer}"
    return [
        ("the list of all assets", "/assets", customer),
        ("all groups, as a graph", "/asset-groups", customer),
        ("a customer's lineage", f"{group}/lineage", "merged"),
        ("an asset", f"/assets/{customer}/rekisteri0/merged?view=overview", "Definition"),
        ("automation", "/automation", "night_schedule"),
        ("runs", "/runs", "Backfills"),
    ]


def _open(page: Page, path: str, text: str) -> None:
    page.goto(path)
    expect(page.get_by_text(text).first).to_be_visible()


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def report(sources: int, start: float, tick: float, opened: dict[str, Opened]) -> str:
    """The table of what was measured."""
    lines = [
        f"{sources} sources, {sources * 3} assets and more",
        "| what | seconds | first time | goal | scripts' memory |",
        "|---|---|---|---|---|",
        f"| from `mdo ui` to pages with definitions | {start:.1f} | | | |",
        f"| the night's tick | {tick:.2f} | | ≤ 2 s | |",
    ]
    for name, one in opened.items():
        again = median(one.seconds[1:] or one.seconds)
        lines.append(f"| {name} | {again:.2f} | {one.seconds[0]:.2f} | | {one.heap:.0f} MB |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
