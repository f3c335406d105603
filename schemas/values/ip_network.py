"""The network that a client's address belongs to.

Belongs here: making an address coarse before it is stored. Does not belong here: the address itself; it is never kept.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

import pandas as pd

from schemas.values.base import Cleaned, Verdict, settle

_KEPT_BITS = {4: 24, 6: 48}


def clean(raw: pd.Series, *, missing: Sequence[str] = ()) -> Cleaned:
    """``192.0.2.0/24`` or ``2001:db8:1::/48`` from an address or a network at least as coarse (``ip.invalid``)."""
    return settle(raw, missing=missing, rest=_rest)


def _rest(value: str) -> Verdict:
    try:
        network = ipaddress.ip_network(value, strict=False)
    except ValueError:
        return None, "ip.invalid"
    kept = _KEPT_BITS[network.version]
    return str(network if network.prefixlen <= kept else network.supernet(new_prefix=kept)), ""
