"""Column names that no source may use (MIN-02).

Belongs here: telling from a column's name that it holds what the register must never hold. Does not belong here:
looking into cells (see `schemas.detectors`).

Long stems are looked for anywhere in a word, because Finnish builds compounds (``peruspalkka``, ``syntymäaika``). Short
ones must be a whole word: a plain ``pin`` would hit ``shipping`` and ``opinion``.
"""

from __future__ import annotations

import re
import unicodedata

#: Name of what is forbidden -> pattern over the column's words, in lower case and parted by single blanks. A blank may
#: stand inside a compound, so that ``HenkilöTunnus`` and ``koti-osoite`` are caught like ``henkilötunnus``.
_PATTERNS = {
    "personal identity code": r"\b(hetu|sotu|ssn)\b|henkil[öo] ?tunnu|henkil[öo]n tunnu|person ?nummer",
    "birth date": r"syntym|birth",
    "password": r"\b(pwd|pin|pin ?koodi)\b|salasana|sala sana|pass ?word|pass ?phrase|lösenord|tunnusluku",
    "secret": (
        r"\b(token|secret|totp|otp|api ?key|mfa ?seed|bcrypt|argon ?2?|salt|hash)\b|private ?key|recovery ?code|"
        r"avainluku|palautuskoodi|tiiviste"
    ),
    "bank account": r"\biban\b|tili ?numero",
    "payment card": r"\bcard\b|\bkort(ti|in) ?n|(luotto|maksu|pankki) ?kort",
    "pay": r"palkka|palkan|salary",
    "sex": r"suku ?puoli|gender",
    "health": r"sairau|terveys|terveyd",
    "union membership": r"\bay ?j[äa]sen",
    "turvakielto": r"turva ?kielto",
    "home address": r"koti ?osoite",
}
_COMPILED = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}

_LOWER_TO_UPPER = re.compile(r"(?<=[a-zåäöü])(?=[A-ZÅÄÖÜ])")
_ACRONYM_END = re.compile(r"(?<=[A-ZÅÄÖÜ])(?=[A-ZÅÄÖÜ][a-zåäöü])")
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def forbidden(column: str) -> str | None:
    """What a column of that name would hold that is never stored, or None where nothing speaks against it.

    ``PIN-koodi``, ``birthDate`` and ``hetu_asiakas`` are caught; ``shipping_address``, ``opinion`` and ``spin_rate``
    are not. ``company_card_ref`` is caught wrongly: a source waives it, with a reason.
    """
    for words in spellings(column):
        for name, pattern in _COMPILED.items():
            if pattern.search(words):
                return name
    return None


def spellings(column: str) -> list[str]:
    """The words of a column's name in lower case, parted by single blanks, for each way in which it may be parted."""
    text = unicodedata.normalize("NFKC", column)
    humps = _LOWER_TO_UPPER.sub(" ", text)
    ways = (humps, _ACRONYM_END.sub(" ", humps), text)
    return [_NOT_LETTERS.sub(" ", spelling).strip().casefold() for spelling in ways]
