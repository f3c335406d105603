"""Asking only for what changed.

Belongs here: the ``changed_since:`` block, and the window of one business date. Does not belong here: what it means
that a record is not in an answer (see the source's ``snapshot:``).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, field_validator

from sources.readers.api.part import Parameter, Part

_FIELD = re.compile(r"\{(?P<name>from|until)(?::(?P<form>[^{}]*))?\}")
_DAYS = re.compile(r"(\d+)\s*(?:days?|d)")
_HELSINKI = ZoneInfo("Europe/Helsinki")


def _days(value: Any) -> Any:
    match = _DAYS.fullmatch(value.strip()) if isinstance(value, str) else None
    return match.group(1) if match else value


class ChangedSince(Part):
    """The API gives what changed in a window of time. The window follows the business date and needs no memory."""

    parameters: dict[Parameter, str] = Field(
        min_length=1,
        description=(
            "Parameters that set the window. {from} and {until} are its ends in UTC (2026-03-09T22:00:00Z), "
            "{from:%Y-%m-%d} the same written otherwise, in Finnish time."
        ),
    )
    overlap: Annotated[int, BeforeValidator(_days), Field(ge=1, le=366)] = Field(
        description=(
            "How many days before the business date the window begins, such as 3 days: as many nights as may fail in "
            "a row, and as late as a record may show up."
        )
    )

    @field_validator("parameters")
    @classmethod
    def _sound(cls, value: dict[str, str]) -> dict[str, str]:
        for text in value.values():
            rest = _FIELD.sub("", text)
            if "{" in rest or "}" in rest:
                raise ValueError("only {from}, {until} and {from:%Y-%m-%d} may stand in braces")
        if not any(match["name"] == "from" for text in value.values() for match in _FIELD.finditer(text)):
            raise ValueError("no parameter says where the window begins; write {from} in one")
        return value

    def on(self, business_date: date) -> dict[str, str]:
        """The parameters for a business date: from midnight so many days before it to the midnight that ends it."""
        ends = {
            "from": _midnight(business_date - timedelta(days=self.overlap)),
            "until": _midnight(business_date + timedelta(days=1)),
        }

        def written(match: re.Match[str]) -> str:
            moment = ends[match["name"]]
            if match["form"] is None:
                return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            return moment.strftime(match["form"])

        return {name: _FIELD.sub(written, text) for name, text in self.parameters.items()}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=_HELSINKI)
