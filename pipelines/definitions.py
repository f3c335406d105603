"""The one code location.

Belongs here: putting sources, assets, jobs, schedules and resources together. Does not belong here: any of them.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from assets import decisions, minimisation, morning, persons, retention, source_assets, source_files
from assets.io import RefusingIOManager
from assets.night import night, with_outlook
from assets.shown import Docs
from assets.workplace import Workplace
from pipelines import schedules, sensors
from pipelines.night import page
from pipelines.settings import Settings
from register.database import Register, upgrade
from register.roles import MAINTAIN_SINCE as ROLES_SINCE
from register.roles import Role
from schemas.errors import ConfigurationRefused, Refusal
from sources.config import Source
from sources.loading import load_each

# Dagster warns once for each asset that single-run backfills are in beta; 300 sources would print 900 lines.
warnings.filterwarnings("ignore", category=dg.BetaWarning)


def build(
    *,
    settings: Settings,
    sources: list[Source],
    refusals: list[Refusal],
    workplace: Workplace | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> dg.Definitions:
    """Definitions for these sources.

    Args:
        refusals: what is wrong with source files that could not be used.
        workplace: surroundings that are open already, for the command line and tests; by default each run opens its
            own from the settings.
        now: the clock of sensors, for tests.
    """
    days = schedules.partitions(sources)
    docs = Docs(settings.docs_url)
    nights = [
        *schedules.nights(sources, lambda: settings.today()),
        schedules.matching(),
        schedules.minimising(),
        schedules.retention(),
    ]

    @contextmanager
    def surroundings() -> Iterator[Workplace]:
        if workplace is not None:
            yield workplace
            return
        own = open_workplace(settings)
        try:
            yield own
        finally:
            own.register.close()

    @dg.resource(description="The register, the inbox and the clock.")
    @contextmanager
    def opened(_context: dg.InitResourceContext) -> Iterator[Workplace]:
        with surroundings() as work:
            yield work

    watching = sensors.build(sensors.Surroundings(settings, sources, refusals, surroundings, now))
    return dg.Definitions(
        assets=[
            *(source_assets.build(source, days, docs, pooled=workplace is None) for source in sources),
            source_files.build(len(sources), refusals, days, docs),
            persons.build(sources, days, docs),
            morning.build(
                lambda work, on: with_outlook(work, night(work, sources, refusals, on)),
                lambda found: morning.Page(page.write(found, settings.nights), page.markdown(found)),
                days,
                docs,
            ),
            minimisation.build(sources, days, docs),
            retention.build(days, docs),
        ],
        jobs=[*(each.job for each in nights), *sensors.jobs(watching), decisions.build(sources)],
        schedules=nights,
        sensors=watching,
        resources={"workplace": opened, "io_manager": RefusingIOManager()},
        executor=dg.in_process_executor,
    )


def open_workplace(settings: Settings, *, role: Role = Role.INGEST, **overrides: Any) -> Workplace:
    """The surroundings that the settings describe; the database is started, joined or reached, and up to date.

    Args:
        role: what the work does in the database, where roles are on; work of several roles changes it as it goes.
    """
    url = settings.database()
    version = upgrade(url)
    if settings.database_roles and version < ROLES_SINCE:
        raise ConfigurationRefused(
            f"PostgreSQL {version} has no privilege that lets a role analyse a table.",
            f"Use PostgreSQL {ROLES_SINCE} or 18, or set MDO_DATABASE_ROLES=off.",
        )
    return Workplace(
        register=Register(url, role=role if settings.database_roles else None),
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
