"""The rows of a chunk that concern us.

Belongs here: applying the source's row rules to a chunk and counting what they leave out. Does not belong here: the
rules themselves (`sources.filters`), or what is in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from assets.tally import Tally
from schemas.retention import Policy
from schemas.values import text
from sources import filters
from sources.config import ChangesSnapshot, ScopedSnapshot, Source
from sources.readers.base import Chunk


@dataclass(frozen=True)
class Sifted:
    """Rows that concern us.

    Attributes:
        rows: raw text, every wanted column in the source's order; those that the file lacks are null.
        gone: whether each of them says that its key is no longer there.
        findings: end dates that could not be read.
    """

    rows: pa.Table
    numbers: np.ndarray
    gone: np.ndarray
    findings: pd.DataFrame


def sift(source: Source, chunk: Chunk, business_date: date, tally: Tally, policy: Policy) -> Sifted:
    """The rows of a chunk that concern us; the others are only counted."""
    rows = _with_all_columns(chunk.rows, source.wanted_columns)
    tally.counts["read"] += rows.num_rows + len(chunk.rejected)
    tally.add_filled(rows)
    asked = rows.select(source.rule_columns or source.key).to_pandas()
    tally.scopes |= set(scope_of(source, asked).unique()) if isinstance(source.snapshot, ScopedSnapshot) else set()
    filtered = filters.split(source, asked, chunk.row_numbers, business_date, policy)
    tally.counts["expired"] += int(filtered.expired.sum())
    deleted = filtered.deleted
    if isinstance(source.snapshot, ChangesSnapshot):
        # among changes, a row that has gone out of scope is how a relation ends; in a full read its absence is
        deleted = deleted | filtered.out_of_scope
    else:
        tally.counts["out_of_scope"] += int(filtered.out_of_scope.sum())
    concerned, gone = (filtered.kept | deleted).to_numpy(), deleted.to_numpy()
    if concerned.all():
        return Sifted(rows, chunk.row_numbers, gone, filtered.findings)
    rows, numbers = rows.filter(pa.array(concerned)), chunk.row_numbers[concerned]
    return Sifted(rows, numbers, gone[concerned], filtered.findings)


def scope_of(source: Source, frame: pd.DataFrame) -> pd.Series:
    """The scope of each row; "" for all where the register has none."""
    if isinstance(source.snapshot, ScopedSnapshot):
        return text.normalise(frame[source.snapshot.column]).fillna("")
    return pd.Series("", index=frame.index, dtype="str")


def _with_all_columns(rows: pa.Table, wanted: list[str]) -> pa.Table:
    return pa.table(
        {
            name: rows.column(name) if name in rows.column_names else pa.nulls(rows.num_rows, pa.string())
            for name in wanted
        }
    )
