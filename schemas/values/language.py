"""The language in which a person wants notices.

Belongs here: Finnish, Swedish and English, by code or by name in any of the three, names by Babel (CLDR). Does not
belong here: other languages; the service sends no notices in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import pandas as pd
from babel import Locale

from schemas.values.base import Cleaned, Verdict, settle

_THREE_LETTERS = {"fin": "fi", "swe": "sv", "eng": "en"}
_WITH_REGION = re.compile(r"(fi|sv|en)[-_][a-z]{2}", re.IGNORECASE)


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """``fi``, ``sv`` or ``en`` (``language.unknown``).

    ``SE`` is not read as Swedish: it is the code of Sweden and of Northern Sámi.
    """
    return settle(raw, missing=missing, rest=_rest)


def _rest(value: str) -> Verdict:
    code = _names().get(value.casefold())
    if code is None and (found := _WITH_REGION.fullmatch(value)):
        code = found[1].lower()
    return (code, "") if code else (None, "language.unknown")


@cache
def _names() -> dict[str, str]:
    spoken = {
        Locale.parse(speaker).languages[code].casefold(): code
        for speaker in ("fi", "sv", "en")
        for code in ("fi", "sv", "en")
    }
    return {**spoken, **_THREE_LETTERS, "fi": "fi", "sv": "sv", "en": "en"}
