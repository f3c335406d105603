"""Cells that must go no further, whatever they would have filled.

Belongs here: taking cells that are no values, and identity codes, out of the rows, and saying where they were. Does not
belong here: recognising an identity code (`schemas.detectors`), or cleaning (`schemas.validation`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.columns import Fills
from schemas import findings
from schemas.detectors import hetu
from sources.config import Source
from sources.readers.base import Chunk

#: The rule of a key that holds an identity code; the key is withheld.
KEY_HETU = "key.hetu"


@dataclass(frozen=True)
class Scanned:
    """Rows without what must go no further.

    Attributes:
        withheld: per column with identity codes, a mask of their cells; of these nothing may be kept anywhere.
        hits: in how many rows they were.
    """

    rows: pa.Table
    withheld: dict[str, np.ndarray]
    hits: int
    findings: list[pd.DataFrame]


def scan(source: Source, fills: Fills, rows: pa.Table, numbers: np.ndarray, chunk: Chunk) -> Scanned:
    """Blanks faulty cells and identity codes (MIN-06).

    Args:
        rows, numbers: those rows of the chunk that go on.
    """
    rows, found = _without_faults(fills, rows, numbers, chunk)
    withheld: dict[str, np.ndarray] = {}
    any_hit = np.zeros(rows.num_rows, dtype=bool)
    for name in rows.column_names:
        at, verdicts = hetu.find(rows.column(name))
        if not len(at):
            continue
        hit = np.zeros(rows.num_rows, dtype=bool)
        hit[at] = True
        withheld[name] = hit
        any_hit |= hit
        found += _findings_of(source, fills, name, {rule: numbers[at[verdicts == rule]] for rule in hetu.RULES})
        rows = blank(rows, name, hit)
    return Scanned(rows, withheld, int(any_hit.sum()), found)


def blank(rows: pa.Table, column: str, hit: np.ndarray) -> pa.Table:
    """The rows with the cells of a column emptied where the mask is set."""
    position = rows.column_names.index(column)
    kept = pc.if_else(pa.array(hit), pa.scalar(None, pa.string()), rows.column(column))
    return rows.set_column(position, column, kept)


def _without_faults(
    fills: Fills, rows: pa.Table, numbers: np.ndarray, chunk: Chunk
) -> tuple[pa.Table, list[pd.DataFrame]]:
    """Takes what is no value out of the rows. Where a row needs the value, that it is missing is told later."""
    found: list[pd.DataFrame] = []
    for name, rule, faulty in chunk.faulty():
        hit = np.isin(numbers, faulty)
        rows = blank(rows, name, hit)
        found += [findings.of(numbers[hit], name, rule, findings.VALUE, path) for path in fills.paths(name)]
    return rows, found


def _findings_of(source: Source, fills: Fills, name: str, where: dict[str, np.ndarray]) -> list[pd.DataFrame]:
    in_key = name in source.key
    found: list[pd.DataFrame] = []
    for rule, numbers in where.items():
        needed = in_key or rule == hetu.SHAPE or fills.needed(name)
        if needed or not fills.of_column[name]:
            effect = findings.ROW if needed else findings.VALUE
            found.append(findings.of(numbers, name, KEY_HETU if in_key else rule, effect))
        else:
            found += [findings.of(numbers, name, rule, findings.VALUE, path) for path in fills.paths(name)]
    return found
