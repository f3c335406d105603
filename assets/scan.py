"""Cells that must go no further, whatever they would have filled.

Belongs here: taking cells that are no values, and what detectors find, out of the rows, and saying where they were.
Does not belong here: recognising anything and its effect (`schemas.detectors`), or cleaning (`schemas.validation`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.columns import Fills
from schemas import findings
from schemas.detectors import effects, protection, search
from sources import filters
from sources.config import Source
from sources.readers.base import Chunk

#: Where something was found: rule and column, and the numbers of its rows.
Places = dict[tuple[str, str], np.ndarray]


@dataclass
class Scanned:
    """Rows without what must go no further.

    Attributes:
        withheld: per column a mask of the cells of which nothing may be kept anywhere.
        hits: what was found -> in how many rows (`schemas.detectors.effects.kind`), what is waived not counted.
        noted: what is taken all the same, and reported.
        waived: what is taken because the source has leave.
    """

    rows: pa.Table
    findings: list[pd.DataFrame]
    withheld: dict[str, np.ndarray] = field(default_factory=dict)
    hits: Counter[str] = field(default_factory=Counter)
    noted: Places = field(default_factory=dict)
    waived: Places = field(default_factory=dict)


def scan(source: Source, fills: Fills, rows: pa.Table, numbers: np.ndarray) -> Scanned:
    """Blanks what detectors find (MIN-06 to MIN-12, MIN-18, MIN-23)."""
    scanned = Scanned(rows, [])
    if not rows.num_rows:
        return scanned
    leave = source.leave
    hit_rows: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(rows.num_rows, dtype=bool))
    by_hand = _protected(source, scanned)
    columns = {name: rows.column(name) for name in rows.column_names}
    for name, broken in search.find_in(columns, {name: fills.look(name) for name in columns}).items():
        for rule, at in broken.items():
            if (name, rule) in leave:
                scanned.waived[rule, name] = numbers[at]
                continue
            hit_rows[effects.kind(rule)][at] = True
            if rule == protection.RULE:
                by_hand[at] = True
            elif not _report(source, fills, scanned, name, rule, numbers[at]):
                continue
            _withhold(scanned, name, at)
    if by_hand.any():
        _put_by_hand(source, scanned, by_hand, numbers)
    for name, mask in scanned.withheld.items():
        scanned.rows = blank(scanned.rows, name, mask)
    scanned.hits.update({kind: int(mask.sum()) for kind, mask in hit_rows.items()})
    return scanned


def blank(rows: pa.Table, column: str, hit: np.ndarray) -> pa.Table:
    """The rows with the cells of a column emptied where the mask is set."""
    position = rows.column_names.index(column)
    kept = pc.if_else(pa.array(hit), pa.scalar(None, pa.string()), rows.column(column))
    return rows.set_column(position, column, kept)


def without_faults(
    fills: Fills, rows: pa.Table, numbers: np.ndarray, chunk: Chunk
) -> tuple[pa.Table, list[pd.DataFrame]]:
    """The rows without cells that are no values, and what is said of those.

    Where a row needs the value, that it is missing is told later.

    Args:
        rows, numbers: those rows of the chunk that go on.
    """
    found: list[pd.DataFrame] = []
    for name, rule, faulty in chunk.faulty():
        hit = np.isin(numbers, faulty)
        rows = blank(rows, name, hit)
        found += [findings.of(numbers[hit], name, rule, findings.VALUE, path) for path in fills.paths(name)]
    return rows, found


def _report(source: Source, fills: Fills, scanned: Scanned, name: str, rule: str, numbers: np.ndarray) -> bool:
    """Says what was found where; whether the cells must go."""
    look = fills.look(name)
    effect = effects.of(rule, look, needed=fills.needed(name), work_only=source.work_contacts_only)
    if effect == findings.NOTE:
        scanned.noted[rule, name] = numbers
        return False
    if name in source.key:
        scanned.findings.append(findings.of(numbers, name, effects.in_key(rule), findings.ROW))
    elif effect == findings.ROW or not fills.of_column[name]:
        scanned.findings.append(findings.of(numbers, name, rule, effect))
    else:
        scanned.findings += [findings.of(numbers, name, rule, effect, path) for path in fills.paths(name)]
    return True


def _withhold(scanned: Scanned, name: str, at: np.ndarray) -> None:
    mask = scanned.withheld.setdefault(name, np.zeros(scanned.rows.num_rows, dtype=bool))
    mask[at] = True


def _protected(source: Source, scanned: Scanned) -> np.ndarray:
    """Rows whose flag says that the person's address is protected; of the flag nothing is kept, set or not."""
    if source.protected is None:
        return np.zeros(scanned.rows.num_rows, dtype=bool)
    flagged = filters.protected(source, scanned.rows.select([source.protected.column]).to_pandas())
    _withhold(scanned, source.protected.column, np.arange(scanned.rows.num_rows))
    return flagged.to_numpy()


def _put_by_hand(source: Source, scanned: Scanned, by_hand: np.ndarray, numbers: np.ndarray) -> None:
    """Keeps rows out without saying why, and nothing of them but what tells that they are there (MIN-23)."""
    scanned.findings.append(findings.of(numbers[by_hand], "", protection.RULE, findings.ROW))
    kept = {*source.key, *source.rule_columns}
    for name in scanned.rows.column_names:
        if name not in kept:
            _withhold(scanned, name, np.flatnonzero(by_hand))
