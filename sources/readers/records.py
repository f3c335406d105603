"""The rows of a delimited text, split by Arrow and numbered as the customer counts them.

Belongs here: splitting a UTF-8 stream into columns, row numbers, and the rows that cannot be split or must not go on.
Does not belong here: encodings (see transcode), the header (see header), footers and the size of chunks.

Measured with pyarrow 26: ``InvalidRow.number`` counts records of the stream from 1 where column names are given and
threads are off, quoted line breaks and empty lines included; good rows have the numbers that remain. One read of the
stream is one block, and a record that does not end in the block after its own is an error.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from sources.readers.header import Columns
from sources.readers.transcode import DataStream

#: Bytes of UTF-8 that are split at a time. A row longer than this ends the read.
BLOCK = 4 << 20

#: Bytes of UTF-8 in one cell; longer ones are no cells but a sign that quoting went wrong.
LONGEST_CELL = 1 << 20

#: Rows at the end of the file among which a footer is looked for, empty lines not counted.
FOOTER_SEARCHED = 64

RAGGED = "csv.ragged"
TOO_LONG = "csv.too_long"
#: A cell holds a line break, a delimiter and a quote: it may have swallowed the next row.
QUOTES = "csv.quotes"
CONTROL = "text.control"


@dataclass
class Piece:
    """Rows of one block.

    Attributes:
        rows: the wanted columns.
        numbers: of these rows.
        footer_like: bool per row, whether the first cell matches the footer's pattern.
        rejected: (row number, rule id, whether the first cell matches the footer's pattern).
    """

    rows: pa.Table = field(repr=False)
    numbers: np.ndarray
    footer_like: np.ndarray
    rejected: list[tuple[int, str, bool]]

    def __len__(self) -> int:
        return len(self.numbers) + len(self.rejected)


class Records:
    """Splits one stream; after ``pieces`` is exhausted, ``incomplete`` says why it may not be the whole.

    Args:
        stream: from the first data row on, with an end mark of as many columns as the header has.
        token: what the end mark writes in every column.
        first_number: the row number of the first record in the stream.
        nul: whether the file holds NUL bytes at all.
        quotes: whether it holds quotes at all.
    """

    def __init__(
        self,
        stream: DataStream,
        columns: Columns,
        *,
        delimiter: str,
        quote: str | None,
        token: str,
        first_number: int,
        footer_pattern: str | None,
        nul: bool,
        quotes: bool,
        block: int = BLOCK,
    ) -> None:
        self._stream = stream
        self._columns = columns
        self._delimiter = delimiter
        self._quote = quote if quotes else None
        self._token = token
        self._first = first_number
        self._pattern = footer_pattern
        self._nul = nul
        self._block = block
        self._positions = sorted(set(columns.used.values()))
        self._next = 1
        self._invalid: deque[tuple[int, bool]] = deque()
        self._swallowed = 0
        self._overlong = False
        self._marked = False
        self.incomplete: list[str] = []

    def pieces(self) -> Iterator[Piece]:
        """The rows, block by block."""
        names = [str(i) for i in range(self._columns.count)]
        wanted = {str(i) for i in self._positions}
        reader = None
        failed = False
        while not failed:
            batch = None
            try:
                if reader is None:
                    reader = self._open(names, wanted)
                batch = reader.read_next_batch()
            except StopIteration:
                break
            except (pa.ArrowException, ValueError, OSError) as error:
                failed = True
                self._overlong = "straddles" in str(error)
            except Exception:
                if self._stream.failure is None:
                    raise
                failed = True
            if batch is not None and batch.num_rows:
                yield self._piece(batch)
        rest = self._rest()
        if rest is not None:
            yield rest
        self._judge(failed)

    def _open(self, names: list[str], wanted: set[str]) -> pacsv.CSVStreamingReader:
        return pacsv.open_csv(
            self._stream,
            read_options=pacsv.ReadOptions(use_threads=False, block_size=self._block, column_names=names),
            parse_options=pacsv.ParseOptions(
                delimiter=self._delimiter,
                quote_char=self._quote or False,
                double_quote=True,
                newlines_in_values=self._quote is not None,
                ignore_empty_lines=False,
                invalid_row_handler=self._on_invalid,
            ),
            convert_options=pacsv.ConvertOptions(
                # The undeclared columns stay bytes: they are looked at only to tell an empty line from a row without
                # any wanted value.
                column_types={name: pa.string() if name in wanted else pa.binary() for name in names},
                strings_can_be_null=False,
            ),
        )

    def _on_invalid(self, row: pacsv.InvalidRow) -> str:
        text = row.text or ""
        if self._token in text:
            self._swallowed = row.number
        self._invalid.append((row.number, self._like_footer(text)))
        return "skip"

    def _like_footer(self, text: str) -> bool:
        if self._pattern is None:
            return False
        try:
            cells = next(csv.reader([text], delimiter=self._delimiter, quotechar=self._quote), [])
        except csv.Error:
            return False
        return bool(cells) and re.match(self._pattern, cells[0].strip(), re.IGNORECASE) is not None

    def _piece(self, batch: pa.RecordBatch) -> Piece:
        numbers, passed = self._number(batch.num_rows)
        table = pa.Table.from_batches([batch])
        keep = np.ones(len(numbers), dtype=bool)
        last = table.slice(table.num_rows - 1).to_pydict()
        if all(_text(cell[0]) == self._token for cell in last.values()):
            self._marked = True
            keep[-1] = False
        elif any(self._token in _text(cell[0]) for cell in last.values()):
            self._swallowed = int(numbers[-1])
        rejected = [self._rejection(n, like) for n, like in passed]
        keep &= ~self._empty(table)
        like = self._footer_like(table, keep)
        for rule, bad in self._bad(table, numbers):
            bad &= keep
            rejected += [
                (self._first - 1 + int(n), rule, bool(f)) for n, f in zip(numbers[bad], like[bad], strict=True)
            ]
            keep &= ~bad
        if self._swallowed and keep[-1] and numbers[-1] == self._swallowed:
            rejected.append((self._first - 1 + self._swallowed, QUOTES, False))
            keep[-1] = False
        used = {name: table.column(position) for name, position in self._columns.used.items()}
        rows = pa.table(used)
        if not keep.all():
            rows = rows.filter(pa.array(keep))
        return Piece(rows, numbers[keep] + (self._first - 1), like[keep], sorted(rejected))

    def _number(self, count: int) -> tuple[np.ndarray, list[tuple[int, bool]]]:
        """Ordinals of the next ``count`` good records, and the invalid ones that come before the last of them."""
        passed: list[tuple[int, bool]] = []
        end = self._next + count
        while self._invalid and self._invalid[0][0] < end:
            passed.append(self._invalid.popleft())
            end += 1
        ordinals = np.arange(self._next, end, dtype=np.int64)
        if passed:
            ordinals = np.delete(ordinals, np.array([n for n, _ in passed], dtype=np.int64) - self._next)
        self._next = end
        return ordinals, passed

    def _rejection(self, ordinal: int, footer_like: bool) -> tuple[int, str, bool]:
        row = self._first - 1 + ordinal
        return (row, QUOTES, False) if ordinal == self._swallowed else (row, RAGGED, footer_like)

    def _rest(self) -> Piece | None:
        """Rows behind the last good one: only where the end mark was swallowed or never reached."""
        left = [self._rejection(n, like) for n, like in self._invalid]
        if self._overlong:
            left.append((self._stopped, TOO_LONG, False))
        if not left:
            return None
        empty = pa.table({name: pa.array([], pa.string()) for name in self._columns.used})
        return Piece(empty, np.array([], dtype=np.int64), np.array([], dtype=bool), left)

    def _empty(self, table: pa.Table) -> np.ndarray:
        """Rows without any value, in no column: empty lines and lines of delimiters."""
        empty = np.ones(table.num_rows, dtype=bool)
        for position in [*self._positions, *(i for i in range(self._columns.count) if i not in self._positions)]:
            if not empty.any():
                return empty
            empty &= pc.equal(pc.binary_length(table.column(position)), 0).to_numpy()
        return empty

    def _bad(self, table: pa.Table, numbers: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
        none = np.zeros(table.num_rows, dtype=bool)
        too_long, quotes, control = none.copy(), none.copy(), none.copy()
        for position in range(self._columns.count):
            column = table.column(position)
            if column.nbytes > LONGEST_CELL:
                too_long |= pc.greater(pc.binary_length(column), LONGEST_CELL).to_numpy()
            if position in self._positions and self._nul:
                control |= pc.match_substring(column, "\0").to_numpy()
            if self._quote is not None and self._columns.count > 1:
                quotes |= self._swallowing(column)
        yield TOO_LONG, too_long
        yield QUOTES, quotes
        yield CONTROL, control

    def _swallowing(self, column: pa.ChunkedArray) -> np.ndarray:
        """Cells that look as if a quote that was never closed took in the next row up to its first quote."""
        if not any(self._has_quote(chunk) for chunk in column.chunks):
            return np.zeros(len(column), dtype=bool)
        found = np.array(pc.match_substring(column, self._quote))
        for at in np.flatnonzero(found):
            text = _text(column[int(at)].as_py())
            found[at] = bool(re.search(r"[\r\n]", text)) and self._delimiter in re.split(r"[\r\n]", text, maxsplit=1)[1]
        return found

    def _has_quote(self, cells: pa.Array) -> bool:
        """Whether there is a quote in the bytes of a column: asked of them together, it takes a tenth of the time."""
        content = cells.buffers()[2]
        return content is not None and bool((np.frombuffer(content, "u1") == ord(self._quote or "\0")).any())

    def _footer_like(self, table: pa.Table, keep: np.ndarray) -> np.ndarray:
        like = np.zeros(table.num_rows, dtype=bool)
        if self._pattern is not None:
            # Only the last rows can be a footer, so only they are looked at.
            at = np.flatnonzero(keep)[-FOOTER_SEARCHED:]
            for row, cell in zip(at, table.column(0).take(pa.array(at)).to_pylist(), strict=True):
                like[row] = re.match(self._pattern, _text(cell).strip(), re.IGNORECASE) is not None
        return like

    @property
    def _stopped(self) -> int:
        """The row number behind the last row that was split."""
        return self._first - 1 + self._next + len(self._invalid)

    def _judge(self, failed: bool) -> None:
        stopped = self._stopped
        if failed and not self._overlong:
            self.incomplete.append(f"the file could not be read from row {stopped} on")
        elif failed:
            self.incomplete.append(
                f"row {stopped} is longer than {self._block >> 20} MB: a quote opened there is probably never closed; "
                "it and what follows was not read"
            )
        elif self._swallowed:
            row = self._first - 1 + self._swallowed
            self.incomplete.append(
                f"a quote opened in row {row} is never closed; that row and what follows was not read"
            )
        elif not self._marked:
            self.incomplete.append(f"the end of the file was not reached after row {stopped - 1}")


def _text(cell: str | bytes | None) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else cell.decode("utf-8", "replace")
