"""Whose employees a register may speak of (RS-17).

Belongs here: the ``employer:`` block. Does not belong here: applying it to rows (see `sources.employer_scope`).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator
from stdnum.fi import ytunnus

from sources.config.base import Part, Problem, Text, report


class Employer(Part):
    """Employers whose people the register may hold; a row with another employer goes to quarantine."""

    scope: Literal["own", "listed", "any"] = Field(
        default="own",
        description=(
            "own: only the customer's own people, also where the file names no employer. listed: the companies listed "
            "here, and the file must name one in each row. any: every employer, with a reason."
        ),
    )
    business_ids: tuple[str, ...] = Field(
        default=(),
        description="Finnish business ids (1234567-1) of the employers in scope; under own, the customer's first.",
    )
    names: tuple[Text, ...] = Field(
        default=(),
        description="Names of the employers in scope, each spelling on its own; under own, the customer's first.",
    )
    reason: Text | None = Field(
        default=None, description="Why the register may hold people of any employer; scope any only."
    )

    @field_validator("business_ids")
    @classmethod
    def _valid_ids(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [index for index, value in enumerate(values) if not ytunnus.is_valid(value)]
        report(Problem((index,), "not a Finnish business id; write it as 1234567-1") for index in wrong)
        return tuple(ytunnus.format(ytunnus.compact(value)) for value in values)

    @model_validator(mode="after")
    def _complete(self) -> Employer:
        if self.scope == "any" and not self.reason:
            report([Problem((), "scope any needs a reason; write reason: why people of any employer are in it")])
        if self.scope == "listed" and not (self.business_ids or self.names):
            report([Problem((), "scope listed needs business_ids or names of the companies")])
        return self
