"""Finnish personal identity codes (HETU, MIN-06).

Belongs here: finding them, whole or misspelt, anywhere inside a text. Does not belong here: what becomes of the cell,
and anything read from the code (birth date, sex).
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from stdnum.fi import hetu

from schemas.values import text

#: What a cell holds: a code that can be someone's, or one that only looks like it (wrong check character or date).
VALID, SHAPE = RULES = "hetu.valid", "hetu.shape"

_CODE = re.compile(
    r"(?<![0-9A-Za-z])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}"
    r"[-+YXWVUABCDEF]\d{3}[0-9A-FHJ-NPR-Y](?![0-9A-Za-z])",
    re.IGNORECASE | re.ASCII,
)
# RE2, which Arrow uses, has no lookaround: it picks the cells worth a closer look.
_PERHAPS = r"(?i)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[-+YXWVUABCDEF]\d{3}[0-9A-FHJ-NPR-Y]"
_SHORTEST = 11
# A soft hyphen is invisible anywhere but where the century sign stands, where it was meant as one.
_SOFT_SIGN = r"(\d{6})\x{AD}(\d{3})"
_INVISIBLE_BUT_SOFT = r"[^\P{Cf}\x{AD}]+"


def scan(cells: pd.Series) -> pd.Series:
    """For each cell "", ``hetu.valid`` or ``hetu.shape``; a cell that holds both is ``hetu.valid``.

    Cells are read as NFKC with plain hyphens and without invisible characters. All century signs in use since 1 January
    2023 count, in either case. The individual numbers 900 to 999, given out for temporary and test use, count as
    valid; 000 and 001, which nobody ever has, as shape.

    Args:
        cells: ``str`` dtype, raw as read.

    Returns:
        ``str`` Series over the same index, without NA.
    """
    found = np.full(len(cells), "", dtype=object)
    at, verdicts = find(text.to_arrow(cells))
    found[at] = verdicts
    return text.to_series(pa.array(found, pa.large_string()), cells.index)


def find(cells: pa.Array | pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """Where `scan` finds something, and what: positions in ascending order, and a verdict for each.

    Args:
        cells: strings, raw as read.
    """
    array = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    long_enough = pc.fill_null(pc.greater_equal(pc.binary_length(array), _SHORTEST), False)
    where = np.flatnonzero(long_enough.to_numpy(zero_copy_only=False))
    plain = _plain(array if len(where) == len(array) else array.take(pa.array(where)))
    hits = np.flatnonzero(pc.match_substring_regex(plain, _PERHAPS).to_numpy(zero_copy_only=False))
    if not len(hits):
        return hits, np.empty(0, dtype=object)
    encoded = plain.take(pa.array(hits)).dictionary_encode()
    judged = np.array([_judge(value) for value in encoded.dictionary.to_pylist()], dtype=object)
    verdicts = judged[encoded.indices.to_numpy()]
    told = verdicts != ""
    return where[hits][told], verdicts[told]


def any_in(value: str) -> bool:
    """Whether a text, a file name for instance, holds a code, valid or only shaped like one."""
    return scan(pd.Series([value], dtype="str")).iloc[0] != ""


def _plain(array: pa.Array) -> pa.Array:
    odd = pc.fill_null(pc.invert(pc.string_is_ascii(array)), False)
    if not pc.any(odd).as_py():
        return array
    # Most cells with letters beyond ASCII are names, and hold no digit in any script.
    odd = pc.and_(odd, pc.fill_null(pc.match_substring_regex(array, r"\p{N}"), False))
    strange = pc.replace_substring_regex(pc.filter(array, odd), _INVISIBLE_BUT_SOFT, "")
    strange = pc.replace_substring_regex(strange, _SOFT_SIGN, r"\1-\2")
    strange = text.compatible(pc.replace_substring(strange, "\u00ad", ""))
    return pc.replace_with_mask(array, odd, strange)


def _judge(value: str) -> str:
    codes = _CODE.findall(value)
    if not codes:
        return ""
    return VALID if any(hetu.is_valid(code, allow_temporary=True) for code in codes) else SHAPE
