"""Whether a source may be imported at all.

Belongs here: what is asked of the register before each import: that it knows every erasure, that the keys are there,
and that the customer has not left. Does not belong here: what is asked of the source's description (`sources.config`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from assets.doorkeeper import controller_of
from assets.workplace import Workplace
from register import customers
from register.suppression import entries, vault
from schemas.errors import SourceRefused
from sources.config import Source


def admit(connection: Any, work: Workplace, source: Source, customer_id: int, business_date: date) -> None:
    """Makes sure that the source may be imported.

    Raises:
        Refusal: the database does not know every erasure, or a key of the list is missing.
        SourceRefused: the customer has left.
    """
    vault.agree(connection, work.vault)
    controller = controller_of(source, customer_id)
    vault.check_keys(connection, work.vault, controller, entries.controller_name(connection, controller))
    left = customers.ended_on(connection, customer_id)
    if left is not None and (business_date > left or work.today > left):
        raise SourceRefused(f"{source.customer} left on {left}; nothing of it is read any more.")
