"""What matching has made of a customer's records, in numbers.

Belongs here: counts, and the look at the outcome that does not trust the run which made it. Does not belong here: any
record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from register.statements import statement


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
        homeless: person or company records that belong to nobody; always 0.
        crossed: pairs of records in one person that a veto keeps apart and no person's word has joined, and pairs in
            one company that a person keeps apart; always 0.
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
    homeless: int
    crossed: int
    waiting: int
    waiting_since: datetime | None


def measure(connection: sa.Connection, customer_id: int, touched: int = 0) -> Matched:
    """Counts, from the tables as they stand."""
    parameters = {"customer_id": customer_id}

    def counted(name: str) -> dict[str, int]:
        return {row.what: row.many for row in connection.execute(statement(name), parameters)}

    totals = connection.execute(statement("count_golden"), parameters).one()
    return Matched(
        touched=touched,
        **totals._mapping,
        **connection.execute(statement("count_queue"), parameters).one()._mapping,
        links=counted("count_links"),
        decided=counted("count_decisions"),
        left=counted("count_left"),
        crossed=sum(
            int(connection.scalar(statement(name), parameters) or 0)
            for name in ("count_crossed", "count_companies_crossed")
        ),
    )
