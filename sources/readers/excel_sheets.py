"""Which sheet of a workbook is meant.

Belongs here: name, place or pattern, and hidden sheets. Does not belong here: what stands on a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from schemas.errors import SourceRefused
from sources.readers import names
from sources.readers.excel_settings import SheetPattern

_CORRECT = "Correct sheet in the source file, or have the workbook corrected."


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        place: among all sheets, counted from 0.
        visible: whether its tab is shown.
        cells: whether it has cells; a chart on a sheet of its own has none.
    """

    place: int
    name: str
    visible: bool
    cells: bool


def choose(sheets: list[Sheet], wanted: str | int | SheetPattern | None) -> Sheet:
    """The sheet to read.

    Raises:
        SourceRefused: none, several, a hidden one or a chart. The sheets' own names are shown where they look like
            names; one that is declared is shown as declared.
    """
    visible = [sheet for sheet in sheets if sheet.visible]
    if isinstance(wanted, str):
        return _by_name(sheets, wanted)
    if isinstance(wanted, int):
        if wanted > len(visible):
            raise SourceRefused(
                f"There is no sheet {wanted}: the workbook has {len(visible)} visible sheets.", _CORRECT
            )
        return _with_cells(visible[wanted - 1], f"Sheet {wanted}")
    if wanted is not None:
        matches = re.compile(wanted.pattern, re.IGNORECASE).fullmatch
        return _only([s for s in visible if matches(s.name.strip())], sheets, "whose name matches the pattern", matches)
    return _only([s for s in visible if s.cells], sheets, "", lambda _: False)


def _by_name(sheets: list[Sheet], wanted: str) -> Sheet:
    # Excel takes no two names that differ in case only, but other programs do.
    named = [s for s in sheets if s.name == wanted] or [
        s for s in sheets if names.normalise(s.name) == names.normalise(wanted)
    ]
    if len(named) > 1:
        raise SourceRefused(f"{len(named)} sheets are called {wanted!r}.", _CORRECT)
    if not named:
        raise SourceRefused(f"There is no sheet {wanted!r}. {_listed(sheets)}", _CORRECT)
    [sheet] = named
    if not sheet.visible:
        raise SourceRefused(
            f"The sheet {wanted!r} is hidden. Hidden sheets are never read, since nobody sees what is sent with them.",
            "Have it shown, or name another sheet.",
        )
    return _with_cells(sheet, f"The sheet {wanted!r}")


def _only(found: list[Sheet], sheets: list[Sheet], which: str, matches: Callable[[str], object]) -> Sheet:
    if len(found) == 1:
        return _with_cells(found[0], "The sheet that is meant")
    what = f"visible sheets {which}".strip()
    if found:
        raise SourceRefused(f"The workbook has {len(found)} {what}. {_listed(sheets)}", "Name one in the source file.")
    hidden = sum(not s.visible and bool(matches(s.name.strip())) for s in sheets)
    also = f" Of the hidden ones {hidden} would match; hidden sheets are never read." if hidden else ""
    raise SourceRefused(f"The workbook has no {what}. {_listed(sheets)}{also}", _CORRECT)


def _with_cells(sheet: Sheet, called: str) -> Sheet:
    if not sheet.cells:
        raise SourceRefused(f"{called} has no cells: it is a chart, a dialogue or a macro.", "Name another sheet.")
    return sheet


def _listed(sheets: list[Sheet]) -> str:
    """The visible sheets by name; one whose name looks like data by its number."""
    shown = [
        f"sheet {number}" if names.looks_like_data(sheet.name) else repr(" ".join(sheet.name.split()))
        for number, sheet in enumerate((s for s in sheets if s.visible), start=1)
    ]
    return f"Visible are: {', '.join(shown)}." if shown else "No sheet is visible."
