"""G2: where a company takes its invoices.

Belongs here: postal and electronic addresses for invoices, and whom to ask about them. Does not belong here: bank
accounts, cards, credit ratings and payment defaults (never stored), or invoices (`schemas.records.invoice`).
"""

from __future__ import annotations

from typing import Any

from schemas.records.base import DataClass, Origin, RecordModel, Series
from schemas.records.base import described as described_by

_ORIGINS = (Origin.CUSTOMER_REGISTER, Origin.OPERATOR)


def described(**about: Any) -> Any:
    """A field about a company, by the customer's register or by MDO's own ledger."""
    return described_by(**{"data_class": DataClass.COMPANY_OR_SOLE_TRADER, "origins": _ORIGINS, **about})


class Billing(RecordModel):
    """How the row's company is billed."""

    street: Series[str] = described(kind="label", fi="Laskutusosoite", en="Billing street or box", max_length=120)
    postal_code: Series[str] = described(kind="postal_code", fi="Postinumero", en="Postal code", max_length=12)
    city: Series[str] = described(kind="label", fi="Postitoimipaikka", en="City", max_length=80)
    country: Series[str] = described(
        kind="country", fi="Laskutusmaa", en="Billing country (ISO 3166-1)", str_matches=r"^[A-Z]{2}$"
    )
    einvoice_address: Series[str] = described(
        kind="einvoice_address", fi="Verkkolaskuosoite", en="Electronic invoice address", max_length=35
    )
    einvoice_operator: Series[str] = described(
        kind="code", fi="Verkkolaskuoperaattori", en="Electronic invoice operator", max_length=35
    )
    billing_contact: Series[str] = described(
        kind="code",
        fi="Laskutuksen yhteyshenkilön tunniste",
        en="The billing contact's own key in the customer's registers (RS-26)",
        data_class=DataClass.PERSONAL,
        max_length=64,
    )
