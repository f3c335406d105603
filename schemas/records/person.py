"""G1: a person as one customer's register knows them.

Belongs here: the contact details that the register description names. Does not belong here: identity codes, birth
dates, home addresses, private numbers, photographs (never stored), or the person made of several records (matching).
"""

from __future__ import annotations

from schemas.records.base import RecordModel, Series, described


class Person(RecordModel):
    """One person record; its key is the customer's own reference for the row."""

    last_name: Series[str] = described(kind="name", fi="Sukunimi", en="Family name", required=True, max_length=80)
    first_name: Series[str] = described(kind="name", fi="Etunimi", en="Given name", max_length=80)
    work_email: Series[str] = described(kind="email", fi="Työsähköposti", en="Work e-mail", max_length=254)
    work_phone: Series[str] = described(
        kind="phone", fi="Työpuhelin (E.164)", en="Work phone (E.164)", max_length=16, str_matches=r"^\+[1-9]\d{3,14}$"
    )
    notice_language: Series[str] = described(
        kind="language", fi="Tiedotuskieli", en="Language of notices", isin=["fi", "sv", "en"]
    )
