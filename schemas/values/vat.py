"""VAT numbers.

Belongs here: their form with the country in front, checked by python-stdnum. Does not belong here: asking VIES whether
a number is in use (network).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import pandas as pd
from stdnum import get_cc_module
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from schemas.values import country
from schemas.values.base import Cleaned, Verdict, settle

_NOT_COMPACT = re.compile(r"[\s.,/‐‑‒–—−-]+")
_GENERIC = re.compile(r"(?=(?:.*\d){4})[A-Z]{2}[0-9A-Z]{4,14}", re.ASCII)


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """Compact and upper-case with its country prefix, ``FI24775257`` (``vat.invalid``).

    Numbers of EU states (Greece as EL, Northern Ireland as XI) are checked by their state's own rule. Numbers of other
    countries are checked by that country's rule where python-stdnum has one, otherwise only by form (ISO country code,
    then letters and digits, at least four digits), because most of the world publishes no check digit. A number
    without its country is refused: it could be anybody's.
    """
    return settle(raw, missing=missing, rest=_rest)


def _rest(value: str) -> Verdict:
    number = _NOT_COMPACT.sub("", unicodedata.normalize("NFKC", value)).upper()
    if not number.isascii() or not number.isalnum():
        return None, "vat.invalid"
    prefix = "EL" if number[:2] == "GR" else number[:2]
    number = prefix + number[2:]
    if prefix.lower() in eu_vat.MEMBER_STATES or prefix == "EL":
        return (number, "") if eu_vat.is_valid(number) else (None, "vat.invalid")
    if prefix not in country.codes() or not _GENERIC.fullmatch(number):
        return None, "vat.invalid"
    if not _passes_own_rule(prefix, number):
        return None, "vat.invalid"
    return number, ""


def _passes_own_rule(prefix: str, number: str) -> bool:
    """Whether the country's own rule, if python-stdnum has one, takes the number with or without its prefix."""
    rule = get_cc_module(prefix.lower(), "vat")
    if rule is None:
        return True
    for form in (number, number[2:]):
        try:
            rule.validate(form)
        except ValidationError:
            continue
        return True
    return False
