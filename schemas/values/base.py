"""What every kind of value shares: the result of cleaning, and the order in which a column is settled.

Belongs here: `Cleaned`, the way between pandas and Arrow, and the frame "pattern for the common shapes first, library
once per distinct remaining value". Does not belong here: the rule of any one kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.values import text

#: What the library says of one value: the cleaned value and "", or None and the id of the broken rule.
Verdict = tuple[str | None, str]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Cleaned:
    """A cleaned column.

    Attributes:
        values: same index as the input; NA where missing or failed. ``str`` dtype, or datetime64[s] for dates, or
            float64 for numbers.
        failures: rule id -> boolean mask over the same index; only rules that failed somewhere. A cell breaks at most
            one rule.
    """

    values: pd.Series
    failures: dict[str, pd.Series] = field(default_factory=dict)


def settle(
    raw: pd.Series,
    *,
    missing: Sequence[str],
    rest: Callable[[str], Verdict],
    common: Callable[[pa.Array], pa.Array] | None = None,
) -> Cleaned:
    """Clean a column of text: the common shapes in one pass, then each distinct remaining value once.

    A column in which values repeat, as names of companies do, is cleaned once per value: a third of the time.

    Args:
        raw: ``str`` dtype, as read from the customer's file.
        missing: texts that mean missing.
        rest: the full rule for one normalised, non-empty value without control characters.
        common: a vectorised rule over normalised cells: the cleaned value, or null where it leaves the matter open. It
            must agree with ``rest`` wherever it does not. None where the kind has few distinct values.
    """
    cells = text.to_arrow(raw)
    if not text.repeats(cells):
        values, masks = _settled(cells, missing, rest, common)
        return Cleaned(text.to_series(values, raw.index), failures(masks, raw.index))
    encoded = cells.dictionary_encode()
    values, masks = _settled(encoded.dictionary, missing, rest, common)
    if masks:
        at = pc.fill_null(encoded.indices, 0).to_numpy(zero_copy_only=False)
        there = encoded.is_valid().to_numpy(zero_copy_only=False)
        masks = {rule: mask[at] & there for rule, mask in masks.items()}
    return Cleaned(text.to_series(values.take(encoded.indices), raw.index), failures(masks, raw.index))


def _settled(
    raw: pa.Array,
    missing: Sequence[str],
    rest: Callable[[str], Verdict],
    common: Callable[[pa.Array], pa.Array] | None,
) -> tuple[pa.Array, dict[str, Mask]]:
    cells = text.normalised(raw, missing)
    control = text.has_control(cells)
    settled = common(cells) if common else pa.nulls(len(cells), cells.type)
    remaining = pc.and_(pc.is_valid(cells), pc.or_(pc.is_null(settled), control))
    if not pc.any(remaining).as_py():
        return settled, {}
    left_over = pc.filter(cells, remaining).dictionary_encode()
    verdicts = [
        (None, "text.control") if broken else rest(value)
        for value, broken in zip(
            left_over.dictionary.to_pylist(), text.has_control(left_over.dictionary).to_pylist(), strict=True
        )
    ]
    answers = pa.array([value for value, _ in verdicts], pa.large_string()).take(left_over.indices)
    rules = np.array([rule for _, rule in verdicts], dtype=object)[left_over.indices.to_numpy()]
    where = np.flatnonzero(remaining.to_numpy(zero_copy_only=False))
    masks: dict[str, Mask] = {}
    for rule in sorted({rule for _, rule in verdicts if rule}):
        masks[rule] = np.zeros(len(raw), dtype=bool)
        masks[rule][where[rules == rule]] = True
    return pc.replace_with_mask(settled, remaining, answers), masks


def failures(masks: dict[str, Mask], index: pd.Index) -> dict[str, pd.Series]:
    """The masks as Series over the index, without those that hit nothing."""
    return {rule: pd.Series(mask, index=index, dtype=bool) for rule, mask in masks.items() if mask.any()}


def keep_where(cells: pa.Array, fits: pa.Array) -> pa.Array:
    """The cells that fit; null elsewhere."""
    return pc.if_else(fits, cells, pa.scalar(None, cells.type))
