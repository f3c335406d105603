"""Finding words: stems and names in running text, less what only sounds like it.

Belongs here: how a table of words becomes a detector. Does not belong here: the tables (`lexicon`,
`protection`).

Finnish builds compounds, so its stems count anywhere in a word; Swedish and English ones, where a word begins. A stem
inside the title of an occupation says what somebody works at and nothing of anybody's health or belief; and what is
bought, built, insured or housed is a thing: a rehabilitation centre, sairausvakuutus, missbrukarvård.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from schemas.detectors.base import Detector
from schemas.detectors.openings import openings

#: What makes a compound the title of an occupation, where it follows a stem.
_OCCUPATIONS = (
    *("hoitaj", "ohjaaj", "neuvoj", "asiantuntij", "koordinaattor", "suunnittelij", "päälli[kö]", "johtaj", "esimie"),
    *("sijai", "lääkär", "terapeut", "opettaj", "kouluttaj", "juristi", "sihteer", "tutkij", "käsittelij", "valmentaj"),
    *("handledare", "sköterska", "terapeut", "läkare", "vikari", "lärare", "rådgivare", "handläggare", "koordinator"),
    *("työntekij", "avustaj", "tulkk", "pastor", "pappi", "lehtor", "professor", "kuraattor", "assistent", "pedagog"),
    *("asentaj", "myyj[äi]", "laborant", "kehittäj", "konsult", "säljare", "ingenjör"),
    *("sekreterare", "kurator", "präst", "vårdare", "skötare", "utredare", "forskare"),
)
#: The same in English, as a word of its own after the stem's.
_ENGLISH_OCCUPATIONS = (
    "nurse|counsell?or|manager|officer|instructor|specialist|therapist|teacher|coordinator|adviser|advisor|"
    "technician|engineer|worker|analyst|cover|physician|surgeon|lecturer|professor|consultant|chaplain|interpreter|"
    "lawyer|solicitor|investigator|assistant|receptionist|secretary|trainee|expert|author|director|"
    "planner|developer|cleaner|midwife|trainer|practitioner|pharmacist|researcher|scientist"
)

#: What may follow a short name: an ending of a Finnish case, or a hyphen and what makes somebody a member.
_CASE_OR_MEMBER = (
    r"(?:i?n|i?in|[iy]?(?:ss|st|ll|lt)[aä])?(?![\w-])|"
    r"(?<=\w)-(?:jäs|l[aä]i[ns]|luott|akt|liit|edust|medl|ansl|anh|förtr|member|rep)"
)
#: Letters of a stem that are asked for before all of it is.
_NEAR = 8
#: What makes a compound a thing, where it follows a stem in the same word.
_COMPOUND_THINGS = (
    *("laite", "laitte", "tuote", "tuottei", "väline", "tarvik", "keskus", "keskuks", "talo(?:n|ssa|on)?\\b", "kodin"),
    *(
        "koti\\b",
        "yhtiö",
        "yhdisty",
        "säätiö",
        "seura(?:n|lle|ssa)?\\b",
        "lii(?:tto|ton)",
        "järjestö",
        "kassa",
        "vakuutus",
        "vakuutuk",
        "museo",
    ),
    *("tukku", "toimitu", "kuljetu", "jakelu", "kampanj", "palvelu", "järjestelm", "ohjelm", "yksik", "piiri"),
    *("rokot(?!e (?:van|puut|otet|annet|\\d))", "klinik(?!an (?:asiak|potil))"),
    *("sairaala", "varasto", "kirjast", "laborator", "työkalu", "lehti", "testau", "hallin", "kauppa"),
    *("center", "centr", "utrustn", "förbund", "förening", "stiftelse", "försäkr", "arvård", "varor", "butik", "lager"),
    *("kläder", "forskn", "hjälpmed", "kassan", "system", "hem\\b", "vårdens", "bolag", "produkt", "tekni"),
    *("laki\\b", "lain\\b", "käytän", "tilasto", "esite", "oppaa", "opas\\b", "juliste", "lomak", "ohjeist", "tehdas"),
    *("tehtaa", "teollisuu", "statistik", "tietou", "verkost", "rahasto", "sovellu", "messut"),
    *("tutkinto", "luento", "litteratur", "policy", "broschyr", "affisch", "blankett", "fabrik"),
)
#: The same as a word of its own, at most one word further on.
_THINGS = (
    "cent(?:re|er)|equipment|supplies|supplier|charity|wholesaler|wholesale|clinic|shop|store|stock|insurance|software|"
    "services?|society|foundation|research|licen[cs]e|museum|school|chapel|gallery|roof|vaccine|tool|clothes|magazine|"
    "products?|beverages?|drinks?|kitchen|office|cleaning|invoic\\w+|"
    "museet|skolan|kapellet|museo|koulu|grossist|tukku|lager|städning|siivous|laskutus|fakturering|kat(?:to|on)|tak|"
    "hospital|laundry|library|foods?|village|houses?|hall|bar|caf[eé]|canteen|exhibition|näyttely|utställning|semesterby|"
    "toimisto\\w*|kansli\\w*|template|ventilation|polic(?:y|ies)|awareness|campaign|leaflets?|"
    r"brochures?|posters?|webinars?|guidelines?|conference|seminars?|(?:text)?books?|statistics|factory|tilasto\w*|esite|"
    r"käytäntö|ohjeistus|statistik|broschyr\w*|kampanj\w*|ilmanvaihto|kiinteistö\w*|konsert\w*|concert"
)


def stems(
    name: str, rule: str, *, anywhere: Sequence[str] = (), beginning: Sequence[str] = (), allowed: Sequence[str] = ()
) -> Detector:
    """A detector of stems, in whatever case they are written. All patterns are of small letters.

    Args:
        anywhere: stems that count anywhere in a word.
        beginning: stems that count where a word begins.
        allowed: phrases that hold a stem and mean something else; they are read over.
    """
    anywhere, beginning, allowed = ([_parted(one) for one in ones] for ones in (anywhere, beginning, allowed))

    @cache  # compiled when first asked for: it takes a second and more, and many a process meets no suspicious cell
    def patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        """What is hardly dearer than a look and picks what may hold a stem; the stems; what is read over."""
        first = openings((*anywhere, *beginning), _NEAR)
        begun = [rf"(?:\b|_)(?:{'|'.join(beginning)})"] if beginning else []
        # All stems at every letter would take ten times as long: they are asked for where their first letters stand.
        stem = rf"(?=_?{first})(?:{'|'.join((*anywhere, *begun))})"
        # How far a word is followed is limited, or a megabyte without a blank would take for ever.
        titles = (
            rf"\b\w{{0,40}}(?:{stem})\w{{0,40}}?(?:{'|'.join(_OCCUPATIONS)})\w*",
            rf"\b\w{{0,40}}(?:{stem})\w{{0,40}}?-?(?:{'|'.join(_COMPOUND_THINGS)})\w*",
            rf"(?:{stem})\w{{0,40}}(?:[ -]\w{{1,40}})?[ -](?:{_THINGS})\b",
            rf"(?:{stem})\w{{0,40}}(?:[ -]\w{{1,40}})? (?:{_ENGLISH_OCCUPATIONS})s?\b",
        )
        return re.compile(first), re.compile(stem), re.compile("|".join((*allowed, *titles)))

    def judge(value: str) -> str:
        # small letters first: a pattern without regard to case tries each of its hundreds of stems at every letter
        value = value.lower()
        near, sought, read_over = patterns()
        if not near.search(value) or not sought.search(value):  # most are asked in vain
            return ""
        return rule if sought.search(read_over.sub(" ", value)) else ""

    # RE2 knows word boundaries among ASCII letters only; that no such letter goes before is all that it is asked
    begins = f"(?:^|[^a-z]){openings(beginning)}" if beginning else ""
    perhaps = "|".join(part for part in (openings(anywhere) if anywhere else "", begins) if part)
    return Detector(name, (rule,), f"(?:{perhaps})", judge)


def names(name: str, rule: str, *, exactly: Sequence[str], allowed: Sequence[str] = ()) -> Detector:
    """A detector of short names in capitals as written.

    Args:
        exactly: the names, as patterns: whole words, in a Finnish case (PAMin), or with a word for membership.
        allowed: phrases that hold a name and mean something else; they are read over.
    """
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(exactly)})(?:{_CASE_OR_MEMBER})")
    read_over = re.compile("|".join(allowed) or r"(?!)")

    def judge(value: str) -> str:
        return rule if named.search(value) and named.search(read_over.sub(" ", value)) else ""

    return Detector(name, (rule,), rf"(?-i:\b(?:{'|'.join(exactly)}))", judge)


def _parted(pattern: str) -> str:
    """The pattern with every blank as codes write it, too: SHOP-STEWARD, shop_steward."""
    return pattern.replace(" ", "[ _-]")
