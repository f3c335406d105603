"""What records are compared by: normalised copies of their values, kept beside the originals.

Belongs here: how a value is folded for comparing, which mailboxes belong to a role, and how many records may share a
key. Does not belong here: what two equal keys mean (`register.matching.rules`).
"""

from __future__ import annotations

import re
import unicodedata

#: A value that more records of a customer share than this is nobody's own: a switchboard, a desk, a family of firms.
MOST_SHARING = 6

#: UTF-8 read as Windows-1252, of the letters that Finnish and Swedish names have; SQL text, wrong and right.
BROKEN = {"Ã¤": "ä", "Ã¶": "ö", "Ã¥": "å", "Ã„": "Ä", "Ã–": "Ö", "Ã…": "Å"}

#: Letters that Unicode does not take apart into a base and a mark.
LETTERS = ("øđłðıþæ", "odldita")

#: What stands between two parts of a name.
PUNCTUATION = re.compile(r"[\s'’ʼ`´.,‐‑–/&-]+")

_ROLES = (
    *("info", "laskut?", "laskutus", "asiakaspalvelu", "toimisto", "myynti", "posti", "palkat", "palkanlaskenta"),
    *("henkilosto", "hr", "kirjaamo", "vaihde", "tilaukset", "osto", "ostot", "talous", "tuki", "vastaanotto", "aspa"),
    *("office", "sales", "support", "contact", "admin", "service", "billing", "invoices?", "orders?", "helpdesk"),
    *("huolto", "varasto", "tyonjohto", "tarjous", "tarjoukset", "toimitus", "toimitukset", "markkinointi", "rekry"),
    *("hallinto", "yhteys", "koulutus", "ajojarjestely", "lager", "order", "ekonomi", "marketing", "accounting"),
    *("finance", "warehouse", "maintenance", "workshop", "dispatch"),
    *("noreply", "no-reply", "postmaster", "webmaster", "reception", "kontoret", "faktura", "kundtjanst", "team"),
)

#: A mailbox of a role and of nobody (POSIX regular expression): its word alone, or before a digit or a separator.
ROLE_MAILBOX = rf"^({'|'.join(_ROLES)})([0-9._+-][^@]*)?@"


def folded(expression: str) -> str:
    """SQL that folds a text for comparing: repaired, without marks, in lower case, single spaces for punctuation.

    Args:
        expression: SQL of the text; null becomes ''.
    """
    repaired = f"coalesce({expression}, '')"
    for wrong, right in BROKEN.items():
        repaired = f"replace({repaired}, '{wrong}', '{right}')"
    plain = f"lower(regexp_replace(normalize({repaired}, NFKD), U&'[\\0300-\\036F]', '', 'g'))"
    plain = f"translate(replace({plain}, 'ß', 'ss'), '{LETTERS[0]}', '{LETTERS[1]}')"
    return f"btrim(regexp_replace({plain}, '[[:space:]''’ʼ`´.,‐‑–/&-]+', ' ', 'g'))"


def folded_text(text: str) -> str:
    """What `folded` makes of a text, without a database."""
    for wrong, right in BROKEN.items():
        text = text.replace(wrong, right)
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not "\u0300" <= one <= "\u036f").lower()
    plain = plain.replace("ß", "ss").translate(str.maketrans(*LETTERS))
    return " ".join(part for part in PUNCTUATION.split(plain) if part)
