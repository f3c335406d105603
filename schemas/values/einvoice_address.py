"""Addresses at which a company takes electronic invoices.

Belongs here: the Finnish OVT code and other codes of operators. Does not belong here: bank accounts; some companies use
their IBAN as such an address, and none is ever stored (group G2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd
from stdnum import iban

from schemas.values.base import Cleaned, Verdict, settle

_ADDRESS = re.compile(r"[0-9A-Z][0-9A-Z:._-]{3,34}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}")


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """``003724775257``, an EDI code or a Peppol id, in capitals and without blanks.

    Rules: ``einvoice_address.bank_account`` for an IBAN, also a misspelt one; ``einvoice_address.malformed``.
    """
    return settle(raw, missing=missing, rest=_rest)


def _rest(value: str) -> Verdict:
    compact = value.replace(" ", "").upper()
    if iban.is_valid(compact) or _IBAN.fullmatch(compact):
        return None, "einvoice_address.bank_account"
    return (compact, "") if _ADDRESS.fullmatch(compact) else (None, "einvoice_address.malformed")
