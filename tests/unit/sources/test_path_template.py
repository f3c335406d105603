"""File names that carry a date."""

from __future__ import annotations

from datetime import date

import pytest

from sources import path_template


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("a.csv", "a.csv"),
        ("a_{date}.csv", "a_2026-03-01.csv"),
        ("a_{date:%Y%m%d}.csv", "a_20260301.csv"),
        ("a_{date-1:%d.%m.%Y}.csv", "a_28.02.2026.csv"),
        ("a_{date+1}.csv", "a_2026-03-02.csv"),
        ("{date:%Y}/{date:%m}/*_{date-31:%y%j}.csv", "2026/03/*_26029.csv"),
        ("viikko_{date:%G-%V}.csv", "viikko_2026-09.csv"),
    ],
)
def test_expand(template: str, expected: str) -> None:
    assert path_template.fault(template) == ""
    assert path_template.expand(template, date(2026, 3, 1)) == expected


@pytest.mark.parametrize(
    "template",
    [
        "",
        "/etc/passwd",
        "C:/a.csv",
        "C:\\a.csv",
        "\\\\share\\a.csv",
        "a\\b.csv",
        "../a.csv",
        "a/../../b.csv",
        "{datum}.csv",
        "{date:%B}.csv",
        "{date:}.csv",
        "{date:%}.csv",
        "{date",
        "a}.csv",
        "**/a.csv",
        "{date:../%Y}.csv",
        "{date.year}.csv",
        "{date!r}.csv",
        "a\0.csv",
    ],
)
def test_faults(template: str) -> None:
    assert path_template.fault(template)
