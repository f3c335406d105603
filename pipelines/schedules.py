"""Jobs and schedules of the night.

Belongs here: which sources run together, and when. Does not belong here: what a run does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg

from assets import persons, source_files
from assets import retention as keeping
from assets.naming import MERGED, PULLED, VALIDATED, asset_key
from sources.config import Source

ZONE = "Europe/Helsinki"
DEFAULT_TIME = "01:30"

#: When records are matched: a job of its own after the night, so that a held source keeps nobody waiting.
MATCHING_TIME = "04:30"

#: When retention ends what is due: after matching, which brings together what is one person's.
RETENTION_TIME = "05:15"


def partitions(sources: Sequence[Source]) -> dg.DailyPartitionsDefinition:
    """Business dates, from the first valid day of any source to today.

    ``end_offset=1`` makes the local day that has begun the newest partition, so that the night of 10 March, at 01:30
    on 10 March, runs the partition of 10 March.
    """
    first = min((source.valid.first for source in sources), default=None)
    start = first.isoformat() if first else "2026-01-01"
    return dg.DailyPartitionsDefinition(start_date=start, timezone=ZONE, end_offset=1)


def nights(sources: Sequence[Source]) -> list[dg.ScheduleDefinition]:
    """A schedule for each time of day that sources ask for; one run for all sources of that time.

    Switched on in the UI, or by ``default_status`` in production: a new installation reads nothing by itself.
    """
    times = sorted({DEFAULT_TIME, *(source.schedule for source in sources)})
    return [_night(time, [source for source in sources if source.schedule == time]) for time in times]


def job_name(time: str) -> str:
    """``night`` for the default time, ``night_0445`` for 04:45."""
    return "night" if time == DEFAULT_TIME else f"night_{time.replace(':', '')}"


def _night(time: str, sources: list[Source]) -> dg.ScheduleDefinition:
    keys = [asset_key(source, step) for source in sources for step in (PULLED, VALIDATED, MERGED)]
    if time == DEFAULT_TIME:
        keys.append(source_files.KEY)
    return _daily(job_name(time), time, keys, f"Syncs the {len(sources)} sources of {time} (Europe/Helsinki).")


def matching() -> dg.ScheduleDefinition:
    """The schedule of matching; what is merged after its time is matched the next night, or by hand."""
    return _daily("matching", MATCHING_TIME, [persons.KEY], "Brings the records of one person or company together.")


def retention() -> dg.ScheduleDefinition:
    """The schedule of retention: a job of its own, so that it runs also where a sync or matching has failed."""
    return _daily("retention", RETENTION_TIME, [keeping.KEY], "Ends what has outlived its purpose.")


def _daily(name: str, time: str, keys: Sequence[dg.AssetKey], description: str) -> dg.ScheduleDefinition:
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
        business_date = context.scheduled_execution_time.astimezone(ZoneInfo(ZONE)).date().isoformat()
        return dg.RunRequest(run_key=business_date, partition_key=business_date)

    return tick
