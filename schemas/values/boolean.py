"""Yes and no.

Belongs here: the words and signs by which registers say them. Does not belong here: what a field means by it, or states
with more than two values (codes).
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from schemas.values.base import Cleaned, Verdict, settle

_TRUE = frozenset(["true", "t", "1", "yes", "y", "kyllä", "k", "ja", "j", "tosi", "x"])
_FALSE = frozenset(["false", "f", "0", "no", "n", "ei", "e", "nej", "epätosi"])


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """``true`` or ``false`` as text, from the usual words in Finnish, Swedish and English (``boolean.unreadable``)."""
    return settle(raw, missing=missing, rest=_rest)


def _rest(value: str) -> Verdict:
    word = value.casefold()
    if word in _TRUE:
        return "true", ""
    return ("false", "") if word in _FALSE else (None, "boolean.unreadable")
