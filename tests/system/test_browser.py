"""The pages in a browser, as a data engineer meets them: first visit, lineage, counts, checks, and a release.

With MDO_SCREENSHOTS set to a folder, the pictures of the documents are taken there; the demo's people are made up.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import PESULA, SATAMA, STEPS, Pages, wait
from playwright.sync_api import Page, expect, sync_playwright

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]

#: Milliseconds that the pages may take to show something, on a machine with more to do.
_PATIENCE = 60_000


@pytest.fixture(scope="module")
def browser(pages: Pages) -> Iterator[Page]:
    """One tab of Debian's chromium on the pages."""
    program = shutil.which("chromium")
    assert program, "chromium is missing: apt-get install -y chromium"
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1440, "height": 900}, base_url=f"http://127.0.0.1:{pages.port}")
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
    picture(browser, "lineage")


def test_counts_and_checks_of_a_held_night(browser: Page) -> None:
    browser.goto(asset(PESULA, "validated", "overview"))
    row(browser, "status", "held")
    row(browser, "rows_read", "27")
    expect(browser.get_by_text("asiakaspalvelu@pesula.example.org").first).to_be_visible()
    picture(browser, "held")
    browser.goto(asset(PESULA, "validated", "checks"))
    for check in ("released", "nothing_rejected", "complete"):
        expect(browser.get_by_text(check, exact=True).first).to_be_visible()


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
