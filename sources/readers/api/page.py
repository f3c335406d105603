"""The records of one page, taken column by column.

Belongs here: the values of a field in all records of a page, their texts, and a mark for each record. Does not belong
here: asking for pages, or what becomes of the rows (see reader).

A register of a hundred thousand records has a million cells. Taken one by one, each through its expression, they cost
ten times the reading of the JSON; taken as columns, a part of it (docs/benchmarks.md).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa

from sources.readers.api import cells, paths


class Records:
    """The records of one page.

    Attributes:
        sound: whether each is an object; values are those of the objects alone.
    """

    def __init__(self, records: list[Any]) -> None:
        self._all = self._objects = records
        self.sound = np.ones(len(records), dtype=bool)
        if set(map(type, records)) != {dict}:
            self.sound = np.array([isinstance(record, dict) for record in records], dtype=bool)
            self._objects = [record for record in records if isinstance(record, dict)]
        self._names = sorted(self._objects[0]) if self._objects else []
        self._rows = _rows_alike(self._objects, self._names)
        self._columns = dict(zip(self._names, zip(*self._rows, strict=True), strict=True)) if self._rows else {}

    def __len__(self) -> int:
        return len(self._all)

    def names(self) -> Iterable[tuple[str, int]]:
        """Each field with how many objects have it, in the order in which they first appear."""
        if self._rows:
            return [(name, len(self._objects)) for name in self._objects[0]]
        return Counter(chain.from_iterable(self._objects)).items()

    def values(self, expression: str) -> Sequence[Any]:
        """What stands at an expression in each object; None where nothing does."""
        name = paths.field(expression)
        if name is None:
            return [paths.find(expression, record) for record in self._objects]
        if self._rows:
            return self._columns.get(name) or [None] * len(self._objects)
        return [record.get(name) for record in self._objects]

    def marks(self) -> set[int]:
        """A number for each record that tells it from all others, whatever the order of its fields."""
        if self._rows and len(self._objects) == len(self._all):
            of_names = hash(tuple(self._names))
            try:
                return {of_row ^ of_names for of_row in map(hash, self._rows)}
            except TypeError:  # one of them holds a list or an object
                pass
        return set(map(_mark, self._all))


def _rows_alike(objects: list[dict[str, Any]], names: list[str]) -> list[tuple[Any, ...]]:
    """The values of each object in the order of the names, where all have the same fields; nothing where not."""
    if len(names) < 2 or set(map(len, objects)) != {len(names)}:
        return []
    try:
        return list(map(itemgetter(*names), objects))
    except KeyError:
        return []


def _mark(record: Any) -> int:
    try:
        names = sorted(record)
        return hash(tuple(record[name] for name in names)) ^ hash(tuple(names))
    except (TypeError, AttributeError, LookupError):
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
