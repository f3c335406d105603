"""Which rows of a register concern us.

Belongs here: the row filter, the active relation, deletion markers, and rows already past their retention. Does not
belong here: suppression (see `register`), or whether values are good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from schemas import findings
from schemas.retention import SHIPPED, Policy
from schemas.values import date as date_values
from schemas.values import text
from sources.config import ActiveEnds, ChangesSnapshot, Condition, Source
from sources.matching_text import Cells, is_one_of


@dataclass(frozen=True)
class Filtered:
    """What becomes of each row. The masks have the frame's index, and each row is in exactly one of them.

    Attributes:
        kept: goes on.
        out_of_scope: left out by the row filter, or its relation has ended.
        deleted: marked as deleted in a register of changes, whatever the filter says of it.
        expired: its relation ended so long ago that retention would delete it at once (R1).
        findings: end dates that could not be read; such a row counts as not ended.
    """

    kept: pd.Series
    out_of_scope: pd.Series
    deleted: pd.Series
    expired: pd.Series
    findings: pd.DataFrame


def split(
    source: Source,
    frame: pd.DataFrame,
    row_numbers: npt.NDArray[np.int64],
    business_date: date,
    policy: Policy = SHIPPED,
) -> Filtered:
    """Tell the rows that concern us from those that do not.

    Args:
        frame: raw text, ``str`` dtype, columns by the customer's names.
        row_numbers: as the customer counts them, for the findings.
        business_date: the local date on which the run belongs; a relation that ends on it has ended.
        policy: the retention policy in force; how long a person is kept after the end (R1).
    """
    cells = Cells(frame, source.read.missing)
    nothing = pd.Series(False, index=frame.index)
    deleted = nothing
    if isinstance(source.snapshot, ChangesSnapshot) and source.snapshot.deleted is not None:
        deleted = is_one_of(cells.normal(source.snapshot.deleted.column), source.snapshot.deleted.values)
    wanted = ~nothing
    for condition in source.filter.include:
        wanted &= _holds(condition, cells)
    for condition in source.filter.exclude:
        wanted &= ~_holds(condition, cells)
    ended, expired, found = nothing, nothing, findings.none()
    if isinstance(source.active, ActiveEnds):
        ended, expired, found = _by_end_date(source.active, cells, row_numbers, business_date, policy)
    elif source.active is not None:
        ended = ~is_one_of(cells.normal(source.active.column), source.active.values)
    wanted &= ~deleted
    expired &= wanted
    kept = wanted & ~ended
    return Filtered(kept, ~(kept | deleted | expired), deleted, expired, found)


def protected(source: Source, frame: pd.DataFrame) -> pd.Series:
    """Rows of persons under turvakielto (MIN-23), as the source marks them.

    Args:
        frame: raw text, ``str`` dtype, with the column of the mark.
    """
    if source.protected is None:
        return pd.Series(False, index=frame.index)
    return is_one_of(Cells(frame, source.read.missing).normal(source.protected.column), source.protected.values)


def _holds(condition: Condition, cells: Cells) -> pd.Series:
    column = cells.normal(condition.column)
    if condition.equals is not None:
        return is_one_of(column, [condition.equals])
    if condition.any_of is not None:
        return is_one_of(column, condition.any_of)
    if condition.empty is not None:
        return column.isna() if condition.empty else column.notna()
    matches = pc.match_substring_regex(text.to_arrow(column), f"^(?:{condition.pattern})$")
    return pd.Series(matches.fill_null(False).to_numpy(zero_copy_only=False), index=column.index)


def _by_end_date(
    active: ActiveEnds, cells: Cells, row_numbers: npt.NDArray[np.int64], business_date: date, policy: Policy
) -> tuple[pd.Series, pd.Series, pd.DataFrame]:
    """Ended rows, those of them past their retention (R1), and findings for dates that could not be read."""
    column = cells.normal(active.ends)
    cleaned = date_values.clean(column, formats=active.formats)
    today = pd.Timestamp(business_date)
    ended = (cleaned.values <= today).fillna(False).astype(bool)
    expired = policy.step("person", "delete").after.is_over(cleaned.values, today)
    found = findings.join(
        findings.of(list(np.asarray(row_numbers)[mask.to_numpy()]), active.ends, rule, findings.VALUE)
        for rule, mask in cleaned.failures.items()
    )
    return ended, expired, found
