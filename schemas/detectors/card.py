"""Numbers of payment cards (MIN-09).

Belongs here: finding them inside a text: 13 to 19 digits, in one piece or in the groups that are printed on cards, that
begin as an issuer's numbers do and whose last digit is right. Does not belong here: what becomes of the cell, and
telling a card from another number of the same form: of random numbers of 16 digits 2.4 % pass, so columns of payment
references and invoice numbers are spared.
"""

from __future__ import annotations

import re

from stdnum import luhn

from schemas.detectors import iban
from schemas.detectors.base import Detector

RULE = "card.found"

#: How the numbers of each scheme begin (ISO/IEC 7812), and how long they are.
_SCHEMES = {
    "Visa": (r"4", (13, 16, 19)),
    "Mastercard": (r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", (16,)),
    "American Express": (r"3[47]", (15,)),
    "Diners Club": (r"30[0-5]|3[689]", (14, 16, 19)),
    "Discover": (r"6011|64[4-9]|65", (16, 19)),
    "JCB": (r"352[89]|35[3-8]", (16, 17, 18, 19)),
    "UnionPay": (r"62", (16, 17, 18, 19)),
}
_ISSUED = [(re.compile(begins), lengths) for begins, lengths in _SCHEMES.values()]

#: How the digits are grouped; the sign between two groups is a blank or a hyphen, the same throughout.
_GROUPINGS = (
    r"\d{13,19}",
    r"\d{4}([ -])\d{4}\2\d{4}\2\d{4}",  # Visa, Mastercard and most others
    r"\d{4}([ -])\d{4}\2\d{4}\2\d{4}\2\d{1,3}",
    r"\d{4}([ -])\d{6}\2\d{4,5}",  # American Express and Diners Club
    r"\d{4}([ -])\d{3}\2\d{3}\2\d{3}",  # Visa of 13 digits
    r"\d{6}([ -])\d{10,13}",  # UnionPay
)
# Looked for from every place, as the digits before may belong to something else. A number after + is a telephone's.
_CANDIDATES = [re.compile(rf"(?<![0-9A-Za-z+])(?=({form})(?![0-9A-Za-z]))", re.ASCII) for form in _GROUPINGS]
_APART = re.compile(r"[ -]")


def _judge(value: str) -> str:
    for start, end in iban.spans(value):  # its groups of four would pass as a card's, one time in ten
        value = f"{value[:start]}{'#' * (end - start)}{value[end:]}"
    candidates = (found[1] for form in _CANDIDATES for found in form.finditer(value))
    return RULE if any(_is_card(_APART.sub("", candidate)) for candidate in candidates) else ""


def _is_card(digits: str) -> bool:
    issued = any(len(digits) in lengths and begins.match(digits) for begins, lengths in _ISSUED)
    return issued and luhn.is_valid(digits)


DETECTOR = Detector("card", (RULE,), r"\d(?:[ -]?\d){12}", _judge)
