"""Words about union, religion, politics, origin, sexuality and crime, in Finnish, Swedish and English (MIN-11).

Belongs here: the table of stems, of short names of unions, and of what only sounds like one; vocabularies of skills are
held to the same table. Does not belong here: how words are found, or what becomes of the cell. Law: GDPR 9 and 10.
"""

from __future__ import annotations

from schemas.detectors import words

RULE = "special.words"

_FINNISH = (
    *("ammattiliit", "ammattiyhdisty", "luottamusmie", "luottamusvaltuut", "\\bay-(?:j[äa]sen|lii|akt|toim|maksu)"),
    *("j[äa]senmaksu", "liiton jäsen", "uskont", "uskonno", "uskonnol", "helluntai", "jehova", "lestadiol", "muslim"),
    *("vapaa-ajattelij", "puoluekan", "puolueen jäsen", "poliittinen vakaum", "poliittiset mielip", "etni(?:nen|syy)"),
    *("etnistä", "romanitaust", "homoseksu", "seksuaalinen suunt", "seksuaalista suunt", "sukupuolen korj"),
    *("rikosrekist", "rikostaust", "förtroendeman", "rikostuomi", "vankilatuomi", "vankeusrang", "turvallisuusselvit"),
)
_SWEDISH = (
    *("fackförbund", "fackförening", "fackligt? (?:ansluten|aktiv|förtroende|medlem)", "medlemsavgift"),
    *("religi(?:on|ös)", "trosbekänn", "trossamfund", "partimedlem", "politisk (?:åsikt|övertyg)", "etnisk"),
    *("homosexuell", "sexuell läggning", "brottsregist", "straffregist", "säkerhetsutredn", "fängelsestraff"),
)
_ENGLISH = (
    *("trade union", "labou?r union", "union (?:member|dues|rep)", "shop steward", "religion", "religious"),
    *(
        "church member",
        "jehovah",
        "politic(?:al|s) (?:opinion|view|affil)",
        "party member",
        "ethnic(?:ity| origin| min)",
    ),
    *("sexual orient", "homosexual", "criminal (?:record|convict|background)", "convicted", "prison sentence"),
    *("security clearance", "atheist"),
)
_UNIONS = (
    "SAK",
    "STTK",
    "Akava",
    "AKAVA",
    "JHL",
    "PAM",
    "JUKO",
    "OAJ",
    "Tehy",
    "TEHY",
    "SuPer-liit\\w*",
    "FFC",
    "FTFC",
)

_ALLOWED = (
    *(
        r"jäsenmaksu(?:lask|järjestel|ohjelm)\w*",
        r"ammattiliitto(?:yhteisty)\w*",
        r"uskon\w+n (?:opettaj|ohjaaj)\w*",
        r"uskontie\w*",
        r"uskontotie\w*",
    ),
    *(r"third.party member\w*", r"medlemsavgiftssystem\w*", r"religious holiday calendar", r"ethnic food\w*"),
)

DETECTOR = words.detector(
    "special",
    RULE,
    anywhere=_FINNISH,
    beginning=(*_SWEDISH, *_ENGLISH),
    allowed=_ALLOWED,
)
#: Unions by their short names. Spared where a cell is somebody's name: PAM may be called so.
UNIONS = words.detector("unions", RULE, exactly=_UNIONS)
