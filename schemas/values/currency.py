"""Currencies.

Belongs here: ISO 4217 codes, by Babel (CLDR). Does not belong here: amounts, signs and names of money.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pandas as pd
from babel.numbers import list_currencies

from schemas.values.base import Cleaned, Verdict, settle


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """``EUR`` from ``eur`` and ``€`` (``currency.unknown``)."""
    return settle(raw, missing=missing, rest=_rest)


@cache
def _known() -> frozenset[str]:
    return frozenset(str(code) for code in list_currencies())


def _rest(value: str) -> Verdict:
    code = "EUR" if value == "€" else value.upper()
    return (code, "") if code in _known() else (None, "currency.unknown")
