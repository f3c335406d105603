"""E-mail addresses.

Belongs here: the syntax of one address, by email-validator. Does not belong here: whether it can be delivered to (no
network), or whether it is private or a shared mailbox.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from email_validator import EmailNotValidError, validate_email

from schemas.values.base import Cleaned, Verdict, keep_where, settle

# What the pattern accepts the library accepts unchanged: dot-atoms of plain characters, labels without a double hyphen,
# at most 64 characters in all (the limit of the local part, and below every other limit), and a top-level domain under
# which the library knows no special-use name.
_COMMON = (
    r"^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+"
    r"(?:fi|ax|com|net|org|eu|se|ee|no|dk|de|info|biz|io)$"
)


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """One bare address, NFKC and lower-case throughout (``email.syntax``).

    The local part is lower-cased too: the register compares addresses without regard to case, and no mail system in use
    tells them apart by it. ``mailto:`` and ``Name <address>`` are refused, as are domains that can never be on the
    Internet (``.local``, ``.test``).
    """
    return settle(raw, missing=missing, common=_common, rest=_rest)


def _common(cells: pa.Array) -> pa.Array:
    lowered = pc.ascii_lower(cells)
    fits = pc.and_(pc.less_equal(pc.binary_length(lowered), 64), pc.match_substring_regex(lowered, _COMMON))
    return keep_where(lowered, fits)


def _rest(value: str) -> Verdict:
    try:
        address = validate_email(
            unicodedata.normalize("NFKC", value), check_deliverability=False, strict=True
        ).normalized
    except EmailNotValidError:
        return None, "email.syntax"
    return unicodedata.normalize("NFKC", address.lower()), ""
