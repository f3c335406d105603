"""Postal codes.

Belongs here: their form, in Finland and elsewhere. Does not belong here: whether a place has that code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from schemas.values.base import Cleaned, Verdict, settle

_CODE = re.compile(r"(?=.*\d)[0-9A-Z](?:[ -]?[0-9A-Z]){2,9}")
_FINNISH = re.compile(r"(?:FI|FIN)-?(\d{5})")


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """``40720`` or ``SW1A 1AA``, in capitals; ``FI-40720`` loses its country (``postal_code.malformed``)."""
    return settle(raw, missing=missing, rest=_rest)


def _rest(value: str) -> Verdict:
    code = value.upper()
    if finnish := _FINNISH.fullmatch(code):
        return finnish.group(1), ""
    return (code, "") if _CODE.fullmatch(code) else (None, "postal_code.malformed")
