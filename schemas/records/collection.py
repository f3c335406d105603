"""G2: what became of an invoice.

Belongs here: payment, reminders and the state of collection, as codes and days. Does not belong here: notes, credit
data, documents of enforcement (never stored), or persons.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schemas.records.base import DataClass, Origin, RecordModel, Series
from schemas.records.base import described as described_by

STATES = ["open", "reminded", "in_collection", "paid", "written_off", "time_barred", "disputed"]


def described(**about: Any) -> Any:
    """A field that only MDO's own ledger supplies."""
    return described_by(data_class=DataClass.COMPANY_OR_SOLE_TRADER, origins=(Origin.OPERATOR,), **about)


class Collection(RecordModel):
    """The collection of the row's invoice."""

    collection_status: Series[str] = described(
        kind="code", fi="Perinnän tila", en="State of collection", required=True, isin=STATES
    )
    reminder_level: Series[float] = described(
        kind="count", fi="Maksukehotuksia", en="Reminders sent", in_range={"min_value": 0, "max_value": 99}
    )
    reminder_sent_on: Series[datetime] = described(kind="date", fi="Maksukehotus lähetetty", en="Last reminder sent on")
    limitation_interrupted_on: Series[datetime] = described(
        kind="date", fi="Vanhentuminen katkaistu", en="Limitation interrupted on (728/2003 10 §)"
    )
    enforcement_title_on: Series[datetime] = described(
        kind="date", fi="Ulosottoperuste annettu", en="Enforcement title given on"
    )
    paid_on: Series[datetime] = described(kind="date", fi="Maksettu", en="Paid on")
    closed_on: Series[datetime] = described(
        kind="date", fi="Perintä päättynyt", en="Closed on: paid, written off or time-barred (R2c)"
    )
