"""International bank account numbers (IBAN, MIN-08).

Belongs here: finding them inside a text, in one piece or in groups. Does not belong here: what becomes of the cell, or
the creditor references that begin with RF; no country has that code.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from stdnum import iban
from stdnum.iso7064 import mod_97_10

from schemas.detectors.base import Detector

RULE = "iban.found"
_SHORTEST, _LONGEST = 15, 34  # Norway; the standard's limit (ISO 13616)

# A number begins where no letter or digit goes before; its groups are parted by one blank or hyphen.
_BEGINS = re.compile(r"(?<![0-9A-Za-z])(?=[A-Za-z]{2}\d\d[ -]?[0-9A-Za-z])", re.ASCII)
_CHARACTERS, _SIGNS = frozenset(string.ascii_letters + string.digits), frozenset(" -")


def spans(value: str) -> Iterator[tuple[int, int]]:
    """Where the account numbers of a text in plain form stand."""
    for begin in _BEGINS.finditer(value):
        end = _end(value, begin.start())
        if end:
            yield begin.start(), end


def _end(value: str, start: int) -> int | None:
    """Where the number that starts there ends: one country has one length, so at most one end is right."""
    characters = 0
    for at in range(start, min(start + 2 * _LONGEST, len(value))):
        if value[at] in _SIGNS and value[at - 1] not in _SIGNS:
            continue
        if value[at] not in _CHARACTERS:
            return None
        characters += 1
        last = at + 1 == len(value) or value[at + 1] not in _CHARACTERS
        if last and _SHORTEST <= characters <= _LONGEST and _is_account(value[start : at + 1]):
            return at + 1
    return None


def _is_account(written: str) -> bool:
    """Whether it is an account number; by the remainder first, which is quicker told."""
    number = iban.compact(written)
    return mod_97_10.is_valid(number[4:] + number[:4]) and iban.is_valid(number, check_country=False)


def _judge(value: str) -> str:
    return RULE if next(spans(value), None) else ""


DETECTOR = Detector("iban", (RULE,), r"[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]){11}", _judge)
