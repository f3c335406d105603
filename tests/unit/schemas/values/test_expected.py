"""Every kind of value is described for the people who have to write it."""

from __future__ import annotations

import pandas as pd

from schemas.values import CLEANERS
from schemas.values.expected import EXPECTED


def test_every_kind_in_both_languages() -> None:
    assert EXPECTED.keys() == CLEANERS.keys()
    assert all((fi and en and fi != en) or fi == "fi, sv tai en" for fi, en in EXPECTED.values())


def test_the_examples_are_taken() -> None:
    for kind in ("email", "phone", "business_id", "vat", "timestamp", "country"):
        for sentence in EXPECTED[kind]:
            example = sentence.partition("esimerkiksi ")[2] or sentence.partition("such as ")[2]
            cleaned = CLEANERS[kind](pd.Series([example], dtype="str"))
            assert not cleaned.failures and cleaned.values.notna().all(), (kind, example)
