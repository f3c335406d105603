"""What is looked at again and again: files that come, dates that nobody ran, and how the night stands.

Belongs here: the three sensors, each begun by a switch in the pages, and what they ask Dagster to run. Does not belong
here: times of day (`pipelines.schedules`), or what an alert says (`pipelines.night`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import dagster as dg

from assets import arrivals
from assets.arrivals import Arrival
from assets.naming import NIGHT, asset_keys
from assets.night import GRACE, due_at
from assets.workplace import Workplace
from pipelines.night import watch
from pipelines.night.services import services
from pipelines.settings import ZONE, Settings
from register import batches, nights
from register.batches import FILE_VERSION
from register.sources import ACTIVE
from schemas.errors import Refusal
from sources.config import Source

#: Dates before today whose file may still come, and for which a night that did not run is caught up with.
LATE_FILES, CAUGHT_UP = 2, 7

_MINUTE = 60


@dataclass(frozen=True)
class Surroundings:
    """What the sensors work with.

    Attributes:
        open: opens the register for one look.
        now: the clock.
    """

    settings: Settings
    sources: Sequence[Source]
    refusals: Sequence[Refusal]
    open: Callable[[], AbstractContextManager[Workplace]]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def today(self) -> date:
        """The local date of the moment."""
        return self.now().astimezone(ZONE).date()


def chosen_job(sources: Sequence[Source]) -> dg.UnresolvedAssetJobDefinition:
    """The job that the sensors begin with the sources that they mean."""
    return dg.define_asset_job(
        "sync_chosen",
        selection=dg.AssetSelection.assets(*asset_keys(sources)),
        description="Syncs the sources that a sensor has chosen: a file has come, or a night did not run.",
        executor_def=dg.in_process_executor,
    )


def morning_job() -> dg.UnresolvedAssetJobDefinition:
    """The job that counts a night and writes its page."""
    return dg.define_asset_job(
        "morning",
        selection=dg.AssetSelection.assets(NIGHT),
        description="The morning list of a night and its page.",
        executor_def=dg.in_process_executor,
    )


def build(around: Surroundings) -> list[dg.SensorDefinition]:
    """The sensors, switched off: a new installation reads nothing and tells nobody by itself."""
    mornings = morning_job()
    if not around.sources:
        return [_watch(around, mornings)]
    chosen = chosen_job(around.sources)
    return [_arrivals(around, chosen), _catch_up(around, chosen), _watch(around, mornings)]


def jobs(built: Sequence[dg.SensorDefinition]) -> list[Any]:
    """The jobs that the sensors begin, each once."""
    return list({each.job_name: each.job for each in built}.values())


def _arrivals(around: Surroundings, job: dg.UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    @dg.sensor(
        name="arrivals_sensor",
        job=job,
        minimum_interval_seconds=_MINUTE,
        description="Syncs a source when its file has come into the inbox and has settled; once for each content.",
    )
    def look(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        before: dict[str, str] = json.loads(context.cursor or "{}")
        after: dict[str, str] = {}
        settled: list[tuple[Source, date, Arrival]] = []
        for source, day in _expected(around):
            arrival = arrivals.look(source, day, around.settings.inbox)
            if arrival is None:
                continue
            key, mark = f"{source.name} {day}", f"{arrival.size} {arrival.version}"
            if before.get(key) == mark:
                settled.append((source, day, arrival))
            after[key] = before[key] if before.get(key) == f"{mark} seen" else mark
        requests = [
            _request(f"{source.name} {day} {digest}", day, [source])
            for source, day, digest in _new_ones(around, settled, after)
        ]
        return dg.SensorResult(run_requests=requests, cursor=json.dumps(after))

    return look


def _expected(around: Surroundings) -> Iterator[tuple[Source, date]]:
    """The sources that are watched, with the dates whose file may still come."""
    today = around.today
    for source in around.sources:
        if arrivals.is_watched(source):
            for days in range(LATE_FILES + 1):
                day = today - timedelta(days=days)
                if source.valid.holds(day) and source.accepts_date(day, today):
                    yield source, day


def _new_ones(
    around: Surroundings, settled: Sequence[tuple[Source, date, Arrival]], after: dict[str, str]
) -> Iterator[tuple[Source, date, str]]:
    """Of settled files those that no batch has read, with their digest; they are noted as seen, and so are the rest."""
    if not settled:
        return
    with around.open() as work:
        for source, day, arrival in settled:
            with work.register.transaction() as connection:
                # without a date in its path, the file of yesterday lies there until today's comes
                of_date = day if source.dated else None
                tried = batches.listed(connection, source=source.name, business_date=of_date, limit=1)
            digest = None
            if not (tried and tried[0].pulled.get(FILE_VERSION) == arrival.version):
                digest = arrivals.digest(source, day, around.settings.inbox)
                if digest is None:
                    continue
                yield source, day, digest
            after[f"{source.name} {day}"] = f"{arrival.size} {arrival.version} seen"


def _catch_up(around: Surroundings, job: dg.UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    @dg.sensor(
        name="catch_up_sensor",
        job=job,
        minimum_interval_seconds=10 * _MINUTE,
        description="After the daemon was down: syncs the dates of the last week for which nothing was tried.",
    )
    def look(_context: dg.SensorEvaluationContext) -> dg.SensorResult:
        today = around.today
        first, last = today - timedelta(days=CAUGHT_UP), today - timedelta(days=1)
        with around.open() as work, work.register.transaction() as connection:
            known = nights.known(connection, today)
            tried = nights.dates_with_batches(connection, first, last)
        requests = []
        for number in range(CAUGHT_UP):
            day = first + timedelta(days=number)
            missed = [
                source
                for source in around.sources
                if (seen := known.get(source.name))
                and seen.state == ACTIVE
                and seen.first_date is not None
                and seen.first_date <= day
                and (source.name, day) not in tried
                and source.valid.holds(day)
                and source.accepts_date(day, today)
                and around.now() > due_at(source, day) + GRACE
            ]
            if missed:
                requests.append(_request(f"caught up {day}", day, missed))
        return dg.SensorResult(run_requests=requests)

    return look


def _watch(around: Surroundings, job: dg.UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    @dg.sensor(
        name="watch_sensor",
        job=job,
        minimum_interval_seconds=5 * _MINUTE,
        description="Tells what is urgent at once and the rest in one digest, and has the night's page written.",
    )
    def look(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        looked = watch.look(
            context.cursor,
            now=around.now(),
            open_=around.open,
            sources=around.sources,
            refusals=around.refusals,
            services=services(around.settings.alerts_setting()),
            pages=around.settings.pages_url,
        )
        if looked.failed:
            context.log.warning(f"{looked.failed} alerts were not taken; they are sent again at the next look.")
        day = looked.morning
        requests = [dg.RunRequest(run_key=f"morning {day}", partition_key=str(day))] if day else []
        return dg.SensorResult(run_requests=requests, cursor=looked.cursor)

    return look


def _request(key: str, day: date, chosen: Sequence[Source]) -> dg.RunRequest:
    return dg.RunRequest(run_key=key, partition_key=str(day), asset_selection=asset_keys(chosen))
