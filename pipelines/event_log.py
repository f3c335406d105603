"""Dagster's event log with its connections kept open.

Belongs here: the one method of Dagster's SQLite storage that opens a database, done otherwise. Does not belong here:
what is written; files, tables and records are Dagster's own, so that a folder can be read with either class.

A sync leaves some twenty events, and Dagster's own class opens and closes a database two to six times for each: a new
engine compiles every statement anew, and closing the last connection of a database writes all of it to disk. Of a night
of many small sources that was half of the time (docs/benchmarks.md).
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import dagster as dg
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sql import create_engine
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData

#: Databases kept open: the index and the run that is written. The pages look at more, one after another.
_KEPT = 8


class KeptEventLog(SqliteEventLogStorage):
    """The event log in ``DAGSTER_HOME/history/runs``, where Dagster has it by default."""

    def __init__(self, inst_data: ConfigurableClassData | None = None) -> None:
        self._inst_data = inst_data
        self._engines: OrderedDict[str, Any] = OrderedDict()

    @classmethod
    def config_type(cls) -> Mapping[str, Any]:
        """Nothing to configure: the folder is the instance's."""
        return {}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> KeptEventLog:
        """What Dagster calls with ``dagster.yaml``."""
        return cls(inst_data)

    def register_instance(self, instance: dg.DagsterInstance) -> None:
        """Opens the log of the instance, whose folder nobody can tell before."""
        super().__init__(os.path.join(instance.root_directory, "history", "runs"), self._inst_data)
        super().register_instance(instance)

    def store_event(self, event: dg.EventLogEntry) -> None:
        """Stores it and marks the run's file as changed.

        The pages watch that file. With a connection open, SQLite writes beside it for a while.
        """
        super().store_event(event)
        os.utime(self.path_for_shard(event.run_id))

    def wipe(self) -> None:
        """Removes everything."""
        with self._db_lock:
            self._close()
        super().wipe()

    def dispose(self) -> None:
        """Closes the databases."""
        super().dispose()
        with self._db_lock:
            self._close()

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Any]:
        with self._db_lock:
            engine = self._engines.get(shard) or self._open(shard)
            self._engines.move_to_end(shard)
            while len(self._engines) > _KEPT:
                self._engines.popitem(last=False)[1].dispose()
            with engine.connect() as connection, connection.begin():
                yield connection

    def _open(self, shard: str) -> Any:
        # whichever thread has the lock uses the one connection
        arguments = {"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False}
        engine = create_engine(self.conn_string_for_shard(shard), pool_size=1, connect_args=arguments)
        self._initdb(engine)
        with engine.connect() as connection:
            # A power cut may take the last events of a run, which it ends anyhow; a killed process takes none.
            connection.exec_driver_sql("pragma synchronous = normal")
        self._engines[shard] = engine
        return engine

    def _close(self) -> None:
        while self._engines:
            self._engines.popitem()[1].dispose()
