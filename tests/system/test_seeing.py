"""What an asset's page shows besides its latest run: plots, columns, and the description of the source."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from pages import SATAMA, Pages
from playwright.sync_api import Page, expect, sync_playwright

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]

_PATIENCE = 60_000


@pytest.fixture(scope="module")
def tab(pages: Pages) -> Iterator[Page]:
    program = shutil.which("chromium")
    assert program, "chromium is missing: apt-get install -y chromium"
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1440, "height": 2400}, base_url=f"http://127.0.0.1:{pages.port}")
        page.set_default_timeout(_PATIENCE)
        yield page
        chromium.close()


def test_counts_are_plotted_by_date(tab: Page) -> None:
    tab.goto(f"/assets/{'/'.join([*SATAMA, 'merged'])}?view=overview")
    tab.get_by_role("button", name="Plots").click()
    for count in ("rows_read", "rows_inserted", "rows_updated", "rows_unchanged", "rows_quarantined", "keys_absent"):
        expect(tab.get_by_text(count, exact=True).first).to_be_visible()
    expect(tab.get_by_text("seconds", exact=True).first).to_be_visible()
    expect(tab.locator("canvas").nth(6)).to_be_visible()


def test_fields_and_columns_are_explained(tab: Page) -> None:
    tab.goto(f"/assets/{'/'.join([*SATAMA, 'merged'])}?view=overview")
    for text in ("person.last_name", "Family name / Sukunimi", "at most 80 characters"):
        expect(tab.get_by_text(text, exact=True).first).to_be_visible()
    tab.goto(f"/assets/{'/'.join([*SATAMA, 'pulled'])}?view=overview")
    for text in ("Henkilönumero", "person.last_name: Family name"):
        expect(tab.get_by_text(text, exact=True).first).to_be_visible()


def test_the_description_is_shown_and_the_night_is_a_click_away(tab: Page) -> None:
    tab.goto(f"/assets/{'/'.join([*SATAMA, 'pulled'])}?view=overview")
    tab.get_by_text("[Show Markdown]").first.click()
    expect(tab.get_by_text("hosting_country").first).to_be_visible()
    tab.get_by_role("button", name="Close").click()
    tab.get_by_role("link", name="register / night").click()
    expect(tab.get_by_text("The morning list of a night").first).to_be_visible()
