"""What matching has made of a customer's records, in numbers.

Belongs here: counts, and the look at the outcome that does not trust the runs which made it. Does not belong here: any
record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from register import bulk
from register.statements import statement
from register.tables import sync


@dataclass(frozen=True)
class Matched:
    """The state of one customer after a run.

    Attributes:
        touched: person records that had come, changed or gone.
        records, persons: person records, and the persons that they are of.
        company_records, companies: the same of companies.
        links: standing links between person records that a rule made, by rule.
        decided: standing decisions of persons, by verdict.
        left: person records that a rule would have joined with another, by why it was not done.
        waiting, waiting_since: pairs in the review queue, and since when the oldest of them waits.
    """

    touched: int
    records: int
    persons: int
    company_records: int
    companies: int
    links: dict[str, int]
    decided: dict[str, int]
    left: dict[str, int]
    waiting: int
    waiting_since: datetime | None


@dataclass(frozen=True)
class Audit:
    """What is wrong with one customer's persons and companies: nothing, unless there is a defect.

    Attributes:
        homeless: person or company records that belong to nobody.
        crossed: pairs of records in one person that a veto keeps apart and no person's word has joined, and pairs in
            one company that a person keeps apart.
    """

    homeless: int
    crossed: int


def measure(connection: sa.Connection, customer_id: int, touched: int = 0) -> Matched:
    """Counts, from the tables as they stand."""
    parameters = {"customer_id": customer_id}
    totals = connection.execute(statement("count_golden"), parameters).one()
    links = connection.execute(statement("count_links"), parameters).all()
    left = connection.execute(statement("count_left"), parameters).all()
    return Matched(
        touched=touched,
        **totals._mapping,
        **connection.execute(statement("count_queue"), parameters).one()._mapping,
        links={row.what: row.many for row in links if not row.decided},
        decided={row.what: row.many for row in links if row.decided},
        left={row.what: row.many for row in left},
    )


def audit(connection: sa.Connection, customer_id: int) -> Audit:
    """Looks at every record and person of a customer: some seconds for a million records."""
    bulk.expect(connection)
    sources = list(connection.scalars(sa.select(sync.source.c.id).where(sync.source.c.customer_id == customer_id)))

    def counted(name: str) -> int:
        return int(connection.scalar(statement(name), {"customer_id": customer_id, "sources": sources}) or 0)

    crossed = counted("count_crossed") + counted("count_companies_crossed")
    return Audit(homeless=counted("count_homeless"), crossed=crossed)
