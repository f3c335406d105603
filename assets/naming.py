"""The one grammar of names in Dagster.

Belongs here: asset keys, op names, groups. Does not belong here: names of tables and fields.

Keys are ``customer / register / step``, because the UI groups by their path: a customer's registers stand together,
and each register's three steps in the order in which they run. Op names allow no hyphens, so each becomes ``_`` and the
parts are held apart by ``__``.
"""

from __future__ import annotations

from collections.abc import Iterable

import dagster as dg

from sources.config import Source

PULLED, VALIDATED, MERGED = "pulled", "validated", "merged"

#: The group of what is of the register as a whole.
REGISTER = "register"

#: The asset of a night as a whole, to which every other leads.
NIGHT = dg.AssetKey([REGISTER, "night"])


def asset_key(source: Source, step: str) -> dg.AssetKey:
    """``customer/register/step``."""
    return dg.AssetKey([source.customer, source.register, step])


def asset_keys(sources: Iterable[Source]) -> list[dg.AssetKey]:
    """The three assets of each source."""
    return [asset_key(source, step) for source in sources for step in (PULLED, VALIDATED, MERGED)]


def op_name(source_name: str) -> str:
    """The op of a source, from its name ``customer/register``."""
    return "__".join(part.replace("-", "_") for part in source_name.split("/"))


def group_name(source: Source) -> str:
    """The group of a customer's assets."""
    return source.customer.replace("-", "_")
