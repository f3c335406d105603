"""The address by which an identity provider names itself.

Belongs here: the form of an OpenID Connect issuer or SAML entity id. Does not belong here: asking it anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import pandas as pd

from schemas.values.base import Cleaned, Verdict, settle


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """An https address without user, query and fragment, or a ``urn:``; as it is written (``issuer.malformed``)."""
    return settle(raw, missing=missing, rest=_rest)


def _rest(value: str) -> Verdict:
    try:
        parts = urlsplit(value)
    except ValueError:
        return None, "issuer.malformed"
    named = parts.scheme == "urn" and ":" in parts.path
    address = parts.scheme == "https" and bool(parts.hostname) and parts.username is None
    plain = not (parts.query or parts.fragment or " " in value) and len(value) <= 200
    return (value, "") if plain and (named or address) else (None, "issuer.malformed")
