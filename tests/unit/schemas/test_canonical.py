"""Canonical forms of what tells persons apart: which spellings are one, and which are not (SUP-03)."""

from __future__ import annotations

import pandas as pd
import pytest

from schemas import canonical


def column(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype="str")


EMAILS = [
    [
        "matti.virtanen@example.com",
        "MATTI.Virtanen@Example.COM",
        "  matti.virtanen@example.com ",
        "ｍatti.virtanen@example.com",
    ],
    ["aino@äänekoski.fi", "AINO@ÄÄNEKOSKI.FI", "aino@xn--nekoski-4waa.fi"],
    ["a+b@example.com"],
    ["ab@example.com"],
]
PHONES = [
    ["040 123 4567", "+358 40 123 4567", "+358-40-1234567", "00358401234567", "(040) 123 4567"],
    ["040 123 4568"],
    ["+46 8 123 456 78", "+46812345678"],
]
NAMES = [
    ["Matti Virtanen", "VIRTANEN, Matti", " virtanen  matti", "Vírtanen Matti"],
    ["Åsa-Liisa Mäkinen", "Mäkinen Åsa Liisa", "Ma\u0308kinen A\u030asa-Liisa"],
    ["Matti Virtanen-Koski"],
    ["Matti J. Virtanen"],
]
KEYS = [["00123", "123", "0123"], ["0012\x1f07", "12\x1f7"], ["1230"], ["0", "00"], ["A0012"]]


@pytest.mark.parametrize(
    ("classes", "form"),
    [
        (EMAILS, lambda address: canonical.email(column(canonical.email_of(address))).iloc[0]),
        (PHONES, canonical.phone_of),
        (NAMES, lambda name: canonical.fold_name(column(name)).iloc[0]),
        (KEYS, lambda key: canonical.bare(column(key)).iloc[0]),
    ],
    ids=["email", "phone", "name", "key"],
)
def test_one_form_for_each_class_and_no_two_classes_with_one(classes, form) -> None:
    forms = [{form(spelling) for spelling in spellings} for spellings in classes]
    assert all(len(found) == 1 and None not in found for found in forms)
    assert len(set.union(*forms)) == len(classes)


def test_what_is_none_is_none() -> None:
    assert canonical.email_of("no address") is None
    assert canonical.phone_of("12") is None


def test_a_row_of_everything_and_one_of_nothing() -> None:
    traits = pd.DataFrame(
        {
            "key": column("007", "8"),
            "last_name": column("Virtanen", None),
            "first_name": column("Matti", None),
            "employer_name": column("Koe Oy", None),
            "username": column("Matti@Example.com", None),
            "idp_issuer": column("https://login.example.com", None),
            "idp_subject": column("abc", None),
            "user_id": column("u1", None),
        }
    )
    full, empty = (row.to_dict() for _, row in canonical.canonical(traits, customer="koe").iterrows())
    assert full == {
        "key": "007",
        "bare_key": "7",
        "email": "matti@example.com",
        "name": "matti virtanen",
        "company": "koe oy",
        "username": "koe\x1fmatti@example.com",
        "subject": "https://login.example.com\x1fabc",
        "user_id": "koe\x1fu1",
    }
    assert {name for name, value in empty.items() if not pd.isna(value)} == {"key", "bare_key", "company"}
