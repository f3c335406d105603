"""Kinds of value: one module per kind, each with ``clean(raw, **options)``.

Belongs here: what a single value must look like and its one canonical form. Does not belong here: whether a field is
required or how long it may be; that stands with the field in `schemas.records`.
"""

from __future__ import annotations

from collections.abc import Callable

from schemas.values import (
    boolean,
    business_id,
    code,
    coordinate,
    count,
    country,
    currency,
    date,
    einvoice_address,
    email,
    ip_network,
    issuer,
    label,
    language,
    money,
    name,
    number,
    payment_reference,
    phone,
    postal_code,
    timestamp,
    username,
    vat,
)
from schemas.values.base import Cleaned

__all__ = ["CLEANERS", "Cleaned"]

#: The cleaner of each kind that a field of `schemas.records` may have.
CLEANERS: dict[str, Callable[..., Cleaned]] = {
    "name": name.clean,
    "label": label.clean,
    "email": email.clean,
    "phone": phone.clean,
    "date": date.clean,
    "business_id": business_id.clean,
    "vat": vat.clean,
    "country": country.clean,
    "language": language.clean,
    "code": code.clean,
    "number": number.clean,
    "count": count.clean,
    "boolean": boolean.clean,
    "timestamp": timestamp.clean,
    "money": money.clean,
    "currency": currency.clean,
    "payment_reference": payment_reference.clean,
    "einvoice_address": einvoice_address.clean,
    "postal_code": postal_code.clean,
    "latitude": coordinate.latitude,
    "longitude": coordinate.longitude,
    "ip_network": ip_network.clean,
    "username": username.clean,
    "issuer": issuer.clean,
}
