"""What the ``read:`` blocks of all kinds of files share.

Belongs here: the file's path, its footer, and regular expressions. Does not belong here: what one kind of file has
alone (`csv_settings`, `excel_settings`).
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from sources import path_template


def _sound(value: str) -> str:
    wrong = path_template.fault(value)
    if wrong:
        raise ValueError(wrong)
    return value


def _compiles(value: str, info: ValidationInfo) -> str:
    try:
        re.compile(value)
    except re.error:
        raise ValueError(f"{info.field_name} is not a regular expression; write \\ before . ( ) [ ] + * ?") from None
    return value


FilePath = Annotated[
    str,
    AfterValidator(_sound),
    Field(
        description=(
            "File name relative to the location, which is the inbox folder unless another is declared. {date} is the "
            "business date (2026-03-10), {date:%Y%m%d} the same written otherwise, {date-1:%Y-%m-%d} the day before; "
            "* and ? stand for any characters."
        )
    ),
]
RegularExpression = Annotated[str, Field(min_length=1), AfterValidator(_compiles)]


class Footer(BaseModel):
    """Rows at the end of the file that are totals or notes, and no part of the register."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first_cell: RegularExpression | None = Field(
        None,
        description=(
            "Regular expression that matches the beginning of a footer row's first cell, upper and lower case alike. "
            "Only the last rows of the file count; a row further up that matches is an ordinary row."
        ),
    )
    rows: int | None = Field(None, ge=1, le=50, description="Number of footer rows, empty lines not counted.")
    always: bool = Field(
        True,
        description="Whether every file ends in a footer. If so, a file without one is taken as cut off.",
    )

    @model_validator(mode="after")
    def _one_way(self) -> Footer:
        if (self.first_cell is None) == (self.rows is None):
            raise ValueError("say either first_cell or rows")
        return self
