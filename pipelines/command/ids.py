"""How records, persons and companies are named on the command line: 12 a record, G12 a person or company.

Belongs here: reading such an id. Does not belong here: finding what it names.
"""

from __future__ import annotations

from schemas.errors import NotFound


def parsed(which: str) -> tuple[bool, int]:
    """Whether it names a golden record (G12) or a record (12), and the number.

    Raises:
        NotFound: where it is neither; what was typed is not repeated.
    """
    golden = which[:1] in ("G", "g")
    number = which[1:] if golden else which
    if not (number.isascii() and number.isdigit()):
        raise NotFound("That is no id.", "Write a record's number, such as 12, or that of a person or company: G12.")
    return golden, int(number)


def golden_id(which: str) -> int:
    """The number of a person or company, from G12.

    Raises:
        NotFound: where it is none; what was typed is not repeated.
    """
    golden, number = parsed(which)
    if not golden:
        raise NotFound("That is a record.", "Write a person's or company's id, such as G12; mdo match show finds it.")
    return number
