"""Instants: a day and a time of day.

Belongs here: one moment from the ways in which systems write it. Does not belong here: days without a time
(`schemas.values.date`).
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.values import text
from schemas.values.base import Cleaned, Mask, failures
from schemas.values.date import ZONE

#: The type of a cleaned column.
DTYPE = "datetime64[us, UTC]"
#: The register keeps nothing that happened before (policy 3.2.11).
FIRST = pd.Timestamp("1990-01-01", tz=ZONE)
_LAST = pd.Timestamp("2200-01-01", tz=ZONE)

_FINNISH = (
    r"^(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4}) (?:klo )?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?$"
)
_SHAPE = r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?"
_ZONED = _SHAPE + r" ?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$"
_LOCAL = _SHAPE + "$"


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """The instant as ``datetime64[us, UTC]``.

    ISO 8601 with an offset or ``Z`` is taken as it is. ISO and Finnish (``10.3.2026 klo 7.30``) without one are local
    time in Helsinki.

    Rules: ``timestamp.unreadable``, also for a day without a time; ``timestamp.doubtful`` for a local time that the
    clock shows twice or not at all on that night; ``timestamp.out_of_range`` before 1990 or after 2199.
    """
    cells = text.normalised(text.to_arrow(raw), missing)
    control = text.has_control(cells).to_numpy(zero_copy_only=False)
    plain = _iso_of_finnish(text.compatible(cells))
    wall = _instants(plain, _LOCAL, raw.index)
    instants = _instants(plain, _ZONED, raw.index).fillna(_local(wall))
    filled = pd.Series(pc.is_valid(cells).to_numpy(zero_copy_only=False), index=raw.index)
    outside = instants.notna() & ~((instants >= FIRST) & (instants < _LAST))
    doubtful = wall.notna() & instants.isna()
    unreadable = filled & instants.isna() & ~doubtful & ~control
    masks: dict[str, Mask] = {
        "text.control": control,
        "timestamp.unreadable": unreadable.to_numpy(),
        "timestamp.doubtful": doubtful.to_numpy() & ~control,
        "timestamp.out_of_range": outside.to_numpy(),
    }
    return Cleaned(instants.mask(outside), failures(masks, raw.index))


def _iso_of_finnish(cells: pa.Array) -> pa.Array:
    finnish = pc.fill_null(pc.match_substring_regex(cells, _FINNISH), False)
    if not pc.any(finnish).as_py():
        return cells
    parts = pc.extract_regex(pc.filter(cells, finnish), _FINNISH)

    def two(name: str) -> pa.Array:
        return pc.utf8_lpad(pc.struct_field(parts, name), 2, "0")

    def joined(*texts: pa.Array, by: str) -> pa.Array:
        return pc.binary_join_element_wise(*texts, pa.scalar(by, pa.large_string()))

    day = joined(pc.struct_field(parts, "year"), two("month"), two("day"), by="-")
    time = joined(two("hour"), two("minute"), two("second"), by=":")
    return pc.replace_with_mask(cells, finnish, joined(day, time, by="T"))


def _instants(cells: pa.Array, shape: str, index: pd.Index) -> pd.Series:
    """The cells of that shape as instants, a local time as if it were UTC; NaT for the others."""
    fits = pc.fill_null(pc.match_substring_regex(cells, shape), False)
    if not pc.any(fits).as_py():
        return pd.Series(pd.NaT, index=index, dtype=DTYPE)
    fitting = pc.replace_substring(pc.if_else(fits, cells, pa.scalar(None, cells.type)), ",", ".")
    fitting = pc.utf8_upper(pc.replace_substring_regex(fitting, r" ([Z+-])", r"\1"))
    read = pd.to_datetime(text.to_series(fitting, index), format="ISO8601", errors="coerce", utc=True)
    return read.astype(DTYPE)


def _local(wall: pd.Series) -> pd.Series:
    """Local times as instants; NaT where the clock shows that time twice or never."""
    if not wall.notna().any():
        return wall
    there = wall.dt.tz_localize(None).dt.tz_localize(ZONE, ambiguous="NaT", nonexistent="NaT")
    return there.dt.tz_convert("UTC").astype(DTYPE)
