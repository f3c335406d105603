"""A look at a source before anything of it is stored.

Belongs here: reading a sample of a register and counting what would be taken and what would not. Does not belong here:
the database; a preview does not know it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from assets.columns import Fills
from assets.scan import scan, without_faults
from schemas import findings
from schemas.retention import SHIPPED, Policy
from schemas.validation import validate
from schemas.values.key import clean_key
from sources import employer_scope, filters
from sources.config import Source
from sources.mapping import map_rows
from sources.readers.opening import opened


@dataclass(frozen=True)
class Preview:
    """What reading a sample showed.

    Attributes:
        rows: rows looked at; `whole` says whether these are all.
        mapped: customer's column -> fields it fills.
        rejected: (rule, column, effect) -> rows.
        records: records that would come of the sample, by type.
        doubts: of a register looked at as a whole, what its reader doubts; a night would be held for it.
    """

    file_name: str
    rows: int
    whole: bool
    mapped: dict[str, list[str]]
    missing: list[str]
    dropped: list[str]
    out_of_scope: int
    expired: int
    rejected: dict[tuple[str, str, str], int]
    records: dict[str, int]
    keys_missing: int
    keys_repeated: int
    doubts: list[str]


def preview(
    source: Source, business_date: date, inbox: Path, *, sample: int = 1000, policy: Policy = SHIPPED
) -> Preview:
    """Reads the first rows of a source's file for a date, in memory only.

    Raises:
        SourceRefused: where the file is not there or cannot be read as declared.
    """
    source.reads_on(business_date)
    with opened(source, business_date, inbox) as register:
        reader = register.reader
        chunks = reader.chunks()
        chunk = next(chunks, None)
        more = chunk is not None and next(chunks, None) is not None
        frame = _frame(chunk.rows.to_pandas() if chunk else pd.DataFrame(), source).head(sample)
        numbers = chunk.row_numbers[: len(frame)] if chunk else np.empty(0, dtype="int64")
        whole = not more and (chunk is None or len(frame) == chunk.rows.num_rows)
        broken = [one for one in chunk.rejected if whole or one[0] < numbers.max(initial=0)] if chunk else []
    filtered = filters.split(source, frame, numbers, business_date, policy)
    kept = frame.loc[filtered.kept].reset_index(drop=True)
    kept_numbers = numbers[filtered.kept.to_numpy()] if len(frame) else numbers
    found_here = [filtered.findings]
    if chunk is not None:
        fills = Fills.of(source)
        rows, faults = without_faults(fills, pa.Table.from_pandas(kept, preserve_index=False), kept_numbers, chunk)
        scanned = scan(source, fills, rows, kept_numbers)
        kept = _frame(scanned.rows.to_pandas(), source)
        found_here += [*faults, *scanned.findings]
        found_here += [findings.of(at, column, rule, findings.NOTE) for (rule, column), at in scanned.noted.items()]
    key = clean_key(kept[list(source.key)])
    frames: dict[str, pd.DataFrame] = {}
    for mapped in map_rows(source, kept, kept_numbers):
        result = validate(mapped.record, mapped.raw, options=mapped.options, columns=mapped.columns)
        found_here.append(result.findings)
        frames[mapped.record.name] = result.frame
        if mapped.record.name == "employment":
            found_here.append(employer_scope.check(source, result.frame))
    found_here += [findings.of([number], "", rule, findings.ROW) for number, rule in broken]
    table = findings.join(found_here)
    bad = findings.bad_rows(table)
    records = {name: int((~records["row_number"].isin(bad)).sum()) for name, records in frames.items()}
    return Preview(
        file_name=register.name_shown,
        rows=len(frame) + len(broken),
        whole=whole,
        mapped=_mapped(source),
        missing=reader.columns_missing,
        dropped=reader.columns_dropped,
        out_of_scope=int(filtered.out_of_scope.sum()),
        expired=int(filtered.expired.sum()),
        rejected=dict(Counter(zip(table["rule"], table["column"], table["effect"], strict=True)).most_common()),
        records=records,
        keys_missing=int(key.isna().sum()),
        keys_repeated=int(key.dropna().duplicated().sum()),
        doubts=[doubt.says for doubt in reader.doubts],
    )


def _frame(rows: pd.DataFrame, source: Source) -> pd.DataFrame:
    """The sample with every wanted column; those that the file lacks are empty."""
    frame = rows.reindex(columns=source.wanted_columns)
    return frame.astype("str")


def _mapped(source: Source) -> dict[str, list[str]]:
    fills: dict[str, list[str]] = {name: [] for name in source.wanted_columns}
    for record, field, how in source.fields():
        if how.column:
            fills[how.column].append(f"{record}.{field}")
    for name in source.key:
        fills[name].insert(0, "key")
    if source.modified:
        fills[source.modified].append("last modified")
    for name in source.rule_columns:
        fills[name].append("row rule")
    return fills
