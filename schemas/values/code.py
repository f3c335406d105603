"""Codes from a customer's own lists: competences, certificates, employee numbers.

Belongs here: the characters of a code. Does not belong here: which codes exist.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.values.base import Cleaned, Verdict, keep_where, settle

#: The most characters of any code; a field may allow fewer.
LONGEST = 64
_CODE = r"^[\p{L}\p{M}\p{Nd}_./+:-]*[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}_./+:-]*$"


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """Letters, digits and ``- _ . / + :``, no spaces, at least one letter or digit; case and leading zeros stay.

    Rules: ``code.not_a_code``; ``value.too_long`` above 64 characters.
    """
    return settle(raw, missing=missing, common=_common, rest=_rest)


def _common(cells: pa.Array) -> pa.Array:
    fits = pc.and_(pc.match_substring_regex(cells, _CODE), pc.less_equal(pc.utf8_length(cells), LONGEST))
    return keep_where(cells, fits)


def _rest(value: str) -> Verdict:
    if len(value) > LONGEST and pc.match_substring_regex(pa.scalar(value), _CODE).as_py():
        return None, "value.too_long"
    return None, "code.not_a_code"
