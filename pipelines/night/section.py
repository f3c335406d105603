"""One part of a night's page.

Belongs here: its form, and the same as markdown. Does not belong here: what any part says (`pipelines.night.page`,
`.outlook`), or its HTML (`night.html`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Section:
    """One part of the page.

    Attributes:
        said: a sentence above the rest.
        plot: an SVG element, or empty.
        rows: of a table with these heads; numbers stand to the right.
    """

    title: str
    said: str = ""
    plot: str = ""
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = field(default=())

    @property
    def says_something(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.said or self.plot or self.rows)

    def markdown(self) -> str:
        """Without its plot; empty where nothing is left."""
        parts = [self.said] if self.said else []
        if self.rows:
            lines = [self.heads, ["---:" if isinstance(cell, int) else "---" for cell in self.rows[0]], *self.rows]
            parts.append("\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines))
        return "\n\n".join([f"## {self.title}", *parts]) if parts else ""


def _cell(value: Any) -> str:
    return "; ".join(str(value).splitlines()).replace("|", "\\|")
