"""Reference numbers by which a payment finds its invoice.

Belongs here: the Finnish national form (viitenumero) and the creditor reference of ISO 11649. Does not belong here:
free messages of payers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd
from stdnum import iso11649
from stdnum.exceptions import ValidationError

from schemas.values.base import Cleaned, Verdict, settle

_NATIONAL = re.compile(r"\d{4,20}")
_WEIGHTS = (7, 3, 1)


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """Digits without groups and leading zeros, or ``RF…``; its check digit must fit (``payment_reference.invalid``)."""
    return settle(raw, missing=missing, rest=_rest)


def _rest(value: str) -> Verdict:
    compact = value.replace(" ", "").upper()
    if compact.startswith("RF"):
        try:
            return iso11649.validate(compact), ""
        except ValidationError:
            return None, "payment_reference.invalid"
    digits = compact.lstrip("0")
    if _NATIONAL.fullmatch(digits) and check_digit(digits[:-1]) == digits[-1]:
        return digits, ""
    return None, "payment_reference.invalid"


def check_digit(body: str) -> str:
    """The last digit of a national reference number: weights 7, 3, 1 from the right, up to the next ten.

    Source: Finance Finland, "Structure of the Finnish reference number".
    """
    total = sum(int(digit) * _WEIGHTS[place % 3] for place, digit in enumerate(reversed(body)))
    return str(-total % 10)
