"""The one form in which what tells a person from others is compared after an erasure (SUP-03).

Belongs here: e-mail addresses, phone numbers, names, companies, user names and keys, each in its canonical form. Does
not belong here: the secret with which they become tokens (`register.suppression`), or what a register must deliver
(`schemas.values`), whose cleaned forms this starts from.
"""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.values import email as email_values
from schemas.values import phone as phone_values
from schemas.values import text
from schemas.values.key import SEPARATOR

#: What may be known of the person in a row, cleaned, as `Traits` has it.
TRAITS = (
    *("last_name", "first_name", "work_email", "work_phone", "employer_name", "employer_business_id"),
    *("username", "idp_issuer", "idp_subject", "user_id"),
)


def canonical(traits: pd.DataFrame, *, customer: str) -> pd.DataFrame:
    """The canonical forms of what is known of the persons in rows.

    Args:
        traits: ``key`` and some of `TRAITS`, cleaned (``str``).
        customer: whose register it is: the employer of whoever has no other, and the scope of user names.

    Returns:
        Over the same index, missing where nothing is known: ``key``, ``bare_key`` (without leading zeros), ``email`` (a
        user name that is a mailbox serves as one), ``phone``, ``name``, ``company``, ``username``, ``subject``,
        ``user_id``. A column of which no row can know anything is left out: what is asked of an ordinary night's few
        rows costs by the column.
    """
    known = {name: traits[name].astype("str") for name in TRAITS if name in traits and traits[name].notna().any()}
    forms = {"key": traits["key"].astype("str"), "bare_key": bare(traits["key"].astype("str"))}
    mailbox = known.get("work_email")
    if "username" in known:
        forms["username"] = customer + SEPARATOR + folded(known["username"])
        said = known["username"].where(known["username"].str.contains("@", regex=False).fillna(False).astype(bool))
        mailbox = said if mailbox is None else mailbox.fillna(said)
    if mailbox is not None:
        forms["email"] = email(mailbox)
    if "work_phone" in known:
        forms["phone"] = known["work_phone"]
    names = [known[name] for name in ("last_name", "first_name") if name in known]
    if names:
        parts = [text.to_arrow(name) for name in names]
        blank = pa.scalar(" ", pa.large_string())
        joined = pc.binary_join_element_wise(*parts, blank, null_handling="replace", null_replacement="")
        forms["name"] = fold_name(text.to_series(joined, traits.index))
    company = known.get("employer_business_id", pd.Series(None, index=traits.index, dtype="str"))
    if "employer_name" in known:
        company = company.fillna(fold_name(known["employer_name"]))
    forms["company"] = company.fillna(customer)
    if "idp_subject" in known and "idp_issuer" in known:
        forms["subject"] = known["idp_issuer"] + SEPARATOR + known["idp_subject"]
    if "user_id" in known:
        forms["user_id"] = customer + SEPARATOR + known["user_id"]
    return pd.DataFrame(forms, index=traits.index)


def email(cleaned: pd.Series) -> pd.Series:
    """Addresses as `schemas.values.email` cleans them, their domains in the letters of the wire (IDNA)."""
    addresses = folded(cleaned)
    odd = pc.fill_null(pc.invert(pc.string_is_ascii(text.to_arrow(addresses))), False).to_numpy(zero_copy_only=False)
    return addresses.where(~odd, addresses[odd].map(_on_the_wire).astype("str")) if odd.any() else addresses


def email_of(written: str) -> str | None:
    """One address as somebody writes it, in the register's form; None where it is none."""
    return _only(email_values.clean(pd.Series([written], dtype="str")).values)


def phone_of(written: str) -> str | None:
    """One number as somebody writes it, Finnish unless it says otherwise; None where it is none."""
    return _only(phone_values.clean(pd.Series([written], dtype="str"), region="FI").values)


def bare(keys: pd.Series) -> pd.Series:
    """Keys without leading zeros, part by part: exports lose them."""
    cells = pc.replace_substring_regex(text.to_arrow(keys), rf"(^|{SEPARATOR})0+([^{SEPARATOR}])", r"\1\2")
    return text.to_series(cells, keys.index)


def folded(cells: pd.Series) -> pd.Series:
    """Without regard to case, width and other compatible forms."""
    plain = text.compatible(text.to_arrow(cells))
    return text.to_series(plain, cells.index).str.casefold().astype("str")


def fold_name(cells: pd.Series) -> pd.Series:
    """Names by their letters and digits alone: no case, marks or punctuation, and the parts in one order."""
    plain = text.to_arrow(folded(cells))
    plain = pc.replace_substring_regex(pc.utf8_normalize(plain, "NFKD"), r"\p{M}+", "")
    plain = pc.replace_substring_regex(plain, r"[^\p{L}\p{N}]+", " ")
    ordered = [(" ".join(sorted(name.split())) or None) if name is not None else None for name in plain.to_pylist()]
    return text.to_series(pa.array(ordered, pa.large_string()), cells.index)


def _on_the_wire(address: str) -> str:
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def _only(values: pd.Series) -> str | None:
    return None if pd.isna(values.iloc[0]) else str(values.iloc[0])
