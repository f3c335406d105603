"""The oldest lines of the ledger of erasures, and their end (R13).

Belongs here: which lines no backup needs any more, and the evidence of their cutting. Does not belong here: the file
(`register.ledger`), or what the database remembers of each line (`register.retention.housekeeping`).

A backup lacks the erasures that the database carried out after it was made. So a line goes by the day on which the
database carried it out, and not by the day on which it was written: after the database has forgotten it, never before.
Killed in between, the next night cuts what this one did not, and writes the evidence of what this one cut.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from register.database import Register
from register.evidence import Entry
from register.ledger import Ledger
from register.retention.records import Context
from register.suppression.vault import newest_known
from register.tables import privacy
from register.tables.erasure import ledger_entry

#: How evidence names the file.
FILE = "ledger"


def cut(register: Register, context: Context, ledger: Ledger) -> Iterator[Entry]:
    """Cuts off the lines that the database has forgotten. Yields the evidence of it.

    Raises:
        ConfigurationRefused: the ledger is not what was written, or cannot be written.
    """
    oldest = sa.select(sa.func.min(ledger_entry.c.sequence))
    with register.transaction() as connection:
        known, digest = newest_known(connection)
        before = connection.scalar(oldest)
    last = ledger.last()
    if before is None or last is None or last.sequence < known or (last.sequence == known and last.digest != digest):
        return  # another ledger, or an older copy: imports refuse it, and nothing of it is touched
    done = ledger.cut(before)
    if done is None:
        return
    rule = next(rule for rule, step in context.policy.steps() if step.of == "ledger_entry")
    reference = f"up to line {done.sequence}"
    seen = sa.select(sa.func.count()).where(
        privacy.evidence.c.table_name == FILE, privacy.evidence.c.reference == reference
    )
    with register.transaction() as connection:
        if not connection.scalar(seen):
            yield from context.note(
                connection, [Entry(rule, "delete", FILE, done.content["lines"], reference=reference)]
            )
