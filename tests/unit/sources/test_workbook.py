"""Workbooks for a person: read back as they were meant, and safe to open."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest

from schemas.errors import Refusal
from sources import workbook
from sources.workbook import Sheet

TRAPS = ["=1+1", "+358401234567", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "0042", "2026-03-10"]


def test_no_cell_is_a_formula_and_every_text_is_as_it_was() -> None:
    content = workbook.render([Sheet("Rivit - Rows", ("Rivi", "Mitä"), [(7, trap) for trap in TRAPS], (8, 30))])
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = list(page.iter_rows(min_row=2))
    assert [row[1].value for row in rows] == TRAPS
    assert {row[1].data_type for row in rows} == {"s"} and {row[0].data_type for row in rows} == {"n"}
    assert [row[1].quotePrefix for row in rows] == [trap[0] in "=+-@" for trap in TRAPS]
    assert page.freeze_panes == "A2" and page["A1"].font.bold
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_signs_that_no_workbook_may_hold_are_replaced() -> None:
    content = workbook.render([Sheet("x", ("a",), [("bell\a",)], (8,))])
    assert openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A2"].value == "bell\N{REPLACEMENT CHARACTER}"


def test_only_its_reader_may_read_it_and_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    workbook.save(b"content", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(Refusal, match="is there already"):
        workbook.save(b"other", path)
    assert path.read_bytes() == b"content"
    with pytest.raises(Refusal, match="cannot be written"):
        workbook.save(b"other", tmp_path / "missing" / "report.xlsx")
