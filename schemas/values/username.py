"""Names of user accounts, and the subjects by which an identity provider knows them.

Belongs here: the form of such a name, and telling it from a secret. Does not belong here: passwords, hashes, tokens and
keys of any kind; none is ever stored (group G4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from schemas.detectors import secret
from schemas.values.base import Cleaned, Verdict, settle

LONGEST = 254
_NAME = re.compile(r"[^\s\x00-\x1f<>\"'`\\;,]+")
#: A digest of SHA-1, SHA-256 or SHA-512. Nobody is called so; in another field it may be a reference.
_DIGEST = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}", re.IGNORECASE)


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """A name without blanks and quotes, as it is written: case decides in some systems.

    Rules: ``username.secret`` for what looks like a password hash, a token or a key; ``username.malformed``;
    ``value.too_long`` above 254 characters.
    """
    return settle(raw, missing=missing, rest=_rest)


def _rest(value: str) -> Verdict:
    if _DIGEST.fullmatch(value) or secret.DETECTOR.judge(value):
        return None, "username.secret"
    if len(value) > LONGEST:
        return None, "value.too_long"
    return (value, "") if _NAME.fullmatch(value) else (None, "username.malformed")
