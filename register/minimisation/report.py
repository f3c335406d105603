"""What the register holds and should not, in numbers.

Belongs here: findings of the scans, fields that nobody fills, orphaned persons, locations, shared mailboxes. Does not
belong here: looking for anything in a value (`register.minimisation.scan`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import sqlalchemy as sa

from register.matching.keys import ROLE_MAILBOX
from register.statements import statement
from schemas.records.location import FINEST_M
from schemas.retention import Policy

#: A field filled in a smaller share of the records for 90 days is one that nobody fills (MIN-14).
FILLED_SHARE = 0.01
#: Days after which an orphaned person must carry the trigger of its retention (MIN-15).
PATIENCE_DAYS = 30
#: Persons from which on a mailbox is nobody's own (MIN-19).
SHARED_BY = 3

_ZONE = ZoneInfo("Europe/Helsinki")


@dataclass(frozen=True)
class Found:
    """What a detector found in one field of one source's records.

    Attributes:
        since: the business date on which the oldest of them was found.
        some: ids of some of the records.
    """

    source: str
    record_type: str
    field: str
    rule: str
    records: int
    since: date
    some: Sequence[int]


@dataclass(frozen=True)
class EmptyField:
    """A field that hardly any record of a source fills."""

    source: str
    record_type: str
    field: str
    records: int
    filled: int


@dataclass(frozen=True)
class Orphans:
    """Persons whom nothing keeps: how many, those of them past `PATIENCE_DAYS` without a trigger, and some of these."""

    persons: int
    unmarked: int
    some: Sequence[int]


@dataclass(frozen=True)
class Locations:
    """Points: all, and those that are finer, older or more exact than they may be."""

    points: int
    too_fine: int
    too_old: int
    too_exact: int


@dataclass(frozen=True)
class Mailboxes:
    """Mailboxes that are nobody's own: by their name, and because several persons have them."""

    role: int
    shared: int


def findings(connection: sa.Connection) -> list[Found]:
    """What stands in the register now and was found, most records first."""
    return [Found(**row._mapping) for row in connection.execute(statement("scan_findings"))]


def empty_fields(connection: sa.Connection, on: date) -> list[EmptyField]:
    """Fields that nobody has filled for 90 days; none before the counts are as old."""
    rows = connection.execute(statement("empty_fields"), {"on": on, "share": FILLED_SHARE})
    return [EmptyField(**row._mapping) for row in rows]


def orphans(connection: sa.Connection, on: date) -> Orphans:
    """Persons without relation, account, consent or open claim."""
    found = connection.execute(statement("orphans"), {"on": on, "patience": PATIENCE_DAYS}).one()
    return Orphans(found.persons, found.unmarked, found.some or [])


def locations(connection: sa.Connection, policy: Policy, on: date) -> Locations:
    """Points that are finer or older than the policy lets them be: a day counts in full (policy 3.2)."""

    def until(do: str, to: str = "") -> datetime:
        return _midnight(policy.step("location", do, to=to).after.first_day_within(pd.Timestamp(on)))

    parameters: dict[str, Any] = {
        "precise_until": until("coarsen", "hour"),
        "placed_until": until("coarsen", "date"),
        "kept_until": until("drop"),
        "accuracy": FINEST_M,
    }
    return Locations(**connection.execute(statement("locations"), parameters).one()._mapping)


def mailboxes(connection: sa.Connection) -> Mailboxes:
    """Mailboxes that are no person's."""
    parameters = {"persons": SHARED_BY, "role_mailbox": ROLE_MAILBOX}
    return Mailboxes(**connection.execute(statement("shared_mailboxes"), parameters).one()._mapping)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), _ZONE)
