"""Kinds of value: one module per kind, each with ``clean(raw, **options)``.

Belongs here: what a single value must look like and its one canonical form. Does not belong here: whether a field is
required or how long it may be; that stands with the field in `schemas.records`.
"""

from __future__ import annotations

from collections.abc import Callable

from schemas.values import business_id, code, country, date, email, label, language, name, number, phone, vat
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
}
