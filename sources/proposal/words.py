"""What the name of a column says that it holds, in Finnish, Swedish and English.

Belongs here: the words by which registers call the fields of the catalogue. Does not belong here: looking at cells (see
profile), or names that are forbidden (`sources.config.forbidden`).
"""

from __future__ import annotations

import re
from functools import cache

from sources.config.forbidden import spellings

#: What is read of several fields at once.
WHOLE_NAME = "person.name"

#: Path of a field -> pattern over the column's words, in lower case and parted by single blanks. The first that fits.
_PATTERNS = {
    "person.last_name": r"suku ?nim(i|et)|last ?name|family ?name|surname|efter ?namn",
    "person.first_name": r"etu ?nim(i|et)|kutsuma ?nimi|first ?name|given ?name|forename|för ?namn",
    "employment.employee_number": (
        r"(henkilö|työntekijä) ?(numero|nro|nr|tunnus)|(employee|staff|worker|payroll) ?(number|no|nr|id)|"
        r"anställnings ?n(ummer|r)"
    ),
    "company.business_id": r"y ?tunnus|business ?id|fo ?n(ummer|r)|org(anisations)? ?n(ummer|r)",
    "company.vat_number": r"alv ?(tunniste|tunnus|numero)|vat( ?(number|id|no))?|moms( ?n(ummer|r))?",
    "company.company_name": (
        r"(yritys|yrityksen nimi|yritysnimi|firma|organisaatio|työnantaja|asiakas|toimittaja)( ?nimi)?|"
        r"(company|employer|organi[sz]ation|supplier|customer)( ?name)?|företag(snamn)?|arbetsgivare"
    ),
    "company.country": r"maa|maa ?koodi|country( ?code)?|land( ?kod)?",
    "person.work_email": r"sähkö ?posti( ?osoite)?|s ?posti|email|e ?mail( ?address)?|mail|e ?post( ?adress)?",
    "person.work_phone": (
        r"(työ ?)?puhelin( ?numero)?|puh( ?nro)?|gsm|matka ?puhelin|(work ?|mobile ?)?phone( ?number)?|mobile|mobil|"
        r"tel|telefon"
    ),
    "person.notice_language": r"(asiointi|palvelu|äidin)? ?kieli|language|språk",
    "employment.job_title": r"nimike|tehtävä( ?nimike)?|titteli|(job ?|contact ?)?title|titel|position|rooli",
    "employment.valid_from": (
        r"(työ ?suhde )?alkoi|alku( ?(pvm|päivä|päivämäärä))?|aloitus ?(pvm|päivä)|(start|hire) ?date|valid ?from|"
        r"började"
    ),
    "employment.valid_to": (
        r"(työ ?suhde )?päättyi|(loppu|päättymis|lähtö) ?(pvm|päivä|päivämäärä)|(end|termination|leaving) ?date|"
        r"valid ?to|slutade"
    ),
    "competence.skill_code": r"taidot|taito|osaaminen|osaamiset|skills?|kompetens(er)?",
    WHOLE_NAME: (
        r"nimi|koko ?nimi|henkilö|henkilön nimi|työntekijä|yhteys ?henkilö|name|full ?name|display ?name|"
        r"contact( ?(name|person))?|namn|kontakt( ?person)?"
    ),
}
#: Other words may stand before ours ("contact last name"), but not before a mere "name": a product has one too.
_COMPILED = {
    path: re.compile(pattern if path == WHOLE_NAME else rf"(?:.* )?(?:{pattern})")
    for path, pattern in _PATTERNS.items()
}
_HOME = r"koti|oma|yksityis|home|private|hem|privat"
_REACHED = r"puhelin|osoite|sähkö ?posti|phone|address|e ?mail|mobile|telefon|adress"
_PRIVATE = re.compile(rf"(.* )?({_HOME}) ?({_REACHED})( ?\w+)*")

#: Names of columns that tell rows apart.
_KEY = re.compile(
    r"(.* )?(id|tunnus|tunniste|nro|numero|number|no|nr|key|code|koodi|uuid|guid)|\w+(id|tunnus|numero|nro)"
)
_ENDED = re.compile(r"(.* )?(tila|status|state|aktiivinen|active)|voimassa")


@cache
def field_of(column: str) -> str | None:
    """The field (``person.last_name``) that a column of that name usually fills, or None."""
    for spelling in spellings(column):
        for path, pattern in _COMPILED.items():
            if pattern.fullmatch(spelling):
                return path
    return None


def is_private(column: str) -> bool:
    """Whether a column of that name holds what a person has at home and not at work."""
    return any(_PRIVATE.fullmatch(spelling) for spelling in spellings(column))


def is_key(column: str) -> bool:
    """Whether a column of that name usually tells rows apart."""
    return any(_KEY.fullmatch(spelling) for spelling in spellings(column))


def is_state(column: str) -> bool:
    """Whether a column of that name usually says if the relation lasts."""
    return any(_ENDED.fullmatch(spelling) for spelling in spellings(column))
