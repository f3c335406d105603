"""The volume guard: deletions of more than the policy lets go in a night wait for a person.

Belongs here: measuring a night's plan, holding what is too much, and approving it. Does not belong here: deleting.

A held deletion is alarmed about every night until somebody approves it; nothing is skipped in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from register import evidence
from register.actors import decider
from register.evidence import Entry
from register.retention.report import Held, Line
from register.statements import identifier
from register.tables import privacy
from schemas.errors import NotFound, Refusal
from schemas.retention import Guard, PeriodGuard, Policy

_TABLE = privacy.held_deletion
_ENDS = ("delete", "drop", "pseudonymise")


def judge(connection: sa.Connection, policy: Policy, lines: Sequence[Line], business_date: date) -> list[Held]:
    """What of a plan has to wait, with approvals taken into account. Writes nothing.

    Rows of one table are counted together, whichever rules they are due by.
    """
    whole: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.do in _ENDS and line.rows and _by_rows(policy, line):
            whole[line.table].append(line)
    too_much = [line for line in lines if line.do in _ENDS and _by_periods(policy, line)]
    sizes: dict[str, int] = {}
    for table, several in whole.items():
        rows = sum(line.rows for line in several)
        if rows <= min(policy.guard.floor, policy.guard.rows):
            continue
        sizes[table] = _size(connection, table)
        if rows > policy.guard.rows or (rows > policy.guard.floor and rows > policy.guard.share * sizes[table]):
            too_much += several
    known = _open(connection)
    held = []
    for line in too_much:
        row = known.get((line.rule, line.table))
        if row is None or not _covers(policy, row, line, business_date):
            held.append(_held(policy, line, sizes.get(line.table, line.rows), row, business_date))
    return held


def write(connection: sa.Connection, held: Sequence[Held], business_date: date) -> list[Held]:
    """Writes down what waits, and closes what no longer has to. Returns it with its numbers."""
    known = _open(connection)
    numbered = []
    for one in held:
        row = known.pop((one.rule, one.table), None)
        values: dict[str, object] = {
            "rows": one.rows,
            "of_rows": one.of_rows,
            "approved_by": None,
            "approved_on": None,
            "reason": None,
        }
        if row is None:
            values |= {"business_date": business_date, "rule": one.rule, "table_name": one.table}
            number = connection.execute(sa.insert(_TABLE).values(**values).returning(_TABLE.c.id)).scalar_one()
        else:
            number = row.id
            connection.execute(sa.update(_TABLE).where(_TABLE.c.id == number).values(**values))
        numbered.append(Held(number, one.rule, one.table, one.since, one.rows, one.of_rows, one.overdue))
    closed = [row.id for row in known.values()]
    connection.execute(sa.update(_TABLE).where(_TABLE.c.id.in_(closed)).values(done_on=business_date))
    return numbered


def approve(connection: sa.Connection, number: int, *, by: str, reason: str, on: date) -> None:
    """Lets a held deletion go in the next run, as much of it as was held.

    Raises:
        NotFound: where nothing of that number waits, or the person may not decide.
        Refusal: where it is approved already.
    """
    row = connection.execute(
        sa.select(_TABLE).where(_TABLE.c.id == number, _TABLE.c.done_on.is_(None)).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound(f"No deletion of the number {number} waits.", "mdo retention plan shows those that do.")
    if row.approved_by is not None:
        raise Refusal(f"The deletion {number} has been approved.", "The next run carries it out.")
    values = {"approved_by": decider(connection, by, reason, on), "approved_on": on, "reason": reason.strip()}
    connection.execute(sa.update(_TABLE).where(_TABLE.c.id == number).values(**values))
    entry = Entry(row.rule, "approve", row.table_name, row.rows, reason="guard", reference=f"held deletion {number}")
    evidence.note(connection, [entry], business_date=on)


def listed(connection: sa.Connection, policy: Policy, business_date: date) -> list[Held]:
    """What waits for a person or, approved, for the next run."""
    names = dict(connection.execute(sa.select(privacy.actor.c.id, privacy.actor.c.name)).all())
    return [
        Held(
            row.id,
            row.rule,
            row.table_name,
            row.business_date,
            row.rows,
            row.of_rows,
            row.approved_by is None and _is_overdue(policy, row.business_date, business_date),
            names.get(row.approved_by),
        )
        for row in _open(connection).values()
    ]


def _by_rows(policy: Policy, line: Line) -> bool:
    """Whether the rows of a line are measured: not where its rule counts whole days or months, or exempts itself."""
    own = policy.rules[line.rule].guard
    return not isinstance(own, PeriodGuard) or (own.periods > 0 and line.periods is None)


def _by_periods(policy: Policy, line: Line) -> bool:
    own = policy.rules[line.rule].guard
    return isinstance(own, PeriodGuard) and 0 < own.periods < (line.periods or 0)


def _covers(policy: Policy, row: sa.Row[tuple[object, ...]], line: Line, business_date: date) -> bool:
    """Whether an approval is there, is not too old, and was for as much: a night or two more may have fallen due."""
    if row.approved_on is None:
        return False
    measured = line.rows if line.periods is None else line.periods
    more = max(policy.guard.floor, row.rows // 10) if line.periods is None else 1
    return business_date <= row.approved_on + _within(policy.guard) and measured <= row.rows + more


def _held(policy: Policy, line: Line, size: int, row: sa.Row[tuple[object, ...]] | None, business_date: date) -> Held:
    since = business_date if row is None else row.business_date
    measured = line.rows if line.periods is None else line.periods
    number = 0 if row is None else int(row.id)
    return Held(number, line.rule, line.table, since, measured, size, _is_overdue(policy, since, business_date))


def _is_overdue(policy: Policy, since: date, business_date: date) -> bool:
    return business_date > since + _within(policy.guard)


def _within(guard: Guard) -> timedelta:
    return timedelta(days=guard.approve_within.days)


def _open(connection: sa.Connection) -> dict[tuple[str, str], sa.Row[tuple[object, ...]]]:
    rows = connection.execute(sa.select(_TABLE).where(_TABLE.c.done_on.is_(None)).order_by(_TABLE.c.id))
    return {(row.rule, row.table_name): row for row in rows}


def _size(connection: sa.Connection, table: str) -> int:
    schema, _, name = table.partition(".")
    return int(connection.scalar(sa.text(f"select count(*) from {identifier(schema)}.{identifier(name)}")) or 0)
