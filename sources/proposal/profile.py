"""What seems to stand in each column of a sample.

Belongs here: shares of filled, distinct and well-formed cells. Does not belong here: keeping or showing a cell; of a
sample, only shares and names of kinds leave this module.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
import pyarrow.compute as pc

from schemas.detectors import hetu
from schemas.values import CLEANERS, text
from sources.config.forbidden import forbidden

#: Distinct cells that are tried against a kind of value.
_TRIED = 2_000

#: Kind of value -> options to try it with.
_KINDS: dict[str, dict[str, str]] = {
    "email": {},
    "phone": {"region": "FI"},
    "business_id": {},
    "date": {},
    "country": {},
    "language": {},
    "number": {},
    "code": {},
    "name": {},
    "label": {},
    "vat": {},
}

#: Ways of writing a date that are read only where they are declared.
_FORMATS = ("%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y%m%d", "%d-%m-%Y", "%d.%m.%y")

#: Share of cells with a personal identity code above which the column is one of them.
_CODED = 0.05

#: A cell of more characters than this, on the average, is a text for people.
_PROSE = 45


@dataclass(frozen=True)
class Column:
    """One column of a sample, without any of its cells.

    Attributes:
        filled, distinct: shares of the rows, and of the filled cells.
        kinds: kind of value -> share of the distinct cells that are one.
        formats: strptime formats in which (nearly) all cells are a day, where the usual ways are not.
        commas, blanks: shares of the filled cells with one inside.
        family_first: share of names whose first word has the ending of a Finnish family name, less that of the last.
        national: share of phone numbers that do not say their country.
        coded: whether some cell holds a personal identity code.
        shut: why no source may use it, or "".
        prose: whether it seems to hold sentences.
    """

    name: str
    filled: float
    distinct: float
    kinds: dict[str, float] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    commas: float = 0
    blanks: float = 0
    family_first: float = 0
    national: float = 0
    coded: bool = False
    shut: str = ""
    prose: bool = False

    def is_a(self, kind: str, share: float = 0.8) -> bool:
        """Whether nearly all of its cells are values of that kind."""
        return self.kinds.get(kind, 0) >= share


def of(rows: pd.DataFrame) -> list[Column]:
    """The columns of a sample, in their order."""
    return [_column(str(name), rows[name]) for name in rows.columns]


def _column(name: str, raw: pd.Series) -> Column:
    cells = text.to_series(text.normalised(text.to_arrow(raw.astype("str")), ()), raw.index).dropna()
    filled = len(cells) / len(raw) if len(raw) else 0.0
    banned = forbidden(name)
    if banned is not None:
        return Column(name, filled, 0, shut=f"its name is that of a {banned}, which is never stored")
    if not len(cells):
        return Column(name, 0, 0)
    values = pd.Series(cells.unique()[:_TRIED], dtype="str")
    distinct = cells.nunique() / len(cells)
    coded = float((hetu.scan(values) != "").mean())
    if coded >= _CODED:
        return Column(name, filled, distinct, shut="it holds personal identity codes, which are never stored")
    kinds = {kind: _share(values, kind, options) for kind, options in _KINDS.items()}
    first, last = values.str.split().str[0], values.str.split().str[-1]
    ending = r"(?:nen|la|lä|ström|berg|sson)[,;]?$"
    return Column(
        name,
        filled,
        distinct,
        kinds=kinds,
        formats=() if kinds["date"] >= 0.9 else _formats(values),
        commas=float(values.str.contains(",", regex=False).mean()),
        blanks=float(values.str.contains(" ", regex=False).mean()),
        family_first=float(first.str.contains(ending).mean() - last.str.contains(ending).mean()),
        national=1 - _share(values, "phone", {}),
        coded=coded > 0,
        prose=float(pc.mean(pc.utf8_length(text.to_arrow(values))).as_py()) > _PROSE,
    )


def _share(values: pd.Series, kind: str, options: dict[str, str]) -> float:
    cleaned = CLEANERS[kind](values, **options)
    return float(cleaned.values.notna().mean())


def _formats(values: pd.Series) -> tuple[str, ...]:
    return tuple(form for form in _FORMATS if _share_as(values, form) >= 0.95)


def _share_as(values: pd.Series, form: str) -> float:
    return float(CLEANERS["date"](values, formats=[form]).values.notna().mean())
