"""Syncs by hand: the same assets as in the pages, run in this process.

Belongs here: opening what a sync needs once, running chosen sources for a date, and progress. Does not belong here:
which sources and dates (`sync`, `backfill`), or the sync itself (`assets.sync`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

import dagster as dg
from dagster._core.execution.plan.objects import StepFailureData
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from assets import sync as assets_sync
from assets.naming import asset_keys, op_name
from assets.sync import Result
from assets.workplace import Workplace
from pipelines import definitions, schedules
from pipelines.command import console
from pipelines.settings import ZONE, Settings
from schemas.errors import Refusal
from sources.config import Source

#: What was said of the sources that failed, by name.
Failures = dict[str, str]


@dataclass
class ByHand:
    """What runs syncs in this process; `reported` gathers what became of each source."""

    settings: Settings
    work: Workplace
    built: dg.Definitions
    days: dg.DailyPartitionsDefinition
    reported: list[Result]

    def sync(self, chosen: Sequence[Source], business_date: date) -> tuple[list[Result], Failures]:
        """Syncs the sources for a date in one run, which appears in the pages; what became of each, and what failed.

        Raises:
            Refusal: for a date on which no source is valid, or that has not begun.
        """
        self.reported.clear()
        with self._on(business_date):
            failures = self._execute(chosen, business_date)
        return list(self.reported), failures

    def preview(self, chosen: Sequence[Source], business_date: date) -> tuple[list[Result], Failures]:
        """A dry run of the sources: what a sync would do. Nothing is kept, and no run appears anywhere.

        Raises:
            Refusal: as for `sync`.
        """
        results: list[Result] = []
        failures: Failures = {}
        with self._on(business_date):
            for source in chosen:
                try:
                    results.append(assets_sync.sync(self.work, source, business_date, dry_run=True))
                except Refusal as refusal:
                    failures[source.name] = str(refusal)
        return results, failures

    @contextmanager
    def _on(self, business_date: date) -> Iterator[None]:
        """Dagster's clock stands at noon of today; a date that is none to sync is refused."""
        noon = datetime.combine(self.settings.today(), time(12), ZONE)
        with dg.partition_loading_context(effective_dt=noon):
            if not self.days.has_partition_key(business_date.isoformat()):
                raise Refusal(
                    f"{business_date} is no date to sync.",
                    f"Give one from {self.days.get_first_partition_key()} to {self.settings.today()}.",
                )
            yield

    def _execute(self, chosen: Sequence[Source], business_date: date) -> Failures:
        """Runs the chosen sources' assets; the run and its events appear in the pages."""
        job = dg.define_asset_job("sync_by_hand", selection=dg.AssetSelection.assets(*asset_keys(chosen)))
        whole = dg.Definitions.merge(self.built, dg.Definitions(jobs=[job]))
        failures: Failures = {}
        with self.settings.dagster_instance() as instance:
            ran = whole.resolve_job_def("sync_by_hand").execute_in_process(
                instance=instance,
                partition_key=business_date.isoformat(),
                raise_on_error=False,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
            names = {op_name(source.name): source.name for source in chosen}
            for event in ran.filter_events(lambda event: event.is_step_failure):
                failures[names[str(event.step_key)]] = said_of(event.step_failure_data)
        return failures


@contextmanager
def prepared(settings: Settings, sources: list[Source], refusals: list[Refusal]) -> Iterator[ByHand]:
    """Opens the register and shows progress for as long as it is used."""
    reported: list[Result] = []
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console.out, transient=True
    ) as progress:
        task = progress.add_task("starting", total=None)

        def listen(source: str, step: str, rows: int) -> None:
            progress.update(task, description=f"{source}: {step}" + (f" {rows:,} rows" if rows else ""))

        work = definitions.open_workplace(settings, listener=listen, reporter=reported.append)
        built = definitions.build(settings=settings, sources=sources, refusals=refusals, workplace=work)
        yield ByHand(settings, work, built, schedules.partitions(sources), reported)


def said_of(failed: StepFailureData) -> str:
    """What the op said of its failure; after the last try it stands in the error's cause."""
    if failed.user_failure_data is not None and failed.user_failure_data.description:
        return failed.user_failure_data.description
    if failed.error is not None and failed.error.cause is not None:
        return failed.error.cause.message.partition(": ")[2].strip()
    return "It failed; see the run in the UI."
