"""Names that come from a customer and may be shown.

Belongs here: telling a column's name from a cell of data that stands where a name should be. Does not belong here:
finding the header (see header), and which columns are wanted.
"""

from __future__ import annotations

import re
import unicodedata

from schemas.detectors import hetu

#: Longer than any column name seen, shorter than most free text.
_LONGEST = 60

_PHONE = re.compile(r"^\+?[\d\s()/.-]{5,}$")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")


def normalise(name: str) -> str:
    """A column name for comparison (MIN-01): NFKC, inner whitespace folded, trimmed, case folded."""
    return " ".join(unicodedata.normalize("NFKC", name).replace("\ufeff", "").split()).casefold()


def looks_like_data(name: str) -> bool:
    """Whether a header cell may be somebody's data: an address, a number, a date, a code or a sentence."""
    text = unicodedata.normalize("NFKC", name).strip()
    digits = sum(c.isdigit() for c in text)
    letters = sum(c.isalpha() for c in text)
    return bool(
        "@" in text
        or len(text) > _LONGEST
        or (digits >= 3 and digits >= letters)
        or digits >= 6
        or _PHONE.match(text)
        or _DATE.search(text)
        or any(unicodedata.category(c) == "Cc" for c in text)
        or hetu.any_in(text)
    )


def safe(name: str, position: int) -> str:
    """The column's name, or "column N" (counted from 1) where it is empty or looks like data."""
    text = " ".join(name.split())
    return f"column {position}" if not text or looks_like_data(name) else text
