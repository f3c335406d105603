"""Packing a workbook without a file on the way.

Belongs here: what the library would write into the folder for temporary files. Does not belong here: what stands on a
sheet (`sources.workbook`, `sources.review_book`).
"""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter


class _InMemory(ExcelWriter):
    """The library's writer; only, it puts each sheet into memory instead of a temporary file. Values are personal."""

    def write_worksheet(self, ws: Worksheet) -> None:
        ws._drawing = SpreadsheetDrawing()
        writer = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.out.getvalue())
        self.manifest.append(ws)


def packed(book: Workbook) -> bytes:
    """The workbook as bytes of an .xlsx.

    Args:
        book: with sheets of cells only, and not made for writing only.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        _InMemory(book, archive).save()
    return content.getvalue()
