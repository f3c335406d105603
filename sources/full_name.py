"""A whole name in one column, taken apart.

Belongs here: which words of a name are the last name. Does not belong here: whether a name is one (see
`schemas.values.name`).

Rules, in this order:

- ``Virtanen, Matti``: what stands before the first comma is the last name, whatever the declared order.
- One word, or a particle and one word (``von Essen``), is a last name.
- ``first_last``: the last word is the last name (``Matti Juhani Virtanen``), with a particle before it
  (``Märta af Klercker``, ``Jan van der Berg``).
- ``last_first``: the first word is the last name, with a particle before it (``von Essen Carl Gustaf``).

A last name of two words without a hyphen cannot be told from a given name: such a register needs two columns or commas.
Particles count in small letters, or in capitals as in ``MATTI VON ESSEN``; ``Nguyen Van Anh`` has none.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.values import text

_PARTICLE = r"(?:(?:van|von|de|af|VAN|VON|DE|AF) (?:(?:der|den|la|het|DER|DEN|LA|HET) )?)?"
_LAST = rf"(?P<last_name>{_PARTICLE}[^ ,]+)"
_PATTERNS = {
    "comma": r"^(?P<last_name>[^,]*?) ?, ?(?P<first_name>.*)$",
    "first_last": rf"^(?:(?P<first_name>[^,]+?) )??{_LAST}$",
    "last_first": rf"^{_LAST}(?: (?P<first_name>[^,]+))?$",
}


def take(
    names: pd.Series, part: Literal["first_name", "last_name"], order: Literal["first_last", "last_first"]
) -> pd.Series:
    """The first or last name of each whole name; missing where there is none.

    Args:
        names: normalised, ``str`` dtype.
    """
    cells = text.to_arrow(names)
    by_order = pc.struct_field(pc.extract_regex(cells, _PATTERNS[order]), part)
    by_comma = pc.struct_field(pc.extract_regex(cells, _PATTERNS["comma"]), part)
    found = pc.coalesce(by_comma, by_order)
    empty = pc.equal(pc.binary_length(found), 0)
    return text.to_series(pc.if_else(empty, pa.scalar(None, found.type), found), names.index)
