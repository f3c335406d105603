"""Which pairs of records are scored: those that share something that few others share.

Belongs here: the blocks and their sizes. Does not belong here: how likely a pair is (`comparisons`).
"""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from register.statements import fragment

#: What two records must share to be looked at, as columns of `person`, and how many records may share a value.
BLOCKS = (
    ("email", 10),
    ("phone", 10),
    ("username", 10),
    ("subject", 10),
    ("employer || '|' || employee_number", 10),
    ("name_key || '|' || employer", 10),
    ("name_key", 6),
    ("employer || '|' || left(last_name, 4) || '|' || left(first_name, 2)", 12),
    ("mailbox_plain || '@' || domain", 10),
)


def find(
    connection: duckdb.DuckDBPyConnection, touched: Collection[int] | None, across: Collection[tuple[int, int]]
) -> int:
    """Fills `candidate` from `person`; returns how many pairs there are.

    Args:
        touched: records of which one at least is in every pair; None means all.
        across: pairs of customers whose records may meet, the smaller id first; else only those of one customer meet.
    """
    scope = "" if across else "customer_id, "
    blocks = [
        fragment("scoring_block").format(number=number, value=value, most=most, scope=scope)
        for number, (value, most) in enumerate(BLOCKS)
    ]
    connection.execute("create table block as " + " union all ".join(blocks))
    within = "other.customer_id = mine.customer_id"
    if across:
        met = ", ".join(f"({int(one)}, {int(other)})" for one, other in across)
        sides = "least(mine.customer_id, other.customer_id), greatest(mine.customer_id, other.customer_id)"
        within = f"({within} or ({sides}) in ({met}))"
    asked = ""
    if touched is not None:
        asked = "where join_key_l in (select record_id from touched) or join_key_r in (select record_id from touched)"
        connection.execute("create table touched (record_id bigint)")
        connection.execute("insert into touched select unnest(?::bigint[])", [[int(one) for one in touched]])
    connection.execute(fragment("scoring_candidates").format(within=within, asked=asked))
    connection.execute("drop table block")
    return int(connection.execute("select count(*) from candidate").fetchall()[0][0])
