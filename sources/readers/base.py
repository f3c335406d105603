"""What every reader hands over, whatever it reads.

Belongs here: the shape of a chunk and of an opened register. Does not belong here: files, sheets, APIs, and the meaning
of any column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pyarrow as pa


@dataclass(frozen=True)
class Chunk:
    """Some consecutive rows of a register.

    Attributes:
        rows: only the wanted columns that are there, all ``pa.string()``, named as the source file names them; raw
            text, "" where the cell is empty.
        row_numbers: int64, one for each row, as the customer would count them: a sheet that starts with its header has
            it as row 1 and its first data row as row 2. Empty lines are counted here, but are no rows.
        rejected: (row number, rule id) of rows that are in the file and not in ``rows``: ``(17, "csv.ragged")``. They
            are near the rows of the chunk, but may come before or after them.
        faults: (row number, column, rule id) of cells in ``rows`` that hold no value though they show something:
            ``(17, "Puhelin", "excel.error")``. Their text is there to tell the row from its earlier state, and counts
            as missing.
    """

    rows: pa.Table = field(repr=False)
    row_numbers: np.ndarray
    rejected: list[tuple[int, str]] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)

    def faulty(self) -> Iterator[tuple[str, str, list[int]]]:
        """The faults as (column, rule id, row numbers)."""
        numbers: dict[tuple[str, str], list[int]] = {}
        for number, column, rule in self.faults:
            numbers.setdefault((column, rule), []).append(number)
        for (column, rule), of_these in numbers.items():
            yield column, rule, of_these


@dataclass(frozen=True)
class Doubt:
    """A reason why what was read may not be what the register holds, so that a person should look at it first.

    Attributes:
        says: the reason without any value; it is one of the register's ``incomplete`` as well.
        share: how much of the register is in doubt, over 0 and at most 1; 1 where nobody can tell.
    """

    says: str
    share: float


class Register(Protocol):
    """One opened register.

    Attributes:
        digest: SHA-256 in hexadecimal of the file's bytes, unpacked where it came packed, so that the same file packed
            anew is the same file. "" where there is no file, until the read has ended; then of what was read.
        columns_used: wanted columns that are there.
        columns_missing: wanted columns that are not; none of the required ones.
        columns_dropped: undeclared columns by name; one whose name looks like data is "column 7".
        incomplete: once ``chunks`` is exhausted, value-free reasons why the read is not known to be complete. Empty
            means complete. Before that, and after a read that was broken off, it means nothing. It is one list from
            the beginning, so that it can be handed on before the read.
        doubts: those of the reasons for which nothing should be taken before a person has looked; known after the read.
        footer_rows: rows at the end that the source declares to be no part of the register; known after the read.
    """

    digest: str
    columns_used: list[str]
    columns_missing: list[str]
    columns_dropped: list[str]
    incomplete: list[str]
    doubts: list[Doubt]
    footer_rows: int

    def chunks(self) -> Iterator[Chunk]:
        """The rows, in their order; once."""
        ...

    def close(self) -> None:
        """Let go of the file or connection; may be called more than once."""
        ...
