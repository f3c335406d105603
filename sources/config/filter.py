"""Which rows of a register concern us.

Belongs here: the ``filter:`` and ``active:`` blocks. Does not belong here: applying them (see `sources.filters`).
"""

from __future__ import annotations

import re
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from sources.config.base import Column, Exactly, Part, Problem, Text, report


def compiles(pattern: str) -> bool:
    """Whether the pattern is a regular expression of RE2, the engine that reads the rows.

    RE2 knows no backreferences and no lookaround; in return no pattern can make a night hang.
    """
    try:
        re.compile(pattern)
        pc.match_substring_regex(pa.array([""]), pattern)
    except (re.error, pa.ArrowInvalid):
        return False
    return True


class Condition(Part):
    """One condition on one column; texts are compared without regard to case and surplus blanks."""

    column: Column = Field(description="The customer's column.")
    equals: Text | None = Field(default=None, description="The text is this one.")
    any_of: tuple[Text, ...] | None = Field(
        default=None, alias="in", min_length=1, description="The text is one of these."
    )
    empty: bool | None = Field(default=None, description="true: there is no text. false: there is one.")
    pattern: Exactly | None = Field(
        default=None,
        description="The whole text matches this regular expression (RE2); write (?i) before it to ignore case.",
    )

    @field_validator("pattern")
    @classmethod
    def _pattern_compiles(cls, value: str | None) -> str | None:
        if value is not None and not compiles(value):
            raise ValueError("not a regular expression of RE2; write \\ before . ( ) [ ] + * ? to mean the sign")
        return value

    @model_validator(mode="after")
    def _one_test(self) -> Condition:
        if sum(test is not None for test in (self.equals, self.any_of, self.empty, self.pattern)) != 1:
            report([Problem((), "write exactly one of equals, in, empty, pattern; a second test is a second item")])
        return self


class RowFilter(Part):
    """Rows that are read. The rest are counted as out of scope."""

    include: tuple[Condition, ...] = Field(default=(), description="A row is read only if all of these hold.")
    exclude: tuple[Condition, ...] = Field(default=(), description="A row is left out if any of these holds.")


class ActiveFlag(Part):
    """A column that says whether the relation is active."""

    column: Column = Field(description="The column with the flag.")
    values: tuple[Text, ...] = Field(min_length=1, description="Texts that mean active; all others end the relation.")


class ActiveEnds(Part):
    """A column with the date on which the relation ends; empty while it lasts."""

    ends: Column = Field(description="The column with the end date; on that day the relation has ended.")
    formats: tuple[Text, ...] | None = Field(
        default=None, description="Date formats (strptime), such as %d/%m/%Y; by default ISO and Finnish dates."
    )


def _kind(value: Any) -> str:
    ends = "ends" in value if isinstance(value, dict) else isinstance(value, ActiveEnds)
    return "ends" if ends else "flag"


Active = Annotated[Annotated[ActiveFlag, Tag("flag")] | Annotated[ActiveEnds, Tag("ends")], Discriminator(_kind)]
