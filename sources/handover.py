"""What goes back to a customer who leaves: one workbook and one JSON file, for its owner's eyes alone.

Belongs here: writing the two. Does not belong here: what is in them (`register.customers`), or keeping a copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sources.workbook import Sheet, render, save

_WIDTH = 24

#: A title, its columns and its rows.
Part = tuple[str, Sequence[str], Sequence[Sequence[Any]]]


def write(folder: Path, name: str, parts: Iterable[Part]) -> list[Path]:
    """Writes ``name.xlsx`` and ``name.json``, readable by their owner alone (mode 0600). Returns their paths.

    Raises:
        Refusal: they cannot be written, or are there already.
    """
    several = list(parts) or [("empty", ["nothing"], [])]
    sheets = [
        Sheet(title, columns, [_texts(row) for row in rows], [_WIDTH] * len(columns))
        for title, columns, rows in several
    ]
    content = {title: [dict(zip(columns, row, strict=True)) for row in rows] for title, columns, rows in several}
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str).encode()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    workbook, plain = folder / f"{name}.xlsx", folder / f"{name}.json"
    save(render(sheets), workbook)
    save(text, plain)
    return [workbook, plain]


def _texts(row: Sequence[Any]) -> list[str | None]:
    return [None if cell is None else str(cell) for cell in row]
