"""A night of retention: what is due by the policy, and its end.

Belongs here: the order of a night, and what is written down of it. Does not belong here: any one rule's doing
(`register.retention.records`, `.events`, `.housekeeping`), or Dagster.

The business date decides, not the clock: missed nights make the same end state, and the same night twice changes
nothing. Whatever was under way when a run was killed is found due again by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from register import bulk, customers, evidence, partitions
from register.database import Register
from register.evidence import Entry
from register.ledger import Ledger
from register.retention import events, guard, holds, housekeeping, old_lines, records
from register.retention.records import Context
from register.retention.report import Held, Line, Night, Watch
from register.statements import statement
from register.suppression import shown as suppressed
from register.tables import privacy
from schemas.errors import Refusal, TryLater
from schemas.retention import Policy

#: Of runs at once, one does the work.
_LOCK = 1296326
#: The reason of a refusal that waits for a person.
GUARD = "guard"
_LOST = "R99"


def plan(register: Register, policy: Policy, business_date: date) -> Night:
    """What is due on a date, what is refused and what would wait for a person. Changes nothing but the memory that this
    version of the policy has been looked at.
    """
    context = Context(policy, business_date)
    with register.transaction() as connection:
        _remember(connection, context)
    with register.transaction() as connection:
        looking = connection.begin_nested()
        lines, watch = _look(connection, context)
        held = guard.judge(connection, policy, lines, business_date)
        looking.rollback()
        shown = guard.listed(connection, policy, business_date)
    known = {(one.rule, one.table): one for one in shown}
    merged = [known.pop((one.rule, one.table), one) for one in held]
    return Night(business_date, policy.version, lines, [], [*merged, *known.values()], watch)


def apply(
    register: Register,
    policy: Policy,
    business_date: date,
    *,
    today: date,
    run: str = "",
    wait_seconds: float = 60,
    ledger: Ledger | None = None,
    told: Callable[[str, int], None] = lambda rule, rows: None,
) -> Night:
    """Ends what is due on a date.

    Args:
        today: the local date of the moment; nothing is due tomorrow.
        run: the Dagster run, if there is one.
        wait_seconds: how long it waits for a sync or matching of a customer whose records are due.
        ledger: of erasures; its oldest lines go with what the database remembers of them.
        told: of each rule and the rows that went by it.

    Raises:
        Refusal: for a business date in the future, or a policy that is new here and that nobody has planned with.
        TryLater: where another run is under way.
    """
    if business_date > today:
        raise Refusal("Retention is not run for a date that has not come.", "Give today's date or an earlier one.")
    context = Context(policy, business_date, run, wait_seconds)
    with register.named_lock(_LOCK):
        with register.transaction() as connection:
            _adopt(connection, context)
        partitions.ahead(register, business_date)
        done: list[Entry] = []
        busy: set[int] = set()

        def tell(entries: Iterator[Entry]) -> int:
            before = len(done)
            for entry in entries:
                done.append(entry)
                told(entry.rule, entry.rows)
            return len(done) - before

        lines, watch, held = _look_and_hold(register, context)
        tell(_records(register, context, lines, held, busy))
        # of a person who loses a lost record (R99), the others may have ended long ago: they are looked at at once, so
        # that the same night again finds nothing
        while any(entry.rule == _LOST for entry in done):
            again, _, held = _look_and_hold(register, context)
            if not tell(_records(register, context, again, held, busy)):
                break
        tell(_events_and_the_rest(register, context, held))
        if ledger is not None:
            tell(old_lines.cut(register, context, ledger))
        with register.transaction() as connection:
            _note_refusals(connection, context, lines, held)
            _note_night(connection, context)
    return Night(business_date, policy.version, lines, done, held, watch, len(busy))


def _look(connection: sa.Connection, context: Context) -> tuple[list[Line], Watch]:
    """What is due, in a transaction that also brings the clocks up to date."""
    bulk.expect(connection)
    customers.end_contracts(connection, context)
    records.find_marked(connection)
    records.find_running(connection)
    records.set_clocks(connection, context)
    holds.find(connection, context.business_date)
    records.find_due(connection, context)
    lines = records.lines(connection) + events.plan(connection, context) + housekeeping.plan(connection, context)
    return sorted(lines, key=lambda line: (line.rule, line.table)), _watch(connection, context)


def _look_and_hold(register: Register, context: Context) -> tuple[list[Line], Watch, list[Held]]:
    """What is due, with the clocks brought up to date, and what of it waits for a person."""
    with register.transaction() as connection:
        context.seen.update(records.state(connection))
        lines, watch = _look(connection, context)
        waiting = guard.judge(connection, context.policy, lines, context.business_date)
    with register.transaction() as connection:
        return lines, watch, guard.write(connection, waiting, context.business_date)


def _waiting(context: Context, held: Sequence[Held]) -> dict[str, frozenset[str]]:
    """Per rule the tables that wait for a person."""
    return {rule: frozenset(one.table for one in held if one.rule == rule) for rule in context.policy.rules}


def _records(
    register: Register, context: Context, lines: Sequence[Line], held: Sequence[Held], busy: set[int]
) -> Iterator[Entry]:
    """Removes records. A customer whose registers are busy is left to the next run."""
    waiting = _waiting(context, held)
    concerned: dict[str, dict[int, set[str]]] = {}
    for line in lines:
        for customer_id in line.customers:
            concerned.setdefault(line.rule, {}).setdefault(customer_id, set()).add(line.of)
    for rule, several in concerned.items():
        for customer_id, found in sorted(several.items()):
            more = True
            while more:
                try:
                    entries, more = records.remove(register, context, rule, customer_id, found, waiting[rule])
                except TryLater:
                    busy.add(customer_id)
                    break
                yield from entries


def _events_and_the_rest(register: Register, context: Context, held: Sequence[Held]) -> Iterator[Entry]:
    waiting = _waiting(context, held)
    for rule, step in events.steps(context.policy):
        yield from events.enforce(register, context, rule, step, waiting[rule])
    for rule, step in housekeeping.steps(context.policy):
        yield from housekeeping.enforce(register, context, rule, step)


def _watch(connection: sa.Connection, context: Context) -> Watch:
    policy = context.policy
    idle = policy.step("account", "report").after
    barred, titled = (policy.step("collection", "report", trigger=name).after for name in _CLAIM_CLOCKS)
    unreviewed = sa.select(sa.func.count()).where(
        privacy.hold.c.ended_on.is_(None), privacy.hold.c.review_on < context.business_date
    )
    looked_at = policy.step("suppression", "report").after
    return Watch(
        idle_accounts=_count(connection, "due_users", context.bound(idle)),
        time_barred=_count(connection, "count_time_barred", context.bound(barred) | {"title_months": titled.months}),
        without_year=_count(connection, "count_invoices_without_year", {"controller": policy.controller}),
        unreviewed_holds=int(connection.scalar(unreviewed) or 0),
        unreviewed_suppressions=suppressed.unreviewed(connection, looked_at, context.business_date),
    )


_CLAIM_CLOCKS = ("interrupted_on", "enforcement_title_on")


def _count(connection: sa.Connection, name: str, parameters: dict[str, object]) -> int:
    return int(connection.execute(statement(name), parameters).scalar_one())


def _note_refusals(connection: sa.Connection, context: Context, lines: Sequence[Line], held: Sequence[Held]) -> None:
    """Evidence of what was due and stayed, once for each count of a night, so that a second run adds nothing."""
    refused = [
        Entry(line.rule, "refuse", line.table, rows, reason) for line in lines for reason, rows in line.refused.items()
    ]
    waiting = {(one.rule, one.table): one.number for one in held}
    for line in lines:
        number = waiting.get((line.rule, line.table))
        if number is not None and line.rows:
            refused.append(
                Entry(line.rule, "refuse", line.table, line.rows, GUARD, reference=f"held deletion {number}")
            )
    noted = {
        (one.rule, one.table, one.reason, one.rows)
        for one in evidence.listed(connection, context.business_date, context.business_date)
        if one.action == "refuse"
    }
    context.note(connection, [one for one in refused if (one.rule, one.table, one.reason, one.rows) not in noted])


def _remember(connection: sa.Connection, context: Context) -> None:
    values = {
        "version": context.policy.version,
        "policy": context.policy.model_dump(mode="json", by_alias=True),
        "planned_on": context.business_date,
    }
    connection.execute(insert(privacy.policy_version).values(**values).on_conflict_do_nothing())


def _note_night(connection: sa.Connection, context: Context) -> None:
    """Remembers how far retention has come: an older batch must not bring back what it has deleted."""
    table = privacy.policy_version
    newest = sa.func.greatest(table.c.last_on, context.business_date)
    connection.execute(sa.update(table).where(table.c.version == context.policy.version).values(last_on=newest))


def _adopt(connection: sa.Connection, context: Context) -> None:
    """A policy that is new here holds for what is there already, so somebody looks at what it would do first."""
    table = privacy.policy_version
    applied = connection.scalar(sa.select(sa.func.count()).where(table.c.applied_on.is_not(None)))
    known = connection.scalar(sa.select(sa.func.count()).where(table.c.version == context.policy.version))
    if applied and not known:
        raise Refusal(
            "The retention policy has changed, and nobody has looked at what it would do.",
            "mdo retention plan shows it; the next run then applies it.",
        )
    _remember(connection, context)
    connection.execute(
        sa.update(table)
        .where(table.c.version == context.policy.version, table.c.applied_on.is_(None))
        .values(applied_on=context.business_date)
    )
