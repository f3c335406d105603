"""How a source's YAML says that its register is a sheet of a workbook.

Belongs here: the ``read:`` block with ``type: excel``. Does not belong here: reading (see excel_file).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sources.readers.file_settings import FilePath, Footer, RegularExpression


class SheetPattern(BaseModel):
    """The one visible sheet whose name matches."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: RegularExpression = Field(
        description="Regular expression for the whole name of the sheet, upper and lower case alike.",
    )


class ExcelRead(BaseModel):
    """Where the workbook is, and where in it the register stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["excel"] = Field("excel", description="A workbook: .xlsx, .xlsm, .xlsb, .xls or .ods.")
    path: FilePath
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
