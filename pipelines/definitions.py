"""The one code location.

Belongs here: putting sources, assets, jobs, schedules and resources together. Does not belong here: any of them.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg

from assets import decisions, persons, retention, source_assets, source_files
from assets.io import RefusingIOManager
from assets.workplace import Workplace
from pipelines import schedules
from pipelines.settings import Settings
from register.database import Register, upgrade
from schemas.errors import ConfigurationRefused, Refusal
from sources.config import Source
from sources.loading import load_each

# Dagster warns once for each asset that single-run backfills are in beta; 300 sources would print 900 lines.
warnings.filterwarnings("ignore", category=dg.BetaWarning)


def build(
    *, settings: Settings, sources: list[Source], refusals: list[Refusal], workplace: Workplace | None = None
) -> dg.Definitions:
    """Definitions for these sources.

    Args:
        refusals: what is wrong with source files that could not be used.
        workplace: surroundings that are open already, for the command line and tests; by default each run opens its
            own from the settings.
    """
    days = schedules.partitions(sources)
    nights = [*schedules.nights(sources), schedules.matching(), schedules.retention()]

    @dg.resource(description="The register, the inbox and the clock.")
    @contextmanager
    def opened(_context: dg.InitResourceContext) -> Iterator[Workplace]:
        if workplace is not None:
            yield workplace
            return
        own = open_workplace(settings)
        try:
            yield own
        finally:
            own.register.close()

    return dg.Definitions(
        assets=[
            *(source_assets.build(source, days) for source in sources),
            source_files.build(len(sources), refusals, days),
            persons.build(sources, days),
            retention.build(days),
        ],
        jobs=[*(night.job for night in nights), decisions.build(sources)],
        schedules=nights,
        resources={"workplace": opened, "io_manager": RefusingIOManager()},
        executor=dg.in_process_executor,
    )


def open_workplace(settings: Settings, **overrides: Any) -> Workplace:
    """The surroundings that the settings describe; the database is started, joined or reached, and up to date."""
    url = settings.database()
    upgrade(url)
    return Workplace(
        register=Register(url),
        inbox=settings.inbox,
        secret=settings.row_key(),
        today=settings.today(),
        vault=settings.vault(),
        policy=settings.policy(),
        **overrides,
    )


def load_sources(settings: Settings) -> tuple[list[Source], list[Refusal]]:
    """The sources in the folder of the settings, and what is wrong with those that cannot be used."""
    try:
        sources, refused = load_each(settings.sources)
    except ConfigurationRefused as refusal:
        return [], [refusal]
    return sources, list(refused)


@dg.definitions
def defs() -> dg.Definitions:
    """What Dagster loads."""
    settings = Settings.load()
    sources, refusals = load_sources(settings)
    return build(settings=settings, sources=sources, refusals=refusals)
