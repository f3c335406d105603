"""Whole names taken apart."""

from __future__ import annotations

import pandas as pd
import pytest

from sources import full_name


@pytest.mark.parametrize(
    ("name", "order", "first", "last"),
    [
        ("Matti Virtanen", "first_last", "Matti", "Virtanen"),
        ("Virtanen Matti", "last_first", "Matti", "Virtanen"),
        ("Virtanen, Matti", "first_last", "Matti", "Virtanen"),
        ("Virtanen, Matti", "last_first", "Matti", "Virtanen"),
        ("Virtanen,Matti Juhani", "first_last", "Matti Juhani", "Virtanen"),
        ("Korhonen Virtanen, Matti", "first_last", "Matti", "Korhonen Virtanen"),
        ("Matti Juhani Virtanen", "first_last", "Matti Juhani", "Virtanen"),
        ("Virtanen Matti Juhani", "last_first", "Matti Juhani", "Virtanen"),
        ("Virtanen", "first_last", None, "Virtanen"),
        ("Virtanen", "last_first", None, "Virtanen"),
        ("Virtanen,", "first_last", None, "Virtanen"),
        (", Matti", "first_last", "Matti", None),
        ("von Essen", "first_last", None, "von Essen"),
        ("von Essen", "last_first", None, "von Essen"),
        ("Carl Gustaf von Essen", "first_last", "Carl Gustaf", "von Essen"),
        ("von Essen Carl Gustaf", "last_first", "Carl Gustaf", "von Essen"),
        ("CARL VON ESSEN", "first_last", "CARL", "VON ESSEN"),
        ("Märta af Klercker", "first_last", "Märta", "af Klercker"),
        ("Jan van der Berg", "first_last", "Jan", "van der Berg"),
        ("Maria de la Cruz", "first_last", "Maria", "de la Cruz"),
        ("Nguyen Van Anh", "first_last", "Nguyen Van", "Anh"),
        ("Anna-Liisa Mäki-Petäjä", "first_last", "Anna-Liisa", "Mäki-Petäjä"),
        (None, "first_last", None, None),
    ],
)
def test_take(name: str | None, order: str, first: str | None, last: str | None) -> None:
    names = pd.Series([name], dtype="str", index=[7])
    for part, expected in (("first_name", first), ("last_name", last)):
        taken = full_name.take(names, part, order)
        assert list(taken.index) == [7]
        assert taken.astype(object).where(taken.notna(), None).tolist() == [expected]
