"""Which tokens a person leaves behind.

Belongs here: from the rows that go to tokens (SUP-10: every alias and every key). Does not belong here: removing the
rows, or the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pandas as pd
import sqlalchemy as sa

from register.erasure.subjects import Identifiers
from register.matching.keys import ROLE_MAILBOX
from register.statements import fragment, statement
from register.suppression import tokens
from register.suppression.keys import OWN
from schemas.canonical import TRAITS, canonical, email

Maker = Callable[[str, str], bytes]


def traits(connection: sa.Connection, source_id: int | None = None) -> pd.DataFrame:
    """What the doomed rows say of their persons, or all rows of one source.

    Returns:
        `TRAITS`, key, source, customer, role, and whether the register holds a person (``held``). ``whole`` says that
        the row is a person's; another one is a company's with its contact person.
    """
    name = "subject_traits" if source_id is None else "register_traits"
    query = statement(name, traits=fragment("traits_of_rows"))
    parameters = {} if source_id is None else {"source_id": source_id}
    result = connection.execute(query, parameters)
    frame = pd.DataFrame(result.all(), columns=list(result.keys()))
    texts = dict.fromkeys(("source", "customer", "key", "role", *TRAITS), "str")
    return frame.astype({**texts, "source_id": "int64", "customer_id": "int64", "whole": "bool", "held": "bool"})


def controllers(rows: pd.DataFrame) -> pd.Series:
    """Whose list each row belongs to."""
    return rows["customer_id"].where(rows["role"] == "processor", OWN)


def logins(rows: pd.DataFrame, controller: int) -> pd.DataFrame:
    """The rows with the service's user ids by which a controller's events name their person.

    Locations, actions and messages say nothing else of whose they are, and their account may be another controller's:
    that of MDO Group, where the events are processed for the customer.
    """
    return rows[rows["user_id"].notna() & ((rows["customer_id"] == controller) | (controller == OWN))]


def made(
    connection: sa.Connection, rows: pd.DataFrame, said: Identifiers, make: Maker, *, logins: pd.DataFrame | None = None
) -> list[tuple[str, bytes]]:
    """The tokens of one person: kind and token.

    Args:
        rows: `traits` of the rows that go, all of one controller.
        said: what the request named him by; it may be more than any register has.
        logins: rows that go of whichever controller, of whose user ids tokens are made, too.
    """
    rows = _without_shared(connection, rows.reset_index(drop=True))
    found: set[tuple[str, bytes]] = set()
    for customer, part in () if logins is None else logins.groupby("customer"):
        forms = canonical(part[["key", "user_id"]].reset_index(drop=True), customer=str(customer))
        found |= _of(forms, "user_id", "", make)
    names = set(said.names)
    mailboxes = {one for one in said.emails if not re.match(ROLE_MAILBOX, one)}
    shared = _shared(connection, "work_email", mailboxes)
    alone: dict[str, set[str]] = {
        "email": set(email(pd.Series(sorted(mailboxes - shared), dtype="str"))),
        "phone": set(said.phones) - _shared(connection, "work_phone", said.phones),
        "username": set(),
    }
    for _, part in rows.groupby(["customer", "source"]):
        customer, source = str(part["customer"].iloc[0]), str(part["source"].iloc[0])
        forms = canonical(part, customer=customer)
        names |= set(forms["name"].dropna()) if "name" in forms else set()
        for kind in alone:
            alone[kind] |= set(forms[kind].dropna()) if kind in forms else set()
        for kind in ("user_id", "subject", tokens.WEAK):
            found |= _of(forms, kind, source, make)
        found |= _of(forms[part["whole"]], "source_ref", source, make)
        found |= _of(forms[~part["whole"]], "ref_name", source, make)
    for kind, value, name in _pairs(alone, names):
        if name is None:
            found.add((kind, make(kind, value)))
        else:
            found |= _of(pd.DataFrame({kind: [value], "name": [name]}, dtype="str"), f"{kind}_name", "", make)
    return sorted(found)


def _pairs(alone: dict[str, set[str]], names: set[str]) -> Iterator[tuple[str, str, str | None]]:
    """Each address, number and user name with each name that the person has had."""
    for kind, some in alone.items():
        for value in sorted(some):
            yield kind, value, None
            for name in sorted(names):
                yield kind, value, name


def _of(forms: pd.DataFrame, kind: str, source: str, make: Maker) -> set[tuple[str, bytes]]:
    return {(kind, token) for token in tokens.of(forms, [kind], source, make)["token"]} if len(forms) else set()


def _without_shared(connection: sa.Connection, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without mailboxes of roles and without what several others have, too: nobody's own."""
    rows = rows.copy()
    for field in ("work_email", "username"):
        rows[field] = rows[field].mask(rows[field].str.lower().str.match(ROLE_MAILBOX).fillna(False).astype(bool))
    for field in ("work_email", "work_phone"):
        shared = _shared(connection, field, rows[field].dropna().unique())
        rows[field] = rows[field].mask(np.asarray(rows[field].isin(shared)))
    return rows


def _shared(connection: sa.Connection, field: str, values: Iterable[str]) -> set[str]:
    """Which of the values several others have, too."""
    asked = list(values)
    if not asked:
        return set()
    return {row.value for row in connection.execute(statement("shared_by_many", field=field), {"values": asked})}
