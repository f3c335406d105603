"""Phone numbers.

Belongs here: E.164 from what people write, by phonenumbers. Does not belong here: whether a number is private, shared
or in use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, partial

import numpy as np
import pandas as pd
import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc

from schemas.errors import ConfigurationRefused
from schemas.values import country, text
from schemas.values.base import Cleaned, Mask, Verdict, failures, keep_where, settle

# The regions whose numbers the pattern settles: one region, or by far the first, of their calling code, and no
# rewriting of the national number on parsing. Not Germany: the library's general pattern refuses some numbers that its
# own fixed-line pattern for Germany has.
_SETTLED_REGIONS = ("FI", "SE", "EE", "NO", "DK")
_WRITTEN = re.compile(r"(?:tel:)?[+(\d][\d\s().,/+‐‑‒–—−-]*", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:\bext|;ext=|[\dx)\s]x\s*\d|#|\balanro|\balanumero|\bankn)", re.IGNORECASE)


def clean(raw: pd.Series, *, region: str | pd.Series | None = None, missing: Sequence[str] = ()) -> Cleaned:
    """E.164, ``+358401234567``.

    A number is good when phonenumbers calls it valid, for Finland and for the rest of the world alike: the mere count
    of digits (``is_possible_number``) would let through most numbers with a digit lost or doubled, and a customer's
    foreign numbers are as much worth having right as the Finnish ones.

    Rules: ``phone.invalid``; ``phone.needs_region`` for a national number where no region is known; ``phone.extension``
    for a number with an extension, because without it the number would be the switchboard's and not the person's.

    Args:
        region: the default region of national numbers: a country code or name, or a column of them over the same index
            (one that is missing or unknown gives no region).

    Raises:
        ConfigurationRefused: the one region of the column is not a country.
    """
    if not isinstance(region, pd.Series):
        known = _known(region) if region else None
        return settle(raw, missing=missing, common=partial(_common, region=known), rest=partial(_rest, region=known))
    regions = country.clean(region).values.fillna("").reset_index(drop=True)
    values = np.full(len(raw), None, dtype=object)
    masks: dict[str, Mask] = {}
    for code, rows in regions.groupby(regions, sort=False).groups.items():
        where = rows.to_numpy()
        part = clean(raw.iloc[where], region=str(code) or None, missing=missing)
        values[where] = part.values.astype(object).where(part.values.notna(), None).to_numpy()
        for rule, mask in part.failures.items():
            masks.setdefault(rule, np.zeros(len(raw), dtype=bool))[where] = mask.to_numpy()
    return Cleaned(text.to_series(pa.array(values, pa.large_string()), raw.index), failures(masks, raw.index))


def _known(region: str) -> str:
    code = country.names().get(country.fold(region))
    if code is None:
        raise ConfigurationRefused(f"The phone region {region!r} is no country.", "Give an ISO code, as FI.")
    return code


def _common(cells: pa.Array, region: str | None) -> pa.Array:
    """Numbers of the settled regions with a plus, and national numbers where one of them is the region."""
    digits = pc.replace_substring_regex(keep_where(cells, pc.match_substring_regex(cells, r"^[+(\d]")), "[ ()-]+", "")
    international = keep_where(digits, pc.match_substring_regex(digits, _international()))
    if region not in _SETTLED_REGIONS:
        return international
    prefix, code = _trunk_prefix(region), f"+{phonenumbers.country_code_for_region(region)}"
    fits = pc.match_substring_regex(digits, rf"^{prefix}(?:{_national(region)})$")
    bare = pc.utf8_slice_codeunits(keep_where(digits, fits), len(prefix))
    national = pc.binary_join_element_wise(pa.scalar(code, digits.type), bare, pa.scalar("", digits.type))
    return pc.coalesce(international, national)


@cache
def _international() -> str:
    forms = (f"{phonenumbers.country_code_for_region(code)}(?:{_national(code)})" for code in _SETTLED_REGIONS)
    return rf"^\+(?:{'|'.join(forms)})$"


@cache
def _national(region: str) -> str:
    """Mobile and fixed-line national numbers by the library's own metadata, so that a new release moves both."""
    plan = _plan(region)
    kinds = [kind.national_number_pattern for kind in (plan.mobile, plan.fixed_line) if kind is not None]
    return "|".join(pattern for pattern in kinds if pattern)


def _trunk_prefix(region: str) -> str:
    return _plan(region).national_prefix or ""


def _plan(region: str) -> phonenumbers.PhoneMetadata:
    plan = phonenumbers.PhoneMetadata.metadata_for_region(region)
    if plan is None:
        raise LookupError(f"phonenumbers knows no region {region}")
    return plan


def _rest(value: str, region: str | None) -> Verdict:
    written = unicodedata.normalize("NFKC", value)
    if not _WRITTEN.fullmatch(written):
        return None, "phone.extension" if _EXTENSION.search(written) else "phone.invalid"
    if region is None and written.startswith("00"):
        written = "+" + written[2:]  # the international prefix of nearly every country (ITU-T E.123)
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException as error:
        national = error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE and "+" not in written
        return None, "phone.needs_region" if national and region is None else "phone.invalid"
    if number.extension:
        return None, "phone.extension"
    if not phonenumbers.is_valid_number(number):
        return None, "phone.invalid"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), ""
