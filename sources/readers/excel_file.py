"""A customer's register in a sheet of a workbook: xlsx, xlsm, xlsb, xls or ods.

Belongs here: putting the parts together: package, sheet, header, rows, footer, chunks. Does not belong here: finding
the file (see intake), and what any value means.

Everything is read as text: leading zeros of text stay, whole numbers are their digits, days are ISO 8601, formulas give
the value that was stored with them, macros never run. Row numbers are those that Excel shows, and empty rows are
counted and left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from sources.readers import excel_package, excel_process, excel_sheets
from sources.readers import header as headers
from sources.readers.base import Chunk, Doubt
from sources.readers.excel_process import Parser
from sources.readers.excel_settings import ExcelRead
from sources.readers.footer import FooterCut
from sources.readers.records import FOOTER_SEARCHED, Piece
from sources.readers.unpack import Openable, OpenedFile

#: A row has a value to the right of the last column name.
BEYOND = "excel.beyond_header"

#: Rows that a sheet of each format can hold. A register that fills it to the last row was cut off when it was saved.
_MOST_ROWS = {"xlsx": 1_048_576, "xlsb": 1_048_576, "ods": 1_048_576, "xls": 65_536}


def open_excel(
    place: Path | Openable,
    read: ExcelRead,
    *,
    wanted: Sequence[str],
    required: Sequence[str],
    chunk_rows: int = 10_000,
    memory: int = excel_process.MEMORY,
) -> ExcelRegister:
    """Open a workbook, choose its sheet and find its header. No row is handed over yet.

    Args:
        wanted: every column that the source maps, filters by or takes its key from.
        required: those of them without which the file is refused; they also tell the header from other rows.
        chunk_rows: most rows in one chunk. While one is taken over, the parser makes the texts of the next.
        memory: bytes that parsing may take, for tests.

    Raises:
        SourceRefused: the workbook cannot be read as declared. The text holds no cell of it.
        TryLater: the file system failed.
    """
    file = OpenedFile(place, hold=True)
    parser: Parser | None = None
    try:
        packing = excel_package.check(file.file, macros_expected=file.suffix == ".xlsm")
        digest = hashlib.sha256()
        file.file.seek(0)
        while block := file.file.read(1 << 20):
            digest.update(block)
        file.file.seek(0)
        parser = Parser(file.file.fileno(), memory=memory)
        return ExcelRegister(
            file,
            parser,
            read,
            format=packing,
            digest=digest.hexdigest(),
            wanted=list(wanted),
            required=list(required),
            chunk_rows=chunk_rows,
        )
    except BaseException:
        if parser is not None:
            parser.close()
        file.close()
        raise


class ExcelRegister:
    """One opened sheet; see ``base.Register`` for the attributes that all registers have.

    Attributes:
        format: xlsx (also for .xlsm), xlsb, xls or ods.
        sheet: its name.
        header_row: as Excel numbers it.
        footer_rows: rows of the footer, known after the read; they are in no chunk.
    """

    def __init__(
        self,
        file: OpenedFile,
        parser: Parser,
        read: ExcelRead,
        *,
        format: str,
        digest: str,
        wanted: list[str],
        required: list[str],
        chunk_rows: int,
    ) -> None:
        self._file = file
        self._parser = parser
        self._read = read
        self._chunk_rows = chunk_rows
        self.format = format
        self.digest = digest
        listed = [excel_sheets.Sheet(i, *sheet) for i, sheet in enumerate(parser.ask("sheets"))]
        chosen = excel_sheets.choose(listed, read.sheet)
        self.sheet = chosen.name
        head = read.header_row if isinstance(read.header_row, int) else headers.SEARCHED
        answer = parser.ask("choose", sheet=chosen.place, head=max(head, headers.SEARCHED), packed=format == "xlsx")
        self._sheet_rows = int(answer["rows"])
        self.header_row, self._columns = headers.find_in_rows(
            _spread(answer["head"], answer["merged"], read.header_row),
            header_row=read.header_row,
            wanted=wanted,
            required=required,
        )
        self._first = next((at for at, cell in enumerate(answer["head"][self.header_row - 1]) if cell.strip()), 0)
        self.columns_used = list(self._columns.used)
        self.columns_missing = self._columns.missing
        self.columns_dropped = self._columns.dropped
        self.incomplete: list[str] = []
        self.doubts: list[Doubt] = []
        self.footer_rows = 0

    def chunks(self) -> Iterator[Chunk]:
        """The rows in chunks of at most ``chunk_rows``; once."""
        self.incomplete.clear()  # the same list as before: whoever reads the chunks holds it already
        footer = FooterCut(self._read.footer)
        faults: dict[int, list[tuple[int, str, str]]] = {}
        for piece in footer.cut(self._pieces(faults)):
            concerned = [number for number in piece.numbers.tolist() if number in faults] if faults else []
            of_these = [fault for number in concerned for fault in faults.pop(number)]
            rejected = [(number, rule) for number, rule, _ in piece.rejected]
            if len(piece.numbers) or rejected:
                yield Chunk(piece.rows, piece.numbers, rejected, of_these)
        self.footer_rows = footer.rows
        if self._file.changed():
            self.incomplete.append("the file changed while it was read")
        if self._sheet_rows >= _MOST_ROWS[self.format]:
            self.incomplete.append(
                f"the sheet is full to its last row ({_MOST_ROWS[self.format]}), so what did not fit may be missing"
            )
        if footer.absent:
            self.incomplete.append("the footer that the source file declares is not at the end of the sheet")

    def _pieces(self, faults: dict[int, list[tuple[int, str, str]]]) -> Iterator[Piece]:
        """The rows as they come from the parser; faults are gathered by row number on the way."""
        pattern = self._read.footer.first_cell if self._read.footer else None
        how = self._read
        wanted = [
            (place, name in how.serial_dates, how.digits.get(name, 0)) for name, place in self._columns.used.items()
        ]
        if pattern is not None:
            wanted.append((self._first, False, 0))
        answers = self._parser.rows(
            after=self.header_row,
            rows=self._chunk_rows,
            first=self._first,
            beyond=self._columns.count if self._read.beyond_header == "reject" else None,
            decimal=self._read.decimal,
            columns=wanted,
        )
        for numbers, texts, ragged, faulty in answers:
            like = np.zeros(len(numbers), dtype=bool)
            if pattern is not None:
                # Only the last rows can be a footer, so only they are looked at.
                last = texts.pop()[-FOOTER_SEARCHED:]
                like[len(numbers) - len(last) :] = [_like(pattern, cell) for cell in last]
            columns = [pa.array(column, pa.string()) for column in texts]
            for number, place, rule in faulty:
                if place < len(self.columns_used):
                    faults.setdefault(number, []).append((number, self.columns_used[place], rule))
            rejected = [
                (number, BEYOND, pattern is not None and _like(pattern, cell)) for number, cell in ragged.items()
            ]
            yield Piece(pa.table(columns, names=self.columns_used), np.array(numbers, dtype=np.int64), like, rejected)

    def close(self) -> None:
        """End the parser and close the file."""
        self._parser.close()
        self._file.close()


def _like(pattern: str, cell: str) -> bool:
    return re.match(pattern, cell.strip(), re.IGNORECASE) is not None


def _spread(rows: list[list[str]], merged: list[tuple[int, int, int, int]], header_row: int | str) -> list[list[str]]:
    """The first rows with the text of each cell that spans rows in the last of them, and in the declared header row.

    A header of two rows often has the names that need only one merged over both; it ends with the second. To the right
    nothing is written: a name that spans columns is the name of a group.
    """
    rows = [list(row) for row in rows]
    for top, left, bottom, _ in merged:
        if bottom < len(rows) and left < len(rows[top]):
            text, rows[top][left] = rows[top][left], ""
            rows[bottom][left] = text
            if isinstance(header_row, int) and top < header_row <= bottom:
                rows[header_row - 1][left] = text
    return rows
