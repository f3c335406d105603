"""Which company records speak of one company: exact keys only, nothing by likeness.

Belongs here: the keys of companies and how records with fewer of them join. Does not belong here: persons, or what is
stored of it (`register.matching.links`).

A company is known by its business id, else by its VAT number, else by name and country. An id that arrives later joins
what was known by the name; nothing gets another key. What a person decided of two records comes before any key.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray

from register.matching.clusters import MIXED, Settled, components
from register.matching.keys import folded
from register.statements import statement
from register.tables.matching import match_link

#: The keys, the surest first, as the rules that links name.
RULES = ("business_id", "vat_number", "name")


def settle(connection: sa.Connection, customer_id: int, sources: list[int]) -> Settled:
    """Brings together all company records of these sources; leaves their ids in the temporary table `region`."""
    asked = statement("company_keys", company_name=folded("record.company_name"))
    found = connection.execute(asked, {"sources": sources}).all()
    records = pd.DataFrame(found, columns=["id", *RULES]).astype({"id": "int64"} | dict.fromkeys(RULES, "str"))
    table = match_link
    said = connection.execute(
        sa.select(table.c.record_a, table.c.record_b, table.c.verdict).where(
            table.c.customer_id == customer_id,
            table.c.record_type == "company",
            table.c.decided_by.is_not(None),
            table.c.ended_at.is_(None),
        )
    ).all()
    decided = pd.DataFrame(said, columns=["a", "b", "verdict"]).astype({"a": "int64", "b": "int64"})
    return join(records, decided)


def join(records: pd.DataFrame, decided: pd.DataFrame) -> Settled:
    """Links every record to the oldest with the same key, unless a person says otherwise.

    A key that belongs to several companies joins only those records that know nothing surer.

    Args:
        records: id and the three keys, the oldest first.
        decided: a, b, verdict: standing decisions.
    """
    ids = records["id"].to_numpy("int64")
    same, apart = (_places(records, decided[decided["verdict"] == verdict]) for verdict in ("same", "different"))
    labels = components(same[:, 0], same[:, 1], len(records))
    edges = pd.DataFrame({"a": [], "b": [], "rule": []}).astype({"a": "int64", "b": "int64", "rule": object})
    surer = np.zeros(len(records), dtype=bool)
    for rule in RULES:
        groups = records[rule].to_numpy(object)
        known = pd.Series(labels, index=records.index).where(surer)
        several = (known.groupby(groups).transform("nunique") > 1).to_numpy(bool)
        taking = records[rule].notna().to_numpy(bool) & ~(several & surer)
        place = pd.Series(np.arange(len(records)))[taking]
        oldest = place.groupby(groups[taking]).transform("min")
        new = pd.DataFrame({"a": oldest, "b": oldest.index, "rule": rule})
        new = _kept_apart(new, groups, labels, apart)
        new = new[labels[new["a"]] != labels[new["b"]]]
        edges = pd.concat([edges, new], ignore_index=True)
        labels = _labels(edges, same, len(records))
        surer |= records[rule].notna().to_numpy(bool)
    mixed = np.unique(labels[apart[:, 0]][labels[apart[:, 0]] == labels[apart[:, 1]]])
    left = np.isin(labels[edges["a"]], mixed)
    labels = _labels(edges[~left], same, len(records))
    ends = np.sort(np.column_stack([ids[edges["a"]], ids[edges["b"]]]), axis=1)
    pairs = pd.DataFrame({"a": ends[:, 0], "b": ends[:, 1], "verdict": "same", "rule": edges["rule"], "reason": None})
    pairs.loc[left, ["verdict", "reason"]] = ["left", MIXED]
    return Settled(pairs, pd.Series(ids[labels], index=ids, name="label"))


def _places(records: pd.DataFrame, pairs: pd.DataFrame) -> NDArray[np.int64]:
    """Pairs of ids as pairs of places, without those of which a record is not there."""
    place = pd.Series(np.arange(len(records)), index=records["id"])
    pairs = pairs[pairs["a"].isin(place.index) & pairs["b"].isin(place.index)]
    return np.column_stack([place.loc[pairs["a"]], place.loc[pairs["b"]]]).astype("int64").reshape(-1, 2)


def _labels(edges: pd.DataFrame, same: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    ends = np.concatenate([edges[["a", "b"]].to_numpy("int64"), same])
    return components(ends[:, 0], ends[:, 1], size)


def _kept_apart(
    new: pd.DataFrame, groups: NDArray[np.object_], labels: NDArray[np.int64], apart: NDArray[np.int64]
) -> pd.DataFrame:
    """The edges of one key, where a person keeps some of its records apart: each then joins the oldest that it may."""
    foes = {frozenset(pair) for pair in labels[apart].tolist()}
    of_label = pd.Series(groups[new["b"]], index=labels[new["b"]])
    concerned = set()
    for foe in foes:
        keys = [set(of_label[of_label.index == label]) for label in foe]
        concerned |= set.intersection(*keys) if len(keys) == 2 else set()
    if not concerned:
        return new
    again = np.isin(groups[new["b"]].astype(str), sorted(concerned))
    joined = []
    for _, members in new[again].groupby(groups[new.loc[again, "b"]]):
        parts: list[tuple[int, set[int]]] = []
        for place in sorted(members["b"]):
            label = int(labels[place])
            for oldest, taken in parts:
                if not any(frozenset({label, other}) in foes for other in taken):
                    taken.add(label)
                    joined.append((oldest, place))
                    break
            else:
                parts.append((place, {label}))
    more = pd.DataFrame(joined, columns=["a", "b"]).astype("int64").assign(rule=new["rule"].iloc[0])
    return pd.concat([new[~again], more], ignore_index=True)
