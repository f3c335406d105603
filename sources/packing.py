"""Packing a workbook without a file on the way.

Belongs here: what the library would write into the folder for temporary files. Does not belong here: what stands on a
sheet (`sources.workbook`, `sources.review_book`).
"""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter


class _InMemory(ExcelWriter):
    """The library's writer; only, it puts each sheet into memory instead of a temporary file. Values are personal."""

    def write_worksheet(self, ws: Worksheet | WriteOnlyWorksheet) -> None:
        ws._drawing = SpreadsheetDrawing()
        if self.workbook.write_only:
            ws.close()
            writer = ws._writer
        else:
            writer = WorksheetWriter(ws, io.BytesIO())
            writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.out.getvalue())
        self.manifest.append(ws)


def begin(sheet: WriteOnlyWorksheet) -> None:
    """Lets a sheet that is made for writing only grow in memory; after its columns are laid out, before its rows."""
    sheet._writer = WorksheetWriter(sheet, io.BytesIO())
    sheet._writer.write_top()


def packed(book: Workbook) -> bytes:
    """The workbook as bytes of an .xlsx.

    Args:
        book: with sheets of cells only; one that is made for writing only has begun each of them here.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        _InMemory(book, archive).save()
    return content.getvalue()
