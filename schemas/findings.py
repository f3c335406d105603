"""The value-free report of what failed.

Belongs here: the table of findings that cleaning, detectors and Pandera all add to. Does not belong here: any cell's
content; a finding knows a row's number, a column's name and a rule's id, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

#: The whole source row goes to quarantine.
ROW = "row"
#: The value is left out; the row goes on without it.
VALUE = "value"
#: The value is taken, and somebody should look at it.
NOTE = "note"

COLUMNS = ["row_number", "column", "field", "rule", "effect"]
_NONE = pd.DataFrame({name: pd.Series(dtype="int64" if name == "row_number" else "str") for name in COLUMNS})


def none() -> pd.DataFrame:
    """An empty table of findings: row_number int64, column str, field str, rule str, effect str."""
    return _NONE.copy()


def of(
    row_numbers: pd.Index | pd.Series | list[int], column: str, rule: str, effect: str, field: str = ""
) -> pd.DataFrame:
    """One finding for each row number, all for one column and rule.

    Args:
        column: the name of the customer's own column, or "" where the finding is about the whole row.
        field: ``record.field`` that the value would have filled, or "" where none is concerned.
    """
    if not len(row_numbers):
        return none()
    rows = pd.Series(row_numbers, dtype="int64").reset_index(drop=True)
    said = {"column": column, "field": field, "rule": rule, "effect": effect}
    texts = {name: pd.array([text] * len(rows), dtype="str") for name, text in said.items()}
    return pd.DataFrame({"row_number": rows, **texts})


def join(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All findings of several tables, each said once."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return none()
    return pd.concat(filled, ignore_index=True).drop_duplicates(ignore_index=True)


def bad_rows(table: pd.DataFrame) -> pd.Index:
    """The row numbers that go to quarantine as a whole."""
    return pd.Index(table.loc[table["effect"] == ROW, "row_number"].unique())
