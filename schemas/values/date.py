"""Dates.

Belongs here: one calendar day from the ways registers write it. Does not belong here: times of day (dropped after the
local day is known), or the order of two dates of one record.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.errors import ConfigurationRefused
from schemas.values import text
from schemas.values.base import Cleaned, Mask, failures

ZONE = "Europe/Helsinki"
FIRST, LAST = np.datetime64("1900-01-01", "s"), np.datetime64("2199-12-31", "s")

_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
_ISO = (
    r"^(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
    rf"(?:[Tt ]{_TIME} ?(?P<zone>[Zz]|(?P<sign>[+-])(?P<zone_hour>\d{{2}}):?(?P<zone_minute>\d{{2}})?)?)?$"
)
_FINNISH = rf"^(?P<day>\d{{1,2}})\. ?(?P<month>\d{{1,2}})\. ?(?P<year>\d{{4}})(?: (?:klo )?{_TIME})?$"

Seconds = npt.NDArray[np.datetime64]


def clean(raw: pd.Series, *, formats: Sequence[str] | None = None, missing: Sequence[str] = ()) -> Cleaned:
    """The day as datetime64[s] at midnight, without a zone.

    Without declared formats, ISO 8601 (``2026-03-10``, with or without time, fraction and offset) and Finnish
    (``10.3.2026``, with or without time) are read. A time with an offset is an instant, and its day is the day in
    Helsinki (policy 3.2.1). Two-digit years are read only by a declared format.

    Rules: ``date.unreadable``, also for a day that no calendar has; ``date.out_of_range`` before 1900 or after 2199.

    Args:
        formats: strptime formats, tried in order, instead of the above.

    Raises:
        ConfigurationRefused: a declared format is not one that can be read.
    """
    encoded = text.normalised(text.to_arrow(raw), missing).dictionary_encode()
    texts = encoded.dictionary
    days = _by_formats(texts, formats) if formats else _by_shape(texts)
    control = text.has_control(texts).to_numpy(zero_copy_only=False)
    read = ~np.isnat(days)
    in_range = read & (days >= FIRST) & (days <= LAST)
    rules = {"text.control": control, "date.unreadable": ~read & ~control, "date.out_of_range": read & ~in_range}

    # One more entry at the end, which the index -1 of a missing cell takes.
    place = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    values = np.append(np.where(in_range, days, np.datetime64("NaT", "s")), np.datetime64("NaT", "s"))[place]
    masks: dict[str, Mask] = {rule: np.append(mask, False)[place] for rule, mask in rules.items() if mask.any()}
    return Cleaned(pd.Series(values, index=raw.index), failures(masks, raw.index))


def _by_shape(texts: pa.Array) -> Seconds:
    iso, finnish = _read(texts, _ISO), _read(texts, _FINNISH)
    return np.where(np.isnat(iso), finnish, iso)


def _read(texts: pa.Array, pattern: str) -> Seconds:
    """The days of the texts that have the shape and are in the calendar; NaT for the others."""
    found = pc.extract_regex(texts, pattern)
    names = [found.type.field(place).name for place in range(found.type.num_fields)]

    def part(name: str, otherwise: int = -1) -> npt.NDArray[np.int64]:
        digits = pc.struct_field(found, name)
        digits = pc.if_else(pc.equal(pc.binary_length(digits), 0), pa.scalar(None, digits.type), digits)
        return pc.cast(digits, pa.int64()).fill_null(otherwise).to_numpy(zero_copy_only=False)

    year, month, day = part("year"), part("month"), part("day")
    hour, minute, second = part("hour", 0), part("minute", 0), part("second", 0)
    years = (np.clip(year, 0, 9999) - 1970).astype("datetime64[Y]")
    months = years.astype("datetime64[M]") + (np.clip(month, 1, 12) - 1)
    days_in_month = ((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype("int64")
    good = (year >= 0) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= days_in_month)
    good &= (hour <= 23) & (minute <= 59) & (second <= 59)
    dates = (months.astype("datetime64[D]") + (day - 1)).astype("datetime64[s]")
    if "zone" in names:
        zoned = pc.fill_null(pc.not_equal(pc.binary_length(pc.struct_field(found, "zone")), 0), False)
        offset = part("zone_hour", 0) * 60 + part("zone_minute", 0)
        good &= (offset <= 14 * 60) & (part("zone_minute", 0) <= 59)
        behind = pc.fill_null(pc.equal(pc.struct_field(found, "sign"), "-"), False).to_numpy(zero_copy_only=False)
        minutes = hour * 60 + minute - np.where(behind, -offset, offset)
        instants = dates + (minutes * 60 + second).astype("timedelta64[s]")
        there = zoned.to_numpy(zero_copy_only=False) & good
        dates[there] = _local_days(instants[there])
    return np.where(good, dates, np.datetime64("NaT", "s"))


def _local_days(instants: Seconds) -> Seconds:
    """The day in Helsinki on which each UTC instant falls."""
    local = pd.DatetimeIndex(instants).tz_localize("UTC").tz_convert(ZONE).tz_localize(None)
    return local.normalize().as_unit("s").to_numpy()


def _by_formats(texts: pa.Array, formats: Sequence[str]) -> Seconds:
    values = pd.Series(texts.to_pylist(), dtype="str")
    days = np.full(len(values), np.datetime64("NaT", "s"))
    for form in formats:
        zoned = "%z" in form
        unknown = False
        try:
            read = pd.to_datetime(values, format=form, errors="coerce", utc=zoned)
        except ValueError:
            unknown = True
        if unknown:
            raise ConfigurationRefused(f"The date format {form!r} cannot be read.", "Use strptime codes, as %d.%m.%y.")
        if zoned:
            read = read.dt.tz_convert(ZONE).dt.tz_localize(None)
        found = read.dt.normalize().to_numpy().astype("datetime64[s]")
        days = np.where(np.isnat(days), found, days)
    return days
