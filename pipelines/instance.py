"""Dagster's instance: its folder, and where it keeps its records.

Belongs here: putting our `dagster.yaml` there, as it stands or with the records in PostgreSQL, and opening it. Does not
belong here: what stands in the file (`pipelines/dagster.yaml`), and where the folder lies (`pipelines.settings`).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg
import yaml

from pipelines.postgres_records import Unreachable
from schemas.errors import TryLater

_SHIPPED = Path(__file__).with_name("dagster.yaml")
_MARK = "# Written by mdo. A file that somebody changed is left alone; without this line, too. "

#: In place of the files: the database that the variable names. The file itself holds no secret.
_IN_POSTGRESQL = {
    "custom": {
        "module": "pipelines.postgres_records",
        "class": "KeptPostgresStorage",
        "config": {"postgres_url": {"env": "MDO_DAGSTER_DATABASE_URL"}},
    }
}


def prepare(home: Path, *, in_postgresql: bool = False) -> Path:
    """Make ``home/dagster`` with our ``dagster.yaml`` in it, for use as DAGSTER_HOME.

    A file of an earlier release is replaced; one that somebody has changed or written is kept.

    Args:
        in_postgresql: whether the records are in PostgreSQL; every other setting is the same.

    Returns:
        The folder's absolute path.
    """
    folder = (home / "dagster").expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ours = _marked(_text(in_postgresql))
    target = folder / "dagster.yaml"
    if not target.exists() or (_is_unchanged(found := target.read_text(encoding="utf-8")) and found != ours):
        unfinished = target.with_suffix(".new")
        unfinished.write_text(ours, encoding="utf-8")
        unfinished.replace(target)
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[dg.DagsterInstance]:
    """The instance of a prepared folder, which is DAGSTER_HOME from then on.

    Raises:
        TryLater: its database is not to be had.
    """
    os.environ["DAGSTER_HOME"] = str(folder)
    instance: dg.DagsterInstance | None = None
    with suppress(Unreachable):
        instance = dg.DagsterInstance.get()
    if instance is None:
        raise TryLater("Dagster's database cannot be reached.", "Is it up, and is MDO_DAGSTER_DATABASE_URL right?")
    with instance:
        yield instance


def _text(in_postgresql: bool) -> str:
    shipped = _SHIPPED.read_text(encoding="utf-8")
    if not in_postgresql:
        return shipped
    settings = yaml.safe_load(shipped)
    del settings["event_log_storage"]
    return yaml.safe_dump(settings | {"storage": _IN_POSTGRESQL}, sort_keys=False)


def _marked(text: str) -> str:
    return f"{_MARK}{hashlib.sha256(text.encode()).hexdigest()}\n{text}"


def _is_unchanged(found: str) -> bool:
    first, _, rest = found.partition("\n")
    return first.startswith(_MARK) and found == _marked(rest)
