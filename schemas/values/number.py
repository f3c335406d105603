"""Numbers written as text.

Belongs here: the decimal sign and spaces between thousands. Does not belong here: which numbers a field allows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.values import text
from schemas.values.base import Cleaned, failures, keep_where

UNREADABLE = "number.unreadable"
# At most 15 digits before the sign: what a double holds exactly.
_NUMBER = r"^[+-]?(?:\d{{1,15}}|\d{{1,3}}(?: \d{{3}}){{1,4}})(?:{}\d{{1,15}})?$"


def clean(raw: pd.Series, *, decimal: str = ",", missing: Sequence[str] = ()) -> Cleaned:
    """A plain decimal number as float64 (``number.unreadable``).

    Only the declared decimal sign is read: with a comma declared, ``1.234`` could be either of two numbers. Thousands
    may be parted by a space of any width. No exponents, units, or currency signs.

    Args:
        decimal: "," or ".".
    """
    cells = text.normalised(text.to_arrow(raw), missing)
    plain = text.compatible(cells)
    pattern = _NUMBER.format("," if decimal == "," else r"\.")
    fits = pc.fill_null(pc.match_substring_regex(plain, pattern), False)
    digits = pc.replace_substring(pc.replace_substring(keep_where(plain, fits), " ", ""), decimal, ".")
    digits = pc.utf8_ltrim(digits, "+")
    values = pc.cast(digits, pa.float64()).to_numpy(zero_copy_only=False)
    control = text.has_control(cells).to_numpy(zero_copy_only=False)
    unreadable = pc.and_(pc.is_valid(cells), pc.invert(fits)).to_numpy(zero_copy_only=False)
    masks = {"text.control": control, UNREADABLE: unreadable & ~control}
    return Cleaned(
        pd.Series(np.asarray(values, dtype="float64"), index=raw.index, dtype="float64"), failures(masks, raw.index)
    )
