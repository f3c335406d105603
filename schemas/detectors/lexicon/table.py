"""What a table of words is.

Belongs here: its shape, and how its lists are written. Does not belong here: any one table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """The words of one theme, as patterns; see `schemas.detectors.words.stems`.

    Patterns are of small letters. A stem looks neither ahead nor behind, and has no `\\w` before its first letters:
    those are all that picks a cell for a closer look (`schemas.detectors.openings`).

    Attributes:
        anywhere: stems that count anywhere in a word, as Finnish compounds need.
        beginning: stems that count where a word begins.
        allowed: phrases that hold a stem and mean something else.
    """

    anywhere: tuple[str, ...] = ()
    beginning: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


def listed(text: str) -> tuple[str, ...]:
    """The patterns of a list: parted by ` | ` or by a line's end. A blank within a pattern is a blank in the text.

    A line that ends in a bar without a blank before it goes on in the next.
    """
    text = re.sub(r"(?<! )\|\n\s*", "|", text)
    return tuple(part.strip() for line in text.splitlines() for part in line.split(" | ") if part.strip())
