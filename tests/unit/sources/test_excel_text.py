"""The text of single cells and columns."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from sources.readers import excel_text


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("007", "007"),
        ("", ""),
        (7.0, "7"),
        (-7.0, "-7"),
        (-0.0, "0"),
        (999_999_999_999_999.0, "999999999999999"),
        (1e21, "1000000000000000000000"),
        (0.1 + 0.2, "0,3"),
        (1e-7, "0,0000001"),
        (-1.5e-10, "-0,00000000015"),
        (123456789.123, "123456789,123"),
        (5, "5"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 8, 30), "2026-03-01T08:30:00"),
        (datetime(2026, 3, 1, 23, 59, 59, 999_999), "2026-03-02T00:00:00"),
        (datetime(9999, 12, 31, 23, 59, 59, 999_999), "9999-12-31T23:59:59"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
        (timedelta(minutes=-90), "-01:30:00"),
    ],
)
def test_cells(cell: Any, expected: str) -> None:
    assert excel_text.text(cell) == expected


@pytest.mark.parametrize(
    ("number", "from_1904", "expected"),
    [
        (1.0, False, "1900-01-01"),
        (59.0, False, "1900-02-28"),
        (60.0, False, "60"),  # 29 February 1900, which never was
        (61.0, False, "1900-03-01"),
        (46082.0, False, "2026-03-01"),
        (46082.354166667, False, "2026-03-01T08:30:00"),
        (44620.0, True, "2026-03-01"),
        (2958465.0, False, "9999-12-31"),
        (2958466.0, False, "2958466"),
        (2958465.0, True, "2958465"),
        (0.5, False, "0,5"),
        (-1.0, False, "-1"),
    ],
)
def test_serial_dates(number: float, from_1904: bool, expected: str) -> None:
    assert excel_text.column([number], decimal=",", serial=True, from_1904=from_1904) == ([expected], [])


def test_zeros_are_put_before_whole_numbers_only() -> None:
    cells = [42.0, -42.0, 4.5, "42", "", 1234567.0, True]
    texts, lost = excel_text.column(cells, decimal=",", digits=6)
    assert texts == ["000042", "-42", "4,5", "42", "", "1234567", "TRUE"]
    assert lost == []


def test_numbers_of_too_many_digits_are_told() -> None:
    cells = ["x", 1e15, 999_999_999_999_999.0, -1e15, float("inf"), ""]
    texts, lost = excel_text.column(cells[:4] + cells[5:], decimal=",")
    assert texts == ["x", "1000000000000000", "999999999999999", "-1000000000000000", ""]
    assert lost == [1, 3]


def test_equal_cells_of_different_kinds_keep_their_texts() -> None:
    assert excel_text.column([1.0, True, 0.0, False, "1"], decimal=",")[0] == ["1", "TRUE", "0", "FALSE", "1"]
    assert excel_text.column([True, False, "TRUE"], decimal=",")[0] == ["TRUE", "FALSE", "TRUE"]
    assert excel_text.column([date(2026, 3, 1), datetime(2026, 3, 1, 1), ""], decimal=",")[0] == [
        "2026-03-01",
        "2026-03-01T01:00:00",
        "",
    ]
