"""Rows, row numbers and texts of the workbook reader: what openpyxl writes is read as a person would read the sheet."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.readers.excel_file import open_excel
from sources.readers.excel_settings import ExcelRead

#: No control signs, which no workbook can hold, and no underscore, with which Excel writes them otherwise.
texts = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="_\ufffe\uffff"), min_size=1, max_size=12
).filter(lambda text: not text.startswith(("=", "#")))
numbers = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(Decimal("-1e9"), Decimal("1e9"), places=4).map(float),
)
days = st.dates(date(1900, 3, 1), date(2999, 12, 31))
moments = st.datetimes(datetime(1901, 1, 1), datetime(2999, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
cells = st.one_of(
    st.none(), texts, numbers, st.booleans(), days, moments, st.from_regex(r"0[0-9]{1,8}", fullmatch=True)
)


def as_seen(cell: Any) -> str:
    """Said another way than in the reader, on purpose."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int):
        return f"{cell:d}"
    if isinstance(cell, float):
        digits = f"{Decimal(str(cell)):f}"
        return (digits.rstrip("0").rstrip(".") if "." in digits else digits).replace(".", ",").replace(
            "-0", "-0"
        ) or "0"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}".rjust(10, "0") + (
            f"T{cell:%H:%M:%S}" if (cell.hour, cell.minute, cell.second) != (0, 0, 0) else ""
        )
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    return str(cell)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    table=st.lists(st.lists(cells, min_size=3, max_size=3), max_size=40),
    above=st.integers(0, 4),
    left=st.integers(0, 3),
    chunk_rows=st.integers(1, 9),
)
def test_what_is_written_is_read_back_as_a_person_sees_it(
    table: list[list[Any]], above: int, left: int, chunk_rows: int
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for place, name in enumerate(["Key", "Muu", "Äiti"], start=left + 1):
        sheet.cell(above + 1, place, name)
    for number, row in enumerate(table, start=above + 2):
        for place, cell in enumerate(row, start=left + 1):
            if cell is not None:
                sheet.cell(number, place, cell)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        book.save(path)
        register = open_excel(
            path, ExcelRead(path="a"), wanted=["Äiti", "Key"], required=["Key"], chunk_rows=chunk_rows
        )
        chunks = list(register.chunks())
        register.close()
    assert register.header_row == above + 1
    assert register.incomplete == []
    assert [one for chunk in chunks for one in (*chunk.rejected, *chunk.faults)] == []
    assert all(chunk.rows.num_rows <= chunk_rows for chunk in chunks)
    found = [
        (int(number), row["Key"], row["Äiti"])
        for chunk in chunks
        for number, row in zip(chunk.row_numbers, chunk.rows.to_pylist(), strict=True)
    ]
    assert found == [
        (number, as_seen(row[0]), as_seen(row[2]))
        for number, row in enumerate(table, start=above + 2)
        if any(cell is not None for cell in row)
    ]
