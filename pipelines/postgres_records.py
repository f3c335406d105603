"""Dagster's records in PostgreSQL, with connections kept open.

Belongs here: how Dagster's own storages reach their database. Does not belong here: what they keep there, or whether
they are used (`pipelines.instance`).

Dagster's own class opens a connection for every event. Over a socket without a password that is 3 ms an event in place
of 0.5, and with a password or a network it is more; a small run takes a third of the time with connections kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster._core.storage.sql import create_engine
from dagster._serdes import ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage
from dagster_postgres.utils import DagsterPostgresException

#: What Dagster raises where the database is not to be had.
Unreachable = DagsterPostgresException


class KeptPostgresStorage(DagsterPostgresStorage):
    """Runs, events and schedules in one PostgreSQL database; a connection is asked for a sign of life before use.

    Args:
        postgres_url: a libpq URL, with or without a driver's name. Dagster's statements are for psycopg2: with
            SQLAlchemy's default the pages answer 500.
    """

    def __init__(self, postgres_url: str, inst_data: ConfigurableClassData | None = None) -> None:
        url = f"postgresql+psycopg2://{postgres_url.partition('://')[2]}"
        super().__init__(url, inst_data=inst_data)
        for storage in (self._run_storage, self._event_log_storage, self._schedule_storage):
            storage._engine = create_engine(
                url, isolation_level="AUTOCOMMIT", pool_size=1, max_overflow=20, pool_pre_ping=True
            )

    @classmethod
    def config_type(cls) -> Any:
        """Where the database is: a setting that may name an environment variable."""
        return {"postgres_url": dg.StringSource}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> KeptPostgresStorage:
        """What Dagster calls with ``dagster.yaml``."""
        return cls(config_value["postgres_url"], inst_data)
