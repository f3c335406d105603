"""What a night of retention found and did, in counts.

Belongs here: the shapes that are planned, written down and shown. Does not belong here: finding or doing anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from register.evidence import Entry


@dataclass(frozen=True)
class Line:
    """What one step of a rule finds in one table.

    Attributes:
        of: the record type or table as the policy names it.
        rows: how many rows are due and may go.
        refused: reason -> rows that are due and stay.
        periods: of steps that end whole days or months, how many.
        first_day, last_day: the earliest and latest trigger of those that may go.
        customers: of records of rows, whose those are that may go.
    """

    rule: str
    of: str
    table: str
    do: str
    rows: int
    refused: dict[str, int] = field(default_factory=dict)
    periods: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    customers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Falling:
    """What one step of a rule will find due in one table on one day to come.

    Attributes:
        of: the record type or table as the policy names it.
        due_on: the day; in the past for what is due already.
        rows: how many rows may go then.
        kept: how many are due then and stay, by a hold or an open claim.
    """

    rule: str
    of: str
    table: str
    do: str
    due_on: date
    rows: int
    kept: int = 0


@dataclass(frozen=True)
class Held:
    """A deletion that waits for a person.

    Attributes:
        since: the night that held it first.
        rows, of_rows: how much would go, of how much.
        overdue: whether it has waited for longer than the policy gives it.
    """

    number: int
    rule: str
    table: str
    since: date
    rows: int
    of_rows: int
    overdue: bool = False
    approved_by: str | None = None


@dataclass(frozen=True)
class Watch:
    """What is not deleted by itself and a person should look at, in counts.

    Attributes:
        idle_accounts: accounts that the service should disable (R4b).
        time_barred: claims that may be time-barred (R2c).
        without_year: invoices of no known financial year (R2a); they are kept.
        unreviewed_holds: holds past their review date; they stay.
        unreviewed_suppressions: cases on a list of erased persons that are past their review (R12); they stay.
    """

    idle_accounts: int = 0
    time_barred: int = 0
    without_year: int = 0
    unreviewed_holds: int = 0
    unreviewed_suppressions: int = 0


@dataclass(frozen=True)
class Night:
    """What a plan or run of one business date came to.

    Attributes:
        lines: what was due when it began.
        done: what was done, as evidence has it; empty for a plan.
        held: what waits for a person.
        busy: customers whose registers were being read or matched all the while; the next run takes them.
    """

    business_date: date
    policy_version: str
    lines: Sequence[Line]
    done: Sequence[Entry]
    held: Sequence[Held]
    watch: Watch
    busy: int = 0
