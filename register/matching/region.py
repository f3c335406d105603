"""The part of a customer's records that a run computes anew, and the pairs in it that a rule would join.

Belongs here: finding touched records, renewing their keys, and following keys and links until nobody outside can be
concerned. Does not belong here: the rules (`register.matching.rules`), or what follows from the pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from register import arrow, bulk
from register.matching import clusters, rules
from register.matching.keys import MOST_SHARING, ROLE_MAILBOX, folded
from register.matching.pairs import sharing
from register.matching.rules import Mask, Pairs
from register.statements import fragment, statement
from register.tables.matching import KEYS, person_key

_COLUMNS = [column.name for column in person_key.columns]
#: What the rules look at, and the type that keeps it apart from a missing one.
COMPARED = {
    "record_id": pa.int64(),
    "source_id": pa.int64(),
    **dict.fromkeys(("first_name", "last_name", "name_key"), pa.string()),
    **dict.fromkeys(("email", "phone", "employee", "username", "subject", "employer", "employee_number"), pa.string()),
    "employed_from": pa.timestamp("s"),
    "employed_to": pa.timestamp("s"),
    "self_reported": pa.bool_(),
    "absent": pa.bool_(),
}

#: Where more than one record in so many is touched, all are computed at once: it takes less than following their keys.
MOST_FOLLOWED = 3

Run = Callable[..., int]


@dataclass(frozen=True)
class Region:
    """What was found.

    Attributes:
        touched: how many records had come, changed or gone.
        nodes: what its records are compared by, by record id, of every record in a pair.
        proposed: a, b, rule; without vetoed pairs and those that somebody has decided.
        same, different: a, b: the standing decisions of the region's records.
    """

    touched: int
    nodes: pd.DataFrame
    proposed: pd.DataFrame
    same: pd.DataFrame
    different: pd.DataFrame


def find(
    connection: sa.Connection,
    customer_id: int,
    sources: Sequence[int],
    batches: Sequence[int],
    *,
    everything: bool,
    records: Iterable[int],
) -> Region | None:
    """Finds the region, and leaves it in the temporary table `region`; None where nothing was touched.

    Args:
        sources: the customer's sources.
        batches: those that have not been matched yet.
        everything: compute all of the customer's records anew.
        records: ids to be looked at, whether or not they have changed.
    """
    parameters: dict[str, object] = {
        "customer_id": customer_id,
        "sources": sources,
        "batches": batches,
        "records": list(records),
        "most": MOST_SHARING,
        "role_mailbox": ROLE_MAILBOX,
    }

    def run(name: str, **names: str) -> int:
        return connection.execute(statement(name, **names), parameters).rowcount

    if not (everything or batches or parameters["records"] or connection.scalar(statement("asked_again"), parameters)):
        return None
    touched, everything = _touch(connection, run, parameters, everything=everything)
    bulk.describe(connection, ["touched"])
    if not touched:
        connection.execute(sa.text("drop table touched"))
        return None
    nodes, proposed = _everything(connection, run) if everything else _around(connection, run, parameters)
    decided = pd.DataFrame(connection.execute(statement("decided_links")).all(), columns=["a", "b", "verdict"])
    decided = decided.astype({"a": "int64", "b": "int64"})
    decided = decided[decided["a"].isin(nodes.index) & decided["b"].isin(nodes.index)]
    proposed = proposed[~clusters.contains(decided, proposed["a"], proposed["b"])]
    same, different = (decided.loc[decided["verdict"] == verdict, ["a", "b"]] for verdict in ("same", "different"))
    return Region(touched, nodes, proposed, same, different)


def _touch(connection: sa.Connection, run: Run, parameters: dict[str, object], *, everything: bool) -> tuple[int, bool]:
    """Leaves in `touched` what must be looked at: how many records, and whether all of them are computed anew."""

    def known_at_least(many: int) -> bool:
        return bool(connection.scalar(statement("known_at_least"), parameters | {"many": many}))

    if everything or not known_at_least(1):
        return run("touch_everything"), True
    touched = run("find_touched")
    if not touched or known_at_least(MOST_FOLLOWED * touched):
        return touched, False
    connection.execute(sa.text("drop table touched"))
    run("touch_everything")
    return touched, True


def _everything(connection: sa.Connection, run: Run) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All records are compared at once."""
    _write_keys(connection, run)
    run("begin_region")
    bulk.describe(connection, ["region"])
    nodes = _nodes(connection, "region")
    return nodes, _propose(nodes, np.ones(len(nodes), dtype=bool))


def _around(connection: sa.Connection, run: Run, parameters: dict[str, object]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Round by round: who shares a key with the records of the last one, is of their persons, or would be joined."""
    run("remember_keys", was=", ".join(f"made.{key} as was_{key}" for key in KEYS))
    _write_keys(connection, run)
    run("begin_region")
    connection.execute(sa.text("alter table region add primary key (record_id)"))
    run("begin_near")
    for key in KEYS:
        run("widen_by_key", key=key)
    sharers = " union ".join(str(statement("sharers", key=key)) for key in KEYS)
    found = []
    for number in count():
        parameters["round"] = number
        bulk.describe(connection, ["region"])
        if not run("find_near", sharers=sharers):
            break
        bulk.describe(connection, ["near"])
        nodes = _nodes(connection, "near")
        asked = arrow.read(connection, statement("round_of_region", round=str(number)).text, {"record_id": pa.int64()})
        proposed = _propose(nodes, nodes.index.isin(asked["record_id"].to_numpy()))
        found.append((nodes, proposed))
        run("widen_by_members")
        parameters["records"] = np.unique(proposed[["a", "b"]]).tolist()
        run("widen_by_records")
        connection.execute(sa.text("truncate near"))
    connection.execute(sa.text("drop table key_was, near"))
    nodes, proposed = (pd.concat(frames) for frames in zip(*found, strict=True))
    return nodes[~nodes.index.duplicated()].sort_index(), proposed.drop_duplicates(["a", "b"], ignore_index=True)


def _write_keys(connection: sa.Connection, run: Run) -> None:
    """Brings the keys of the touched records up to date; leaves those that are new in `key_now`."""
    new = run(
        "make_keys",
        first_name=folded("record.first_name"),
        last_name=folded("record.last_name"),
        employer_name=folded("employment.employer_name"),
        columns=", ".join(f"now.{name}" for name in _COLUMNS),
        made_columns=", ".join(f"(now.made).{name}" for name in _COLUMNS),
    )
    bulk.describe(connection, ["key_now"])
    gone = run("remove_keys")
    table = str(person_key)
    with bulk.indexed_afterwards(connection, [table], new):
        run("write_keys", columns=", ".join(_COLUMNS))
    if new - gone >= bulk.DESCRIBED:
        bulk.describe(connection, [table])


def _propose(nodes: pd.DataFrame, asked: Mask) -> pd.DataFrame:
    """Of the pairs that share a key, those that a rule would join and no veto keeps apart: a, b, rule."""
    pairs = sharing(nodes, asked)
    compared = Pairs(nodes, pairs["a"], pairs["b"])
    rule = pd.Series(rules.automatic(compared), index=pairs.index, dtype=object)
    return pairs.assign(rule=rule)[rule.notna() & ~rules.vetoed(compared)]


def _nodes(connection: sa.Connection, wanted: str) -> pd.DataFrame:
    query = fragment("keys_of").format(columns=", ".join(COMPARED), wanted=wanted)
    return nodes_of(arrow.read(connection, query, COMPARED))


def nodes_of(keys: pa.Table) -> pd.DataFrame:
    """Rows of `register.person_key` as the rules look at them: by record id, in order."""
    return keys.to_pandas().set_index("record_id").sort_index()
