"""What the customer, as employer, vouches for.

Belongs here: the ``employees:`` and ``positioning:`` blocks. Does not belong here: the legal basis of the processing as
a whole (see `sources.config.legal`), or when a block is asked for (see `sources.config.attestation_checks`).
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from sources.config.base import Day, Part, Problem, Text, report


class Collected(StrEnum):
    """From whom the employer had the data (759/2004 4 §)."""

    FROM_EMPLOYEE = "from_employee"
    CONSENT = "consent"
    STATUTORY = "statutory"


class Employees(Part):
    """The customer's attestations on its employees' data, of which MDO Group is processor (F-04, F-05)."""

    collected: Collected = Field(
        description="From whom the employer had the data: from_employee, consent (given to another source), statutory."
    )
    necessity: dict[str, Text] = Field(
        min_length=1,
        description=(
            "Why the work needs the data (759/2004 3 §; consent does not replace it): for each record type, such as "
            "person, or for a single field, such as person.work_phone."
        ),
    )


class LocationBasis(StrEnum):
    """Why a user may be located (917/2014 160 §)."""

    CONSENT = "consent"
    CONTEXT = "context"
    LAW = "law"


class Positioning(Part):
    """By what right locations are stored; without it none is (L-26, F-06, F-07)."""

    dpia: Text = Field(description="Number of the data protection impact assessment (GDPR 35).")
    dpia_approved_on: Day = Field(description="Day on which it was approved.")
    dpia_review_on: Day = Field(description="Last day before it must be looked at again; after it nothing is read.")
    basis: LocationBasis = Field(
        description="consent of the user; context: clear from what the user asked of the service; law."
    )
    cooperation_on: Day = Field(
        description="Day on which the employer completed the co-operation procedure on it (759/2004 21 §)."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Positioning:
        if self.dpia_review_on <= self.dpia_approved_on:
            report([Problem(("dpia_review_on",), "lies before the approval; write the day of the next review")])
        return self
