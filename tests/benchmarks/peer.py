"""dlt's merge into PostgreSQL as a worker, at its fastest: upsert, Arrow batches, parquet loader files, ADBC.

Belongs here: one load of one file. Does not belong here: what is measured. Runs in the environment of
``requirements-bench.lock``, and imports nothing of ours but `worker`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("RUNTIME__LOG_LEVEL", "ERROR")
os.environ.setdefault("RUNTIME__DLTHUB_TELEMETRY", "false")

import dlt
import pyarrow as pa
import pyarrow.csv as pacsv
from worker import serve

_FOLDER = tempfile.TemporaryDirectory(prefix="mdo-bench-dlt-")


def _batches(path: str, delimiter: str) -> Iterator[pa.Table]:
    with pacsv.open_csv(
        path,
        read_options=pacsv.ReadOptions(block_size=16 << 20),
        parse_options=pacsv.ParseOptions(delimiter=delimiter),
    ) as reader:
        columns = reader.schema.names
    with pacsv.open_csv(
        path,
        read_options=pacsv.ReadOptions(block_size=16 << 20),
        parse_options=pacsv.ParseOptions(delimiter=delimiter),
        convert_options=pacsv.ConvertOptions(column_types={name: pa.string() for name in columns}),
    ) as reader:
        for batch in reader:
            yield pa.Table.from_batches([batch])


def load(order: dict[str, Any]) -> dict[str, Any]:
    name = order.get("table", "persons")
    pipeline = dlt.pipeline(
        pipeline_name=f"bench_{order.get('pipeline', order['database'])}",
        pipelines_dir=_FOLDER.name,
        # dlt asks for a host and a password; the host of the query, our server's socket, is the one that counts
        destination=dlt.destinations.postgres(order["url"].replace("//postgres@/", "//postgres:none@localhost/")),
        dataset_name="bench",
    )
    resource = dlt.resource(
        _batches(order["file"], order.get("delimiter", ";")),
        name=name,
        primary_key=order["key"],
        write_disposition={"disposition": "merge", "strategy": "upsert"},
    )
    pipeline.run(resource, loader_file_format="parquet").raise_on_failed_jobs()
    return {"status": "loaded"}


if __name__ == "__main__":
    serve(load)
