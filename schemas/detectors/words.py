"""Finding words: stems and names in running text, less what only sounds like it.

Belongs here: how a table of words becomes a detector. Does not belong here: the tables (`health`, `special`,
`protection`).

Finnish builds compounds, so its stems count anywhere in a word; Swedish and English ones, where a word begins. A stem
inside the title of an occupation says what somebody works at and nothing of anybody's health or belief.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.detectors.base import Detector

#: What makes a compound the title of an occupation, where it follows a stem.
_OCCUPATIONS = (
    *("hoitaj", "ohjaaj", "neuvoj", "asiantuntij", "koordinaattor", "suunnittelij", "päälli[kö]", "johtaj", "esimie"),
    *("sijai", "lääkär", "terapeut", "opettaj", "kouluttaj", "juristi", "sihteer", "tutkij", "käsittelij", "valmentaj"),
    *("handledare", "sköterska", "terapeut", "läkare", "vikari", "lärare", "rådgivare", "handläggare", "koordinator"),
)
#: The same in English, as a word of its own after the stem's.
_ENGLISH_OCCUPATIONS = (
    "nurse|counsell?or|manager|officer|instructor|specialist|therapist|teacher|coordinator|adviser|advisor|"
    "technician|engineer|worker|analyst|cover"
)


def detector(
    name: str,
    rule: str,
    *,
    anywhere: Sequence[str] = (),
    beginning: Sequence[str] = (),
    exactly: Sequence[str] = (),
    allowed: Sequence[str] = (),
) -> Detector:
    """A detector of words.

    Args:
        anywhere: stems that count anywhere in a word.
        beginning: stems that count where a word begins.
        exactly: short names, whole words in just this case.
        allowed: phrases that hold a stem and mean something else; they are read over.
    """
    anywhere, beginning, allowed = ([_parted(one) for one in ones] for ones in (anywhere, beginning, allowed))
    begun = rf"(?:\b|_)(?:{'|'.join(beginning)})" if beginning else ""
    stem = "|".join(part for part in (*anywhere, begun) if part)
    sought = re.compile(stem, re.IGNORECASE) if stem else None
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(exactly)})(?![\w]|-?\d)(?:-|\b)") if exactly else None
    # How far a word is followed is limited, or a megabyte without a blank would take for ever.
    titles = [rf"\b\w{{0,40}}(?:{stem})\w{{0,40}}?(?:{'|'.join(_OCCUPATIONS)})\w*"] if stem else []
    titles += [rf"(?:{begun})\w{{0,40}}(?: \w{{1,40}})? (?:{_ENGLISH_OCCUPATIONS})s?\b"] if begun else []
    read_over = re.compile("|".join((*allowed, *titles)), re.IGNORECASE) if allowed or titles else None

    def judge(value: str) -> str:
        if read_over is not None:
            value = read_over.sub(" ", value)
        hit = (sought is not None and sought.search(value)) or (named is not None and named.search(value))
        return rule if hit else ""

    # RE2 knows word boundaries among ASCII letters only, so it is asked without them.
    names = rf"(?-i:\b(?:{'|'.join(exactly)}))" if exactly else ""
    perhaps = "|".join(part for part in (*anywhere, *beginning, names) if part)
    return Detector(name, (rule,), f"(?:{perhaps})", judge)


def _parted(pattern: str) -> str:
    """The pattern with every blank as codes write it, too: SHOP-STEWARD, shop_steward."""
    return pattern.replace(" ", "[ _-]")
