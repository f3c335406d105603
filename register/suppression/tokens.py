"""Tokens: what is kept of an erased person, so that he is known again by whoever has the key and by nobody else.

Belongs here: which tokens a person has, and how one is made (SUP-02). Does not belong here: canonical forms
(`schemas.canonical`), or the list of tokens.

A plain hash would not do: all Finnish mobile numbers are hashed in minutes. Who says an e-mail address, phone number or
user name may be the person, or whoever has got it since; so each is kept once alone and once with the name, in one
token.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import pandas as pd

from schemas.values.key import SEPARATOR

_FORM = b"mdo-sup/1"
_CANARY = "canary"
_BLOCK = 64

#: Kinds whose hit is enough: nobody else is ever given the same.
CERTAIN = ("source_ref", "ref_name", "user_id", "subject")
#: Kinds that may have come to somebody else; with the person's name they are certain.
SHARED = ("email", "phone", "username")
#: Name and company: another person may have both.
WEAK = "name_company"
KINDS = (*CERTAIN, *SHARED, *(f"{kind}_name" for kind in SHARED), WEAK)


def maker(key: bytes) -> Callable[[str, str], bytes]:
    """HMAC-SHA256 over form, kind and canonical value, by copies of its two prepared halves (RFC 2104)."""
    padded = key.ljust(_BLOCK, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + _FORM + b"\x1f")
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    def make(kind: str, value: str) -> bytes:
        first, second = inner.copy(), outer.copy()
        first.update(f"{kind}\x1f{value}".encode())
        second.update(first.digest())
        return second.digest()

    return make


def canary(key: bytes) -> bytes:
    """The token by which a key is known to be the one that the list was made with."""
    return maker(key)(_CANARY, _CANARY)


def values(forms: pd.DataFrame, kind: str, source: str) -> list[pd.Series]:
    """What a kind's tokens are made of, missing where a row has none.

    Args:
        forms: as `schemas.canonical.canonical` gives them.
        source: the source's name: a number would not outlive a restored database.
    """
    if kind == "source_ref":
        prefix = f"{source}:"
        changed = forms["bare_key"] != forms["key"]
        return [prefix + forms["key"], prefix + forms["bare_key"].where(changed)]
    if not set(_MADE_OF[kind]) <= set(forms.columns):
        return []
    value = forms[_MADE_OF[kind][0]]
    for more in _MADE_OF[kind][1:]:
        value = value + SEPARATOR + forms[more]
    return [f"{source}:" + value if kind == "ref_name" else value]


#: What each kind is made of, where it is more than a name for one form.
_MADE_OF = {
    "ref_name": ("key", "name"),
    WEAK: ("name", "company"),
    **{kind: (kind,) for kind in ("user_id", "subject", *SHARED)},
    **{f"{kind}_name": (kind, "name") for kind in SHARED},
}


def of(forms: pd.DataFrame, kinds: Iterable[str], source: str, make: Callable[[str, str], bytes]) -> pd.DataFrame:
    """The tokens of rows: ``at`` (their place in the index), ``kind``, ``token``."""
    at: list[int] = []
    made: list[bytes] = []
    which: list[str] = []
    for kind in kinds:
        for series in values(forms, kind, source):
            filled = series.notna().to_numpy()
            at += forms.index[filled].tolist()
            found = [make(kind, value) for value in series[filled].tolist()]
            made += found
            which += [kind] * len(found)
    return pd.DataFrame({"at": pd.Series(at, dtype="int64"), "kind": pd.Series(which, dtype="str"), "token": made})
