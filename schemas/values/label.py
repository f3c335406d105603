"""Short free labels: the name of a company, a job title, an issuer.

Belongs here: that a label says something. Does not belong here: names of people, codes, or longer free text (not
importable).
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.values.base import Cleaned, Verdict, keep_where, settle


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """Any text with at least one letter or digit (``label.empty``): a lone dash or dot is no label."""
    return settle(raw, missing=missing, common=_common, rest=_rest)


def _common(cells: pa.Array) -> pa.Array:
    return keep_where(cells, pc.match_substring_regex(cells, r"[\p{L}\p{N}]"))


def _rest(value: str) -> Verdict:
    return None, "label.empty"
