"""A DuckDB database for one piece of work, in memory and on one thread.

Belongs here: the connection, and that it leaves nothing behind. Does not belong here: any table.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database that writes no file, reads none, and ends with the block.

    One thread, so that sums are made in one order. What does not fit into memory fails: spilled pages would be
    personal data on a disk.
    """
    connection = duckdb.connect(":memory:", config={"threads": 1, "temp_directory": ""})
    connection.execute("set enable_progress_bar = false")
    connection.execute("set enable_external_access = false")
    # Splink names tables and SQL in its log, from the level of INFO on; an error quotes a cell.
    logging.getLogger("splink").setLevel(logging.CRITICAL)
    try:
        yield connection
    finally:
        connection.close()
