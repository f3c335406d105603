"""Records that are due, and removing them.

Belongs here: the steps of the policy that end records of rows, with the clock of persons and companies. Does not belong
here: events (`register.retention.events`), or what hangs on a record (`register.removal`).

A transaction takes one customer's records of one rule, and no more than `MOST` of them. It holds the locks of the
customer's sources and of matching, and computes holds anew, and clocks where anything was merged or matched since they
were set: so it sees a person who has come back meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from register import bulk, evidence, removal
from register.database import Register
from register.evidence import Entry
from register.retention import counts, holds
from register.retention.report import Falling, Line
from register.statements import fragment, statement
from register.tables import sync
from register.tables.records import CLOCKED, RECORD_TABLES
from schemas.catalogue import RECORD_TYPES
from schemas.retention import Period, Policy, Step

#: Records removed in one transaction.
MOST = 50_000

#: SQL of the local date that a step counts from, where the row itself says it.
_DAYS = {
    ("collection", "closed_on"): "closed_on",
    ("contract", "terminated_on"): "terminated_on",
    ("account", "last_login_or_created"): "privacy.local_date(coalesce(last_login_at, created_at))",
    ("necessity_event", "ended_at"): "privacy.local_date(ended_at)",
    ("certificate", "valid_until"): "valid_until",
}

#: What counts as undated, of records that go by their last confirmation.
_UNDATED = {"certificate": "held.valid_until is null", "competence": "true"}

#: Records that R99 takes, where nothing says when their relation ended. Never those of R2a and R2c.
_WITHOUT_TRIGGER = {
    "person": "held.retention_trigger is null",
    "company": "held.retention_trigger is null",
    "contract": "held.terminated_on is null",
    "account": "held.last_login_at is null and held.created_at is null",
    "necessity_event": "held.ended_at is null",
}

#: The triggers that are told by when the register last showed a row.
_BY_LAST_SEEN = ("last_confirmed_on", "last_complete_batch")

#: The steps that look at the markers of source rows.
_BY_MARKERS = (*_BY_LAST_SEEN, "absent_on")

#: The kinds of data whose end is here, as steps of the policy name them.
KINDS = frozenset({"person", "company", "invoice", "source_row", "record", *_UNDATED, *(of for of, _ in _DAYS)})


State = tuple[int, ...]


@dataclass(frozen=True)
class Context:
    """What a run is for.

    Attributes:
        seen: the customers' `state` when clocks were last brought up to date; where it is another, they are again.
    """

    policy: Policy
    business_date: date
    run: str = ""
    wait_seconds: float = 60
    seen: dict[int, State] = field(default_factory=dict, compare=False)

    def bound(self, period: Period) -> dict[str, object]:
        """The parameters of a statement that compares with the period."""
        return {
            "business_date": self.business_date,
            "before": self.before(period),
            "months": period.months,
            "days": period.days,
            "calendar_years": period.calendar_years,
            "controller": self.policy.controller,
        }

    def of_ends(self) -> dict[str, object]:
        """The parameters by which it is told whether the end of a customer is sure (R15)."""
        period = self.policy.step("processed", "delete").after
        return {"business_date": self.business_date, "end_months": period.months, "end_days": period.days}

    def before(self, period: Period) -> date:
        """Nothing that began on this day or later can be past the period."""
        # clamping to the end of a month moves a date by three days at the most
        return self.business_date - relativedelta(months=period.months, days=period.days - 4)

    def note(self, connection: sa.Connection, entries: Iterable[Entry]) -> list[Entry]:
        """Writes evidence, and returns it."""
        written = list(entries)
        version = self.policy.version
        evidence.note(connection, written, business_date=self.business_date, policy_version=version, run=self.run)
        return written


def steps(policy: Policy) -> list[tuple[str, Step]]:
    """The steps that delete records of rows, with their rule."""
    return [(rule, step) for rule, step in policy.steps() if step.of in KINDS and step.do == "delete"]


def find_marked(connection: sa.Connection, customer_id: int | None = None) -> None:
    """Makes the temporary table ``marked_row``: what the markers of source rows say, which clocks and rules go by."""
    connection.execute(statement("find_marked_rows"), {"customer_id": customer_id})
    connection.execute(sa.text("analyze marked_row"))


def find_running(connection: sa.Connection, customer_id: int | None = None, before: date | None = None) -> None:
    """Makes the temporary tables ``running_person`` and ``running_company``: the records whose clock runs.

    Args:
        before: only those whose clock has run since an earlier day; not before `set_clocks`.
    """
    for record_type in CLOCKED:
        names = {"record_type": record_type, "table": str(RECORD_TABLES[record_type])}
        connection.execute(statement("find_running", **names), {"customer_id": customer_id, "before": before})
        connection.execute(sa.text(f"analyze running_{record_type}"))


def set_clocks(connection: sa.Connection, context: Context, customer_id: int | None = None) -> None:
    """Starts, moves and clears the clocks of persons and companies. `find_marked` and `find_running` come first."""
    parameters = context.of_ends() | {"customer_id": customer_id}
    sure = fragment("end_is_sure")
    for record_type in CLOCKED:
        names = {"record_type": record_type, "table": str(RECORD_TABLES[record_type])}
        more = fragment("more_signals_of_person") if record_type == "person" else ""
        connection.execute(statement("find_ended", more_signals=more, sure=sure, **names), parameters)
        connection.execute(sa.text("analyze ended"))
        connection.execute(statement("find_clocks", **names), parameters)
        connection.execute(sa.text("analyze clock"))
        connection.execute(statement("start_clocks", **names), parameters)
        connection.execute(statement("clear_clocks", **names), parameters)
        connection.execute(sa.text("drop table ended, clock"))


def state(connection: sa.Connection) -> dict[int, State]:
    """What moves whenever a merge or matching has changed what clocks are told by, by customer."""
    return {row.customer_id: tuple(row) for row in connection.execute(statement("clock_states"))}


def find_due(
    connection: sa.Connection,
    context: Context,
    *,
    customer_id: int | None = None,
    wanted: Sequence[tuple[str, Step]] | None = None,
    dated: bool = False,
) -> None:
    """Makes the temporary table ``due``, with refusals.

    `find_marked`, `find_running`, `set_clocks` and `holds.find` come first.

    Args:
        customer_id: only this customer's records.
        wanted: only these of the policy's steps; None: all.
        dated: whether each row gets the day on which it falls due.
    """
    connection.execute(statement("begin_due"))
    seen_for: Period | None = None
    for rule, step in steps(context.policy) if wanted is None else wanted:
        parameters = context.bound(step.after) | {"rule": rule, "customer_id": customer_id}
        if step.trigger in _BY_LAST_SEEN and step.after != seen_for:
            connection.execute(sa.text("drop table if exists seen_row"))
            connection.execute(statement("find_seen_rows"), parameters)
            connection.execute(sa.text("analyze seen_row"))
            seen_for = step.after
        _find(connection, step, parameters)
        if dated:
            connection.execute(statement("date_due_by_years" if step.after.calendar_years else "date_due"), parameters)
    connection.execute(sa.text("analyze due"))
    connection.execute(statement("refuse_implausible"))
    connection.execute(statement("refuse_held"))
    claimed = [rule for rule, one in context.policy.rules.items() if "open_claim" in one.exceptions]
    connection.execute(statement("refuse_claimed"), {"rules": claimed})


def lines(connection: sa.Connection) -> list[Line]:
    """The table ``due``, counted."""
    found: dict[tuple[str, str], Line] = {}
    for row in connection.execute(statement("count_due")):
        table = _table(row.record_type)
        line = found.setdefault((row.rule, table), Line(row.rule, row.record_type, table, "delete", 0))
        if row.refused:
            line.refused[row.refused] = row.rows
        else:
            found[row.rule, table] = Line(
                row.rule,
                row.record_type,
                table,
                "delete",
                row.rows,
                line.refused,
                first_day=row.first_day,
                last_day=row.last_day,
                customers=frozenset(row.customers),
            )
    return list(found.values())


def ahead(connection: sa.Connection, context: Context) -> list[Falling]:
    """What falls due by the context's date, by day. `holds.find` comes first.

    Clocks are taken as retention has left them: bringing them up to date would write to every person who has gone.
    """
    find_marked(connection)
    find_running(connection)
    find_due(connection, context, dated=True)
    return [
        Falling(row.rule, row.record_type, _table(row.record_type), "delete", row.due_on, row.rows, row.kept)
        for row in connection.execute(statement("count_due_ahead"))
    ]


def _table(of: str) -> str:
    return str(RECORD_TABLES[of]) if of in RECORD_TABLES else str(sync.source_row)


def remove(
    register: Register,
    context: Context,
    rule: str,
    customer_id: int,
    found: Collection[str],
    held_tables: Collection[str],
) -> tuple[list[Entry], bool]:
    """Removes a customer's records that are due by a rule, `MOST` of them. Returns the evidence, and whether more are.

    Args:
        found: the record types of which the night's look found any due: no other is looked for again, unless something
            was merged or matched since.
        held_tables: tables whose deletions wait for a person.

    Raises:
        TryLater: where the customer's registers were being read or matched all the while.
    """
    free = [name for name, table in RECORD_TABLES.items() if str(table) not in held_tables]
    most = {"rule": rule, "record_types": free, "most": MOST}
    wanted = [(of, step) for of, step in steps(context.policy) if of == rule]
    with register.transaction() as connection:
        bulk.expect(connection)
        _lock(connection, customer_id, context.wait_seconds)
        moved = state(connection).get(customer_id) != context.seen.get(customer_id)
        if not moved:
            wanted = [(of, step) for of, step in wanted if step.of in found or step.of == "record"]
        if moved or any(step.trigger in _BY_MARKERS for _, step in wanted):
            find_marked(connection, customer_id)
        if moved:
            find_running(connection, customer_id)
            set_clocks(connection, context, customer_id)
        elif clocked := [context.before(step.after) for _, step in wanted if step.of in CLOCKED]:
            find_running(connection, customer_id, max(clocked))
        holds.find(connection, context.business_date)
        find_due(connection, context, customer_id=customer_id, wanted=wanted)
        removal.begin(connection)
        taken = connection.execute(statement("doom_due"), most).rowcount
        if str(sync.source_row) not in held_tables:
            free.append("source_row")
            taken += connection.execute(statement("doom_due_keys"), most).rowcount
        if not taken:
            return [], False
        more = taken >= MOST and bool(connection.scalar(statement("is_more_due"), most | {"taken": taken}))
        connection.execute(sa.text("analyze doomed, doomed_key"))
        roots = _roots(connection, rule)
        counts.add_doomed(connection, context.business_date)
        removal.extend(connection, whole_rows=True)
        _spare_events(connection, context)
        went = removal.remove(connection, whole_rows=True)
        for table, entry in roots.items():
            went[table] = went.get(table, 0) - entry.rows
        hanging = [Entry(rule, "delete", table, rows, reason="hanging") for table, rows in went.items() if rows > 0]
        return context.note(connection, [*roots.values(), *hanging]), more


def _find(connection: sa.Connection, step: Step, parameters: dict[str, object]) -> None:
    def run(name: str, record: str = "", /, **names: str) -> None:
        if record:
            names |= {"record_type": record, "table": str(RECORD_TABLES[record])}
        connection.execute(statement(name, **names), parameters)

    if step.of in CLOCKED:
        run("due_clocked", step.of)
    elif step.of == "source_row":
        run("due_rows")
    elif step.of == "invoice":
        run("due_invoice")
    elif step.trigger == "last_confirmed_on":
        run("due_confirmed", step.of, undated=_UNDATED[step.of])
    elif step.of == "record":
        run("find_lost_rows")
        for record, condition in _WITHOUT_TRIGGER.items():
            run("due_lost", record, without_trigger=condition)
        connection.execute(sa.text("drop table lost_row"))
    else:
        run("due_dated", step.of, day=_DAYS[step.of, step.trigger])


def _roots(connection: sa.Connection, rule: str) -> dict[str, Entry]:
    found = {}
    for row in connection.execute(statement("count_doomed"), {"rule": rule}):
        table = _table(row.record_type)
        found[table] = Entry(rule, "delete", table, row.rows, first_day=row.first_day, last_day=row.last_day)
    return found


def _spare_events(connection: sa.Connection, context: Context) -> None:
    """Takes out events that a hold or an open claim keeps longer than their account."""
    types = set(connection.scalars(sa.text("select distinct record_type from doomed")))
    for record in RECORD_TYPES.values():
        if not record.happened or record.name not in types:
            continue
        stays = fragment("event_is_held").format(happened=record.happened)
        if record.name == "message":
            stays = f"{stays} or {fragment('message_is_claimed')}"
        after = context.policy.step("collection", "delete").after
        connection.execute(
            statement("spare_events", record_type=record.name, table=str(RECORD_TABLES[record.name]), stays=stays),
            {"business_date": context.business_date, "claim_months": after.months, "claim_days": after.days},
        )


def _lock(connection: sa.Connection, customer_id: int, seconds: float) -> None:
    """The locks that syncs and matching of the customer take, until the transaction ends."""
    connection.execute(
        sa.text("select set_config('lock_timeout', :limit, true)"), {"limit": f"{int(seconds * 1000)}ms"}
    )
    sources = sa.select(sync.source.c.id).where(sync.source.c.customer_id == customer_id).order_by(sync.source.c.id)
    for source in connection.scalars(sources).all():
        connection.execute(sa.text("select pg_advisory_xact_lock(1296322, :source)"), {"source": source})
    connection.execute(sa.text("select pg_advisory_xact_lock(1296324, :customer)"), {"customer": customer_id})
