"""G3: a contract for MDO's services.

Belongs here: product, service, opening and ending, and who sold it. Does not belong here: notes and other free text
(never stored), or prices.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import pandera.pandas as pa

from schemas.records.base import DataClass, Origin, RecordModel, Series
from schemas.records.base import described as described_by

_BOTH = (Origin.CUSTOMER_REGISTER, Origin.OPERATOR)
_OURS = (Origin.OPERATOR,)


def described(**about: Any) -> Any:
    """A field about the contract, by the customer's register or by MDO's own; about no person unless it says so."""
    return described_by(**{"data_class": DataClass.COMPANY, "origins": _BOTH, **about})


class Contract(RecordModel):
    """One contract, or one product of it."""

    contract_no: Series[str] = described(
        kind="code",
        fi="Sopimuksen numero",
        en="Contract number",
        required=True,
        max_length=40,
    )
    product_code: Series[str] = described(kind="code", fi="Tuote", en="Product code", max_length=40)
    service_code: Series[str] = described(kind="code", fi="Palvelu", en="Service code", max_length=40)
    termination_code: Series[str] = described(kind="code", fi="Päättymisen syy", en="Termination code", max_length=40)
    seller_id: Series[str] = described(
        kind="code",
        fi="Myyjän tunnus",
        en="Seller (MDO's employee)",
        data_class=DataClass.PERSONAL,
        origins=_OURS,
        max_length=40,
    )
    seller_org: Series[str] = described(
        kind="label", fi="Myyjän yksikkö", en="Seller's unit", origins=_OURS, max_length=80
    )
    opened_on: Series[datetime] = described(kind="date", fi="Avattu", en="Opened on")
    terminated_on: Series[datetime] = described(kind="date", fi="Irtisanottu", en="Terminated on")

    @pa.dataframe_check(name="dates_in_order")
    @classmethod
    def dates_in_order(cls, frame: pd.DataFrame) -> pd.Series:
        """Whether a contract does not end before it begins."""
        return ~(frame["terminated_on"] < frame["opened_on"])
