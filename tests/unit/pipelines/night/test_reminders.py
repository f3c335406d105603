"""What a night says of rows that are still sent and of what ends soon: sources, rules and counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assets.night import Night
from pipelines.night import alerts, page
from register.nights import KeptSending
from sources.config.endings import Ending

DAY = date(2026, 3, 10)
QUIET = Night(DAY, [], [], [], [])
TOLD = replace(
    QUIET,
    kept_sending=[KeptSending("koe/hr", 2, 1, date(2026, 1, 1), date(2026, 1, 2))],
    ending=[("koe/crm", Ending("a waiver of health.words", date(2026, 3, 31), "renew the waiver"))] * 2,
)


def test_they_stand_on_the_page_and_in_the_digest() -> None:
    shown = page.render(TOLD)
    for words in (
        "What ends soon",
        "a waiver of health.words",
        "2026-03-31",
        "still sent and may not be kept",
        "koe/hr",
    ):
        assert words in shown
    body = alerts.digest(TOLD, "https://sync.example.fi").body.splitlines()
    assert "Ends soon: koe/crm." in body and "Still sends rows that may not be kept: koe/hr." in body


def test_a_night_without_them_does_not_speak_of_them() -> None:
    shown = page.render(QUIET)
    assert "ends soon" not in shown and "still sent" not in shown
    assert "Ends soon" not in alerts.digest(QUIET, "https://sync.example.fi").body
