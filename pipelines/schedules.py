"""Jobs and schedules of the night.

Belongs here: which sources run together, and when. Does not belong here: what a run does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg

from assets import minimisation, persons, source_files
from assets import retention as keeping
from assets.naming import asset_keys
from sources.config import Source

ZONE = "Europe/Helsinki"
DEFAULT_TIME = "01:30"

#: When records are matched: a job of its own after the night, so that a held source keeps nobody waiting.
MATCHING_TIME = "04:30"

#: When the register is looked through for what must not be in it.
MINIMISATION_TIME = "05:00"

#: When retention ends what is due: after matching, which brings together what is one person's.
RETENTION_TIME = "05:15"

#: Of runs that wait for their turn, the night goes before the rest.
_FIRST = {"dagster/priority": "1"}


def partitions(sources: Sequence[Source]) -> dg.DailyPartitionsDefinition:
    """Business dates, from the first valid day of any source to today.

    ``end_offset=1`` makes the local day that has begun the newest partition, so that the night of 10 March, at 01:30
    on 10 March, runs the partition of 10 March.
    """
    first = min((source.valid.first for source in sources), default=None)
    start = first.isoformat() if first else "2026-01-01"
    return dg.DailyPartitionsDefinition(start_date=start, timezone=ZONE, end_offset=1)


def nights(sources: Sequence[Source], today: Callable[[], date]) -> list[dg.ScheduleDefinition]:
    """A schedule for each time of day that sources ask for; one run for all sources of that time.

    Switched on in the UI, or by ``default_status`` in production: a new installation reads nothing by itself.

    Args:
        today: the local date of the moment at which a tick is looked at. After the daemon was down it may be later than
            the tick's own; sources that know only today are left out then.
    """
    times = sorted({DEFAULT_TIME, *(source.schedule for source in sources)})
    return [_night(time, [source for source in sources if source.schedule == time], today) for time in times]


def job_name(time: str) -> str:
    """``night`` for the default time, ``night_0445`` for 04:45."""
    return "night" if time == DEFAULT_TIME else f"night_{time.replace(':', '')}"


def _night(time: str, sources: list[Source], today: Callable[[], date]) -> dg.ScheduleDefinition:
    always = [source_files.KEY] if time == DEFAULT_TIME else []

    def choose(business_date: date) -> list[dg.AssetKey]:
        return [*asset_keys(one for one in sources if one.accepts_date(business_date, today())), *always]

    what = f"Syncs the {len(sources)} sources of {time} (Europe/Helsinki)."
    return _daily(job_name(time), time, [*asset_keys(sources), *always], what, choose)


def matching() -> dg.ScheduleDefinition:
    """The schedule of matching; what is merged after its time is matched the next night, or by hand."""
    return _daily("matching", MATCHING_TIME, [persons.KEY], "Brings the records of one person or company together.")


def minimising() -> dg.ScheduleDefinition:
    """The schedule of the scan: what changed each night, everything once a week."""
    about = "Looks through the register for what must not be in it."
    return _daily("minimisation", MINIMISATION_TIME, [minimisation.KEY], about)


def retention() -> dg.ScheduleDefinition:
    """The schedule of retention: a job of its own, so that it runs also where a sync or matching has failed."""
    return _daily("retention", RETENTION_TIME, [keeping.KEY], "Ends what has outlived its purpose.")


def _daily(
    name: str,
    time: str,
    keys: Sequence[dg.AssetKey],
    description: str,
    choose: Callable[[date], list[dg.AssetKey]] | None = None,
) -> dg.ScheduleDefinition:
    """A job of these assets and its schedule.

    Args:
        choose: those of the assets that a tick's date is for; all of them where nothing is said.
    """
    hour, minute = time.split(":")
    job = dg.define_asset_job(
        name,
        selection=dg.AssetSelection.assets(*keys),
        description=description,
        executor_def=dg.in_process_executor,
    )

    @dg.schedule(
        name=f"{name}_schedule",
        job=job,
        cron_schedule=f"{int(minute)} {int(hour)} * * *",
        execution_timezone=ZONE,
        description=f"Each night at {time}: the business date is the local date of that moment.",
    )
    def tick(context: dg.ScheduleEvaluationContext) -> Any:
        business_date = context.scheduled_execution_time.astimezone(ZoneInfo(ZONE)).date()
        day = business_date.isoformat()
        chosen = choose(business_date) if choose else list(keys)
        if not chosen:
            return dg.SkipReason(f"None of its sources can tell what it was on {day} any more.")
        some = chosen if len(chosen) < len(keys) else None
        return dg.RunRequest(run_key=day, partition_key=day, asset_selection=some, tags=_FIRST)

    return tick
