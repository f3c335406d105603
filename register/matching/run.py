"""One run of matching for one customer.

Belongs here: the one transaction in which records are compared, settled and written. Does not belong here: any rule.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from register import bulk
from register.database import Register
from register.matching import clusters, companies, links, queue, region
from register.matching.report import Matched, measure
from register.statements import statement
from register.tables import sync
from schemas.errors import NotFound, TryLater


def customers(connection: sa.Connection, name: str | None = None) -> dict[str, int]:
    """The customers that the register knows, or the one of that name: name -> id.

    Raises:
        NotFound: where there is no customer of that name.
    """
    table = sync.customer
    found = {row.name: row.id for row in connection.execute(sa.select(table).order_by(table.c.name))}
    if name is None:
        return found
    if name not in found:
        raise NotFound(f"No register of a customer named {name} has been read.", "mdo source list shows the names.")
    return {name: found[name]}


def match(register: Register, customer_id: int, *, everything: bool = False, scored: bool = True) -> Matched:
    """Matches what has come, changed or gone since the last run. All or nothing.

    Args:
        everything: compute every record anew; the result is the same.
        scored: also look for likely pairs; without them the queue has only what rules were kept from joining.

    Raises:
        TryLater: where another run of the customer is under way.
    """
    with register.transaction() as connection:
        begin(connection, customer_id)
        return settle(connection, customer_id, everything=everything, scored=scored)


def begin(connection: sa.Connection, customer_id: int) -> None:
    """Makes the transaction the only one that matches this customer, and lets it see one moment of the register.

    Raises:
        TryLater: where there is another.
    """
    connection.execute(sa.text("set transaction isolation level repeatable read"))
    if not connection.scalar(sa.text("select pg_try_advisory_xact_lock(1296324, :id)"), {"id": customer_id}):
        raise TryLater("Another run of matching is under way for this customer.", "Run it again when it has ended.")


def settle(
    connection: sa.Connection,
    customer_id: int,
    *,
    everything: bool = False,
    records: Iterable[int] = (),
    companies_too: bool = False,
    scored: bool | None = None,
) -> Matched:
    """Computes the touched part of a customer's records anew, in the transaction that `begin` began.

    Args:
        records: person records to compute although they have not changed, because somebody has decided on them.
        companies_too: compute the companies although none has changed.
        scored: look for likely pairs. None: only where records have come, since a decision takes pairs out of the queue
            and brings none.
    """
    parameters = {"customer_id": customer_id}
    sources = list(connection.scalars(sa.select(sync.source.c.id).where(sync.source.c.customer_id == customer_id)))
    everything |= connection.execute(statement("follow_priorities"), {"sources": sources}).rowcount > 0
    batches = list(connection.scalars(statement("unmatched_batches"), parameters))
    bulk.expect(connection)
    found = region.find(connection, customer_id, sources, batches, everything=everything, records=records)
    if found is not None:
        settled = clusters.settle(found.nodes, found.proposed, found.same, found.different)
        queue.begin(connection)
        links.write(connection, customer_id, "person", settled)
        connection.execute(sa.text("drop table touched, key_now"))
        connection.execute(statement("match_again_no_more"), parameters | {"record_type": "person"})
        queue.refresh(connection, customer_id, scored=bool(batches) if scored is None else scored)
    if (
        everything
        or companies_too
        or connection.scalar(statement("companies_are_touched"), parameters | {"batches": batches})
    ):
        connection.execute(statement("begin_company_region"), parameters | {"sources": sources})
        links.write(connection, customer_id, "company", companies.settle(connection, customer_id, sources))
        connection.execute(statement("match_again_no_more"), parameters | {"record_type": "company"})
    if batches:
        connection.execute(statement("mark_matched"), {"batches": batches})
    return measure(connection, customer_id, found.touched if found else 0)
