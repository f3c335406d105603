"""How a source's YAML says that its register is a sheet of a workbook.

Belongs here: the ``read:`` block with ``type: excel``. Does not belong here: reading (see excel_file).
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sources import path_template
from sources.readers.csv_settings import Footer


class SheetPattern(BaseModel):
    """The one visible sheet whose name matches."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: str = Field(
        min_length=1,
        description="Regular expression for the whole name of the sheet, upper and lower case alike.",
    )

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error:
            raise ValueError("pattern is not a regular expression; write \\ before . ( ) [ ] + * ?") from None
        return value


class ExcelRead(BaseModel):
    """Where the workbook is, and where in it the register stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["excel"] = Field("excel", description="A workbook: .xlsx, .xlsm, .xlsb, .xls or .ods.")
    path: str = Field(
        description=(
            "File name relative to the location, which is the inbox folder unless another is declared. {date} is the "
            "business date (2026-03-10), {date:%Y%m%d} the same written otherwise, {date-1:%Y-%m-%d} the day before; "
            "* and ? stand for any characters."
        )
    )
    sheet: Annotated[str, Field(min_length=1)] | Annotated[int, Field(ge=1, le=1000)] | SheetPattern | None = Field(
        None,
        description=(
            "The sheet: its name, its place among the visible sheets counted from 1, or {pattern: ...}. Not needed "
            "where the workbook has one visible sheet. Hidden sheets are never read."
        ),
    )
    header_row: Annotated[int, Field(ge=1, le=1000)] | Literal["detect"] = Field(
        "detect",
        description=(
            "Row that holds the column names, as Excel numbers it, or detect: the first of the first 50 rows that "
            "holds all required columns."
        ),
    )
    beyond_header: Literal["reject", "drop"] = Field(
        "reject",
        description=(
            "What becomes of a row that has a value to the right of the last column name: reject, since its values "
            "may have moved to the right, or drop that value."
        ),
    )
    serial_dates: tuple[str, ...] = Field(
        (), description="Columns whose plain numbers are days as Excel counts them: 46082 is 2026-03-01."
    )
    digits: dict[str, Annotated[int, Field(ge=1, le=15)]] = Field(
        {},
        description=(
            "Columns in which zeros in front are only shown, by a number format: {Tunnus: 6} reads the number 42 as "
            "000042."
        ),
    )
    footer: Footer | None = Field(None, description="Total rows at the end that are not part of the register.")
    missing: tuple[str, ...] = Field((), description="Texts that mean that a value is missing, such as NULL or -.")
    decimal: Literal[",", "."] = Field(
        ",", description="The decimal separator of numbers written as text; numbers of the sheet are read with it too."
    )

    @field_validator("path")
    @classmethod
    def _path_is_sound(cls, value: str) -> str:
        wrong = path_template.fault(value)
        if wrong:
            raise ValueError(wrong)
        return value
