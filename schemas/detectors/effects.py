"""What becomes of a cell in which a detector found something (policy, section 4).

Belongs here: the effect of each rule. Does not belong here: finding anything (`schemas.detectors.search`), or carrying
the effect out.
"""

from __future__ import annotations

from schemas import findings
from schemas.detectors import hetu, private_mail, protection
from schemas.detectors.search import WORDS, Look

#: Rules of a key that must not be kept; the key is withheld.
KEY_HETU, KEY_WITHHELD = KEYS = ("key.hetu", "key.withheld")


def of(rule: str, look: Look, *, needed: bool, work_only: bool) -> str:
    """ROW, VALUE or NOTE.

    A value that a row cannot do without takes the row with it. Words about a person in a text about companies keep the
    whole row out, because nobody can tell whom else it concerns.

    Args:
        needed: whether the row needs the value.
        work_only: whether the source says that it holds nothing private (MIN-18).
    """
    if rule == private_mail.RULE and not work_only:
        return findings.NOTE
    if rule in (hetu.SHAPE, protection.RULE) or (rule in WORDS and look.company_text):
        return findings.ROW
    return findings.ROW if needed else findings.VALUE


def in_key(rule: str) -> str:
    """The rule by which it is said that a row's key holds it."""
    return KEY_HETU if rule in hetu.RULES else KEY_WITHHELD


def kind(rule: str) -> str:
    """What was found, whichever rule says so: hetu, iban, card, secret, health, special, mail, row."""
    return rule.partition(".")[0]
