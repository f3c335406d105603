"""What each column of a source fills, and how it is looked at.

Belongs here: the paths by which a bad value of a column is known, and which detectors concern it. Does not belong here:
whether a value is bad.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from schemas.catalogue import RECORD_TYPES, Field
from schemas.detectors.search import Look
from sources.config import Source


@dataclass(frozen=True)
class Fills:
    """What the columns of one source fill.

    Attributes:
        of_column: per column the paths of what it fills (``record.field``, or the record type where a row gives a list
            of it), each with whether a row needs it.
        of_record: per record type the paths of all fields that the source maps.
        looks: per column that fills something how detectors look at it.
    """

    of_column: dict[str, set[tuple[str, bool]]]
    of_record: dict[str, set[str]]
    looks: dict[str, Look]

    @classmethod
    def of(cls, source: Source) -> Fills:
        """The columns and fields of a source."""
        of_column: dict[str, set[tuple[str, bool]]] = defaultdict(set)
        of_record: dict[str, set[str]] = defaultdict(set)
        fields: dict[str, list[Field]] = defaultdict(list)
        for name, field, how in source.fields():
            record = RECORD_TYPES[name]
            of_record[name].add(f"{name}.{field}")
            path = record.name if record.part else f"{name}.{field}"
            for column in (how.column, how.country):
                if column:
                    needed = record.field(field).required and not record.part and column == how.column
                    of_column[column].add((path, needed))
                    fields[column].append(record.field(field))
        return cls(of_column, of_record, {column: Look.at(filled) for column, filled in fields.items()})

    def paths(self, column: str) -> list[str]:
        """What a column fills; [""] where it fills no field."""
        return [path for path, _ in self.of_column[column]] or [""]

    def needed(self, column: str) -> bool:
        """Whether a row needs the column's value."""
        return any(required for _, required in self.of_column[column])

    def look(self, column: str) -> Look:
        """How detectors look at a column."""
        return self.looks.get(column, Look())
