"""The end of events: coarsened, made nobody's, deleted, and dropped by whole partitions.

Belongs here: the steps of the policy for locations, actions and messages. Does not belong here: making partitions for
what comes in (`register.partitions`), the keys of what is dropped (`register.retention.event_keys`), or records of rows
(`register.retention.records`).

Each partition is a transaction. Before one is dropped, the keys of its rows go and rows that a hold or claim keeps move
to the parent's default partition, from which they are deleted once nothing keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from register import partitions
from register.database import Register
from register.evidence import Entry
from register.retention import event_keys, holds
from register.retention.records import Context
from register.retention.report import Falling, Line
from register.statements import fragment, identifier, statement
from register.tables import privacy, sync
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES, RecordType
from schemas.retention import Period, Policy, Step

_FIRST_DAY = re.compile(r"_(\d{4})_(\d{2})_(\d{2})$")
_PSEUDONYMS = str(privacy.action_pseudonym)

#: The kinds of data whose end is here, as steps of the policy name them.
KINDS = frozenset(name for name, record in RECORD_TYPES.items() if record.happened)


@dataclass(frozen=True)
class Partition:
    """One partition of an event's table.

    Attributes:
        last_day: the last local day of its span; None of the one that keeps what was moved aside.
    """

    record: RecordType
    name: str
    first_day: date | None
    last_day: date | None

    @property
    def qualified(self) -> str:
        """Its name, qualified and quoted."""
        return f"register.{identifier(self.name)}"


def steps(policy: Policy) -> list[tuple[str, Step]]:
    """The steps that end events, with their rule: what is coarsened first, what goes last."""
    order = {"drop": 0, "delete": 1, "pseudonymise": 2, "coarsen": 3}
    found = [(rule, step) for rule, step in policy.steps() if step.of in KINDS and step.do in order]
    # the coarsest first, so that a location past thirty days is not coarsened twice
    return sorted(found, key=lambda one: (order[one[1].do], -one[1].after.days))


def of(connection: sa.Connection, record: RecordType) -> list[Partition]:
    """The partitions of an event's table, the oldest first."""
    found = []
    for row in connection.execute(statement("partitions_of"), {"parent": str(RECORD_TABLES[record.name])}):
        match = _FIRST_DAY.search(row.name)
        first = date(*map(int, match.groups())) if match else None
        span = relativedelta(days=1) if record.parted_by == "day" else relativedelta(months=1)
        last = first + span - timedelta(days=1) if first else None
        found.append(Partition(record, row.name, first, last))
    return found


def plan(connection: sa.Connection, context: Context) -> list[Line]:
    """What is due of each step. `holds.find` comes first."""
    found = []
    for rule, step in steps(context.policy):
        if step.do == "pseudonymise":
            found.append(_pseudonyms_due(connection, context, rule, step))
        elif step.do in ("drop", "delete"):
            found.append(_events_due(connection, context, rule, step))
    return [line for line in found if line.rows or line.refused]


def enforce(
    register: Register, context: Context, rule: str, step: Step, held_tables: frozenset[str]
) -> Iterator[Entry]:
    """Carries out a step, a transaction at a time. Yields the evidence of each."""
    if step.do == "pseudonymise":
        if _PSEUDONYMS not in held_tables:
            yield from _pseudonymise(register, context, rule, step)
        return
    record = RECORD_TYPES[step.of]
    if step.do in ("drop", "delete") and str(RECORD_TABLES[step.of]) in held_tables:
        return
    with register.transaction() as connection:
        every = of(connection, record)
    for partition in every:
        if not _may_hold_due(partition, context, step):
            continue
        if step.do == "coarsen":
            yield from _coarsen(register, context, rule, step, partition)
        elif step.do == "drop" and partition.last_day is not None:
            yield from _drop(register, context, rule, partition)
        else:
            yield from _delete(register, context, rule, step, partition)


def _may_hold_due(partition: Partition, context: Context, step: Step) -> bool:
    """Whether any row of it may be due: of one that is dropped as a whole, whether all are."""
    if step.do == "drop" and partition.last_day is not None:
        return _is_over(partition, context, step.after)
    return partition.first_day is None or _expires_on(partition.first_day, step.after) <= context.business_date


def _is_over(partition: Partition, context: Context, after: Period) -> bool:
    return partition.last_day is not None and _expires_on(partition.last_day, after) <= context.business_date


def _expires_on(day: date, after: Period) -> date:
    """The same arithmetic as the SQL function ``privacy.expires_on``, for the name of a partition."""
    return day + relativedelta(months=after.months, days=after.days) + timedelta(days=1)


def _expires(record: RecordType, step: Step) -> str:
    """SQL: the day on which the row `event` is due."""
    name = "month_expires" if step.trigger == "last_day_of_month" else "event_expires"
    return fragment(name).format(happened=record.happened)


def _over(record: RecordType, step: Step) -> str:
    """SQL: whether the row `event` is past its retention."""
    return f"{_expires(record, step)} <= :business_date"


def _claimed(record: RecordType, policy: Policy) -> str:
    exceptions = policy.rules[record.retention].exceptions
    return fragment("message_is_claimed") if "related_invoice" in exceptions and record.name == "message" else "false"


def _bound(context: Context, step: Step) -> dict[str, object]:
    claim = context.policy.step("collection", "delete").after
    return context.bound(step.after) | {"claim_months": claim.months, "claim_days": claim.days}


def _events_due(connection: sa.Connection, context: Context, rule: str, step: Step) -> Line:
    record = RECORD_TYPES[step.of]
    rows, held, claimed, periods, days = 0, 0, 0, 0, []
    names = {"held": holds.covers_event(connection, record), "claimed": _claimed(record, context.policy)}
    for partition in of(connection, record):
        if not _may_hold_due(partition, context, step):
            continue
        # of a partition that is over, no row need be asked
        over = "true" if _is_over(partition, context, step.after) else _over(record, step)
        counted = connection.execute(
            statement("count_events", partition=partition.qualified, over=over, **names), _bound(context, step)
        ).one()
        rows, held, claimed = rows + counted.due, held + counted.held, claimed + counted.claimed
        if counted.due:
            periods += step.do == "drop" and partition.last_day is not None
            days += [day for day in (partition.first_day, partition.last_day) if day]
    return Line(
        rule,
        step.of,
        str(RECORD_TABLES[step.of]),
        step.do,
        rows,
        {reason: many for reason, many in (("hold", held), ("open_claim", claimed)) if many},
        periods if step.do == "drop" else None,
        min(days, default=None),
        min(max(days), context.business_date) if days else None,
    )


def ahead(connection: sa.Connection, context: Context) -> list[Falling]:
    """What of each step falls due by the context's date, by day. `holds.find` comes first."""
    found: list[Falling] = []
    for rule, step in steps(context.policy):
        if step.do == "pseudonymise":
            connection.execute(statement("find_old_pseudonyms"), context.bound(step.after))
            counted = connection.execute(statement("count_pseudonyms_ahead"), context.bound(step.after))
            found += [Falling(rule, step.of, _PSEUDONYMS, step.do, *row) for row in counted]
        elif step.do in ("drop", "delete"):
            found += _events_ahead(connection, context, rule, step)
    return found


def _events_ahead(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Falling]:
    record = RECORD_TYPES[step.of]
    table = str(RECORD_TABLES[step.of])
    names = {"held": holds.covers_event(connection, record), "claimed": _claimed(record, context.policy)}
    for partition in of(connection, record):
        names["partition"] = partition.qualified
        if not _may_hold_due(partition, context, step):
            continue
        if step.do == "drop" and partition.last_day is not None:  # it goes as a whole
            row = connection.execute(statement("count_events", over="true", **names), _bound(context, step)).one()
            due_on = _expires_on(partition.last_day, step.after)
            yield Falling(rule, step.of, table, step.do, due_on, row.due, row.held + row.claimed)
            continue
        asked = statement("count_events_ahead", expires=_expires(record, step), **names)
        for row in connection.execute(asked, _bound(context, step)):
            yield Falling(rule, step.of, table, step.do, row.due_on, row.rows, row.kept)


def _pseudonyms_due(connection: sa.Connection, context: Context, rule: str, step: Step) -> Line:
    connection.execute(statement("find_old_pseudonyms"), context.bound(step.after))
    counted = connection.execute(statement("count_old_pseudonyms")).one()
    refused = {"hold": counted.held} if counted.held else {}
    days = (counted.first_day, counted.last_day)
    return Line(rule, step.of, _PSEUDONYMS, step.do, counted.due, refused, counted.periods, *days)


def _pseudonymise(register: Register, context: Context, rule: str, step: Step) -> list[Entry]:
    with register.transaction() as connection:
        holds.find(connection, context.business_date)
        line = _pseudonyms_due(connection, context, rule, step)
        if not line.rows:
            return []
        connection.execute(statement("remove_old_pseudonyms"))
        entry = Entry(rule, "pseudonymise", line.table, line.rows, "", line.first_day, line.last_day)
        return context.note(connection, [entry])


def _coarsen(register: Register, context: Context, rule: str, step: Step, partition: Partition) -> list[Entry]:
    with register.transaction() as connection:
        holds.find(connection, context.business_date)
        stays = holds.covers_event(connection, partition.record)
        text = statement(f"coarsen_to_{step.to}", partition=partition.qualified, stays=stays)
        rows = connection.execute(text, _bound(context, step)).rowcount
        if not rows:
            return []
        table = str(RECORD_TABLES[step.of])
        entry = Entry(rule, "coarsen", table, rows, f"to the {step.to}", partition.first_day, partition.last_day)
        return context.note(connection, [entry])


def _delete(register: Register, context: Context, rule: str, step: Step, partition: Partition) -> list[Entry]:
    """Row by row, where not all of a partition is due; what is then left of a partition that is over moves aside."""
    record = partition.record
    names = {"partition": partition.qualified, "happened": str(record.happened), "record_type": record.name}
    entries = []
    with register.transaction() as connection:
        holds.find(connection, context.business_date)
        bound = _bound(context, step)
        stays = f"{holds.covers_event(connection, record)} or {_claimed(record, context.policy)}"
        due = _over(record, step)
        connection.execute(statement("remove_event_changes", stays=f"not ({due}) or {stays}", **names), bound)
        gone = connection.execute(statement("delete_events", over=due, stays=stays, **names), bound).one()
        if gone.rows:
            days = (gone.first_day, gone.last_day)
            entries.append(Entry(rule, "delete", str(RECORD_TABLES[record.name]), gone.rows, "", *days))
        if gone.keys:
            entries.append(Entry(rule, "delete", str(sync.source_row), gone.keys, "hanging"))
        context.note(connection, entries)
    if _is_over(partition, context, step.after):
        entries += _drop_detached(register, context, rule, partition, aside="true")
    return entries


def _drop(register: Register, context: Context, rule: str, partition: Partition) -> list[Entry]:
    """A partition that is over, at once: first the keys of its rows, then the rows in no time."""
    entries = event_keys.remove(register, context, rule, partition.record, partition.qualified)
    return entries + _drop_detached(register, context, rule, partition)


def _drop_detached(
    register: Register, context: Context, rule: str, partition: Partition, *, aside: str | None = None
) -> list[Entry]:
    """Moves aside what stays and drops the rest.

    Args:
        aside: SQL: what stays; None: what a hold covers.
    """
    parent = str(RECORD_TABLES[partition.record.name])
    record_type = partition.record.name
    with register.transaction() as connection:
        limit = f"{int(context.wait_seconds * 1000)}ms"
        connection.execute(sa.text("select set_config('lock_timeout', :limit, true)"), {"limit": limit})
        holds.find(connection, context.business_date)
        stays = aside or holds.covers_event(connection, partition.record)
        names = {"parent": parent, "partition": partition.qualified, "stays": stays}
        rows = int(connection.scalar(sa.text(f"select count(*) from {partition.qualified}")) or 0)
        if rows:
            connection.execute(statement("remove_event_changes", record_type=record_type, **names))
        connection.execute(sa.text("select register.detach_partition(:name)"), {"name": partition.name})
        moved = 0
        if rows and connection.scalar(
            sa.text(f"select exists (select from {partition.qualified} as event where {stays})")
        ):
            partitions.keep_aside(connection, partition.record)
            moved = connection.execute(
                statement("move_aside", kept=partitions.kept(partition.record), **names)
            ).rowcount
        connection.execute(sa.text("select register.drop_detached(:name)"), {"name": partition.name})
        dropped = Entry(rule, "drop", parent, rows - moved, "", partition.first_day, partition.last_day)
        return context.note(connection, [dropped] if rows > moved else [])
