"""Financial years, which decide how long vouchers are kept.

Belongs here: entering and listing them, and telling vouchers past their retention. Does not belong here: deleting.

The year is the bookkeeper's, not the customer's. One of 18 months is allowed where books are begun or the year is
changed (Accounting Act 1:4), so that no arithmetic on a posting date can tell its year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import sqlalchemy as sa

from register.statements import statement
from register.tables import privacy
from schemas.errors import Refusal
from schemas.retention import Policy

_TABLE = privacy.financial_year
#: Of two who enter a year at once, the second sees the first one's.
_LOCK = 1296328


@dataclass(frozen=True)
class FinancialYear:
    """One financial year of one bookkeeper."""

    controller: str
    first_day: date
    last_day: date


def add(connection: sa.Connection, year: FinancialYear) -> None:
    """Enters a year.

    Raises:
        Refusal: where it overlaps one of the same bookkeeper, or is longer than 18 months.
    """
    if year.last_day <= year.first_day or pd.Timestamp(year.last_day) >= pd.Timestamp(year.first_day) + pd.DateOffset(
        months=18
    ):
        raise Refusal("That is no financial year.", "It ends after it begins, and has 18 months at the most.")
    connection.execute(sa.text(f"select pg_advisory_xact_lock({_LOCK})"))
    overlaps = sa.select(sa.func.count()).where(
        _TABLE.c.controller == year.controller,
        _TABLE.c.first_day <= year.last_day,
        _TABLE.c.last_day >= year.first_day,
    )
    if connection.scalar(overlaps):
        raise Refusal("It overlaps a financial year that is known.", "mdo retention years shows them.")
    connection.execute(
        sa.insert(_TABLE).values(controller=year.controller, first_day=year.first_day, last_day=year.last_day)
    )


def listed(connection: sa.Connection) -> list[FinancialYear]:
    """Every year, by bookkeeper and time."""
    rows = connection.execute(sa.select(_TABLE).order_by(_TABLE.c.controller, _TABLE.c.first_day))
    return [FinancialYear(**row._mapping) for row in rows]


def are_over(connection: sa.Connection, policy: Policy, posted: pd.Series, today: date) -> pd.Series:
    """Which posting dates are of vouchers past their retention (R2a): a boolean mask; one of no known year is not."""
    days = [day.date() for day in pd.to_datetime(posted.dropna().unique())]
    years = policy.step("invoice", "delete").after.calendar_years
    over = connection.scalars(
        statement("posting_days_over"),
        {"controller": policy.controller, "days": days, "years": years, "business_date": today},
    )
    return posted.isin(pd.to_datetime(list(over))) if days else pd.Series(False, index=posted.index)
