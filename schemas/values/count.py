"""Whole numbers from 0: levels of reminder, metres.

Belongs here: reading one. Does not belong here: which numbers a field allows.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from schemas.values import number
from schemas.values.base import Cleaned

#: What a PostgreSQL integer holds.
_MOST = 2**31 - 1


def clean(raw: pd.Series, *, decimal: str = ",", missing: Sequence[str] = ()) -> Cleaned:
    """The number as float64 without a fraction (``count.not_whole``, ``number.unreadable``)."""
    read = number.clean(raw, decimal=decimal, missing=missing)
    odd = read.values.notna() & ((read.values % 1 != 0) | (read.values < 0) | (read.values > _MOST))
    if not odd.any():
        return read
    return Cleaned(read.values.mask(odd), {**read.failures, "count.not_whole": odd})
