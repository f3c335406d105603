"""Sums of money.

Belongs here: an amount as books write it. Does not belong here: its currency (`schemas.values.currency`), or sums of
several amounts.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow.compute as pc

from schemas.values import text
from schemas.values.base import Cleaned, failures, keep_where

_AMOUNT = r"^[+-]?(?:\d{{1,12}}|\d{{1,3}}(?: \d{{3}}){{1,3}})(?:{}\d{{1,2}})?$"


def clean(raw: pd.Series, *, decimal: str = ",", missing: Sequence[str] = ()) -> Cleaned:
    """The amount as text with two decimals and a point, ``-1250.50`` (``money.unreadable``).

    Text and no float, since 0.10 is no float. Thousands may be parted by a space. More than two decimals are refused
    rather than rounded: the books would not add up any more.

    Args:
        decimal: "," or ".".
    """
    cells = text.normalised(text.to_arrow(raw), missing)
    plain = text.compatible(cells)
    fits = pc.fill_null(pc.match_substring_regex(plain, _AMOUNT.format("," if decimal == "," else r"\.")), False)
    digits = pc.replace_substring(pc.replace_substring(keep_where(plain, fits), " ", ""), decimal, ".")
    digits = pc.utf8_ltrim(digits, "+")
    whole = pc.invert(pc.match_substring(digits, "."))
    digits = pc.if_else(whole, pc.replace_substring_regex(digits, "$", ".00"), digits)
    digits = pc.replace_substring_regex(digits, r"\.(\d)$", r".\10")
    control = text.has_control(cells).to_numpy(zero_copy_only=False)
    unreadable = pc.and_(pc.is_valid(cells), pc.invert(fits)).to_numpy(zero_copy_only=False)
    masks = {"text.control": control, "money.unreadable": unreadable & ~control}
    return Cleaned(text.to_series(digits, raw.index), failures(masks, raw.index))
