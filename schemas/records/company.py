"""G1: a company as one customer's register knows it.

Belongs here: who the company is. Does not belong here: billing and collection (a group of its own), or bank accounts
and credit data (never stored).
"""

from __future__ import annotations

from schemas.records.base import DataClass, RecordModel, Series, described

_CLASS = DataClass.COMPANY_OR_SOLE_TRADER


class Company(RecordModel):
    """One company record; foreign companies have no Finnish business id."""

    company_name: Series[str] = described(
        kind="label", fi="Yrityksen nimi", en="Company name", data_class=_CLASS, required=True, max_length=200
    )
    business_id: Series[str] = described(
        kind="business_id", fi="Y-tunnus", en="Finnish business id", data_class=_CLASS, str_matches=r"^\d{7}-\d$"
    )
    vat_number: Series[str] = described(
        kind="vat", fi="ALV-tunniste", en="VAT number", data_class=_CLASS, max_length=16
    )
    country: Series[str] = described(
        kind="country", fi="Maa", en="Country (ISO 3166-1 alpha-2)", data_class=_CLASS, str_matches=r"^[A-Z]{2}$"
    )
