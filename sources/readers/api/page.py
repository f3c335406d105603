"""The records of one page, taken column by column.

Belongs here: the values of a field in all records of a page, their texts, and a mark for each record. Does not belong
here: asking for pages, or what becomes of the rows (see reader).

A register of a hundred thousand records has a million cells. Taken one by one, each through its expression, they cost
ten times the reading of the JSON; taken as columns, a part of it (docs/benchmarks.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import pyarrow as pa

from sources.readers.api import cells, paths


class Records:
    """Records that are objects.

    Attributes:
        names: their fields in the order in which they first appear, and how many records have each.
    """

    def __init__(self, records: list[dict[str, Any]]) -> None:
        self._records = records
        self._alike = self._rows_alike()
        self._columns = dict(zip(self._sorted, zip(*self._alike, strict=True), strict=True)) if self._alike else {}

    def names(self) -> Iterator[tuple[str, int]]:
        """Each field with how many records have it, in the order in which they first appear."""
        if self._alike:
            return ((name, len(self._records)) for name in self._records[0])
        found: dict[str, int] = {}
        for record in self._records:
            for name in record:
                found[name] = found.get(name, 0) + 1
        return iter(found.items())

    def values(self, expression: str) -> Sequence[Any]:
        """What stands at an expression in each record; None where nothing does."""
        name = paths.field(expression)
        if name is None:
            return [paths.find(expression, record) for record in self._records]
        if self._alike:
            return self._columns.get(name) or [None] * len(self._records)
        return [record.get(name) for record in self._records]

    def marks(self) -> list[int]:
        """A number for each record that tells it from all others, whatever the order of its fields."""
        if self._alike:
            of_names = hash(tuple(self._sorted))
            try:
                return [hash(row) ^ of_names for row in self._alike]
            except TypeError:  # it holds a list or an object
                return [mark(record) for record in self._records]
        return [mark(record) for record in self._records]

    def _rows_alike(self) -> list[tuple[Any, ...]]:
        """The values of each record in the order of the names, where all records have the same fields."""
        self._sorted = sorted(self._records[0]) if self._records else []
        if len(self._sorted) < 2 or set(map(len, self._records)) != {len(self._sorted)}:
            return []
        try:
            return list(map(itemgetter(*self._sorted), self._records))
        except KeyError:
            return []


def mark(record: Any) -> int:
    """The mark of one record, or of what stands in the place of one."""
    try:
        names = sorted(record)
        return hash(tuple(record[name] for name in names)) ^ hash(tuple(names))
    except (TypeError, AttributeError, KeyError, IndexError):
        return hash(json.dumps(record, sort_keys=True, default=str))


def texts(values: Sequence[Any], join: str) -> tuple[pa.Array, list[int]]:
    """A column of cells (`cells.cell`), and the places of values that have no text; an empty cell stands there."""
    try:
        column = pa.array(values, pa.string())  # takes texts and null, and nothing else that JSON has
        return (column.fill_null("") if column.null_count else column), []
    except (pa.ArrowException, TypeError, ValueError):
        pass
    if set(map(type, values)) == {int}:
        try:
            return pa.array(values, pa.int64()).cast(pa.string()), []
        except (pa.ArrowException, OverflowError):
            pass
    written = [value if type(value) is str else cells.cell(value, join) for value in values]
    without = [at for at, text in enumerate(written) if text is None]
    return cells.column([text or "" for text in written]), without
