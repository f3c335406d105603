"""What a read found, counted.

Belongs here: the counts that stand on the batch's row after its read. Does not belong here: how anything is found.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sources.config import ScopedSnapshot, Source

_COUNTS = ("read", "unchanged", "duplicate", "suppressed", "out_of_scope", "expired", "rejected_values")


@dataclass
class Tally:
    """The counts of one read.

    Attributes:
        counts: rows by what became of them, and rejected values.
        filled: per column the rows in which it holds something.
        scopes: the scopes that the file shows.
        unreadable_keys: rows of which nobody can say whose they are.
        detected: what detectors found -> rows with it.
        noted: per rule and column rows that are taken all the same and reported.
        waived: per rule and column rows that are taken because the source has leave.
    """

    counts: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    scopes: set[str] = field(default_factory=set)
    unreadable_keys: int = 0
    detected: Counter[str] = field(default_factory=Counter)
    noted: Counter[tuple[str, str]] = field(default_factory=Counter)
    waived: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Takes in what another thread has counted of the same rows."""
        self.counts.update(other.counts)
        self.unreadable_keys += other.unreadable_keys

    def add_filled(self, rows: pa.Table) -> None:
        """Counts the cells that are not empty."""
        for name in rows.column_names:
            self.filled[name] += pc.sum(pc.greater(pc.binary_length(rows.column(name)), 0)).as_py() or 0

    def why_incomplete(self) -> list[str]:
        """Why the keys let no absence be derived."""
        if not self.unreadable_keys:
            return []
        return [f"rows without a readable key: {self.unreadable_keys}; nobody can be said to be absent"]

    def as_pulled(self, source: Source) -> dict[str, Any]:
        """For the batch's row."""
        return {
            "counts": {name: int(self.counts[name]) for name in _COUNTS},
            "origins": source.record_origins,
            "scopes": sorted(self.scopes) if isinstance(source.snapshot, ScopedSnapshot) else [""],
            "key": list(source.key),
            "fields": sorted(source.origins),
            "filled": {name: int(self.filled[name]) for name in source.wanted_columns},
            "filled_of": int(self.counts["read"]),
            "detected": dict(self.detected),
            "noted": _listed(self.noted),
            "waived": _listed(self.waived),
        }


def _listed(counts: Counter[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"rule": rule, "column": column, "rows": rows} for (rule, column), rows in sorted(counts.items())]
