"""A new key for a controller's list (SUP-07).

Belongs here: making the next version. Does not belong here: renewing tokens; what was erased is not there to make new
ones of, so that happens when a row is hit (`register.suppression.screen`).
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from register.suppression import entries
from register.suppression.vault import Vault, check_keys


def rotate(connection: sa.Connection, vault: Vault, controller_id: int, on: date) -> int:
    """Makes the next version of a controller's key, or the first one. Returns its number.

    Older versions go on verifying until the tokens made with them expire, so their files must stay.

    Raises:
        ConfigurationRefused: an older key is missing or another one.
    """
    name = entries.controller_name(connection, controller_id)
    check_keys(connection, vault, controller_id, name)
    version = vault.keys.make(name)
    entries.put_canary(connection, controller_id, version, vault.keys.read(name, version), on)
    return version
