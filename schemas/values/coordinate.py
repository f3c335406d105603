"""Latitude and longitude in decimal degrees (WGS 84).

Belongs here: one coordinate, no finer than the register keeps it. Does not belong here: coarsening with age
(retention), or other grids.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from schemas.values import number
from schemas.values.base import Cleaned

#: Decimals kept: about a metre (MIN-16).
DECIMALS = 5


def latitude(raw: pd.Series, *, decimal: str = ",", missing: Sequence[str] = ()) -> Cleaned:
    """-90 to 90 as float64 with five decimals (``coordinate.invalid``)."""
    return _clean(raw, 90, decimal, missing)


def longitude(raw: pd.Series, *, decimal: str = ",", missing: Sequence[str] = ()) -> Cleaned:
    """-180 to 180 as float64 with five decimals (``coordinate.invalid``)."""
    return _clean(raw, 180, decimal, missing)


def _clean(raw: pd.Series, most: int, decimal: str, missing: Sequence[str]) -> Cleaned:
    read = number.clean(raw, decimal=decimal, missing=missing)
    outside = read.values.abs() > most
    failures = {("coordinate.invalid" if rule == number.UNREADABLE else rule): m for rule, m in read.failures.items()}
    if outside.any():
        failures["coordinate.invalid"] = failures.get("coordinate.invalid", outside) | outside
    return Cleaned(read.values.mask(outside).round(DECIMALS), failures)
