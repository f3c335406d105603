"""What each column of a source fills.

Belongs here: the paths by which a bad value of a column is known. Does not belong here: whether a value is bad.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from schemas.catalogue import RECORD_TYPES
from sources.config import Source


@dataclass(frozen=True)
class Fills:
    """What the columns of one source fill.

    Attributes:
        of_column: per column the paths of what it fills (``record.field``, or the record type where a row gives a list
            of it), each with whether a row needs it.
        of_record: per record type the paths of all fields that the source maps.
    """

    of_column: dict[str, set[tuple[str, bool]]]
    of_record: dict[str, set[str]]

    @classmethod
    def of(cls, source: Source) -> Fills:
        """The columns and fields of a source."""
        of_column: dict[str, set[tuple[str, bool]]] = defaultdict(set)
        of_record: dict[str, set[str]] = defaultdict(set)
        for name, field, how in source.fields():
            record = RECORD_TYPES[name]
            of_record[name].add(f"{name}.{field}")
            path = record.name if record.part else f"{name}.{field}"
            for column in (how.column, how.country):
                if column:
                    needed = record.field(field).required and not record.part and column == how.column
                    of_column[column].add((path, needed))
        return cls(of_column, of_record)

    def paths(self, column: str) -> list[str]:
        """What a column fills; [""] where it fills no field."""
        return [path for path, _ in self.of_column[column]] or [""]

    def needed(self, column: str) -> bool:
        """Whether a row needs the column's value."""
        return any(required for _, required in self.of_column[column])
