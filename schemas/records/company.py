"""G1: a company as one customer's register knows it.

Belongs here: who the company is. Does not belong here: billing and collection (a group of its own), or bank accounts
and credit data (never stored).
"""

from __future__ import annotations

from typing import Any

from schemas.records.base import DataClass, Origin, RecordModel, Series
from schemas.records.base import described as described_by

_ORIGINS = (Origin.CUSTOMER_REGISTER, Origin.SELF_REPORTED, Origin.OPERATOR)


def described(**about: Any) -> Any:
    """A field about a company, which is one about a person where the company is a sole trader (RS-26)."""
    return described_by(data_class=DataClass.COMPANY_OR_SOLE_TRADER, origins=_ORIGINS, **about)


class Company(RecordModel):
    """One company record; foreign companies have no Finnish business id."""

    company_name: Series[str] = described(
        kind="label", fi="Yrityksen nimi", en="Company name", required=True, max_length=200
    )
    business_id: Series[str] = described(
        kind="business_id", fi="Y-tunnus", en="Finnish business id", str_matches=r"^\d{7}-\d$"
    )
    vat_number: Series[str] = described(kind="vat", fi="ALV-tunniste", en="VAT number", max_length=16)
    country: Series[str] = described(
        kind="country", fi="Maa", en="Country (ISO 3166-1 alpha-2)", str_matches=r"^[A-Z]{2}$"
    )
    is_sole_trader: Series[str] = described(
        kind="boolean", fi="Toiminimi", en="Sole trader: then the company is a person", isin=["true", "false"]
    )
