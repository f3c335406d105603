"""By what right a register is read.

Belongs here: closed lists of kinds, roles and legal bases, and the small blocks that name validity and owner. Does not
belong here: rules that need more than one block (see `sources.config.checks`).
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from sources.config.base import Day, Part, Problem, Text, report


class Kind(StrEnum):
    """What a source may be (RS-15, RS-17). Closed: brokers, credit bureaus and scraped sources are no sources."""

    CUSTOMER_REGISTER = "customer_register"
    OWN_SERVICE = "own_service"


class RegisterType(StrEnum):
    """What the register is kept for (RS-16); the last three are MDO Group's own."""

    HR_DIRECTORY = "hr_directory"
    CONTACT_DIRECTORY = "contact_directory"
    COMPANY_REGISTER = "company_register"
    COMPETENCE_REGISTER = "competence_register"
    CONTRACT_REGISTER = "contract_register"
    RECEIVABLES_REGISTER = "receivables_register"
    IDENTITY_DIRECTORY = "identity_directory"
    APPLICATION = "application"
    LEDGER = "ledger"
    CRM = "crm"


class Role(StrEnum):
    """What MDO Group is to the data (finding F4)."""

    CONTROLLER = "controller"
    PROCESSOR = "processor"


class BasisCode(StrEnum):
    """Legal bases of GDPR 6(1)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTERESTS = "legitimate_interests"


class LegalBasis(Part):
    """The basis of GDPR 6(1) on which the data is processed."""

    code: BasisCode = Field(description="Which basis.")
    reference: Text = Field(description="Where it is written down, such as the number of the balancing test (LIA-2).")


class Owner(Part):
    """Whom to ask about the register, and who gets its rejected rows back: a function rather than a person."""

    name: Text = Field(description="Name of the function or unit.")
    email: Text = Field(description="Its mailbox.")

    @field_validator("email")
    @classmethod
    def _looks_like_mail(cls, value: str) -> str:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", value):
            raise ValueError("not an e-mail address; write it as hr@example.com")
        return value


class Validity(Part):
    """The days on which the register may be read, both included."""

    first: Day = Field(alias="from", description="First day on which it may be read.")
    last: Day | None = Field(
        default=None, alias="to", description="Last day on which it may be read; open if left out."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Validity:
        if self.last is not None and self.last < self.first:
            report([Problem(("to",), "lies before from; write a later day or leave it out")])
        return self

    def holds(self, day: date) -> bool:
        """Whether that day lies inside."""
        return self.first <= day and (self.last is None or day <= self.last)
