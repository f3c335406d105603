"""Comparing cells with texts that a source's description names.

Belongs here: the one way in which filters, flags and value maps compare. Does not belong here: cleaning values.

Texts are compared in their normal form (`schemas.values.text`) and without regard to case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from schemas.values import text


def fold(value: str) -> str:
    """The form in which a text of the description is compared."""
    normal = text.normalise(pd.Series([value], dtype="str")).iloc[0]
    return "" if pd.isna(normal) else str(normal).casefold()


def is_one_of(cells: pd.Series, values: Iterable[str]) -> pd.Series:
    """Whether each cell is one of the texts; False where it is missing.

    Args:
        cells: normalised, ``str`` dtype.
    """
    wanted = {fold(value) for value in values}
    spellings = [spelling for spelling in cells.dropna().unique() if spelling.casefold() in wanted]
    return cells.isin(spellings)


def replaced(cells: pd.Series, table: Mapping[str, str]) -> pd.Series:
    """The cells with the texts of the table put in place of its keys; what is not listed stays as it is."""
    folded = {fold(key): value for key, value in table.items()}
    known = {cell: folded.get(cell.casefold(), cell) for cell in cells.dropna().unique()}
    return cells.map(known, na_action="ignore").astype("str")


class Cells:
    """The normalised columns of a chunk, each made when first asked for.

    Args:
        frame: raw text as read, ``str`` dtype, columns by the customer's names.
        missing: texts that mean missing.
    """

    def __init__(self, frame: pd.DataFrame, missing: Sequence[str]) -> None:
        self._frame = frame
        self.missing = list(missing)
        self._normal: dict[str, pd.Series] = {}

    def __contains__(self, column: str | None) -> bool:
        return column in self._frame.columns

    def raw(self, column: str) -> pd.Series:
        """The column as it was read."""
        return self._frame[column]

    def normal(self, column: str) -> pd.Series:
        """The column normalised; all missing where the file does not have it."""
        if column not in self._normal:
            if column in self:
                self._normal[column] = text.normalise(self._frame[column], self.missing)
            else:
                self._normal[column] = pd.Series(pd.NA, index=self._frame.index, dtype="str")
        return self._normal[column]
