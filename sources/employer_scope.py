"""Whether a row's employer is one whose people the register may hold (RS-17).

Belongs here: filling in the customer itself, and comparing employers with the declared scope. Does not belong here: the
scope (see `sources.config.employer`).

A valid business id decides; a name is asked only where there is none, or where the scope lists none.
"""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from schemas import findings
from schemas.values import text
from sources.config import Source

NAME, ID = "employer_name", "employer_business_id"
RULE = "employer.scope"
_NO_LETTER = re.compile(r"[\W_]+")


def normal_name(name: str) -> str:
    """A company's name as it is compared: without regard to case, punctuation and surplus blanks.

    The legal form stays: ``Oy`` and ``Oyj`` may be two companies of one group. Each spelling that a register uses is
    listed on its own.
    """
    return _NO_LETTER.sub(" ", unicodedata.normalize("NFKC", name)).strip().casefold()


def fill(source: Source, frame: pd.DataFrame) -> pd.DataFrame:
    """The raw employments, with the customer itself as employer of each row that names none.

    Only under scope ``own``; under ``listed`` it cannot be known which of the companies is meant.

    Args:
        frame: raw employment fields, ``str`` dtype; employer columns may be lacking.
    """
    own = {NAME: source.employer.names[:1], ID: source.employer.business_ids[:1]}
    if source.employer.scope != "own" or not any(own.values()):
        return frame
    unnamed = pd.Series(True, index=frame.index)
    for field in own:
        if field in frame:
            unnamed &= text.normalise(frame[field], source.read.missing).isna()
    filled = frame.copy()
    for field, values in own.items():
        if not values:
            continue
        if field not in filled:
            filled[field] = pd.Series(pd.NA, index=frame.index, dtype="str")
        filled[field] = filled[field].mask(unnamed, values[0])
    return filled


def check(source: Source, frame: pd.DataFrame) -> pd.DataFrame:
    """Findings (`employer.scope`, whole row) for employments outside the scope, or that do not show who employs.

    Args:
        frame: validated employments: ``row_number``, ``employer_name``, ``employer_business_id``.
    """
    scope = source.employer
    if scope.scope == "any" or frame.empty:
        return findings.none()
    ids = frame[ID].notna() if scope.business_ids else pd.Series(False, index=frame.index)
    by_id = frame[ID].isin(scope.business_ids)
    known = {normal_name(name) for name in scope.names}
    spellings = [name for name in frame[NAME].dropna().unique() if normal_name(name) in known]
    inside = by_id.where(ids, frame[NAME].isin(spellings))
    column, field = _named_by(source)
    outside = pd.Index(frame.loc[~inside.astype(bool), "row_number"].unique())
    return findings.of(outside, column, RULE, findings.ROW, field)


def _named_by(source: Source) -> tuple[str, str]:
    """The column and the field by which rows name their employer; a name is what its owner will recognise."""
    mapped = {field: how.column for record, field, how in source.fields() if record == "employment" and how.column}
    for field in (NAME, ID):
        if field in mapped:
            return mapped[field] or "", f"employment.{field}"
    return "", f"employment.{NAME}"
