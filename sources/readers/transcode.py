"""A text file's data rows as a stream of UTF-8 bytes, with an end mark behind the last.

Belongs here: decoding block by block, skipping what stands above the data, and the end mark. Does not belong here:
choosing the encoding (see encoding), splitting into rows (see records).

The end mark is one more record, with a token nobody else writes in every column. Whoever parses the stream and does not
get it as the last record of its own knows that a quote was opened and never closed, which lenient parsers hide.
"""

from __future__ import annotations

import codecs
import io

from sources.readers.csv_settings import ENCODINGS
from sources.readers.unpack import Stream


class DataStream(io.RawIOBase):
    """UTF-8 bytes from the first data row on; blocks as large as asked for, since Arrow takes one read as one block.

    Args:
        source: unpacked bytes from the beginning of the file.
        encoding: as decided, by its name in ``csv_settings.ENCODINGS``.
        mark_length: bytes of the byte-order mark, left out.
        skip: bytes of UTF-8 text before the first data row, without the mark.
        end_mark: what follows the last row, without a line end.
    """

    def __init__(self, source: Stream, encoding: str, *, mark_length: int, skip: int, end_mark: bytes) -> None:
        super().__init__()
        self._source = source
        codec = ENCODINGS[encoding]
        self._decoder = None if codec == "utf-8" else codecs.getincrementaldecoder(codec)("strict")
        self._end_mark: bytes | None = end_mark
        self._last = b"\n"
        self._buffer = b""
        self._ended = False
        #: Why the stream broke off, where it did; Arrow passes exceptions on only together with its own.
        self.failure: Exception | None = None
        self._drop_raw(mark_length)
        self._drop(skip)

    def readable(self) -> bool:
        """Always."""
        return True

    @property
    def source_bytes(self) -> int:
        """Bytes taken from the file so far."""
        return self._source.position

    def read(self, size: int = -1) -> bytes:
        """Exactly ``size`` bytes, fewer only at the end."""
        if size < 0:
            size = 1 << 20
        try:
            self._gather(size)
        except Exception as error:
            self.failure = error
            raise
        piece = self._buffer[:size]
        self._buffer = self._buffer[len(piece) :]
        return piece

    def _gather(self, size: int) -> None:
        parts = [self._buffer]
        length = len(self._buffer)
        while length < size and not self._ended:
            part = self._next()
            parts.append(part)
            length += len(part)
        self._buffer = b"".join(parts)

    def _next(self) -> bytes:
        raw = self._source.read(1 << 20)
        text = raw if self._decoder is None else self._decoder.decode(raw, not raw).encode("utf-8")
        if text:
            self._last = text[-1:]
        if raw or self._ended:
            return text
        self._ended = True
        line_end = b"" if self._last in b"\r\n" else b"\n"
        return text + line_end + (self._end_mark or b"") + b"\n"

    def _drop_raw(self, count: int) -> None:
        while count > 0:
            count -= len(self._source.read(count))

    def _drop(self, count: int) -> None:
        self._gather(count)
        self._buffer = self._buffer[count:]
