"""Schema ``register``: what is left of records that have gone, in counts.

Belongs here: tables of counts by which nobody, and no company, can be told. Does not belong here: records
(`register.tables.records`), or evidence of what was deleted (`register.tables.privacy`).
"""

from __future__ import annotations

import sqlalchemy as sa

from register.tables.base import column, table

SCHEMA = "register"

_GROUP = ("product_code", "service_code", "first_year", "last_year")

#: Nobody reads it but retention: the view ``register.contract_statistic`` shows groups of five contracts or more.
contract_count = table(
    "contract_count",
    SCHEMA,
    column("product_code", sa.Text, nullable=True, about="The product; empty where the contracts named none"),
    column("service_code", sa.Text, nullable=True, about="The service; empty where the contracts named none"),
    column("first_year", sa.SmallInteger, nullable=True, about="The year in which they were opened"),
    column("last_year", sa.SmallInteger, nullable=True, about="The year in which they were terminated"),
    column("contracts", sa.BigInteger, about="How many have been deleted"),
    column("counted_on", sa.Date, about="The business date on which the last one was added"),
    sa.CheckConstraint("contracts > 0", name="contracts"),
    sa.Index("uq_contract_count_group", *_GROUP, unique=True, postgresql_nulls_not_distinct=True),
    about="Contracts that have been deleted, in numbers; of no customer.",
    retention="R3",
)

__all__ = ["contract_count"]
