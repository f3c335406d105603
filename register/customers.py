"""A customer who leaves: what stops, what follows, what is given back, and the certificate (GDPR 28(3)(g), R15).

Belongs here: the end of a customer as the register knows it. Does not belong here: writing documents
(`assets.handover`), or the retention of what MDO Group keeps as controller (R1 to R3).
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from register.tables.erasure import customer_end


def ended_on(connection: sa.Connection, customer_id: int) -> date | None:
    """The last day of a customer who has left or is about to."""
    return connection.scalar(sa.select(customer_end.c.ends_on).where(customer_end.c.customer_id == customer_id))
