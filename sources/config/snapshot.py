"""What it means that a row is not in the file.

Belongs here: the ``snapshot:`` block. Does not belong here: deriving absence (see `register`) or finding deletion
markers (see `sources.filters`).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from sources.config.base import Column, Part, Problem, Text, report

_DAYS = re.compile(r"(\d+)\s*(?:days?|d)")


def _days(value: Any) -> Any:
    """``7 days`` or 7."""
    match = _DAYS.fullmatch(value.strip()) if isinstance(value, str) else None
    return match.group(1) if match else value


Days = Annotated[int, BeforeValidator(_days), Field(ge=1, le=366)]


class Marker(Part):
    """A column whose text says that the row has been deleted."""

    column: Column = Field(description="The column that says so.")
    values: tuple[Text, ...] = Field(min_length=1, description="Texts that mean deleted; case does not matter.")


class FullSnapshot(Part):
    """Each file holds the whole register: a row that is not in it is gone."""

    type: Literal["full"] = "full"


class ChangesSnapshot(Part):
    """Each file holds only what changed: a row that is not in it says nothing."""

    type: Literal["changes"] = "changes"
    deleted: Marker | None = Field(default=None, description="How a row says that it has been deleted.")
    full_every: Days | None = Field(
        default=None, description="Instead: how often the whole register comes, such as 7 days."
    )

    def is_full_on(self, business_date: date, first: date) -> bool:
        """Whether that day's file holds the whole register: every `full_every` days from the first valid day on."""
        return self.full_every is not None and (business_date - first).days % self.full_every == 0

    @model_validator(mode="after")
    def _one_way_to_end(self) -> ChangesSnapshot:
        if (self.deleted is None) == (self.full_every is None):
            text = (
                "a register of changes must say how a row ends: write either deleted: {column: …, values: [...]} or "
                "full_every: 7 days"
            )
            report([Problem((), text)])
        return self


class ScopedSnapshot(Part):
    """Each file holds some scopes whole, such as units: absence counts only inside scopes that are in the file."""

    type: Literal["scoped"] = "scoped"
    column: Column = Field(description="The column whose text is the row's scope.")


class LogSnapshot(Part):
    """Each file holds what has happened lately: a row that is not in it says nothing, and none is ever taken back.

    Let files overlap by some days: a row whose account comes later is taken on the next night that still shows it.
    """

    type: Literal["log"] = "log"


Snapshot = Annotated[FullSnapshot | ChangesSnapshot | ScopedSnapshot | LogSnapshot, Field(discriminator="type")]
