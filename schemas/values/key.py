"""The key by which a customer's register knows a row.

Belongs here: one text from one or several key columns. Does not belong here: whether a key is too long, doubled or an
identity code; the caller asks that of the result.
"""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.values import text

#: U+001F, the unit separator. No part can hold it, so that ("a", "bc") and ("ab", "c") stay two keys.
SEPARATOR = "\x1f"


def clean_key(frame: pd.DataFrame) -> pd.Series:
    """The key of every row: each part normalised as text, several parts joined by U+001F, leading zeros kept.

    Args:
        frame: the key columns in declared order, ``str`` dtype.

    Returns:
        ``str`` Series over the frame's index; NA where a part is missing or holds a control character, for then the
        row cannot be told from others with certainty.
    """
    parts = [text.normalised(text.to_arrow(frame[column])) for column in frame.columns]
    parts = [pc.if_else(text.has_control(part), pa.scalar(None, part.type), part) for part in parts]
    joined = parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, pa.scalar(SEPARATOR, parts[0].type))
    return text.to_series(joined, frame.index)
