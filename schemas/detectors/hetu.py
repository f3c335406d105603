"""Finnish personal identity codes (HETU, MIN-06).

Belongs here: finding them, whole or misspelt, anywhere inside a text. Does not belong here: what becomes of the cell,
and anything read from the code (birth date, sex).
"""

from __future__ import annotations

import re

from stdnum.fi import hetu

from schemas.detectors import column
from schemas.detectors.base import Detector

#: What a cell holds: a code that can be someone's, or one that only looks like it (wrong check character or date).
VALID, SHAPE = RULES = "hetu.valid", "hetu.shape"

_BODY = (
    r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[-+YXWVUABCDEF]\d{3}[0-9A-FHJ-NPR-Y]"  # ddmmyy, sign, number, check
)
# RE2, which picks the cells worth a closer look, has no lookaround.
_CODE = re.compile(rf"(?<![0-9A-Za-z]){_BODY}(?![0-9A-Za-z])", re.IGNORECASE | re.ASCII)


def _judge(value: str) -> str:
    """``hetu.valid`` or ``hetu.shape``; a cell that holds both is ``hetu.valid``.

    All century signs in use since 1 January 2023 count, in either case. The individual numbers 900 to 999, given out
    for temporary and test use, count as valid; 000 and 001, which nobody ever has, as shape.
    """
    codes = _CODE.findall(value)
    if not codes:
        return ""
    return VALID if any(hetu.is_valid(code, allow_temporary=True) for code in codes) else SHAPE


DETECTOR = Detector("hetu", RULES, _BODY, _judge)


def any_in(value: str) -> bool:
    """Whether a text, a file name for instance, holds a code, valid or only shaped like one."""
    return column.any_in(DETECTOR, value)
