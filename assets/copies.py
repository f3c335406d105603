"""Landed copies without the persons who were erased.

Belongs here: reading the parts of landed copies by the description they were read by, and writing them anew. Does not
belong here: how a part is stored (`register.landed`), or who is on the list.

A copy is written anew rather than dropped, because it is what a wrong night is brought back from, for everybody else in
it; the check that takes the person out is the one that a night makes. One that cannot be read by its own description
any more is dropped whole.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from pydantic import ValidationError

from assets.doorkeeper import Checked, Doorkeeper
from assets.scan import blank
from register import batches, landed
from register.erasure.erase import CleanCopies
from register.suppression.keys import OWN
from register.suppression.vault import Vault
from sources.config import Source


def cleaner(vault: Vault) -> CleanCopies:
    """What takes persons on a controller's list out of the landed copies of its registers."""

    def clean(connection: Any, controller: int) -> int:
        gone = 0
        for batch_id in landed.copies(connection):
            batch = batches.get(connection, batch_id)
            mine = batch.customer_id if batch.description["role"] == "processor" else OWN
            if mine == controller:
                gone += _clean(connection, vault, batch)
        return gone

    return clean


def _clean(connection: Any, vault: Vault, batch: batches.Batch) -> int:
    source = _source(batch.description)
    if source is None:
        return landed.clear(connection, batch.id)
    whole = bool(batch.pulled.get("of_persons", True))
    door = Doorkeeper(connection, vault, source, batch.source_id, batch.customer_id, lambda: connection, whole=whole)
    gone = 0
    for part, rows in enumerate(landed.read_parts(connection, batch.id)):
        numbers = rows.column(landed.ROW_NUMBER).to_numpy().astype("int64")
        lacking = [name for name in source.wanted_columns if name not in rows.column_names]
        asked = rows.select([name for name in source.wanted_columns if name in rows.column_names])
        for name in lacking:
            asked = asked.append_column(name, pa.nulls(rows.num_rows, pa.string()))
        checked = door.check(asked, numbers)
        if checked.any:
            gone += int(np.count_nonzero(checked.out | checked.partly | checked.waiting))
            landed.replace_part(connection, batch.id, part, _without(door, rows, checked))
    return gone


def _without(door: Doorkeeper, rows: pa.Table, checked: Checked) -> pa.Table:
    for name, hit in door.withheld(checked).items():
        if name in rows.column_names:
            rows = blank(rows, name, hit)
    return rows.filter(pa.array(~checked.out))


def _source(description: dict[str, Any]) -> Source | None:
    """The description that a batch was read by; None where today's model does not understand it."""
    try:
        return Source.model_validate(description)
    except ValidationError:
        return None
