"""The end of Dagster's own records: runs with their events, and ticks (R10).

Belongs here: deleting them through Dagster's own instance, which alone knows how it keeps them. Does not belong here:
the register's records of a night (`register.retention.housekeeping`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import dagster as dg
from dagster._core.storage.dagster_run import NOT_FINISHED_STATUSES
from dagster._core.storage.event_log import SqlEventLogStorage
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dateutil.relativedelta import relativedelta

from register.evidence import Entry
from schemas.retention import Period, Policy

_ZONE = ZoneInfo("Europe/Helsinki")
#: Runs deleted at a time.
_AT_ONCE = 200


def purge(instance: dg.DagsterInstance, policy: Policy, business_date: date) -> list[Entry]:
    """Deletes runs and ticks past their retention. Runs that have not ended stay.

    Returns:
        What went, for the register's evidence.
    """
    entries = []
    runs = _delete_runs(instance, _before(policy.step("dagster_run", "delete").after, business_date))
    if runs:
        entries.append(Entry("R10", "delete", "dagster.runs", runs))
    before = _before(policy.step("dagster_tick", "delete").after, business_date)
    ticks = 0
    # an instance of the command line or of a test keeps no schedules
    for state in instance.all_instigator_state() if instance.schedule_storage else []:
        old = instance.get_ticks(state.instigator_origin_id, state.selector_id, before=before.timestamp())
        if old:
            instance.purge_ticks(state.instigator_origin_id, state.selector_id, before.timestamp())
            ticks += len(old)
    if ticks:
        entries.append(Entry("R10", "delete", "dagster.ticks", ticks))
    return entries


def _delete_runs(instance: dg.DagsterInstance, before: datetime) -> int:
    deleted, cursor = 0, None
    while True:
        records = instance.get_run_records(dg.RunsFilter(created_before=before), limit=_AT_ONCE, cursor=cursor)
        for record in records:
            cursor = record.dagster_run.run_id
            if record.dagster_run.status not in NOT_FINISHED_STATUSES:
                instance.delete_run(cursor)
                _delete_checks(instance, cursor)
                deleted += 1
        if len(records) < _AT_ONCE:
            return deleted


def _delete_checks(instance: dg.DagsterInstance, run_id: str) -> None:
    """What its checks said, which Dagster keeps in a table of its own and leaves there."""
    log = instance.event_log_storage
    if isinstance(log, SqlEventLogStorage):
        with log.index_connection() as connection:
            connection.execute(AssetCheckExecutionsTable.delete().where(AssetCheckExecutionsTable.c.run_id == run_id))


def _before(period: Period, business_date: date) -> datetime:
    """The first instant that stays: what happened on a day goes once the day's period and the day after it are over."""
    day = business_date - relativedelta(months=period.months, days=period.days)
    return datetime.combine(day, time(), _ZONE).astimezone(UTC)
