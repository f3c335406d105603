"""Countries.

Belongs here: ISO 3166-1 alpha-2 codes from codes and from names in Finnish, Swedish and English, by Babel (CLDR).
Does not belong here: addresses, or which countries are in the EU/EEA.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import pandas as pd
from babel import Locale
from babel.core import get_global

from schemas.values.base import Cleaned, Verdict, settle

LANGUAGES = ("fi", "sv", "en")
# CLDR names these too, but they are groups of countries, reserved codes or test locales, not countries of ISO 3166-1.
_NO_COUNTRY = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
# Names in daily use that CLDR gives only as variants, or no longer.
_OTHER_NAMES = {
    "AE": ["UAE"],
    "AX": ["Ahvenanmaan maakunta", "Landskapet Åland"],
    "BO": ["Bolivia, Plurinational State of"],
    "BY": ["Vitryssland"],
    "CD": ["Kongon demokraattinen tasavalta", "Democratic Republic of the Congo"],
    "CI": ["Ivory Coast", "Elfenbenskusten"],
    "CZ": ["Czech Republic", "Tšekin tasavalta", "Tjeckiska republiken"],
    "DE": ["Saksan liittotasavalta", "Federal Republic of Germany"],
    "FI": ["Suomen tasavalta", "Republiken Finland", "Republic of Finland"],
    "GB": [
        "Yhdistynyt kuningaskunta",
        "Förenade kungariket",
        "Great Britain",
        "Englanti",
        "England",
        "Skotlanti",
        "Scotland",
        "Skottland",
        "Wales",
        "Pohjois-Irlanti",
        "Northern Ireland",
        "Nordirland",
    ],
    "GR": ["EL"],
    "HK": ["Hongkong", "Hong Kong"],
    "IR": ["Iran, Islamic Republic of"],
    "KP": ["Democratic People's Republic of Korea"],
    "KR": ["Korea", "Korean tasavalta", "Republic of Korea", "Korea, Republic of", "Republiken Korea"],
    "MD": ["Moldovan tasavalta", "Republic of Moldova"],
    "MK": ["Makedonia", "Makedonien", "Macedonia"],
    "MM": ["Burma"],
    "MO": ["Macao", "Macau"],
    "NL": ["Hollanti", "Holland", "The Netherlands"],
    "PS": ["Palestiina", "Palestina", "Palestine"],
    "RU": ["Venäjän federaatio", "Ryska federationen", "Russian Federation"],
    "SK": ["Slovakian tasavalta", "Slovak Republic"],
    "SZ": ["Swazimaa"],
    "TR": ["Turkey"],
    "TW": ["Taiwan, Province of China"],
    "US": [
        "Amerikan yhdysvallat",
        "Amerikas förenta stater",
        "Förenta staterna",
        "United States of America",
        "U.S.A.",
        "U.S.",
    ],
    "VN": ["Viet Nam"],
}


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """``FI`` from ``fi``, ``FIN``, ``Suomi``, ``Finland`` and the like (``country.unknown``).

    Case, accents and dots do not matter. The parts of the United Kingdom count as it; Åland has its own code AX.
    """
    return settle(raw, missing=missing, rest=_rest)


def _rest(value: str) -> Verdict:
    code = names().get(fold(value))
    return (code, "") if code else (None, "country.unknown")


@cache
def codes() -> frozenset[str]:
    """The alpha-2 codes of ISO 3166-1, and XK for Kosovo as the European Union uses it."""
    known = [str(code) for code in Locale.parse("en").territories]
    named = {code for code in known if len(code) == 2 and code.isalpha()}
    return frozenset(named - _NO_COUNTRY)


@cache
def names() -> dict[str, str]:
    """Folded code or name -> alpha-2 code. A name that two countries share would stand for neither."""
    meanings: dict[str, set[str]] = {}
    for code in codes():
        spoken = [Locale.parse(language).territories[code] for language in LANGUAGES]
        for known in (code, *spoken, *_OTHER_NAMES.get(code, ())):
            meanings.setdefault(fold(known), set()).add(code)
    # Three-letter codes and UK for GB; two-letter codes of states that are gone stay unknown.
    for alias, targets in get_global("territory_aliases").items():
        if (alias == "UK" or (len(alias) == 3 and alias.isalpha())) and len(targets) == 1 and targets[0] in codes():
            meanings.setdefault(fold(alias), set()).add(targets[0])
    return {known: min(found) for known, found in meanings.items() if len(found) == 1}


def fold(value: str) -> str:
    """Without case, accents, and anything but letters and digits: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", value.casefold())
    return "".join(character for character in plain if character.isalnum())
