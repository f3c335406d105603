"""Which records are compared at all: those that share a key which is not everybody's.

Belongs here: finding pairs among records in memory. Does not belong here: which records are read
(`register.matching.region`), or what a pair means (`register.matching.rules`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from register.matching.keys import MOST_SHARING
from register.matching.rules import Mask
from register.tables.matching import KEYS


def sharing(nodes: pd.DataFrame, asked: Mask) -> pd.DataFrame:
    """The pairs of records that share a key, one of them asked for: a and b, the smaller id first, in order.

    Args:
        nodes: rows of `register.person_key` by record id, in order. Of each key of a record asked for, all records that
            share it, or more than may.
    """
    found = [_pairs(pd.factorize(nodes[key])[0], asked) for key in KEYS]
    size = len(nodes)
    a, b = np.divmod(np.unique(np.concatenate(found)), size) if size else (np.array([], "int64"),) * 2
    ids = nodes.index.to_numpy("int64")
    return pd.DataFrame({"a": ids[a], "b": ids[b]})


def _pairs(value: np.ndarray, asked: Mask) -> np.ndarray:
    """Pairs of positions that have the same value, each as one number.

    Args:
        value: a number for each distinct value, -1 for none.
    """
    size = len(value)
    place = np.flatnonzero(value >= 0)
    place = place[np.argsort(value[place], kind="stable")]
    several = np.bincount(value[place])
    fit = (several > 1) & (several <= MOST_SHARING) & (np.bincount(value[place], weights=asked[place]) > 0)
    place = place[fit[value[place]]]
    value = value[place]
    found = []
    for apart in range(1, MOST_SHARING):
        same = np.flatnonzero(value[apart:] == value[:-apart])
        one, other = place[same], place[same + apart]
        wanted = asked[one] | asked[other]
        found.append(one[wanted] * size + other[wanted])
    return np.concatenate(found)
