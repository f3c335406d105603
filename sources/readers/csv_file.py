"""A customer's register in a delimited text file.

Belongs here: putting the parts together: unpack, survey, encoding, header, rows, footer, chunks. Does not belong here:
finding the file (see intake), and what any value means.

The file is gone through twice, in blocks and without a copy on disk: once for its digest and for what must be known of
its bytes before a row can be trusted, once for its rows.
"""

from __future__ import annotations

import codecs
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from schemas.errors import SourceRefused
from sources.readers import encoding as encodings
from sources.readers import header as headers
from sources.readers import records, survey
from sources.readers.base import Chunk, Doubt
from sources.readers.csv_settings import ENCODINGS, CsvRead
from sources.readers.footer import FooterCut
from sources.readers.records import Piece, Records
from sources.readers.transcode import DataStream
from sources.readers.unpack import Openable, PackedFile


def open_csv(
    place: Path | Openable,
    read: CsvRead,
    *,
    wanted: Sequence[str],
    required: Sequence[str],
    chunk_rows: int = 50_000,
    block: int = records.BLOCK,
) -> CsvRegister:
    """Open a delimited text file: survey its bytes and find its header. No row is read yet.

    Args:
        wanted: every column that the source maps, filters by or takes its key from.
        required: those of them without which the file is refused; they also tell the header from other rows.
        chunk_rows: most rows in one chunk.
        block: bytes that are split at a time, for tests.

    Raises:
        SourceRefused: the file cannot be read as declared. The text holds no cell of it.
        TryLater: the file system failed.
    """
    file = PackedFile(place)
    try:
        return CsvRegister(file, read, wanted=list(wanted), required=list(required), chunk_rows=chunk_rows, block=block)
    except BaseException:
        file.close()
        raise


class CsvRegister:
    """One opened file; see ``base.Register`` for the attributes that all registers have.

    Attributes:
        encoding: as obeyed or found, by its name in the source file.
        delimiter: one character.
        header_row: counted from 1.
        packing: "gz", "zip" or "".
        footer_rows: rows of the footer, known after the read; they are in no chunk.
    """

    def __init__(
        self, file: PackedFile, read: CsvRead, *, wanted: list[str], required: list[str], chunk_rows: int, block: int
    ) -> None:
        self._file = file
        self._read = read
        self._chunk_rows = chunk_rows
        self._block = block
        self._seen = survey.take(file.stream(), declared=read.encoding, quote=read.quote)
        self.encoding = encodings.decide(read.encoding, self._seen, file.stream)
        text = self._head_text()
        found = headers.find(
            text,
            delimiter=read.delimiter,
            quote=read.quote,
            header_row=read.header_row,
            wanted=wanted,
            required=required,
        )
        self._columns = found.columns
        self._skip = len(text[: found.length].encode())
        self.packing = file.packing
        self.delimiter = found.delimiter
        self.header_row = found.row
        self.digest = self._seen.digest
        self.columns_used = list(found.columns.used)
        self.columns_missing = found.columns.missing
        self.columns_dropped = found.columns.dropped
        self.incomplete: list[str] = []
        self.doubts: list[Doubt] = []
        self.footer_rows = 0

    def _head_text(self) -> str:
        """The beginning of the file as text, cut at a whole character."""
        raw = self._seen.head[self._seen.mark_length :]
        decoder = codecs.getincrementaldecoder(ENCODINGS[self.encoding])("strict")
        broken = False
        text = ""
        try:
            text = decoder.decode(raw, False)
        except UnicodeDecodeError:
            broken = True
        if broken:
            raise SourceRefused(f"The beginning of the file is not {self.encoding}.", "Ask for the file again.")
        return text

    def chunks(self) -> Iterator[Chunk]:
        """The rows in chunks of at most ``chunk_rows``; once."""
        stream: DataStream | None = None
        self.incomplete.clear()  # the same list as before: whoever reads the chunks holds it already
        token = f"end-{uuid.uuid4().hex}"
        stream = DataStream(
            self._file.stream(),
            self.encoding,
            mark_length=self._seen.mark_length,
            skip=self._skip,
            end_mark=self.delimiter.join([token] * self._columns.count).encode(),
        )
        split = Records(
            stream,
            self._columns,
            delimiter=self.delimiter,
            quote=self._read.quote,
            token=token,
            first_number=self.header_row + 1,
            footer_pattern=self._read.footer.first_cell if self._read.footer else None,
            nul=self._seen.nul,
            quotes=self._seen.quotes,
            block=self._block,
        )
        footer = FooterCut(self._read.footer)
        yield from _in_chunks(footer.cut(split.pieces()), self._chunk_rows, self.columns_used)
        self.footer_rows = footer.rows
        self.incomplete += split.incomplete
        if self._file.changed() or (not split.incomplete and stream.source_bytes != self._seen.size):
            self.incomplete.append("the file changed while it was read")
        if self._seen.ends_in_nul:
            self.incomplete.append("the file ends in NUL bytes, as a copy does that was cut off")
        if footer.absent and not split.incomplete:
            self.incomplete.append("the footer that the source file declares is not at the end of the file")

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _in_chunks(pieces: Iterator[Piece], most: int, columns: list[str]) -> Iterator[Chunk]:
    """Pieces put together and cut into chunks of at most ``most`` rows, refused rows beside the rows around them."""
    tables: list[pa.Table] = []
    numbers: list[np.ndarray] = []
    rejected: list[tuple[int, str]] = []
    count = 0
    for piece in pieces:
        tables.append(piece.rows)
        numbers.append(piece.numbers)
        rejected += [(n, rule) for n, rule, _ in piece.rejected]
        count += len(piece.numbers)
        while count >= most:
            table, row_numbers = pa.concat_tables(tables), np.concatenate(numbers)
            yield Chunk(table.slice(0, most).combine_chunks(), row_numbers[:most], rejected)
            tables, numbers, rejected = [table.slice(most)], [row_numbers[most:]], []
            count -= most
    if count or rejected:
        yield Chunk(pa.concat_tables(tables).combine_chunks(), np.concatenate(numbers), rejected)
