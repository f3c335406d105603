"""Tokens: a fixed vector, and what a kind is made of (SUP-02)."""

from __future__ import annotations

import hmac

import pandas as pd

from register.suppression import tokens
from schemas.canonical import canonical

KEY = bytes(range(32))


def test_the_vector() -> None:
    # HMAC-SHA256(00 01 … 1f, "mdo-sup/1" 1f "email" 1f "aino.kuvitelma@example.com")
    wanted = "91292629a6ba5089b4bb158543439b56d4f18a5b26628f8257eb1bbe51eca0a8"
    assert tokens.maker(KEY)("email", "aino.kuvitelma@example.com").hex() == wanted
    assert hmac.digest(KEY, b"mdo-sup/1\x1femail\x1faino.kuvitelma@example.com", "sha256").hex() == wanted


def test_kinds_keys_and_sources_never_meet() -> None:
    make, other = tokens.maker(KEY), tokens.maker(bytes(32))
    assert len({make("email", "a"), make("phone", "a"), other("email", "a"), tokens.canary(KEY)}) == 4


def test_each_kind_has_its_tokens_and_missing_values_none() -> None:
    traits = pd.DataFrame(
        {"key": ["007", "8"], "last_name": ["A", None], "work_email": ["a@example.com", None]}, dtype="str"
    )
    forms = canonical(traits, customer="koe")
    made = tokens.of(forms, tokens.KINDS, "koe/hr", tokens.maker(KEY))
    assert made.groupby("kind")["at"].agg(list).to_dict() == {
        "email": [0],
        "email_name": [0],
        "name_company": [0],
        "ref_name": [0],
        "source_ref": [0, 1, 0],  # with and without the zeros
    }
    elsewhere = tokens.of(forms, ["source_ref"], "koe/kortit", tokens.maker(KEY))
    assert not set(elsewhere["token"]) & set(made["token"])
