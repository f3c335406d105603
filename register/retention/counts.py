"""What is left of contracts that have gone: counts by product, service and years (R3).

Belongs here: adding to them in the transaction that deletes, and reading what may be read. Does not belong here: which
contracts go (`register.retention.records`), or what was deleted when (`register.evidence`).

A group of fewer than five contracts is shown to nobody, since it may be one customer's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from register.statements import statement


@dataclass(frozen=True)
class Group:
    """Contracts of one product and service that began and ended in the same years.

    Attributes:
        contracts: how many; five or more.
    """

    product_code: str | None
    service_code: str | None
    first_year: int | None
    last_year: int | None
    contracts: int


def add_doomed(connection: sa.Connection, business_date: date) -> None:
    """Adds the contracts of the temporary table ``doomed``, which go in the same transaction."""
    connection.execute(statement("count_doomed_contracts"), {"business_date": business_date})


def shown(connection: sa.Connection) -> list[Group]:
    """The groups that may be shown."""
    return [Group(**row._mapping) for row in connection.execute(statement("contract_statistic"))]
