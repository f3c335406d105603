"""Finnish business ids (Y-tunnus).

Belongs here: their forms and their check digit, by python-stdnum (MIN-07). Does not belong here: numbers of foreign
companies; they have a VAT number or none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import pandas as pd
import pyarrow as pa
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus

from schemas.values import text
from schemas.values.base import Cleaned, Verdict, settle

# With the hyphen, six digits are an old number whose leading zero went missing. Without it, seven digits could as well
# be a number whose check digit went missing, and one in eleven of those would pass as somebody else's.
_FORM = re.compile(r"(?:FI[ -]?)?(\d{7})[ -]?(\d)|(\d{6})-(\d)", re.ASCII | re.IGNORECASE)


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """``1234567-8`` (``business_id.invalid``).

    Read from that form, without the hyphen, as a VAT number (``FI12345678``), or with the leading zero lost.
    """
    return settle(raw, missing=missing, rest=_rest)


@lru_cache(maxsize=4096)  # a register names few employers, and each of them in every chunk
def _rest(value: str) -> Verdict:
    found = _FORM.fullmatch(_plain(value))
    if found is None:
        return None, "business_id.invalid"
    body, check = (found[1], found[2]) if found[1] else (f"0{found[3]}", found[4])
    if int(body) == 0:
        return None, "business_id.invalid"  # its check digit agrees, but nobody was ever given it
    try:
        return ytunnus.format(ytunnus.validate(body + check)), ""
    except ValidationError:
        return None, "business_id.invalid"


def _plain(value: str) -> str:
    if value.isascii():
        return value
    return text.compatible(pa.array([unicodedata.normalize("NFKC", value)], pa.large_string()))[0].as_py()
