"""A customer's register behind an HTTP API, page by page.

Belongs here: putting the parts together: ask, parse, find the records, make cells, and judge whether the read is whole.
Does not belong here: any of the parts themselves.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import httpx
import numpy as np
import pyarrow as pa

from schemas.errors import SourceRefused
from sources.readers import names
from sources.readers.api import cells, pagination, paths
from sources.readers.api.page import Records, texts
from sources.readers.api.pagination import Page
from sources.readers.api.settings import ApiRead
from sources.readers.api.transport import Transport
from sources.readers.base import Chunk, Doubt

#: Rule of a record that is no object, or has an object or an ambiguous list where a text is expected.
SHAPE = "api.shape"
#: Pages in a row without a record after which a server that promises more is not believed.
_MOST_EMPTY_PAGES = 20
#: Names of dropped fields that are listed; each record may have its own.
_MOST_DROPPED = 100
#: Share of the records that have a field whose name is shown.
_OFTEN = 0.1


def open_api(
    read: ApiRead,
    *,
    wanted: Sequence[str],
    required: Sequence[str],
    business_date: date,
    everything: bool = False,
    chunk_rows: int = 1000,
    transport: Callable[[ApiRead], Transport] = Transport,
) -> ApiRegister:
    """Open a register behind an API. Nothing is asked before its rows are.

    Args:
        wanted: every column that the source maps, filters by or takes its key from.
        required: those of them that at least one record must fill, if there are any records.
        business_date: whose window of changes is asked for, where there is one.
        everything: asks without a window all the same, for the day of a whole read.
        chunk_rows: rows in one chunk; a chunk ends with a page.
        transport: makes the way to the API, for tests.
    """
    return ApiRegister(
        read,
        wanted=list(wanted),
        required=list(required),
        window={} if everything or read.changed_since is None else read.changed_since.on(business_date),
        chunk_rows=chunk_rows,
        transport=transport(read),
    )


class ApiRegister:
    """One opened API; see ``base.Register`` for the attributes that all registers have.

    A field that a record does not have is an empty cell: APIs leave out what is null. So no column counts as missing
    before the read, and `columns_missing` says after it which ones no record filled.

    Attributes:
        digest: SHA-256 over the texts of the wanted fields of all records, known after the read.
        pages: answers read so far.
    """

    def __init__(
        self,
        read: ApiRead,
        *,
        wanted: list[str],
        required: list[str],
        window: dict[str, str],
        chunk_rows: int,
        transport: Transport,
    ) -> None:
        self._read = read
        self._required = required
        self._chunk_rows = chunk_rows
        self._transport = transport
        self._expressions = {name: read.expression(name) for name in wanted}
        looked_at = {field[0] for each in self._expressions.values() for field in paths.looked_at(each)}
        self._declared = looked_at
        select = read.select.parameters(self._expressions.values()) if read.select else {}
        self._parameters = read.params | select | window
        self._filled: set[str] = set()
        self._others: Counter[str] = Counter()
        self._seen: set[int] = set()
        self._count = 0
        self._totals: list[int] = []
        self._digests = {name: (hashlib.sha256(), hashlib.sha256()) for name in sorted(wanted)}
        self.pages = 0
        self.digest = ""
        self.columns_used = wanted
        self.columns_missing: list[str] = []
        self.columns_dropped: list[str] = []
        self.incomplete: list[str] = []
        self.doubts: list[Doubt] = []
        self.footer_rows = 0

    def chunks(self) -> Iterator[Chunk]:
        """The rows, a chunk for so many pages as fill it; once."""
        gathered: list[Chunk] = []
        for records in self._pages():
            gathered.append(self._chunk(records))
            self.columns_dropped = self._dropped()
            if sum(len(chunk.row_numbers) for chunk in gathered) >= self._chunk_rows:
                yield _joined(gathered)
                gathered = []
        self._judge()
        self.digest = self._digest()
        self.columns_missing = [name for name in self.columns_used if self._count and name not in self._filled]
        if gathered:
            yield _joined(gathered)

    def _digest(self) -> str:
        parts = [name.encode() + a.digest() + b.digest() for name, (a, b) in self._digests.items()]
        return hashlib.sha256(b"".join(parts)).hexdigest()

    def _dropped(self) -> list[str]:
        """Undeclared fields by name; one that few records have is "column 7", since it may be a value in a map."""
        often = self._count * _OFTEN
        return [
            names.safe(name, position) if records >= often else f"column {position}"
            for position, (name, records) in enumerate(self._others.items(), 1)
        ]

    def close(self) -> None:
        """Ends the connection."""
        self._transport.close()

    def _pages(self) -> Iterator[Records]:
        """The records of each page, in order."""
        limits = self._read.limits
        steps = pagination.steps(self._read.pages, httpx.URL(self._read.url), self._parameters)
        asked: set[str] = set()
        empty = 0
        ask = next(steps)
        while True:
            if ask.name in asked:
                raise SourceRefused("The API leads in a circle: a page names one before it as the next.", _OWNER)
            asked.add(ask.name)
            answer = self._transport.get(ask.url, ask.parameters)
            document = cells.parse(answer.body)
            records = Records(self._records(document))
            total = self._total(document)
            self.pages += 1
            self._count += len(records)
            empty = 0 if len(records) else empty + 1
            if empty > _MOST_EMPTY_PAGES:
                raise SourceRefused(f"The API gave {empty} empty pages in a row and promises more.", _OWNER)
            if self._count > limits.records or self.pages > limits.pages:
                raise SourceRefused("The API gives more pages or records than it may.", "Raise limits if it is right.")
            self._tell_repeats(records)
            yield records
            page = Page(document, len(records), self._count, total, answer.url, answer.next_link)
            try:
                ask = steps.send(page)
            except StopIteration:
                return

    def _records(self, document: Any) -> list[Any]:
        found = paths.find(self._read.list_path, document)
        if found is None and isinstance(self._read.pages, pagination.Scim) and self._total_of(document) is not None:
            return []  # RFC 7644, 3.4.2: without a result there need be no list
        if not isinstance(found, list):
            raise SourceRefused(
                f"The API's answer has no list of records at {self._read.list_path}.",
                "Correct records: in the source file.",
            )
        return found

    def _total_of(self, document: Any) -> int | None:
        path = self._read.total_path
        total = paths.find(path, document) if path else None
        if isinstance(total, bool) or not isinstance(total, int | str) or not str(total).isdecimal():
            return None
        return int(total) if len(str(total)) < 16 else None

    def _total(self, document: Any) -> int | None:
        """The declared total, noted where an answer has one."""
        total = self._total_of(document)
        if total is not None:
            self._totals.append(total)
        return total

    def _tell_repeats(self, records: Records) -> None:
        """Refuses a page that came before; notes records that did, as they do when a register moves under a read."""
        marks = records.marks()
        before = len(marks & self._seen)
        if marks and before == len(marks):
            raise SourceRefused("The API gave the same records again as another page.", _OWNER)
        if before:
            self._doubt("records moved from page to page while they were read, so others may have been passed over")
        self._seen |= marks

    def _doubt(self, reason: str, share: float = 1.0) -> None:
        if reason not in self.incomplete:
            self.incomplete.append(reason)
            self.doubts.append(Doubt(reason, share))

    def _chunk(self, records: Records) -> Chunk:
        numbers = np.arange(self._count - len(records) + 1, self._count + 1, dtype=np.int64)
        sound = records.sound
        for name, having in records.names():
            if name not in self._declared and (name in self._others or len(self._others) < _MOST_DROPPED):
                self._others[name] += having
        columns = {}
        whole = np.ones(int(sound.sum()), dtype=bool)
        for name, expression in self._expressions.items():
            columns[name], without = texts(records.values(expression), self._read.join)
            whole[without] = False
        rows = pa.table(columns)
        if not whole.all():
            rows = rows.filter(pa.array(whole))
            sound[sound] = whole
        self._note_rows(rows)
        return Chunk(rows, numbers[sound], [(int(number), SHAPE) for number in numbers[~sound]])

    def _note_rows(self, rows: pa.Table) -> None:
        """Takes rows into the digest: of each column the bytes and the lengths, wherever a page ends."""
        if not rows.num_rows:
            return
        for name, (of_bytes, of_lengths) in self._digests.items():
            column = rows.column(name).combine_chunks()
            column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
            offsets = np.frombuffer(column.buffers()[1], dtype=np.int32)[column.offset :][: len(column) + 1]
            if offsets[-1] > offsets[0]:
                self._filled.add(name)
                of_bytes.update(memoryview(column.buffers()[2])[offsets[0] : offsets[-1]])
            of_lengths.update(np.diff(offsets).tobytes())

    def _judge(self) -> None:
        """Whether what was read can be the whole of it."""
        never = [name for name in self._required if name not in self._filled]
        if self._count and never:
            raise SourceRefused(
                f"None of the API's {self._count} records has {', '.join(map(repr, never))}.",
                "Correct the column in the source file, or ask the API's owner where it has gone.",
            )
        if self._read.total_path is None:
            return
        if not self._totals:
            self._doubt("the API does not declare the total that the source file says it does")
        elif len(set(self._totals)) > 1:
            self._doubt("the declared total changed while the pages were read")
        elif self._totals[0] != self._count:
            total = self._totals[0]
            share = round(abs(total - self._count) / max(total, self._count), 4)
            self._doubt(f"the API declares {total} records and gave {self._count}", max(share, 0.0001))


_OWNER = "Ask the API's owner about it; nothing of this read was taken."


def _joined(chunks: list[Chunk]) -> Chunk:
    return Chunk(
        pa.concat_tables([chunk.rows for chunk in chunks]).combine_chunks(),
        np.concatenate([chunk.row_numbers for chunk in chunks]),
        [rejected for chunk in chunks for rejected in chunk.rejected],
    )
