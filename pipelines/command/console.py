"""How the command line prints.

Belongs here: the two consoles and the few shapes that several commands share. Does not belong here: what is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.settings import ZONE

#: Wide enough for every table where nobody's terminal sets the width, as in a log of a timer.
_WIDTH_ELSEWHERE = 160

out = Console(highlight=False)
if not out.is_terminal:
    out = Console(highlight=False, width=_WIDTH_ELSEWHERE)
_err = Console(stderr=True, highlight=False, soft_wrap=True)

#: How a status looks.
STYLES = {
    "applied": "green",
    "unchanged": "green",
    "planned": "cyan",
    "held": "yellow",
    "released": "yellow",
    "failed": "red",
    "discarded": "dim",
    "superseded": "dim",
}


class Language(StrEnum):
    """The languages in which people are spoken to."""

    ENGLISH = "en"
    FINNISH = "fi"


def error(text: str) -> None:
    """One error, on standard error."""
    _err.print(text, style="red", markup=False)


def say(text: str, style: str = "") -> None:
    """One line or paragraph."""
    out.print(text, style=style, markup=False)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, right: Sequence[str] = ()) -> None:
    """A table; columns named in `right` are aligned to the right."""
    shown = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        # what is copied into the next command stays in one piece
        whole = column in ("batch", "source", "date", "status")
        shown.add_column(column, justify="right" if column in right else "left", overflow="fold", no_wrap=whole)
    for row in rows:
        shown.add_row(*(_text(cell) for cell in row))
    out.print(shown)


def moment(when: datetime) -> str:
    """A moment in the time of schedules and business dates."""
    return f"{when.astimezone(ZONE):%Y-%m-%d %H:%M}"


def status(name: str) -> Text:
    """A status in its colour."""
    return Text(name, STYLES.get(name, ""))


def _text(cell: Any) -> Text:
    """The cell as it stands: a customer's text in brackets is no markup."""
    if isinstance(cell, Text):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        return Text(f"{cell:,}".replace(",", " "))
    return Text("" if cell is None else str(cell))
