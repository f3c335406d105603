"""A workbook that goes to a person.

Belongs here: sheets of text that are safe to open, and a file that its reader alone may read. Does not belong here:
what stands on a sheet, or reading workbooks (`sources.readers`).
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from schemas.errors import Refusal

#: The name of a workbook ends so.
ENDING = ".xlsx"

_HEAD = Font(bold=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)

Cell = str | int | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: a header that stays in sight, and rows.

    Attributes:
        widths: of the columns, in characters.
    """

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int]


def render(sheets: Iterable[Sheet]) -> bytes:
    """The workbook as bytes. No cell of it is a formula, whatever its text begins with (MIN-21)."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        for place, width in enumerate(sheet.widths, start=1):
            page.column_dimensions[get_column_letter(place)].width = width
        page.append([_cell(page, head, font=_HEAD) for head in sheet.heads])
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def save(content: bytes, path: Path) -> None:
    """Writes a workbook for its reader alone (mode 0600); a file that is there already is left as it is.

    Raises:
        Refusal: the name is taken or cannot be written.
    """
    problem = ""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except FileExistsError:
        problem = f"{path} is there already."
    except OSError:
        problem = f"{path} cannot be written."
    if problem:
        raise Refusal(problem, "Name another file, in a folder that is yours to write.")


def _cell(page: object, value: Cell, *, font: Font | None = None) -> WriteOnlyCell:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)
    cell = WriteOnlyCell(page, value=value)
    if isinstance(value, str):
        # text, and marked as such: saved as CSV and opened again, it would be a formula after all
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    if font is not None:
        cell.font = font
    cell.alignment = _WRAPPED
    return cell
