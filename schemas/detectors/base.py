"""What a detector is.

Belongs here: its shape. Does not belong here: any one detector, or looking into a column (`schemas.detectors.column`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Detector:
    """One way to find something.

    Attributes:
        name: by which a column is spared it.
        rules: the rules that its findings carry.
        perhaps: RE2 pattern, without regard to case, that picks the cells worth a closer look. It hits every cell in
            which `judge` finds something, and hardly any other.
        judge: the rule that one cell, in plain form (`schemas.detectors.column.plain`), breaks; "" for none.
    """

    name: str
    rules: tuple[str, ...]
    perhaps: str
    judge: Callable[[str], str]
