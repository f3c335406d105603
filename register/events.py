"""What events refer to: accounts, tasks and emergencies, and the pseudonyms of actions.

Belongs here: asking the register for them, for many events at once. Does not belong here: what becomes of an event that
refers to nothing (`assets.events`).
"""

from __future__ import annotations

import uuid

import pandas as pd
import sqlalchemy as sa

from register.statements import statement


def names_no_account(connection: sa.Connection, customer_id: int, user_ids: pd.Series) -> pd.Series:
    """Which of the service's user ids no account of the customer has: a boolean mask over the same index."""
    wanted = sorted(user_ids.dropna().unique())
    found = connection.scalars(statement("known_accounts"), {"customer_id": customer_id, "user_ids": wanted})
    return ~user_ids.isin(set(found))


def is_not_necessary(connection: sa.Connection, customer_id: int, event_ids: pd.Series, at: pd.Series) -> pd.Series:
    """Which of the locations fall into no task or emergency (RS-23): a boolean mask over the same index.

    Args:
        event_ids: the task or emergency that each location names.
        at: when each was observed, ``datetime64[us, UTC]``. A task's own first and last instant belong to it.
    """
    wanted = sorted(event_ids.dropna().unique())
    found = connection.execute(statement("necessity_events"), {"customer_id": customer_id, "event_ids": wanted}).all()
    known = pd.DataFrame(found, columns=["event_id", "started_at", "ended_at"])
    known = known.astype({"started_at": at.dtype, "ended_at": at.dtype})
    points = pd.DataFrame({"event_id": event_ids, "at": at}).reset_index(names="point")
    both = points.merge(known, on="event_id")
    inside = (both["at"] >= both["started_at"]) & ~(both["at"] > both["ended_at"])
    return pd.Series(~event_ids.index.isin(both.loc[inside, "point"]), index=event_ids.index)


def pseudonyms(
    connection: sa.Connection, customer_id: int, user_ids: pd.Series, months: pd.Series, *, keep: bool
) -> pd.Series:
    """What actions carry in place of the user's id: one random name for each user and month (R6).

    Args:
        months: the first day of the local month of each action, ``datetime64``.
        keep: whether new names are written down; a dry run leaves none.
    """
    pairs = pd.DataFrame({"month": months.dt.date, "user_id": user_ids}).reset_index(drop=True)
    wanted = pairs.drop_duplicates(ignore_index=True)

    def held() -> pd.DataFrame:
        asked = {"customer_id": customer_id, "months": list(wanted["month"]), "user_ids": list(wanted["user_id"])}
        found = connection.execute(statement("find_pseudonyms"), asked).all()
        return wanted.merge(
            pd.DataFrame(found, columns=["month", "user_id", "pseudonym"]), how="left", on=["month", "user_id"]
        )

    known = held()
    lacking = known["pseudonym"].isna()
    if lacking.any():
        known["pseudonym"] = known["pseudonym"].astype("object")
        known.loc[lacking, "pseudonym"] = [str(uuid.uuid4()) for _ in range(int(lacking.sum()))]
        if keep:
            new = known.loc[lacking]
            written = {
                "customer_id": customer_id,
                "months": list(new["month"]),
                "user_ids": list(new["user_id"]),
                "pseudonyms": list(new["pseudonym"]),
            }
            connection.execute(statement("write_pseudonyms"), written)
            known = held()  # another source of the customer may have written the same pair first
    named = pairs.merge(known, how="left", on=["month", "user_id"])["pseudonym"]
    return pd.Series(named.astype("str").array, index=user_ids.index)
