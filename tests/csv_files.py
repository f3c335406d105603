"""A delimited text file opened as a register, and what is read of it.

Belongs here: what the tests of the CSV reader share. Does not belong here: any expectation of theirs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sources.readers.csv_file import CsvRegister, open_csv
from sources.readers.csv_settings import CsvRead

CANARY = "Kanarialintu"


def opened(
    folder: Path, data: bytes, *, wanted: Any = ("id", "nimi"), required: Any = ("id",), **how: Any
) -> CsvRegister:
    path = folder / "register.csv"
    path.write_bytes(data)
    sizes = {k: how.pop(k) for k in ("chunk_rows", "block") if k in how}
    return open_csv(path, CsvRead(path="register.csv", **how), wanted=list(wanted), required=list(required), **sizes)


def rows(register: CsvRegister) -> list[tuple[int, ...]]:
    """(row number, cells …) of all rows; read completely."""
    return [
        (int(n), *row.values())
        for chunk in register.chunks()
        for n, row in zip(chunk.row_numbers, chunk.rows.to_pylist(), strict=True)
    ]


def rejected(register: CsvRegister) -> list[tuple[int, str]]:
    return [pair for chunk in register.chunks() for pair in chunk.rejected]
