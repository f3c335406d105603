"""Workbooks that a test writes cell by cell, opened as registers.

Belongs here: writing, opening and reading them. Does not belong here: what is expected of a reader.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sources.readers.excel_file import ExcelRegister, open_excel
from sources.readers.excel_settings import ExcelRead

HEADER = ["id", "nimi"]


@pytest.fixture
def opened(tmp_path: Path):
    """Write a workbook and open it; everything is closed in the end."""
    still_open: list[ExcelRegister] = []

    def open_it(
        fill: Callable[[openpyxl.Workbook, Worksheet], Any] | list[list[Any]],
        *,
        wanted: Any = ("id", "nimi"),
        required: Any = ("id",),
        name: str = "register.xlsx",
        **how: Any,
    ) -> ExcelRegister:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        if callable(fill):
            fill(book, sheet)
        else:
            for row in fill:
                sheet.append(row)
        book.save(tmp_path / name)
        sizes = {key: how.pop(key) for key in ("chunk_rows", "memory") if key in how}
        register = open_excel(
            tmp_path / name, ExcelRead(path=name, **how), wanted=list(wanted), required=list(required), **sizes
        )
        still_open.append(register)
        return register

    yield open_it
    for register in still_open:
        register.close()


def rows(register: ExcelRegister) -> list[tuple[Any, ...]]:
    """(row number, cells …) of all rows; read completely."""
    return [
        (int(number), *row.values())
        for chunk in register.chunks()
        for number, row in zip(chunk.row_numbers, chunk.rows.to_pylist(), strict=True)
    ]


@pytest.fixture
def replaced(tmp_path: Path):
    """Write a workbook of some rows, and change one part of its package."""

    def write(table: list[list[Any]], part: str, change: Callable[[bytes], bytes], name: str = "changed.xlsx") -> Path:
        book = openpyxl.Workbook()
        for row in table:
            book.worksheets[0].append(row)
        book.save(tmp_path / "plain.xlsx")
        path = tmp_path / name
        with zipfile.ZipFile(tmp_path / "plain.xlsx") as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for item in old.namelist():
                data = old.read(item)
                if item == part:
                    assert change(data) != data
                    data = change(data)
                new.writestr(item, data)
        return path

    return write


def put(cells: dict[str, Any]) -> Callable[[openpyxl.Workbook, Worksheet], None]:
    """Fills a sheet with these cells."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        for place, value in cells.items():
            sheet[place] = value

    return fill
