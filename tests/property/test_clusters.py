"""Whatever records there are: no person holds two that must not meet, and no order of theirs makes a difference."""

from __future__ import annotations

import random
from itertools import combinations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from register.matching import clusters, rules
from register.matching.rules import Pairs

KEYS = ("email", "phone", "employee", "username")


def one_of(*values: str | None) -> st.SearchStrategy[str | None]:
    return st.sampled_from(values)


RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "source_id": st.integers(1, 3),
            "first_name": one_of("matti", "marko", "matias", "elina", "elisa", None),
            "last_name": one_of("virtanen", "virtaneva", "nieminen"),
            "email": one_of("m@koe.fi", "m2@koe.fi", "e@koe.fi", None, None),
            "phone": one_of("+358401", "+358402", None, None),
            "employer": one_of("own", "id 1", "id 2", None),
            "employee_number": one_of("17", "18", "218", None),
            "username": one_of("a", "b", None, None),
            "self_reported": st.booleans(),
            "absent": st.sampled_from([False, False, True]),
        }
    ),
    min_size=2,
    max_size=9,
)
DECISIONS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.booleans()), max_size=3)


def nodes_of(records: list[dict], ids: list[int]) -> pd.DataFrame:
    frame = pd.DataFrame(records, index=pd.Index(ids))
    texts = ["first_name", "last_name", "email", "phone", "employer", "employee_number", "username"]
    frame[texts] = frame[texts].astype("str")
    frame["employee_number"] = frame["employee_number"].where(frame["employer"].notna())
    frame["employee"] = frame["employer"] + " " + frame["employee_number"]
    names = frame[["first_name", "last_name"]].apply(lambda row: " ".join(sorted(row.dropna())), axis=1)
    never = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
    return frame.assign(name_key=names, subject=pd.Series(dtype="str"), employed_from=never, employed_to=never)


def persons(nodes: pd.DataFrame, decided: list[tuple[int, int, bool]]) -> set[frozenset[int]]:
    """The persons of more than one record, found by comparing everybody with everybody who shares a key."""
    found = [
        (a, b)
        for a, b in combinations(sorted(nodes.index), 2)
        if any(pd.notna(nodes.at[a, key]) and nodes.at[a, key] == nodes.at[b, key] for key in KEYS)
        and (a, b) not in {(x, y) for x, y, _ in decided}
    ]
    proposed = pd.DataFrame(found, columns=["a", "b"]).astype("int64")
    if len(proposed):
        pairs = Pairs(nodes, proposed["a"], proposed["b"])
        proposed["rule"] = rules.automatic(pairs)
        proposed = proposed[proposed["rule"].notna() & ~rules.vetoed(pairs)]
    else:
        proposed["rule"] = []
    said = pd.DataFrame(decided, columns=["a", "b", "same"]).astype({"a": "int64", "b": "int64", "same": bool})
    same, different = said.loc[said["same"], ["a", "b"]], said.loc[~said["same"], ["a", "b"]]
    labels = clusters.settle(nodes, proposed, same, different).labels
    return {frozenset(members.index) for _, members in labels.groupby(labels) if len(members) > 1}


@given(records=RECORDS)
@settings(max_examples=150)
def test_no_veto_is_crossed_and_no_closure_joins_two_numbers(records: list[dict]) -> None:
    nodes = nodes_of(records, list(range(len(records))))
    for members in persons(nodes, []):
        assert len(members) <= clusters.LARGEST
        found = list(combinations(sorted(members), 2))
        both = Pairs(nodes, pd.Series([a for a, _ in found]), pd.Series([b for _, b in found]))
        assert not rules.vetoed(both).any()
        for a, b in found:
            one, other = nodes.loc[a], nodes.loc[b]
            if pd.notna(one["employee"]) and one["employer"] == other["employer"]:
                assert pd.isna(other["employee_number"]) or one["employee_number"] == other["employee_number"]


@given(records=RECORDS, decisions=DECISIONS, seed=st.integers(0, 99))
@settings(max_examples=100)
def test_the_order_of_records_makes_no_difference(records: list[dict], decisions: list, seed: int) -> None:
    decided = {(min(a, b), max(a, b)): same for a, b, same in decisions if a != b and max(a, b) < len(records)}
    order = list(range(len(records)))
    random.Random(seed).shuffle(order)
    straight = persons(nodes_of(records, list(range(len(records)))), [(*pair, same) for pair, same in decided.items()])
    moved = [(*sorted((order[a], order[b])), same) for (a, b), same in decided.items()]
    shuffled = persons(nodes_of(records, order).sort_index(), moved)
    assert {frozenset(order[one] for one in members) for members in straight} == shuffled
