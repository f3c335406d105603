"""Events that are left of a person whose account has gone before them.

Belongs here: finding them by the token of the account's user id, and dooming them. Does not belong here: events of
accounts that go in the same run, which `register.removal` finds.

An account may be MDO Group's own while locations, actions and messages are processed for the customer. They stay when
the person asks, and go once the customer has instructed us; by then nothing but the list of erased persons tells whose
they are.
"""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from register.database import driver
from register.statements import statement
from register.suppression import entries, tokens
from register.suppression.vault import Vault, check_keys
from register.tables.erasure import suppression
from register.tables.records import RECORD_TABLES
from schemas.canonical import canonical
from schemas.catalogue import RECORD_TYPES

_COLUMNS = ["customer_id", "customer", "user_id"]


def find(
    connection: sa.Connection,
    vault: Vault,
    controller: int,
    *,
    case: str | None = None,
    customers: list[int] | None = None,
) -> pd.DataFrame:
    """The users on a controller's list of whom there are events and no account.

    Args:
        case: only who was erased under it.
        customers: only events of these; by default of all.

    Returns:
        ``customer_id``, ``customer``, ``user_id``, and ``key`` for `schemas.canonical`.
    """
    table = suppression
    asked = sa.select(table.c.token).where(table.c.controller_id == controller, table.c.kind == "user_id")
    listed = set(connection.scalars(asked if case is None else asked.where(table.c.case_id == case)))
    if not listed:
        return pd.DataFrame(columns=[*_COLUMNS, "key"], dtype="str")
    rows = connection.execute(statement("users_without_account"), {"customers": customers}).all()
    users = pd.DataFrame(rows, columns=_COLUMNS).astype({"customer": "str", "user_id": "str"})
    users["key"] = users["user_id"]
    keys = check_keys(connection, vault, controller, entries.controller_name(connection, controller))
    hit: set[int] = set()
    for customer, part in users.groupby("customer"):
        forms = canonical(part[["key", "user_id"]], customer=str(customer))
        for key in keys.values():
            made = tokens.of(forms, ["user_id"], "", tokens.maker(key))
            hit |= set(made.loc[made["token"].isin(listed), "at"])
    return users.loc[sorted(hit)]


def doom(connection: sa.Connection, users: pd.DataFrame) -> None:
    """Dooms the events of users, after `register.removal.extend`."""
    if users.empty:
        return
    with driver(connection).cursor() as cursor:
        several = [(int(row.customer_id), row.user_id) for row in users.itertuples()]
        cursor.executemany("insert into doomed_user (customer_id, user_id) values (%s, %s)", several)
    for record in RECORD_TYPES.values():
        if record.happened and record.name != "action":
            text = statement("doom_events", record_type=record.name, table=str(RECORD_TABLES[record.name]))
            connection.execute(text)
    connection.execute(statement("doom_actions"))
