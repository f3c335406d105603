"""Which company records speak of one company: exact keys only, nothing by likeness.

Belongs here: the keys of companies and how records with fewer of them join. Does not belong here: persons, or what is
stored of it (`register.matching.links`).

A company is known by its business id, else by its VAT number, else by name and country. An id that arrives later joins
what was known by the name; nothing gets another key.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import sqlalchemy as sa

from register.matching.clusters import Settled, components
from register.matching.keys import folded
from register.statements import statement

#: The keys, the surest first, as the rules that links name.
RULES = ("business_id", "vat_number", "name")


def settle(connection: sa.Connection, sources: list[int]) -> Settled:
    """Brings together all company records of these sources; leaves their ids in the temporary table `region`."""
    asked = statement("company_keys", company_name=folded("record.company_name"))
    found = connection.execute(asked, {"sources": sources}).all()
    records = pd.DataFrame(found, columns=["id", *RULES]).astype({"id": "int64"} | dict.fromkeys(RULES, "str"))
    return join(records)


def join(records: pd.DataFrame) -> Settled:
    """Links every record to the oldest with the same key.

    A key that belongs to several companies joins only those records that know nothing surer.

    Args:
        records: id and the three keys, the oldest first.
    """
    labels = np.arange(len(records))
    edges = pd.DataFrame({"a": [], "b": [], "rule": []}).astype({"a": "int64", "b": "int64", "rule": object})
    surer = np.zeros(len(records), dtype=bool)
    for rule in RULES:
        groups = records[rule].to_numpy(object)
        known = pd.Series(labels, index=records.index).where(surer)
        several = (known.groupby(groups).transform("nunique") > 1).to_numpy(bool)
        taking = records[rule].notna().to_numpy(bool) & ~(several & surer)
        place = pd.Series(np.arange(len(records)))
        oldest = place[taking].groupby(groups[taking]).transform("min")
        new = pd.DataFrame({"a": oldest, "b": oldest.index, "rule": rule})
        new = new[labels[new["a"]] != labels[new["b"]]]
        edges = pd.concat([edges, new], ignore_index=True)
        labels = components(edges["a"].to_numpy("int64"), edges["b"].to_numpy("int64"), len(records))
        surer |= records[rule].notna().to_numpy(bool)
    ids = records["id"].to_numpy("int64")
    ends = np.sort(np.column_stack([ids[edges["a"]], ids[edges["b"]]]), axis=1)
    pairs = pd.DataFrame({"a": ends[:, 0], "b": ends[:, 1], "verdict": "same", "rule": edges["rule"], "reason": None})
    return Settled(pairs, pd.Series(ids[labels], index=ids, name="label"))
