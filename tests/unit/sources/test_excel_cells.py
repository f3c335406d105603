"""What a cell of a workbook is as text, and which rows of a sheet are rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import HEADER, opened, put, replaced, rows

from sources.readers.excel_file import open_excel
from sources.readers.excel_settings import ExcelRead

__all__ = ["opened", "replaced"]


def shown_as(value: Any, form: str) -> Callable[[openpyxl.Workbook, Worksheet], None]:
    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.append(HEADER)
        sheet.append([1, value])
        sheet["B2"].number_format = form

    return fill


GOLDEN: dict[str, tuple[Any, dict[str, Any], list[tuple[Any, ...]]]] = {
    "leading zeros and spaces of text stay": ([HEADER, ["007", " Aho "]], {}, [(2, "007", " Aho ")]),
    "a whole number is its digits": ([HEADER, [7, 40.0]], {}, [(2, "7", "40")]),
    "fifteen digits, no exponent": ([HEADER, [358401234567890, 1]], {}, [(2, "358401234567890", "1")]),
    "a fraction has the declared decimal sign": ([HEADER, [1, 3.5]], {}, [(2, "1", "3,5")]),
    "or a point": ([HEADER, [1, 3.5]], {"decimal": "."}, [(2, "1", "3.5")]),
    "a small fraction has no exponent": ([HEADER, [1, 0.0000001]], {}, [(2, "1", "0,0000001")]),
    "no noise of floats": ([HEADER, [1, 1.1 + 2.2]], {}, [(2, "1", "3,3")]),
    "minus nought": ([HEADER, [1, -0.0]], {}, [(2, "1", "0")]),
    "flags": ([HEADER, [True, False]], {}, [(2, "TRUE", "FALSE")]),
    "a day": ([HEADER, [1, date(2026, 3, 1)]], {}, [(2, "1", "2026-03-01")]),
    "a day shown the Finnish way": (shown_as(date(2026, 3, 1), "d.m.yyyy"), {}, [(2, "1", "2026-03-01")]),
    "a moment, to the second": (
        [HEADER, [1, datetime(2026, 3, 1, 8, 30, 15, 600_000)]],
        {},
        [(2, "1", "2026-03-01T08:30:16")],
    ),
    "midnight is the day": ([HEADER, [1, datetime(2026, 3, 1)]], {}, [(2, "1", "2026-03-01")]),
    "a time of day": ([HEADER, [1, time(8, 30)]], {}, [(2, "1", "08:30:00")]),
    "a duration": ([HEADER, [1, timedelta(hours=30, minutes=5)]], {}, [(2, "1", "30:05:00")]),
    "a share is the number it is": (shown_as(0.25, "0 %"), {}, [(2, "1", "0,25")]),
    "days counted from 1904": (
        lambda book, sheet: (
            setattr(book, "epoch", CALENDAR_MAC_1904),
            sheet.append(HEADER),
            sheet.append([1, date(2026, 3, 1)]),
        ),
        {},
        [(2, "1", "2026-03-01")],
    ),
    "a serial date counted from 1904": (
        lambda book, sheet: (
            setattr(book, "epoch", CALENDAR_MAC_1904),
            sheet.append(HEADER),
            sheet.append([1, 46082 - 1462]),
        ),
        {"serial_dates": ["nimi"]},
        [(2, "1", "2026-03-01")],
    ),
    "a serial date only where declared": (
        [HEADER, [46082, 46082]],
        {"serial_dates": ["nimi"]},
        [(2, "46082", "2026-03-01")],
    ),
    "a serial date with a time": (
        [HEADER, [1, 46082.5]],
        {"serial_dates": ["nimi"]},
        [(2, "1", "2026-03-01T12:00:00")],
    ),
    "text in a column of serial dates": ([HEADER, [1, "1.3.2026"]], {"serial_dates": ["nimi"]}, [(2, "1", "1.3.2026")]),
    "zeros that are only shown": ([HEADER, [42, "x"]], {"digits": {"id": 6}}, [(2, "000042", "x")]),
    "text gets no zeros": ([HEADER, ["42", "x"]], {"digits": {"id": 6}}, [(2, "42", "x")]),
    "a line break in a cell": ([HEADER, [1, "A\nB"]], {}, [(2, "1", "A\nB")]),
    "an escaped control sign": ([HEADER, [1, "A_x0041_"]], {}, [(2, "1", "AA")]),
    "empty rows are counted and left out": (
        put({"A1": "id", "B1": "nimi", "A4": "1", "A9": "2", "B9": "B"}),
        {},
        [(4, "1", ""), (9, "2", "B")],
    ),
    "a row with no wanted value is a row": ([[*HEADER, "muu"], [None, None, "x"]], {}, [(2, "", "")]),
    "nought and FALSE alone make a row": (
        [[*HEADER, "muu"], [None, None, 0], [None, None, False]],
        {},
        [(2, "", ""), (3, "", "")],
    ),
    "a table that stands further down and to the right": (
        put({"C5": "nimi", "D5": "id", "C6": "A", "D6": 1}),
        {},
        [(6, "1", "A")],
    ),
    "preamble": ([["Raportti"], [], ["Ajettu", date(2026, 3, 1)], HEADER, [1, "A"]], {}, [(5, "1", "A")]),
    "declared header row": ([["id", "vanha"], HEADER, [1, "A"]], {"header_row": 2}, [(3, "1", "A")]),
    "header written otherwise": ([["  ＩＤ ", "NIMI"], [1, "A"]], {}, [(2, "1", "A")]),
    "a number as the name of an undeclared column": ([[*HEADER, 2026], [1, "A", "x"]], {}, [(2, "1", "A")]),
    "columns in another order": ([["nimi", "id"], ["A", 1]], {}, [(2, "1", "A")]),
    "header only": ([HEADER], {}, []),
    "last row total": ([HEADER, [1, "A"], ["Yhteensä", 1]], {"footer": {"first_cell": "yhteens"}}, [(2, "1", "A")]),
    "total with a value beside the table": (
        [HEADER, [1, "A"], [], ["Yhteensä", 1, None, 2]],
        {"footer": {"first_cell": "yhteens"}},
        [(2, "1", "A")],
    ),
    "total below a table that begins further right": (
        put({"B1": "nimi", "C1": "id", "B2": "A", "C2": 1, "B3": "Total"}),
        {"footer": {"first_cell": "total"}},
        [(2, "1", "A")],
    ),
    "two footer rows": ([HEADER, [1, "A"], [None, "sum"], ["end"]], {"footer": {"rows": 2}}, [(2, "1", "A")]),
    "a value beside the table, dropped as declared": (
        [HEADER, [1, "A", "?"]],
        {"beyond_header": "drop"},
        [(2, "1", "A")],
    ),
}


@pytest.mark.parametrize("case", GOLDEN)
def test_golden(case: str, opened) -> None:
    fill, how, expected = GOLDEN[case]
    register = opened(fill, **how)
    chunks = list(register.chunks())
    found = [
        (int(number), *row.values())
        for chunk in chunks
        for number, row in zip(chunk.row_numbers, chunk.rows.to_pylist(), strict=True)
    ]
    assert found == expected
    assert register.incomplete == []
    assert [fault for chunk in chunks for fault in (*chunk.rejected, *chunk.faults)] == []


def test_a_formula_gives_the_value_that_was_stored_with_it(tmp_path: Path, replaced) -> None:
    def with_value(xml: bytes) -> bytes:
        return xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        )

    path = replaced([HEADER, [1, "=1+1"]], "xl/worksheets/sheet1.xml", with_value)
    register = open_excel(path, ExcelRead(path="a"), wanted=HEADER, required=["id"])
    assert rows(register) == [(2, "1", "2")]
    register.close()


def test_wrong_stored_dimensions_are_harmless(replaced) -> None:
    path = replaced(
        [HEADER, [1, "A"], [2, "B"]],
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:A1"'),
    )
    register = open_excel(path, ExcelRead(path="a"), wanted=HEADER, required=["id"])
    assert rows(register) == [(2, "1", "A"), (3, "2", "B")]
    register.close()
