"""The retention rules as data.

Belongs here: which rule ends the life of which data, counted from what, and on what basis. Does not belong here: the
engine that enforces them, or any date arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class RetentionRule:
    """One retention rule.

    Attributes:
        trigger: the event from whose local date the period is counted.
        months, days: the period; calendar months are added to the trigger, never chained.
        taken_months: the months for which a delivered row is still taken, where that is less than the period: an action
            older than its pseudonym would get a new one.
        basis: the law or the choice it rests on.
        mark: L binding law, P the project's own default.
    """

    id: str
    data: str
    trigger: str
    basis: str
    mark: Literal["L", "P"]
    action: Literal["delete", "drop", "keep"] = "delete"
    months: int = 0
    days: int = 0
    taken_months: int | None = None

    @property
    def period(self) -> str:
        """The period in words."""
        return f"{self.months} months" if self.months else f"{self.days} days"


_RULES = (
    RetentionRule("R1", "Persons, companies and employments", "inactive_on", "GDPR 5(1)(e)", "P", months=6),
    RetentionRule(
        "R2a",
        "Invoices",
        "31 December after the end of the financial year",
        "Accounting Act 1336/1997 2:10.2",
        "L",
        action="drop",
        months=72,
    ),
    RetentionRule("R2c", "Collection of invoices", "closed_on", "728/2003; GDPR 17(3)(e)", "P", months=6),
    RetentionRule("R3", "Customers and their contracts", "terminated_on", "728/2003 4 §", "P", months=36),
    RetentionRule("R3b", "Choices of channels and marketing", "withdrawal", "GDPR 7(1), 21(3)", "P", months=36),
    RetentionRule("R4b", "User accounts", "last_login_at or created_at", "GDPR 5(1)(e), 32", "P", months=15),
    RetentionRule(
        "R5", "Locations and the events that asked for them", "observed_at", "GDPR 5(1)(e)", "P", "drop", days=90
    ),
    RetentionRule(
        "R6", "Actions and their pseudonyms", "occurred_at", "GDPR 5(1)(e)", "P", "drop", months=24, taken_months=12
    ),
    RetentionRule("R7", "Messages", "sent_at", "GDPR 5(1)(e)", "P", "drop", months=12),
    RetentionRule(
        "R8", "Competences and certificates", "valid_until or last confirmation", "GDPR 5(1)(d),(e)", "P", months=24
    ),
    RetentionRule("R9", "Landed copies, quarantine and staging", "received_at", "GDPR 5(1)(e)", "P", days=14),
    RetentionRule("R10", "Evidence of runs, without personal data", "run date", "GDPR 5(2)", "P", months=72),
    RetentionRule("R11", "Cases of data subjects", "closed_on", "GDPR 5(2), 17(3)(e)", "P", months=36),
    RetentionRule(
        "R12", "Suppression tokens", "last source in scope disconnected", "GDPR 17(1), 21(3), 25", "P", months=12
    ),
    RetentionRule("R13", "Backups, and the ledger that outlives them", "taken", "GDPR 17, 32", "P", days=40),
    RetentionRule("R14", "Named persons who decide", "valid_to", "GDPR 5(2)", "P", months=36),
    RetentionRule(
        "R15", "Data processed for a customer who leaves", "end of the agreement", "GDPR 28(3)(g)", "L", days=30
    ),
)

#: Every rule by id.
RETENTION_RULES: dict[str, RetentionRule] = {rule.id: rule for rule in _RULES}

#: Days for which quarantine is kept (R9).
QUARANTINE_DAYS = 14
#: Days for which a landed copy is kept, unless its source says otherwise (R9).
LANDED_DAYS = 7
