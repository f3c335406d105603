"""The pages in a browser, as a data engineer meets them: looking, materialising, releasing, backfilling, switching on.

With MDO_SCREENSHOTS set to a folder, the pictures of the documents are taken there (`make pictures`); the demo's people
are made up.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pages import LOCATION, PESULA, SATAMA, STEPS, Pages, today, wait
from playwright.sync_api import Locator, Page, ViewportSize, expect, sync_playwright

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]

#: Milliseconds that the pages may take to show something, on a machine with more to do.
_PATIENCE = 60_000
_SIZE = ViewportSize(width=1280, height=800)


@pytest.fixture(scope="module")
def browser(pages: Pages) -> Iterator[Page]:
    """One tab of Debian's chromium on the pages."""
    program = shutil.which("chromium")
    assert program, "chromium is missing: apt-get install -y chromium"
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = chromium.new_page(viewport=_SIZE, base_url=f"http://127.0.0.1:{pages.port}")
        page.set_default_timeout(_PATIENCE)
        yield page
        chromium.close()


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("MDO_SCREENSHOTS")
    if folder:
        page.wait_for_timeout(1500)  # until nothing moves any more
        page.screenshot(path=Path(folder) / f"{name}.png")


def asset(source: list[str], step: str, view: str) -> str:
    return f"/assets/{'/'.join([*source, step])}?view={view}"


def row(page: Page, key: str, value: str) -> None:
    """The table of an asset's metadata shows the value beside the key."""
    expect(page.get_by_role("row", name=re.compile(rf"^{key}\b.*\b{value}$")).first).to_be_visible()


def test_the_first_visit(browser: Page) -> None:
    browser.goto("/")
    expect(browser.get_by_role("link", name="Catalog")).to_be_visible()
    browser.goto("/asset-groups")
    for group in ("korven_konepaja", "pohjan_pesula", "satama_logistiikka", "register"):
        expect(browser.get_by_text(group, exact=True).first).to_be_visible()


def test_a_customers_lineage(browser: Page) -> None:
    browser.goto("/locations/pipelines.definitions/asset-groups/pohjan_pesula/lineage")
    for step in STEPS:
        expect(browser.get_by_text(step, exact=True).first).to_be_visible()


def test_counts_and_checks_of_a_held_night(browser: Page) -> None:
    browser.goto(asset(PESULA, "validated", "overview"))
    row(browser, "status", "held")
    row(browser, "rows_read", "27")
    expect(browser.get_by_text("asiakaspalvelu@pesula.example.org").first).to_be_visible()
    picture(browser, "held")
    browser.goto(asset(PESULA, "validated", "checks"))
    for check in ("released", "nothing_rejected", "complete"):
        expect(browser.get_by_text(check, exact=True).first).to_be_visible()


def test_counts_are_plotted_by_date(browser: Page) -> None:
    browser.set_viewport_size({"width": 1280, "height": 2400})  # what is not on the screen is not drawn
    browser.goto(asset(SATAMA, "merged", "overview"))
    browser.get_by_role("button", name="Plots").click()
    for count in ("rows_read", "rows_inserted", "rows_updated", "rows_unchanged", "rows_quarantined", "keys_absent"):
        expect(browser.get_by_text(count, exact=True).first).to_be_visible()
    expect(browser.get_by_text("seconds", exact=True).first).to_be_visible()
    expect(browser.locator("canvas").nth(6)).to_be_visible()
    browser.set_viewport_size(_SIZE)


def test_fields_and_columns_are_explained(browser: Page) -> None:
    browser.goto(asset(SATAMA, "merged", "overview"))
    for text in ("person.last_name", "Family name / Sukunimi", "at most 80 characters"):
        expect(browser.get_by_text(text, exact=True).first).to_be_visible()
    browser.goto(asset(SATAMA, "pulled", "overview"))
    for text in ("Henkilönumero", "person.last_name: Family name"):
        expect(browser.get_by_text(text, exact=True).first).to_be_visible()


def test_the_description_is_shown_and_the_night_is_a_click_away(browser: Page) -> None:
    browser.goto(asset(SATAMA, "pulled", "overview"))
    browser.get_by_text("[Show Markdown]").first.click()
    expect(browser.get_by_text("hosting_country").first).to_be_visible()
    browser.get_by_role("button", name="Close").click()
    browser.get_by_role("link", name="register / night").click()
    expect(browser.get_by_text("The morning list of a night").first).to_be_visible()


def materialize(page: Page, source: list[str]) -> Locator:
    """Asks for dates of a source, all three assets of it; the dialog that lets one choose them."""
    page.goto(asset(source, "merged", "overview"))
    page.get_by_role("button", name="Materialize").first.click()
    page.get_by_role("button", name="Confirm").click()  # that the three go together
    expect(page.get_by_role("button", name="Latest")).to_be_visible()
    return page.get_by_role("dialog")


def test_a_date_is_materialised(browser: Page, pages: Pages) -> None:
    """Satama's file of today is in the register already, so the run says so and changes nothing."""
    before, changes = pages.newest_run()["id"], pages.query("select count(*) from sync.field_change")
    dialog = materialize(browser, SATAMA)
    dialog.get_by_role("button", name="Latest").click()
    dialog.get_by_role("button", name="Launch 1 run").click()

    def ended() -> dict[str, Any] | None:
        run = pages.newest_run()
        return run if run["id"] != before and run["status"] in ("SUCCESS", "FAILURE") else None

    run = wait(300, ended)
    assert (run["status"], run["date"]) == ("SUCCESS", today())
    assert pages.query("select count(*) from sync.field_change") == changes
    browser.goto(asset(SATAMA, "merged", "overview"))
    row(browser, "status", "unchanged")
    row(browser, "rows_inserted", "0")
    row(browser, "rows_unchanged", "112")


def test_a_held_plan_is_released_from_the_launchpad(browser: Page, pages: Pages) -> None:
    ((batch,),) = pages.query("select id from sync.batch where status = 'held'")
    browser.goto("/locations/pipelines.definitions/jobs/decide_held_plan/playground")
    browser.locator(".CodeMirror").first.click()
    browser.keyboard.press("Control+A")
    config = f"{{batch: {batch}, person: demo-engineer, reason_code: CONFIRMED_BY_OWNER}}"
    browser.keyboard.insert_text(f"ops:\n  decide:\n    config: {config}\n")
    picture(browser, "launchpad")
    launch = browser.get_by_role("button", name="Launch Run")
    expect(launch).to_be_enabled()
    launch.click()
    assert wait(300, lambda: pages.query(f"select 1 from sync.batch where id = {batch} and status = 'applied'"))
    browser.goto(asset(PESULA, "merged", "overview"))
    row(browser, "status", "applied")


def test_a_backfill_of_five_dates_with_one_failing(browser: Page, pages: Pages) -> None:
    """One run for each date; those of one source take turns, and the page of the backfill counts them."""
    folder = pages.home / "inbox" / "satama"
    last = date.fromisoformat(today()) - timedelta(days=10)
    days = [last - timedelta(days=number) for number in range(5)]
    content = min(folder.glob("henkilot_*.csv")).read_bytes()
    for day in days:
        (folder / f"henkilot_{day:%Y%m%d}.csv").write_bytes(content)
    (folder / f"henkilot_{days[2]:%Y%m%d}.csv").unlink()
    dialog = materialize(browser, SATAMA)
    dates = dialog.get_by_role("textbox").first
    dates.fill(f"[{days[-1]}...{days[0]}]")
    dates.press("Enter")
    dates.blur()
    expect(dialog.get_by_text("5 partitions").first).to_be_visible()
    dialog.get_by_role("button", name="Launch backfill").click()
    expect(browser.get_by_text("Created backfill")).to_be_visible()
    query = """
    { partitionBackfillsOrError(limit: 1) { ... on PartitionBackfills { results { id
        runs(limit: 20) { status tags { key value } stepStats { startTime endTime } } } } } }
    """

    def ended() -> dict[str, Any] | None:
        found: list[dict[str, Any]] = pages.ask(query)["partitionBackfillsOrError"]["results"]
        runs = found[0]["runs"] if found else []
        return found[0] if len(runs) == 5 and all(run["status"] in ("SUCCESS", "FAILURE") for run in runs) else None

    backfill = wait(400, ended)
    runs = backfill["runs"]
    ends = {tag["value"]: run["status"] for run in runs for tag in run["tags"] if tag["key"] == "dagster/partition"}
    assert ends == {str(day): "FAILURE" if number == 2 else "SUCCESS" for number, day in enumerate(days)}
    spans = sorted((step["startTime"], step["endTime"]) for run in runs for step in run["stepStats"])
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans)), "one at a time"
    failed = f"select reason from sync.batch where business_date = '{days[2]}'"
    assert [reason for (reason,) in pages.query(failed) if "No file" in reason]

    browser.goto(f"/runs/b/{backfill['id']}")
    counted = re.compile(r"(100% completed\s*5\s*0\s*4\s*1.*){3}", re.DOTALL)  # targeted, in progress, good, failed
    expect(browser.locator("body")).to_contain_text(counted)
    picture(browser, "backfill")


def test_the_schedule_is_switched_on_and_off(browser: Page, pages: Pages) -> None:
    query = """
    query Schedule($at: ScheduleSelector!) { scheduleOrError(scheduleSelector: $at) {
        ... on Schedule { scheduleState { status } } } }
    """

    def status() -> str:
        found = pages.ask(query, at=LOCATION | {"scheduleName": "night_schedule"})
        return str(found["scheduleOrError"]["scheduleState"]["status"])

    browser.goto("/locations/pipelines.definitions/schedules/night_schedule")
    switch = browser.get_by_role("row", name="Running").locator("label:has(input[type=checkbox])")
    assert status() == "STOPPED"
    for wanted in ("RUNNING", "STOPPED"):
        switch.click()
        assert wait(60, lambda wanted=wanted: status() == wanted)
        expect(switch.locator("input")).to_be_checked(checked=wanted == "RUNNING")


def test_nothing_of_a_person_is_on_the_pages(browser: Page, pages: Pages) -> None:
    people = pages.query("select distinct last_name from register.person_record where last_name is not null")
    for path in (
        "/overview/activity/timeline",
        "/runs",
        asset(SATAMA, "merged", "events"),
        asset(PESULA, "validated", "events"),
    ):
        browser.goto(path)
        browser.wait_for_load_state("networkidle")
        words = set(re.findall(r"\w+", browser.inner_text("body")))
        assert not words & {name for (name,) in people}, path
