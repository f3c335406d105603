"""International bank account numbers (IBAN, MIN-08).

Belongs here: finding them inside a text, in one piece or in groups. Does not belong here: what becomes of the cell, or
the creditor references that begin with RF; no country has that code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

from schemas.detectors.base import Detector

RULE = "iban.found"
_SHORTEST, _LONGEST = 15, 34  # Norway; the standard's limit (ISO 13616)

# A number begins where no letter or digit goes before; its groups are parted by one blank or hyphen.
_BEGINS = re.compile(r"(?<![0-9A-Za-z])(?=[A-Za-z]{2}\d\d[ -]?[0-9A-Za-z])", re.ASCII)
_GROUPS = re.compile(r"[0-9A-Za-z]+(?:[ -][0-9A-Za-z]+)*", re.ASCII)


def spans(value: str) -> Iterator[tuple[int, int]]:
    """Where the account numbers of a text in plain form stand."""
    for begin in _BEGINS.finditer(value):
        run = _GROUPS.match(value, begin.start())
        if run is None:
            continue
        end = _end(value, begin.start(), run.end())
        if end:
            yield begin.start(), end


def _end(value: str, start: int, stop: int) -> int | None:
    """Where the number that starts there ends: one country has one length, so at most one end is right."""
    characters = 0
    for at in range(start, stop):
        if value[at] in " -":
            continue
        characters += 1
        if characters > _LONGEST:
            return None
        last = at + 1 == stop or value[at + 1] in " -"
        if last and characters >= _SHORTEST and iban.is_valid(value[start : at + 1], check_country=False):
            return at + 1
    return None


def _judge(value: str) -> str:
    return RULE if next(spans(value), None) else ""


DETECTOR = Detector("iban", (RULE,), r"[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]){11}", _judge)
