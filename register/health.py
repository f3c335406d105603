"""Whether the register can be worked with at this moment.

Belongs here: the questions that go to the database before anything is imported. Does not belong here: how nights went
(`register.nights`), or anything outside the database.
"""

from __future__ import annotations

from register.database import Register, migration_status
from register.suppression import vault as vaults
from register.suppression.vault import Vault
from schemas.errors import Refusal


def look(url: str, vault: Vault) -> str:
    """Asks whether the database is there, up to date, and knows every erasure; changes nothing.

    Returns:
        The migration it is at.

    Raises:
        TryLater: it cannot be reached.
        Refusal: it is not up to date, or was restored and has not erased again.
    """
    current, newest = migration_status(url)
    if current != newest or current is None:
        raise Refusal(f"It is at migration {current or 'none'}, and {newest} is the newest.", "Run mdo db upgrade.")
    register = Register(url)
    try:
        with register.transaction() as connection:
            # before the first import there is neither ledger nor entry, and asking would make them
            if vault.ledger.last() is not None or vaults.newest_known(connection)[0] >= 0:
                vaults.agree(connection, vault)
    finally:
        register.close()
    return current
