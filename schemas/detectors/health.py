"""Words about somebody's health, in Finnish, Swedish and English (MIN-10; GDPR 9, 759/2004 5 §).

Belongs here: the table of stems and of what only sounds like one. Does not belong here: how words are found, or what
becomes of the cell.
"""

from __future__ import annotations

from schemas.detectors import words

RULE = "health.words"

_FINNISH = (
    *(
        "sairau[sdtkl]",
        "sairast",
        "sairasl",
        "diagnoo",
        "diagnoso",
        "masennu",
        "masentun",
        "raskau",
        "raskaana",
        "l[äa][äa]kity",
    ),
    *("l[äa][äa]kkei(?:tä|den)", "ty[öo]kyvyt", "ty[öo]kyvyn (?:alen|menet)", "kuntoutu", "kuntoutta", "vajaakunto"),
    *("mielenterve", "ty[öo]uupumu", "burn ?out", "toimintakyvyn alen", "p[äa]ihdeongelm", "p[äa]ihderiippu"),
    *(
        "alkoholiongelm",
        "alkoholismi",
        "sy[öo]p[äa](?:hoi|sai|dia|lei)",
        "syöpä(?:\\W|n|ä|$)",
        "epileps",
        "ahdistuneisuu",
    ),
    *("osasairausp", "leikkauksen jälk", "ty[öo]tapaturman jälk", "vammai(?:nen|suus|suud)"),
    *("sjukdom", "cancer"),  # Swedish builds compounds of these, and no Finnish word holds them
)
_SWEDISH = (
    *(
        "sjukskriv",
        "sjukledig",
        "sjukfrånvar",
        "sjukpens",
        "långtidssjuk",
        "diagnos(?:en|er|erad|ti[ck]erad)?\\b",
        "gravid",
    ),
    *("havandeskap", "medicinering", "depression", "deprimer", "arbetsoförm", "arbetsoform", "rehabiliter"),
    *("funktionsneds", "funktionshind", "utbränd", "psykisk", "missbruk", "alkoholproblem"),
)
_ENGLISH = (
    *("sick ?leave", "sick note", "off sick", "illness", "diagnos(?:is|ed|es)\\b", "pregnan", "maternity risk"),
    *("medication", "on medicine", "depressi(?:on|ve)", "depressed", "disabilit", "incapacit", "rehabilitat"),
    *("mental health", "unfit for work", "reduced work(?:ing)? (?:ability|capacity)", "chronic pain", "chronic dis"),
    *("alcoholi(?:sm|c\\b)", "substance abuse", "diabet", "epilep", "hiv ?pos", "surgery recovery"),
)
#: A code of ICD-10 counts beside a word for diagnosis; alone it is a room or a shelf.
_CODE = "[A-TV-Z]\\d\\d(?:\\.\\d)?"
_ICD = (rf"icd(?:\W?10)?\W{{1,3}}{_CODE}\b", rf"dg\.?\W{{1,3}}{_CODE}\b", rf"dx\.?\W{{1,3}}{_CODE}\b")

#: Products, services and offices that are named after an illness, and faults of machines.
_ALLOWED = (
    *(r"sairaalas[äa]n[gk]\w*", r"ensiapu\W+EA ?\d", r"vika-?diagnoo\w*", r"(?:auto|verkko|moottori|laite)diagnoo\w*"),
    *(r"sairausvakuutus(?:maksu|yhti)\w*", r"sairauskas\w*", r"ty[öo]kyvyttömyysvakuutus\w*", r"raskaana kuorm\w*"),
    *(
        r"autokuntout\w*",
        r"pressure depression\w*",
        r"\b(?:fault|vehicle|engine|network|fel|fordons?)\W?diagnos\w*",
        r"tropical depressi\w*",
        r"diagnosis tool\w*",
    ),
    *(r"kuntoutus(?:laite|tuote|väline|keskus|sairaala|yksikk)\w*", r"rehabilitation (?:equipment|cent(?:re|er))\w*"),
    *(r"sjukdomsförsäkr\w*", r"l[äa][äa]kityslask\w*", r"lääkkeiden (?:jakelu|toimitus|kuljetus)\w*"),
    *(r"mielenterveys(?:talo|seura|pool|ty[öo]\b|palvel)\w*", r"mental health first aid\w*"),
    *(r"(?:road|land|building|soil) rehabilitat\w*", r"sjukledighetsvikari\w*"),
)

DETECTOR = words.detector("health", RULE, anywhere=_FINNISH, beginning=(*_SWEDISH, *_ENGLISH, *_ICD), allowed=_ALLOWED)
