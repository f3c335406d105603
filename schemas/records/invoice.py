"""G2: an invoice of MDO Group's own ledger.

Belongs here: what was invoiced to which company. Does not belong here: what became of it
(`schemas.records.collection`), its lines, or any person.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import pandera.pandas as pa

from schemas.records.base import DataClass, Origin, RecordModel, Series
from schemas.records.base import described as described_by

_AMOUNT = r"^-?\d{1,12}\.\d{2}$"


def described(**about: Any) -> Any:
    """A field that only MDO's own ledger supplies."""
    return described_by(data_class=DataClass.COMPANY_OR_SOLE_TRADER, origins=(Origin.OPERATOR,), **about)


class Invoice(RecordModel):
    """One invoice or credit note; a voucher of the books."""

    invoice_no: Series[str] = described(
        kind="code", fi="Laskun numero", en="Invoice number", required=True, max_length=40
    )
    company_name: Series[str] = described(
        kind="label", fi="Laskutettu yritys", en="Company invoiced", required=True, max_length=200
    )
    company_business_id: Series[str] = described(
        kind="business_id", fi="Laskutetun Y-tunnus", en="Its Finnish business id", str_matches=r"^\d{7}-\d$"
    )
    invoice_date: Series[datetime] = described(kind="date", fi="Laskun päivä", en="Invoice date", required=True)
    posting_date: Series[datetime] = described(
        kind="date", fi="Kirjauspäivä", en="Posting date; its financial year sets the retention (R2a)", required=True
    )
    net: Series[str] = described(kind="money", fi="Veroton", en="Net amount", str_matches=_AMOUNT)
    vat: Series[str] = described(kind="money", fi="Vero", en="Value added tax", str_matches=_AMOUNT)
    gross: Series[str] = described(kind="money", fi="Yhteensä", en="Gross amount", required=True, str_matches=_AMOUNT)
    currency: Series[str] = described(
        kind="currency", fi="Valuutta", en="Currency (ISO 4217)", required=True, str_matches=r"^[A-Z]{3}$"
    )
    reference_no: Series[str] = described(
        kind="payment_reference", fi="Viitenumero", en="Payment reference", max_length=25
    )
    due_date: Series[datetime] = described(kind="date", fi="Eräpäivä", en="Due date")

    @pa.dataframe_check(name="dates_in_order")
    @classmethod
    def dates_in_order(cls, frame: pd.DataFrame) -> pd.Series:
        """Whether an invoice is not due before it was written."""
        return ~(frame["due_date"] < frame["invoice_date"])
