"""Which column fills which field.

Belongs here: the ``records:`` block as written. Does not belong here: whether the catalogue allows it (see
`sources.config.checks`) or the mapping of rows (see `sources.mapping`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from schemas.detectors.search import WAIVABLE
from schemas.records.base import Origin
from sources.config.base import Column, Day, Exactly, Part, Problem, Text, closest, report


class FieldMapping(Part):
    """Where one field's value comes from: a column, or a constant."""

    column: Column | None = Field(default=None, description="The customer's column.")
    constant: Text | None = Field(default=None, description="The same text for each row, instead of a column.")
    because: Text | None = Field(
        default=None, description="Why the field is needed; asked for by fields that are off by default."
    )
    take: Literal["first_name", "last_name"] | None = Field(
        default=None, description="Which part of a column that holds a whole name."
    )
    order: Literal["first_last", "last_first"] | None = Field(
        default=None,
        description=(
            "Order in a column that holds a whole name, by default first_last. 'Last, First' is understood in both; "
            "van, von, de and af stay with the last name; a single word is a last name."
        ),
    )
    split: Exactly | None = Field(
        default=None, min_length=1, description="What stands between several codes in one cell."
    )
    map: dict[str, Text] | None = Field(
        default=None,
        min_length=1,
        description="Text in the column -> text to use; a text that is not listed stays as it is.",
    )
    region: str | None = Field(
        default=None, pattern=r"^[A-Z]{2}$", description="Country (FI) of phone numbers written without a country code."
    )
    country: Column | None = Field(
        default=None, description="The column with that country; region is for rows without one."
    )
    formats: tuple[Text, ...] | None = Field(
        default=None,
        min_length=1,
        description="Date formats (strptime), such as %d/%m/%Y; by default ISO and Finnish dates.",
    )
    origin: Origin | None = Field(
        default=None,
        description="Who gave the value. Only an own service states it, where the field has several origins.",
    )

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, value: Any) -> Any:
        """``last_name: Sukunimi`` is short for ``last_name: {column: Sukunimi}``."""
        return {"column": value} if isinstance(value, str) else value

    @field_validator("map")
    @classmethod
    def _one_key_each(cls, value: dict[str, str] | None) -> dict[str, str] | None:
        folded = [" ".join(key.split()).casefold() for key in value or {}]
        if len(set(folded)) < len(folded):
            raise ValueError("two keys differ only in case or blanks, which do not count; keep one of them")
        return value

    @model_validator(mode="after")
    def _sound(self) -> FieldMapping:
        if (self.column is None) == (self.constant is None):
            report([Problem((), "write either a column or a constant: Sukunimi, {column: Sukunimi} or {constant: fi}")])
        with_column = ("take", "order", "split", "map", "country", "formats")
        extra = [option for option in with_column if getattr(self, option) is not None]
        if self.constant is not None and extra:
            report([Problem((extra[0],), "goes with a column, not with a constant")])
        if self.order is not None and self.take is None:
            report([Problem(("order",), "goes with take: first_name or take: last_name")])
        return self


#: Field name -> where its value comes from.
RecordMapping = dict[str, FieldMapping]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


#: The mappings of one record type: one, or several where a wide row gives several parts.
RecordMappings = Annotated[tuple[RecordMapping, ...], BeforeValidator(_as_list), Field(min_length=1)]


class Waiver(Part):
    """Leave to use a column although its name is forbidden (MIN-02), or to take what a detector finds in it."""

    column: Column = Field(description="The customer's column.")
    rule: str | None = Field(
        default=None,
        description=(
            "The rule of the detector whose finds are taken, such as health.words; without one the column's name is "
            "what is forbidden, wrongly."
        ),
    )
    reason: Text = Field(description="What the column really holds.")
    until: Day = Field(description="Last day of the waiver; after it nothing is read until somebody has looked again.")

    @field_validator("rule")
    @classmethod
    def _can_be_waived(cls, value: str | None) -> str | None:
        if value is not None and value not in WAIVABLE:
            raise ValueError(f"no rule that can be waived; {closest(value, sorted(WAIVABLE))}")
        return value
