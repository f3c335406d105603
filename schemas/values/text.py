"""Text as every other kind of value expects it.

Belongs here: the one normal form of a cell (NFC, trimmed, folded white space, nothing invisible), what counts as
missing, and the way between pandas and Arrow. Does not belong here: what a value means.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_STR = pd.StringDtype("pyarrow", na_value=np.nan)
_INVISIBLE = r"\p{Cf}+"  # zero-width characters, direction marks, soft hyphens, byte order marks
_WHITE = r"[\t-\r \x{85}\p{Z}]+"
# U+FFFD is what a decoder leaves of a byte it could not read: the value is damaged, not merely odd.
_CONTROL = r"[\p{Cc}\x{FFFD}]"
#: Cells by which a column is taken for one whose values repeat.
_SAMPLE = 1000
_DASH = r"[\x{2010}-\x{2015}\x{2212}]"


def to_arrow(series: pd.Series) -> pa.Array:
    """The column as one large_string array; NA becomes null."""
    array = pa.array(series, from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array if array.type == pa.large_string() else array.cast(pa.large_string())


def to_series(array: pa.Array, index: pd.Index) -> pd.Series:
    """The array as a column of pandas' ``str`` dtype."""
    return pd.Series(_STR.__from_arrow__(array), index=index)


def normalise(raw: pd.Series, missing: Sequence[str] = ()) -> pd.Series:
    """The normal form of every cell: NFC, trimmed, inner white space folded to one space, nothing invisible.

    Control characters other than white space stay, so that cleaners can report them (``text.control``).

    Args:
        raw: ``str`` dtype.
        missing: texts that mean missing, compared without regard to case.

    Returns:
        Same index; NA where the cell is empty, blank or a missing text. Normalising again changes nothing.
    """
    return to_series(normalised(to_arrow(raw), missing), raw.index)


def normalised(cells: pa.Array, missing: Sequence[str] = ()) -> pa.Array:
    """`normalise` over an Arrow array.

    Values that repeat are normalised once. Nearly all others are printable ASCII and need no more than a trim; the
    costly steps run once per distinct value of the rest.
    """
    if repeats(cells):
        encoded = cells.dictionary_encode()
        return _normalised(encoded.dictionary, missing).take(encoded.indices)
    return _normalised(cells, missing)


def repeats(cells: pa.Array | pa.ChunkedArray) -> bool:
    """Whether the first cells hold so few values that work once per value is less work."""
    return len(cells) >= _SAMPLE and 2 * int(pc.count_distinct(cells.slice(0, _SAMPLE)).as_py()) < _SAMPLE


def _normalised(cells: pa.Array, missing: Sequence[str]) -> pa.Array:
    odd = pc.invert(pc.ascii_is_printable(cells))
    cells = pc.ascii_trim_whitespace(cells)
    # Trimmed cells never meet in two spaces, so one search of the whole buffer tells whether any cell holds them.
    data = cells.buffers()[2]
    if data is not None and b"  " in data.to_pybytes():
        cells = pc.replace_substring_regex(cells, " {2,}", " ")
    if pc.any(odd).as_py():
        encoded = pc.filter(cells, odd).dictionary_encode()
        cells = pc.replace_with_mask(cells, pc.fill_null(odd, False), _fold(encoded.dictionary).take(encoded.indices))
    gone = pc.equal(pc.binary_length(cells), 0)
    if missing:
        texts = {(folded or "").lower() for folded in _fold(pa.array(list(missing), pa.large_string())).to_pylist()}
        gone = pc.or_(gone, pc.is_in(pc.utf8_lower(cells), pa.array(sorted(texts), pa.large_string())))
    return pc.if_else(gone, pa.scalar(None, pa.large_string()), cells)


def _fold(cells: pa.Array) -> pa.Array:
    cells = pc.replace_substring_regex(cells, _INVISIBLE, "")
    cells = pc.utf8_normalize(cells, "NFC")
    return pc.utf8_trim(pc.replace_substring_regex(cells, _WHITE, " "), " ")


def has_control(cells: pa.Array) -> pa.Array:
    """Whether a cell holds NUL, another control character, or the mark of a damaged byte. False for null."""
    odd = pc.fill_null(pc.invert(pc.ascii_is_printable(cells)), False)
    if not pc.any(odd).as_py():
        return odd
    encoded = pc.filter(cells, odd).dictionary_encode()
    found = pc.match_substring_regex(encoded.dictionary, _CONTROL)
    return pc.replace_with_mask(odd, odd, found.take(encoded.indices))


def compatible(cells: pa.Array) -> pa.Array:
    """NFKC with every Unicode dash as ``-``: for codes and addresses, where only the plain character is meant."""
    odd = pc.fill_null(pc.invert(pc.string_is_ascii(cells)), False)
    if not pc.any(odd).as_py():
        return cells
    encoded = pc.filter(cells, odd).dictionary_encode()
    plain = pc.replace_substring_regex(pc.utf8_normalize(encoded.dictionary, "NFKC"), _DASH, "-")
    return pc.replace_with_mask(cells, odd, plain.take(encoded.indices))
