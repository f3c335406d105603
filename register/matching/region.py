"""The part of a customer's records that a run computes anew, and the pairs in it that a rule would join.

Belongs here: finding touched records, renewing their keys, and following keys and links until nobody outside can be
concerned. Does not belong here: the rules (`register.matching.rules`), or what follows from the pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from register.matching import clusters, rules
from register.matching.keys import MOST_SHARING, ROLE_MAILBOX, folded
from register.matching.rules import Pairs
from register.statements import statement
from register.tables.matching import KEYS, person_key

_COLUMNS = [column.name for column in person_key.columns]
#: What the rules look at, and the type that keeps it apart from a missing one.
_COMPARED = {
    "record_id": "int64",
    "source_id": "int64",
    **dict.fromkeys(("first_name", "last_name", "name_key"), "str"),
    **dict.fromkeys(("email", "phone", "employee", "username", "subject", "employer", "employee_number"), "str"),
    "employed_from": "datetime64[s]",
    "employed_to": "datetime64[s]",
    "self_reported": "bool",
    "absent": "bool",
}

#: From so many touched records on the planner must be told how the tables have grown: a look at 100,000 records takes
#: a second then, and a minute otherwise.
MANY = 5_000


@dataclass(frozen=True)
class Region:
    """What was found.

    Attributes:
        touched: how many records had come, changed or gone.
        nodes: what its records are compared by, by record id, of every record in a pair.
        proposed: a, b, rule; without vetoed pairs.
        same, different: a, b: the standing decisions of the region's records.
    """

    touched: int
    nodes: pd.DataFrame
    proposed: pd.DataFrame
    same: pd.DataFrame
    different: pd.DataFrame


def find(
    connection: sa.Connection, customer_id: int, sources: list[int], *, everything: bool, records: Iterable[int]
) -> Region:
    """Finds the region, and leaves it in the temporary table `region`.

    Args:
        everything: compute all of the customer's records anew.
        records: ids to be looked at, whether or not they have changed.
    """
    parameters: dict[str, object] = {
        "customer_id": customer_id,
        "sources": sources,
        "everything": everything,
        "records": list(records),
        "most": MOST_SHARING,
        "role_mailbox": ROLE_MAILBOX,
    }

    def run(name: str, **names: str) -> int:
        return connection.execute(statement(name, **names), parameters).rowcount

    run("unmatched_batches")
    touched = max(run("find_touched"), 0)
    connection.execute(sa.text("analyze touched"))
    everything = everything or bool(connection.scalar(statement("all_are_touched"), parameters))
    parameters["everything"] = everything
    _renew_keys(run)
    if touched > MANY:
        connection.execute(sa.text("analyze register.person_key"))
    run("begin_region")
    run("begin_frontier")
    run("begin_pairs")
    if not everything:
        for key in KEYS:
            run("widen_by_key", key=key)
    decided = _frame(connection, "decided_links", parameters)
    nodes, proposed = _nodes([]), pd.DataFrame({"a": [], "b": [], "rule": []}).astype({"a": "int64", "b": "int64"})
    while True:
        if not everything:
            run("widen_by_members")
        connection.execute(sa.text("truncate frontier, pair"))
        if not run("fill_frontier"):
            break
        connection.execute(sa.text("analyze frontier"))
        for key in KEYS:
            run("find_pairs", key=key, concerned="true" if everything else str(statement("keys_of_frontier", key=key)))
        run("settle_region")
        nodes = pd.concat([nodes, _nodes(_rows(connection, "keys_of_pairs", {}, columns=", ".join(_COMPARED)))])
        nodes = nodes[~nodes.index.duplicated()]
        found = _propose(nodes, _pairs(connection), decided)
        proposed = pd.concat([proposed, found]).drop_duplicates(["a", "b"], ignore_index=True)
        if everything:
            break
        ends = pd.unique(pd.concat([found["a"], found["b"]]))
        connection.execute(statement("widen_by_records"), {"records": [int(one) for one in ends]})
    same, different, lacking = _decisions(connection, decided, nodes)
    return Region(touched, pd.concat([nodes, lacking]), proposed, same, different)


def _renew_keys(run: Callable[..., int]) -> None:
    run(
        "make_keys",
        first_name=folded("record.first_name"),
        last_name=folded("record.last_name"),
        whole_name=folded("concat_ws(' ', record.first_name, record.last_name)"),
        employer_name=folded("employment.employer_name"),
    )
    run(
        "find_changed_keys",
        was=", ".join(f"made.{key} as was_{key}" for key in KEYS),
        now=", ".join(f"now.{key} as now_{key}" for key in KEYS),
        made_columns=", ".join(f"made.{name}" for name in _COLUMNS),
        now_columns=", ".join(f"now.{name}" for name in _COLUMNS),
    )
    run("remove_keys")
    run("write_keys", columns=", ".join(_COLUMNS))


def _propose(nodes: pd.DataFrame, pairs: pd.DataFrame, decided: pd.DataFrame) -> pd.DataFrame:
    """Of the pairs that share a key, those that a rule would join and nothing keeps apart: a, b, rule."""
    if pairs.empty:
        return pairs.assign(rule=[])
    pairs = pairs[~clusters.contains(decided, pairs["a"], pairs["b"])]
    compared = Pairs(nodes, pairs["a"], pairs["b"])
    rule = pd.Series(rules.automatic(compared), index=pairs.index, dtype=object)
    return pairs.assign(rule=rule)[rule.notna() & ~rules.vetoed(compared)]


def _decisions(
    connection: sa.Connection, decided: pd.DataFrame, nodes: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Standing decisions between records that there are: same, different; and their keys that nodes lack."""
    asked = sa.text(
        f"select {', '.join(_COMPARED)} from register.person_key "
        "where record_id = any(:records) and record_id in (select record_id from region)"
    )
    ends = pd.unique(pd.concat([decided["a"], decided["b"]]))
    wanted = [int(one) for one in ends if one not in nodes.index]
    lacking = _nodes(connection.execute(asked, {"records": wanted}).all() if wanted else [])
    known = nodes.index.union(lacking.index)
    decided = decided[decided["a"].isin(known) & decided["b"].isin(known)]
    same, different = (decided.loc[decided["verdict"] == verdict, ["a", "b"]] for verdict in ("same", "different"))
    return same, different, lacking


def _pairs(connection: sa.Connection) -> pd.DataFrame:
    return pd.DataFrame(connection.execute(statement("pairs")).all(), columns=["a", "b"]).astype("int64")


def _frame(connection: sa.Connection, name: str, parameters: dict[str, object]) -> pd.DataFrame:
    found = pd.DataFrame(_rows(connection, name, parameters), columns=["a", "b", "verdict"])
    return found.astype({"a": "int64", "b": "int64"})


def _rows(connection: sa.Connection, name: str, parameters: dict[str, object], **names: str) -> Sequence[Any]:
    return connection.execute(statement(name, **names), parameters).all()


def _nodes(rows: Sequence[Any]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(_COMPARED)).astype(_COMPARED).set_index("record_id")
