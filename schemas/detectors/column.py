"""One detector over a column.

Belongs here: the plain form of a text in which detectors look, and asking one detector. Does not belong here: any one
detector, or running them all (`schemas.detectors.search`).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.detectors.base import Detector
from schemas.values import text

# A soft hyphen is invisible anywhere but where the century sign of an identity code stands, where it was meant as one.
_SOFT_SIGN = r"(\d{6})\x{AD}(\d{3})"
_INVISIBLE_BUT_SOFT = r"[^\P{Cf}\x{AD}]+"
# Beyond ASCII most cells are names with ä, ö and å. Only what else stands in them can be a disguise.
_STRANGE = r"[^\x00-\x7f\x{C0}-\x{24F}]"


def plain(cells: pa.Array) -> pa.Array:
    """The cells as detectors read them: NFKC, plain hyphens and spaces, nothing invisible.

    Args:
        cells: strings, raw as read. Null stays null.
    """
    if pc.all(pc.string_is_ascii(cells)).as_py() is not False:
        return cells
    strange = pc.fill_null(pc.match_substring_regex(cells, _STRANGE), False)
    if not pc.any(strange).as_py():
        return cells
    encoded = pc.filter(cells, strange).dictionary_encode()
    folded = pc.replace_substring_regex(encoded.dictionary, _INVISIBLE_BUT_SOFT, "")
    folded = pc.replace_substring_regex(folded, _SOFT_SIGN, r"\1-\2")
    folded = text.compatible(pc.replace_substring(folded, "\u00ad", ""))
    return pc.replace_with_mask(cells, strange, folded.take(encoded.indices))


def found_by(detector: Detector, cells: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Where a detector finds something: positions in ascending order, and the rule for each.

    Args:
        cells: strings in `plain` form. Each distinct suspicious cell is judged once.
    """
    hits = np.flatnonzero(
        pc.fill_null(pc.match_substring_regex(cells, f"(?i){detector.perhaps}"), False).to_numpy(zero_copy_only=False)
    )
    if not len(hits):
        return hits, np.empty(0, dtype=object)
    encoded = cells.take(pa.array(hits)).dictionary_encode()
    judged = np.array([detector.judge(value) for value in encoded.dictionary.to_pylist()], dtype=object)
    rules = judged[encoded.indices.to_numpy()]
    told = rules != ""
    return hits[told], rules[told]


def any_in(detector: Detector, value: str) -> bool:
    """Whether a text, a file name for instance, holds anything of the kind."""
    return bool(detector.judge(plain(pa.array([value], pa.large_string()))[0].as_py()))
