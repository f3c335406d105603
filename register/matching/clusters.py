"""What becomes of pairs that meet: which of them may stand together as one person.

Belongs here: components and the conditions on them, computed from the whole set of pairs at once. Does not belong here:
the pairs' own rules (`register.matching.rules`), or anything stored.

No step takes pairs one after the other, so the result cannot depend on the order in which records came.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from register.matching import rules
from register.matching.rules import Mask, Pairs

#: More records than this are nobody's without a person's word.
LARGEST = 6

#: Why a pair that a rule would join is left: its cluster is too large or mixed, or a record hangs on by one weak link.
TOO_LARGE, MIXED, LOOSE = "too_large", "mixed", "loose"


@dataclass(frozen=True)
class Settled:
    """The outcome of a region.

    Attributes:
        pairs: a, b, verdict (same or left), rule, reason: one row for each pair that a rule would join.
        labels: record id -> the smallest record id of its component, for records that are not alone.
    """

    pairs: pd.DataFrame
    labels: pd.Series


def settle(nodes: pd.DataFrame, proposed: pd.DataFrame, same: pd.DataFrame, different: pd.DataFrame) -> Settled:
    """Decides which proposed pairs are followed.

    Args:
        nodes: rows of `register.person_key` by record id, of every record in a pair.
        proposed: a, b, rule: pairs that a rule would join and no veto keeps apart.
        same, different: a, b: standing decisions. *Same* holds whatever the rules say.
    """
    proposed = proposed.reset_index(drop=True)
    ids = np.unique(np.concatenate([frame[side].to_numpy("int64") for frame in (proposed, same) for side in "ab"]))
    a, b = np.searchsorted(ids, proposed["a"]), np.searchsorted(ids, proposed["b"])
    x, y = np.searchsorted(ids, same["a"]), np.searchsorted(ids, same["b"])
    decided = components(x, y, len(ids))
    firm = _firm(nodes, proposed)
    reason = np.full(len(proposed), None, dtype=object)
    alive = np.ones(len(proposed), dtype=bool)
    while (loose := alive & _loose(a, b, alive, firm, x, y, decided)).any():
        reason[loose], alive[loose] = LOOSE, False
    labels = components(np.concatenate([a[alive], x]), np.concatenate([b[alive], y]), len(ids))
    bad = _bad(nodes, ids, labels, decided, different)
    for place in np.flatnonzero(alive & np.isin(labels[a], list(bad))):
        reason[place] = bad[labels[a[place]]]
    alive &= reason == None  # noqa: E711  an array is compared element by element
    labels = components(np.concatenate([a[alive], x]), np.concatenate([b[alive], y]), len(ids))
    verdict = np.where(alive, "same", "left")
    return Settled(proposed.assign(verdict=verdict, reason=reason), pd.Series(ids[labels], index=ids, name="label"))


def components(a: NDArray[np.int64], b: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """The smallest position that each of so many positions is connected to by the edges a-b."""
    labels = np.arange(size)
    while True:
        before = labels.copy()
        least = np.minimum(labels[a], labels[b])
        np.minimum.at(labels, a, least)
        np.minimum.at(labels, b, least)
        labels = labels[labels]
        if (labels == before).all():
            return labels


def _firm(nodes: pd.DataFrame, proposed: pd.DataFrame) -> Mask:
    """Links that carry a record alone: a key that is the person's own and the very name, or the user's own account."""
    if proposed.empty:
        return np.zeros(0, dtype=bool)
    named = rules.same_name(Pairs(nodes, proposed["a"], proposed["b"]))
    return named | (proposed["rule"] == "account").to_numpy(bool)


def _loose(
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    alive: Mask,
    firm: Mask,
    x: NDArray[np.int64],
    y: NDArray[np.int64],
    decided: NDArray[np.int64],
) -> Mask:
    """The only, weak link of a record to a cluster of more than one other.

    Such a record belongs by two links, by a firm one, or to a single other record.
    """
    size = len(decided)
    labels = components(np.concatenate([a[alive], x]), np.concatenate([b[alive], y]), size)
    members = np.bincount(labels, minlength=size)[labels]
    ends = np.concatenate([a[alive], b[alive]])
    links = np.bincount(ends, minlength=size)
    held = np.bincount(ends[np.tile(firm[alive], 2)], minlength=size) > 0
    held |= np.bincount(decided, minlength=size)[decided] > 1
    alone = (links == 1) & ~held & (members > 2)
    return alone[a] | alone[b]


def _bad(
    nodes: pd.DataFrame,
    ids: NDArray[np.int64],
    labels: NDArray[np.int64],
    decided: NDArray[np.int64],
    different: pd.DataFrame,
) -> dict[int, str]:
    """Components that may not stand, by label: too large, or with two records that must not meet."""
    sizes = np.bincount(labels, minlength=len(ids))
    bad = {int(label): TOO_LARGE for label in np.flatnonzero(sizes > LARGEST)}
    members = pd.DataFrame({"id": ids, "label": labels, "decided": decided})
    members = members[(sizes[labels] > 1) & (sizes[labels] <= LARGEST)]
    both = members.merge(members, on="label", suffixes=("_a", "_b"))
    both = both[(both["id_a"] < both["id_b"]) & (both["decided_a"] != both["decided_b"])]
    if both.empty:
        return bad
    pairs = Pairs(nodes, both["id_a"], both["id_b"])
    apart = rules.vetoed(pairs) | rules.other_number(pairs, edits=0) | contains(different, both["id_a"], both["id_b"])
    return bad | {int(label): MIXED for label in both.loc[apart, "label"].unique()}


def contains(frame: pd.DataFrame, a: pd.Series, b: pd.Series) -> Mask:
    """Whether each pair is one of the frame's, which has them with the smaller id first."""
    if frame.empty:
        return np.zeros(len(a), dtype=bool)
    return pd.MultiIndex.from_arrays([a, b]).isin(pd.MultiIndex.from_frame(frame[["a", "b"]]))
