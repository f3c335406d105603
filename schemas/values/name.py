"""Names of people.

Belongs here: what may stand in a name field. Does not belong here: splitting a full name, or comparing names.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.values.base import Cleaned, Verdict, keep_where, settle

_NAME = r"^[\p{L}\p{M} '’ʼ`´.,‐‑–-]*\p{L}[\p{L}\p{M} '’ʼ`´.,‐‑–-]*$"


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """Letters, marks, spaces, hyphens, apostrophes, dots and commas, with at least one letter (``name.not_a_name``).

    Digits and other signs mean that something else stands in the column: a number, an address, a remark.
    """
    return settle(raw, missing=missing, common=_common, rest=_rest)


def _common(cells: pa.Array) -> pa.Array:
    return keep_where(cells, pc.match_substring_regex(cells, _NAME))


def _rest(value: str) -> Verdict:
    return None, "name.not_a_name"
