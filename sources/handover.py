"""What goes back to a customer who leaves: one workbook and one JSON file, for its owner's eyes alone.

Belongs here: writing the two. Does not belong here: what is in them (`register.customers`), or keeping a copy.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from schemas.errors import ConfigurationRefused

Sheet = tuple[str, Sequence[str], Sequence[Sequence[Any]]]


def write(folder: Path, name: str, sheets: Iterable[Sheet]) -> list[Path]:
    """Writes ``name.xlsx`` and ``name.json``, readable by their owner alone (mode 0600). Returns their paths.

    Args:
        sheets: of each its title, its columns and its rows.

    Raises:
        ConfigurationRefused: they cannot be written, or are there already.
    """
    several = list(sheets)
    denied = False
    workbook, text = folder / f"{name}.xlsx", folder / f"{name}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in (workbook, text):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _workbook(workbook, several)
        content = {title: [dict(zip(columns, row, strict=True)) for row in rows] for title, columns, rows in several}
        text.write_text(json.dumps(content, ensure_ascii=False, indent=1, default=str), "utf-8")
    except OSError:
        denied = True
    if denied:
        raise ConfigurationRefused(f"The files {name} cannot be written to {folder}.", "Are they there already?")
    return [workbook, text]


def _workbook(path: Path, sheets: list[Sheet]) -> None:
    book = Workbook(write_only=True)
    for title, columns, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.append(list(columns))
        for row in rows:
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, None if value is None else str(value))
                cell.data_type = "n" if value is None else "s"  # text, also where it begins like a formula (MIN-21)
                cells.append(cell)
            sheet.append(cells)
    if not sheets:
        book.create_sheet("empty")
    book.save(path)
